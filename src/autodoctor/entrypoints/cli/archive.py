"""A backup as one file: a tar archive of a manifest, the database, the files of people, and at
its end how many files these are."""

import hashlib
import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DATABASE: Final = "database.dump"
FILES: Final = "files/"
END: Final = "end.json"
PRIVATE: Final = 0o600
CHUNK: Final = 1 << 20


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
                _add_json(archive, MANIFEST, manifest)
                archive.add(database, DATABASE, filter=_plain)
                added = sum(_added(archive, key, path) for key, path in files)
                _add_json(archive, END, {"files": added})
            raw.flush()
            os.fsync(raw.fileno())
        incoming.replace(target)
    finally:
        incoming.unlink(missing_ok=True)
    return added


def _added(archive: tarfile.TarFile, key: str, path: Path) -> bool:
    try:
        archive.add(path, FILES + key, filter=_plain)
    except FileNotFoundError:
        return False
    return True


def _add_json(archive: tarfile.TarFile, name: str, told: object) -> None:
    content = msgspec.json.format(msgspec.json.encode(told))
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), PRIVATE
    archive.addfile(entry, BytesIO(content))


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of this machine's users."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = PRIVATE
    return entry


@contextmanager
def opened(source: Path) -> Iterator[tarfile.TarFile]:
    """Raises BackupUnusable, also for an archive that ends in the middle."""
    try:
        with tarfile.open(source, "r:") as archive:
            yield archive
    except (tarfile.TarError, OSError) as error:
        raise BackupUnusable(f"{source} cannot be read as a backup: {error}") from error


def manifest_of(archive: tarfile.TarFile) -> Manifest:
    """Raises BackupUnusable, also for an archive that is not whole."""
    try:
        manifest = msgspec.json.decode(_content(archive, MANIFEST), type=Manifest)
    except (msgspec.DecodeError, KeyError) as error:
        raise BackupUnusable(f"This is no backup of autodoctor: {error}") from error
    if manifest.format != FORMAT:
        raise BackupUnusable("This backup was made by a newer version of autodoctor.")
    try:
        counted = msgspec.json.decode(_content(archive, END))["files"]
    except (msgspec.DecodeError, KeyError) as error:
        raise BackupUnusable("This backup is not whole: its end is missing.") from error
    if counted != sum(name.startswith(FILES) for name in archive.getnames()):
        raise BackupUnusable("This backup is not whole: files are missing.")
    return manifest


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
