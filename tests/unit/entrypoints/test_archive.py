"""A backup that is damaged, has too little in it or too much is refused before it is used."""

import hashlib
import tarfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import attrs
import msgspec
import pytest

from autodoctor.entrypoints.cli.archive import (
    DATABASE,
    END,
    FILES,
    FORMAT,
    MANIFEST,
    BackupUnusable,
    End,
    Manifest,
    files_in,
    manifest_of,
    opened,
    sha256,
    take_out,
    write,
)

WHEEL, PAPER = "session-files/1/wheel.jpg", "documents/2/paper.pdf"
CONTENTS = {WHEEL: b"a picture of a wheel", PAPER: b"%PDF a certificate"}
DUMP = b"PGDMP everything there is"


@attrs.frozen
class Restored:
    manifest: Manifest
    database: bytes
    files: dict[str, bytes]


def a_backup(folder: Path, contents: dict[str, bytes]) -> Path:
    database, target = folder / "dump", folder / "backup.tar"
    database.write_bytes(DUMP)
    paths = [(key, folder / key.replace("/", "-")) for key in contents]
    for key, path in paths:
        path.write_bytes(contents[key])
    manifest = Manifest(
        format=FORMAT,
        made_at="2026-03-12T12:00:00+00:00",
        version="0.1.0",
        schema="v0030",
        keys=("fingerprint",),
        database_sha256=sha256(database),
        files=True,
    )
    assert write(target, manifest, database, paths) == len(contents)
    return target


def restored(backup: Path) -> Restored:
    with opened(backup) as archive:
        manifest = manifest_of(archive)
        database = backup.with_name("restored")
        take_out(archive, manifest, database)
        files = {key: b"".join(chunks) for key, chunks in files_in(archive)}
        return Restored(manifest, database.read_bytes(), files)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return a_backup(tmp_path, CONTENTS)


def rewritten(backup: Path, entries: Iterable[tuple[tarfile.TarInfo, bytes]]) -> Path:
    target = backup.with_name("rewritten.tar")
    with tarfile.open(target, "w:") as archive:
        for entry, content in entries:
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
    return target


def entries_of(backup: Path) -> list[tuple[tarfile.TarInfo, bytes]]:
    found = []
    with tarfile.open(backup) as archive:
        for entry in archive:
            content = archive.extractfile(entry)
            assert content is not None
            found.append((entry, content.read()))
    return found


def test_what_was_put_in_comes_out(backup: Path) -> None:
    found = restored(backup)

    assert (found.database, found.files) == (DUMP, CONTENTS)
    assert found.manifest.keys == ("fingerprint",)


def test_each_file_is_named_at_the_end_with_its_hash(backup: Path) -> None:
    entries = {entry.name: content for entry, content in entries_of(backup)}

    end = msgspec.json.decode(entries[END], type=End)
    assert list(entries) == [MANIFEST, DATABASE, FILES + WHEEL, FILES + PAPER, END]
    assert end.files == {key: hashlib.sha256(each).hexdigest() for key, each in CONTENTS.items()}


def test_a_file_that_was_deleted_meanwhile_is_not_in_it(tmp_path: Path) -> None:
    database, target = tmp_path / "dump", tmp_path / "backup.tar"
    database.write_bytes(DUMP)
    whole = restored(a_backup(tmp_path, {})).manifest

    assert write(target, whole, database, [(WHEEL, tmp_path / "gone")]) == 0
    assert restored(target).files == {}


@pytest.mark.parametrize("which", CONTENTS)
def test_a_damaged_file_is_refused_by_name(backup: Path, which: str) -> None:
    whole = backup.read_bytes()
    assert whole.count(CONTENTS[which]) == 1
    backup.write_bytes(whole.replace(CONTENTS[which], CONTENTS[which].swapcase()))

    with opened(backup) as archive, pytest.raises(BackupUnusable, match=rf"{which}.*damaged"):
        manifest_of(archive)


def test_a_damaged_database_is_refused(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes().replace(DUMP, DUMP.swapcase()))

    with pytest.raises(BackupUnusable, match=r"database.*damaged"):
        restored(backup)


@pytest.mark.parametrize("name", [MANIFEST, DATABASE, FILES + WHEEL, FILES + PAPER, END])
def test_a_missing_entry_is_refused_by_name(backup: Path, name: str) -> None:
    cut = rewritten(backup, [each for each in entries_of(backup) if each[0].name != name])

    with pytest.raises(BackupUnusable, match=name):
        restored(cut)


def named(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, "/etc/passwd" if kind == tarfile.SYMTYPE else ""
    return entry


@pytest.mark.parametrize(
    "extra",
    [
        named(FILES + "session-files/1/other.jpg"),
        named(FILES + WHEEL),
        named(FILES + "../../etc/cron.d/job"),
        named("/etc/passwd"),
        named("notes.txt"),
        named(DATABASE),
        named(MANIFEST),
        named(FILES + "link", tarfile.SYMTYPE),
        named("folder", tarfile.DIRTYPE),
    ],
    ids=lambda extra: extra.name,
)
def test_an_entry_that_is_not_ours_is_refused(backup: Path, extra: tarfile.TarInfo) -> None:
    for at in (0, -1):
        entries = entries_of(backup)
        content = b"strange" if extra.isreg() else b""
        entries.insert(at, (extra, content))

        with pytest.raises(BackupUnusable):
            restored(rewritten(backup, entries))


def test_a_link_under_the_name_of_a_file_is_refused(backup: Path) -> None:
    entries = [
        (named(entry.name, tarfile.SYMTYPE), b"") if entry.name == FILES + WHEEL else (entry, held)
        for entry, held in entries_of(backup)
    ]

    with pytest.raises(BackupUnusable, match=WHEEL):
        restored(rewritten(backup, entries))


def test_a_name_that_could_not_be_restored_is_refused_beforehand(tmp_path: Path) -> None:
    backup = a_backup(tmp_path, {"Up-And Away.JPG": b"a picture"})

    with pytest.raises(BackupUnusable, match="cannot be restored"):
        restored(backup)


def test_an_older_backup_names_the_version_that_reads_it(backup: Path) -> None:
    older = [
        (entry, held.replace(b'"format": 2', b'"format": 1')) if entry.name == MANIFEST
        else (entry, held)
        for entry, held in entries_of(backup)
    ]  # fmt: skip

    with pytest.raises(BackupUnusable, match=r"format 1.*version 0\.1\.0"):
        restored(rewritten(backup, older))


@pytest.mark.parametrize("bits", [0x01, 0x41, 0xFF])
def test_whatever_byte_is_damaged_it_is_refused_or_changes_nothing(backup: Path, bits: int) -> None:
    whole, before = backup.read_bytes(), restored(backup)
    refused = 0

    for place in range(0, len(whole), 5):
        damaged = bytearray(whole)
        damaged[place] ^= bits
        backup.write_bytes(damaged)
        try:
            assert restored(backup) == before
        except BackupUnusable:
            refused += 1
    assert refused > 500
