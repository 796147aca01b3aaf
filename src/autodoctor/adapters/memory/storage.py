"""Files in a dictionary."""

from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from autodoctor.ports.files import LinkInvalid, check_key


class MemoryStorage:
    """`media_types` are those the objects were written with, by key."""

    def __init__(self) -> None:
        self._objects: dict[str, bytes] = {}
        self.media_types: dict[str, str] = {}

    def write(self, key: str, chunks: Iterable[bytes], /, *, media_type: str) -> int:
        check_key(key)
        content = b"".join(chunks)
        self._objects[key] = content
        self.media_types[key] = media_type
        return len(content)

    def read(self, key: str, /) -> BinaryIO:
        try:
            return BytesIO(self._objects[check_key(key)])
        except KeyError:
            raise LinkInvalid() from None

    def size(self, key: str, /) -> int | None:
        content = self._objects.get(check_key(key))
        return None if content is None else len(content)

    def delete(self, key: str, /) -> None:
        self._objects.pop(check_key(key), None)
        self.media_types.pop(key, None)
