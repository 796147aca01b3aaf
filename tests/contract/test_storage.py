"""Where files lie: in memory, on disk, and in a bucket over S3's protocol. With
CONTRACT_STORAGE_URL set (s3://bucket?endpoint=…) the bucket is that one."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.adapters.memory.storage import MemoryStorage
from autodoctor.adapters.storage.disk import DiskStorage
from autodoctor.adapters.storage.s3 import S3Storage
from autodoctor.ports.files import (
    KeyUnusable,
    LinkInvalid,
    Storage,
    StorageUnavailable,
    check_key,
)
from support.buckets import bucket

KEY = "session-files/0190/photo_1.jpg"
BUCKET_URL = os.environ.get("CONTRACT_STORAGE_URL", "")
CLIMBING = [
    "",
    "/etc/passwd",
    "../secret",
    "uploads/../../secret",
    "uploads//twice",
    "uploads/",
    "uploads/.hidden",
    ".incoming/other",
    "uploads/./same",
    "uploads\\windows",
    "uploads/nul\0.jpg",
    "uploads/new\nline",
    "uploads/a.jpg\n",
    "uploads/Upper.jpg",
    "uploads/ünicode",
    "uploads/%2e%2e",
    "C:/windows",
    "uploads/shell.php.jpg",
    "a" * 201,
]


@pytest.fixture(scope="module")
def bucket_url() -> Iterator[str]:
    if BUCKET_URL:
        yield BUCKET_URL
        return
    with pytest.MonkeyPatch.context() as environment, bucket() as url:
        environment.setenv("AWS_ACCESS_KEY_ID", "anybody")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "anything")
        yield url


@pytest.fixture(params=["memory", "disk", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "memory":
        return MemoryStorage()
    if request.param == "disk":
        return DiskStorage(tmp_path / "files")
    files = S3Storage.from_url(request.getfixturevalue("bucket_url"))
    files.delete(KEY)
    return files


def write(storage: Storage, *chunks: bytes, key: str = KEY) -> int:
    return storage.write(key, chunks, media_type="image/jpeg")


def read(storage: Storage, key: str = KEY) -> bytes:
    with storage.read(key) as content:
        return content.read()


def breaking_off() -> Iterator[bytes]:
    yield b"half of "
    raise ConnectionResetError("the browser went away")


def test_what_was_written_is_read(storage: Storage) -> None:
    size = write(storage, b"wheel ", b"", b"bearing")

    assert size == 13
    assert storage.size(KEY) == 13
    assert read(storage) == b"wheel bearing"


def test_a_file_may_be_empty(storage: Storage) -> None:
    assert write(storage) == 0
    assert storage.size(KEY) == 0
    assert read(storage) == b""


def test_a_long_file_is_read_piece_by_piece(storage: Storage) -> None:
    written = [bytes([number % 251]) * 1_000_003 for number in range(20)]
    storage.write(KEY, iter(written), media_type="video/mp4")

    with storage.read(KEY) as content:
        pieces = list(iter(lambda: content.read(65_536), b""))

    assert len(pieces) > 1
    assert b"".join(pieces) == b"".join(written)


def test_writing_again_replaces(storage: Storage) -> None:
    write(storage, b"the first, longer one")

    write(storage, b"the second")

    assert read(storage) == b"the second"


def test_an_upload_that_breaks_off_leaves_what_was_there(storage: Storage) -> None:
    write(storage, b"whole")

    with pytest.raises(ConnectionResetError):
        storage.write(KEY, breaking_off(), media_type="image/jpeg")

    assert read(storage) == b"whole"


def test_an_upload_that_breaks_off_leaves_nothing_where_nothing_was(storage: Storage) -> None:
    with pytest.raises(ConnectionResetError):
        storage.write(KEY, breaking_off(), media_type="image/jpeg")

    assert storage.size(KEY) is None


def test_who_reads_keeps_what_they_opened_while_it_is_replaced(storage: Storage) -> None:
    write(storage, b"old")

    with storage.read(KEY) as opened:
        write(storage, b"new")

        assert opened.read() == b"old"
    assert read(storage) == b"new"


def test_a_deleted_file_is_gone(storage: Storage) -> None:
    write(storage, b"soon gone")

    storage.delete(KEY)

    assert storage.size(KEY) is None
    with pytest.raises(LinkInvalid):
        storage.read(KEY)


def test_deleting_what_is_not_there_changes_nothing(storage: Storage) -> None:
    write(storage, b"kept", key="session-files/0190/other.jpg")

    storage.delete(KEY)

    assert read(storage, "session-files/0190/other.jpg") == b"kept"


def test_a_folder_is_no_file(storage: Storage) -> None:
    write(storage, b"inside")

    assert storage.size("session-files") is None
    storage.delete("session-files")
    with pytest.raises(LinkInvalid):
        storage.read("session-files")
    assert read(storage) == b"inside"


@pytest.mark.parametrize("key", CLIMBING)
def test_a_key_that_is_no_plain_path_is_refused_everywhere(storage: Storage, key: str) -> None:
    with pytest.raises(KeyUnusable):
        write(storage, b"evil", key=key)
    with pytest.raises(KeyUnusable):
        storage.read(key)
    with pytest.raises(KeyUnusable):
        storage.size(key)
    with pytest.raises(KeyUnusable):
        storage.delete(key)


@given(st.text(alphabet="./\\-_aZ0~%\0\n:", max_size=24))
def test_a_usable_key_stays_inside_its_folder(text: str) -> None:
    try:
        key = check_key(text)
    except KeyUnusable:
        return

    path = Path(os.path.normpath(f"/storage/{key}"))
    assert path.is_relative_to("/storage")
    assert path != Path("/storage")
    assert not any(part.startswith(".") for part in path.parts)


def test_on_disk_a_file_is_private_and_never_executable(tmp_path: Path) -> None:
    write(DiskStorage(tmp_path / "files"), b"#!/bin/sh")

    file = tmp_path / "files" / KEY
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for folder in (file.parent, file.parent.parent, tmp_path / "files"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_on_disk_a_broken_upload_leaves_no_rest(tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError):
        DiskStorage(tmp_path).write(KEY, breaking_off(), media_type="image/jpeg")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_on_disk_every_key_is_listed_and_what_has_none_is_not(tmp_path: Path) -> None:
    disk = DiskStorage(tmp_path)
    for key in ("session-files/2/b.jpg", "session-files/1/a.jpg"):
        disk.write(key, [b"a picture"], media_type="image/jpeg")
    for stray in ("README.txt", "session-files/.hidden", ".incoming/half"):
        (tmp_path / stray).write_bytes(b"of somebody else")

    assert [key for key, _ in disk.files()] == ["session-files/1/a.jpg", "session-files/2/b.jpg"]


def test_a_disk_that_cannot_be_written_is_an_outage(tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"a file where the folder should be")

    with pytest.raises(StorageUnavailable):
        write(DiskStorage(tmp_path / "files"), b"lost")


def test_memory_remembers_the_kind() -> None:
    storage = MemoryStorage()

    write(storage, b"x")

    assert storage.media_types == {KEY: "image/jpeg"}


def test_a_bucket_holds_several_installations_under_their_prefixes(bucket_url: str) -> None:
    one = S3Storage.from_url(bucket_url)
    other = S3Storage.from_url(bucket_url.replace("?", "-other?"))

    write(one, b"ours")

    assert other.size(KEY) is None
    one.delete(KEY)


def test_a_bucket_that_is_not_there_is_an_outage(bucket_url: str) -> None:
    nowhere = S3Storage.from_url(bucket_url.replace("s3://", "s3://no-such-"))

    with pytest.raises(StorageUnavailable):
        write(nowhere, b"lost")
