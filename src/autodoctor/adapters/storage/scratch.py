"""A place for a file while it is looked at."""

from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import BinaryIO, Final, cast

IN_MEMORY_BYTES_MAX: Final = 1024 * 1024


def scratch() -> BinaryIO:
    """In memory while it is small, then a file without a name; gone when it is closed."""
    return cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY_BYTES_MAX))


def on_disk() -> BinaryIO:
    """A file without a name from the start, which another process can be handed."""
    return cast(BinaryIO, TemporaryFile())
