from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wsgi import FileWrapper

from autodoctor.entrypoints.web.server.answer import MEMORY_BYTES_MAX, run


class Parts:
    """An answer that says whether it was closed."""

    def __init__(self, *parts: bytes) -> None:
        self._parts = iter(parts)
        self.closed = False

    def __iter__(self) -> "Parts":
        return self

    def __next__(self) -> bytes:
        part = next(self._parts)
        if part == b"!":
            raise RuntimeError("in the middle of it")
        return part

    def close(self) -> None:
        self.closed = True


def app_of(parts: Any) -> Any:
    def app(_environ: dict[str, Any], start: Any) -> Any:
        start("201 Created", [("X-Name", "value")])
        return parts

    return app


def test_a_short_answer_is_kept_in_memory() -> None:
    parts = Parts(b"a", b"b")

    answer = run(app_of(parts), {})

    assert (answer.status, answer.headers) == (201, [("x-name", "value")])
    assert (answer.content, answer.file) == (b"ab", None)
    assert parts.closed


def test_a_long_answer_is_a_file() -> None:
    half = b"x" * (MEMORY_BYTES_MAX // 2)
    parts = Parts(half, half, b"y", half)

    answer = run(app_of(parts), {})

    assert answer.file is not None
    with answer.file as file, Path(f"/proc/self/fd/{file.fileno()}").open("rb") as again:
        assert again.read() == half + half + b"y" + half
    assert parts.closed


@pytest.mark.parametrize("before", [1, MEMORY_BYTES_MAX + 1])
def test_an_answer_that_breaks_is_closed(before: int) -> None:
    parts = Parts(b"x" * before, b"!")

    with pytest.raises(RuntimeError, match="in the middle"):
        run(app_of(parts), {})

    assert parts.closed


def test_a_stored_file_is_sent_from_where_it_is(tmp_path: Path) -> None:
    stored = tmp_path / "stored"
    stored.write_bytes(b"content")

    answer = run(app_of(FileWrapper(stored.open("rb"))), {})

    assert answer.file is not None
    with answer.file as file:
        assert Path(f"/proc/self/fd/{file.fileno()}").samefile(stored)


def test_a_file_in_memory_is_an_answer_like_any_other() -> None:
    answer = run(app_of(FileWrapper(BytesIO(b"content"))), {})

    assert (answer.content, answer.file) == (b"content", None)


def test_a_file_that_was_read_before_is_sent_from_there(tmp_path: Path) -> None:
    stored = tmp_path / "stored"
    stored.write_bytes(b"content")
    opened = stored.open("rb")
    opened.seek(3)

    assert run(app_of(FileWrapper(opened)), {}).content == b"tent"
