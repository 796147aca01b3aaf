"""An application's whole answer, so that no reader, however slow, occupies a thread."""

import os
from collections.abc import Callable, Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any, Final

import attrs
from werkzeug.wsgi import FileWrapper

MEMORY_BYTES_MAX: Final = 256 * 1024
"""A longer answer goes into a file that has no name, from which Granian sends it."""


@attrs.frozen
class Answer:
    """Its body is in `file` if there is one, otherwise it is `content`."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes = b""
    file: IO[bytes] | None = None


def run(app: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Answer:
    """Runs the application (PEP 3333) to the end of its answer."""
    started: list[tuple[int, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        started[:] = [(int(status[:3]), [(name.lower(), value) for name, value in headers])]

    parts = app(environ, start)
    try:
        file = _stored(parts)
        content, rest = (b"", iter(())) if file else _first(iter(parts))
        file = file or (_written(content, rest) if len(content) > MEMORY_BYTES_MAX else None)
        return Answer(*started[0], content, file)
    finally:
        getattr(parts, "close", lambda: None)()


def _stored(parts: Iterable[bytes]) -> IO[bytes] | None:
    """A file on disk that is the whole answer is sent from where it is."""
    if not isinstance(parts, FileWrapper):
        return None
    try:
        number = parts.file.fileno()
    except (AttributeError, OSError):
        return None
    return os.fdopen(os.dup(number), "rb") if parts.file.tell() == 0 else None


def _first(rest: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Up to just over what is kept in memory, and what follows."""
    gathered, size = [], 0
    for chunk in rest:
        gathered.append(chunk)
        size += len(chunk)
        if size > MEMORY_BYTES_MAX:
            break
    return b"".join(gathered), rest


def _written(content: bytes, rest: Iterator[bytes]) -> IO[bytes]:
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by whoever sends it
    try:
        file.write(content)
        file.writelines(rest)
        file.flush()
    except BaseException:
        file.close()
        raise
    return file
