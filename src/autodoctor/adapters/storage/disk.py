"""Files in a folder of this machine."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from autodoctor.ports.files import LinkInvalid, StorageUnavailable, check_key, is_key

INCOMING = ".incoming"
"""No key begins with a dot, so nothing half-written can ever be read."""
FILE_MODE = 0o600
FOLDER_MODE = 0o700


class DiskStorage:
    """One file for each key, readable by this user alone and never executable.

    A file appears whole: it is written aside, synced, and renamed into place.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def files(self) -> Iterator[tuple[str, Path]]:
        """Every key there is, and where its file lies; what somebody else put there has none."""
        for path in sorted(self._folder.rglob("*")):
            key = path.relative_to(self._folder).as_posix()
            if is_key(key) and path.is_file():
                yield key, path

    def write(self, key: str, chunks: Iterable[bytes], /, *, media_type: str) -> int:
        """The kind of a file is not kept here: who wrote it remembers it."""
        del media_type
        target = self._folder / check_key(key)
        incoming = self._folder / INCOMING / uuid4().hex
        try:
            size = _write_synced(incoming, chunks)
            with _translated():
                _make_folder(target.parent)
                incoming.replace(target)
                _sync_folder(target.parent)
        finally:
            with _translated():
                incoming.unlink(missing_ok=True)
        return size

    def read(self, key: str, /) -> BinaryIO:
        path = self._folder / check_key(key)
        with _translated():
            try:
                return path.open("rb")
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                raise LinkInvalid() from None

    def size(self, key: str, /) -> int | None:
        path = self._folder / check_key(key)
        with _translated():
            return path.stat().st_size if path.is_file() else None

    def delete(self, key: str, /) -> None:
        path = self._folder / check_key(key)
        with _translated():
            if path.is_file():
                path.unlink(missing_ok=True)


def _write_synced(path: Path, chunks: Iterable[bytes]) -> int:
    """What fails while `chunks` are made is the caller's; what fails here is translated."""
    size = 0
    with _translated():
        _make_folder(path.parent)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with open(descriptor, "wb") as file:
        for chunk in chunks:
            with _translated():
                size += file.write(chunk)
        with _translated():
            file.flush()
            os.fsync(descriptor)
    return size


def _make_folder(folder: Path) -> None:
    """Every level private: `Path.mkdir` gives the mode to the last one only."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """A new name outlives a power cut only when its folder was synced too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise StorageUnavailable(fault.strerror or type(fault).__name__) from fault
