"""A backup as one file: a tar archive of a manifest, the database, the files of people, and at
its end the SHA-256 of each."""

import hashlib
import os
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

import msgspec

from autodoctor.ports.files import is_key

FORMAT: Final = 2
MANIFEST: Final = "manifest.json"
DATABASE: Final = "database.dump"
FILES: Final = "files/"
END: Final = "end.json"
PRIVATE: Final = 0o600
CHUNK: Final = 1 << 20
UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError)


class BackupUnusable(ValueError):
    """The file is no backup of ours, or not whole."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`schema` is the version of the database, `keys` the fingerprints of the secret keys that
    what it holds may be sealed with; `files` says whether those of people are in it."""

    format: int
    made_at: str
    version: str
    schema: str
    keys: tuple[str, ...]
    database_sha256: str
    files: bool


class End(msgspec.Struct, frozen=True, kw_only=True):
    """Written last, when everything has been read once: `files` are SHA-256 by key."""

    manifest_sha256: str
    files: dict[str, str]


def fingerprint(secret_key: str) -> str:
    """Tells keys apart, and does not help to guess them: they are long and random."""
    return hashlib.sha256(b"autodoctor backup: " + secret_key.encode()).hexdigest()[:16]


def sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """A private folder on the same disk, gone afterwards."""
    with TemporaryDirectory(prefix=".backup-", dir=beside.absolute().parent) as folder:
        yield Path(folder)


def write(
    target: Path, manifest: Manifest, database: Path, files: Iterable[tuple[str, Path]]
) -> int:
    """It appears whole, or not at all, for this user alone. How many files are in it: one that
    is deleted meanwhile is not."""
    incoming = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with open(os.open(incoming, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as archive:
                told = _add_json(archive, MANIFEST, manifest)
                _add(archive, DATABASE, database)
                added = dict(_added(archive, files))
                _add_json(archive, END, End(manifest_sha256=told, files=added))
            raw.flush()
            os.fsync(raw.fileno())
        incoming.replace(target)
    finally:
        incoming.unlink(missing_ok=True)
    return len(added)


def _added(
    archive: tarfile.TarFile, files: Iterable[tuple[str, Path]]
) -> Iterator[tuple[str, str]]:
    for key, path in files:
        try:
            yield key, _add(archive, FILES + key, path)
        except FileNotFoundError:
            continue


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    """The SHA-256 of what was put in."""
    with path.open("rb") as content:
        entry, read = _entry(name, os.fstat(content.fileno()).st_size), _Hashing(content)
        archive.addfile(entry, read)  # type: ignore[arg-type] # it only reads
    return read.sha256.hexdigest()


def _add_json(archive: tarfile.TarFile, name: str, told: object) -> str:
    content = msgspec.json.format(msgspec.json.encode(told))
    archive.addfile(_entry(name, len(content)), BytesIO(content))
    return hashlib.sha256(content).hexdigest()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    """Nothing of this machine's users."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, PRIVATE
    return entry


class _Hashing:
    """What is read through it, so that each byte is read once."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self.sha256 = hashlib.sha256()

    def read(self, size: int) -> bytes:
        chunk = self._content.read(size)
        self.sha256.update(chunk)
        return chunk


@contextmanager
def opened(source: Path) -> Iterator[tarfile.TarFile]:
    """Raises BackupUnusable, also for an archive that ends in the middle."""
    try:
        with tarfile.open(source, "r:") as archive:
            yield archive
    except (tarfile.TarError, OSError) as error:
        raise BackupUnusable(f"{source} cannot be read as a backup: {error}") from error


def manifest_of(archive: tarfile.TarFile) -> Manifest:
    """Raises BackupUnusable, also for an archive that is not whole, in which a file is damaged,
    or that holds what is not of a backup. The database is looked at by `take_out`."""
    content = _told(archive, MANIFEST)
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except UNREADABLE as error:
        raise BackupUnusable(f"This is no backup of autodoctor: {error}") from error
    if manifest.format != FORMAT:
        raise BackupUnusable(
            f"This backup has format {manifest.format}, and this version of autodoctor reads "
            f"format {FORMAT}. Restore it with version {manifest.version}."
        )
    try:
        end = msgspec.json.decode(_told(archive, END), type=End)
    except UNREADABLE as error:
        raise BackupUnusable(f"This backup is not whole: its end is damaged: {error}") from error
    if hashlib.sha256(content).hexdigest() != end.manifest_sha256:
        raise BackupUnusable(f"{MANIFEST} in this backup is damaged.")
    _check_entries(archive, end)
    _check_files(archive, end)
    return manifest


def _told(archive: tarfile.TarFile, name: str) -> bytes:
    try:
        return _content(archive, name)
    except KeyError as error:
        raise BackupUnusable(f"This is no backup of autodoctor, or not whole: {error}") from error


def _check_entries(archive: tarfile.TarFile, end: End) -> None:
    """Each of ours once, as a plain file, under a name that can be restored; and nothing else."""
    expected = {MANIFEST, DATABASE, END, *(FILES + key for key in end.files)}
    found = Counter(archive.getnames())
    for name in sorted(expected - found.keys()):
        raise BackupUnusable(f"This backup is not whole: {name} is missing.")
    for entry in archive:
        if entry.name not in expected or found[entry.name] > 1 or not entry.isreg():
            raise BackupUnusable(f"This backup holds {entry.name!r}, which is not of a backup.")
    for key in end.files:
        if not is_key(key):
            raise BackupUnusable(f"This backup holds {key!r}, which cannot be restored.")


def _check_files(archive: tarfile.TarFile, end: End) -> None:
    for key, chunks in files_in(archive):
        digest = hashlib.sha256()
        for chunk in chunks:
            digest.update(chunk)
        if digest.hexdigest() != end.files[key]:
            raise BackupUnusable(f"{FILES}{key} in this backup is damaged.")


def _content(archive: tarfile.TarFile, name: str) -> bytes:
    """Raises KeyError."""
    content = archive.extractfile(name)
    if content is None:
        raise KeyError(name)
    return content.read()


def take_out(archive: tarfile.TarFile, manifest: Manifest, target: Path) -> None:
    """The database, checked to be what was put in."""
    try:
        content = archive.extractfile(DATABASE)
    except KeyError:
        content = None
    if content is None:
        raise BackupUnusable("This backup has no database in it.")
    with target.open("wb") as out:
        while chunk := content.read(CHUNK):
            out.write(chunk)
    if sha256(target) != manifest.database_sha256:
        raise BackupUnusable("The database in this backup is damaged.")


def files_in(archive: tarfile.TarFile) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Keys and contents."""
    for entry in archive:
        content = archive.extractfile(entry) if entry.name.startswith(FILES) else None
        if content is not None:
            yield entry.name.removeprefix(FILES), iter(partial(content.read, CHUNK), b"")
