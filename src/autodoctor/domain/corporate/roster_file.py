"""A company's employees as a file: CSV with a header, read row by row.

What is wrong with the whole file raises InvalidField("file"); what is wrong with one row is
kept with the row, and the others are read on.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

import attrs

from autodoctor.domain.shared.cells import as_told
from autodoctor.domain.shared.errors import InvalidField

BYTES_MAX: Final = 1_000_000
ROWS_MAX: Final = 1000
COLUMNS: Final = ("email", "name", "department", "number", "role", "monthly limit")
SEPARATORS: Final = (",", ";")


@attrs.frozen
class Cells:
    """One row: where it begins in the file (the header is line 1), and its cells by column,
    trimmed; a column that the file has not is not there. `problem` is why it cannot be read."""

    line: int
    values: dict[str, str]
    problem: str = ""


def cells(data: bytes) -> tuple[Cells, ...]:
    """Every row but those without a word. Raises InvalidField, in this order: too large, not
    UTF-8, no header, a column we do not know, a column twice, no column “email”, broken quotes,
    too many rows, none at all."""
    lines = _lines(_text(data))
    _, header = next(lines, (0, []))
    columns = _columns(header)
    found = tuple(_row(line, columns, row) for line, row in lines if any(map(str.strip, row)))
    if len(found) > ROWS_MAX:
        raise _unreadable(f"At most {ROWS_MAX} rows at a time; this file has {len(found)}.")
    if not found:
        raise _unreadable("There is no row below the header.")
    return found


def _unreadable(reason: str) -> InvalidField:
    return InvalidField("file", reason)


def _text(data: bytes) -> str:
    if len(data) > BYTES_MAX:
        raise _unreadable("At most 1 MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable("This is not UTF-8; save it as “CSV UTF-8”.") from None
    if "\x00" in text:
        raise _unreadable("This is not a text file; save it as “CSV UTF-8”.")
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows and the lines they begin at; a quoted cell may go over several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _unreadable(f"Line {begins}: {error}.") from None


def _separator(text: str) -> str:
    """The one that parts the header into more cells."""
    header = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return max(SEPARATORS, key=header.count)


def _columns(header: list[str]) -> tuple[str, ...]:
    named = tuple(re.sub(r"[\s_-]+", " ", name).strip().lower() for name in header)
    known = ", ".join(COLUMNS)
    if not any(named):
        raise _unreadable(f"The first line names the columns: {known}.")
    for name in named:
        if name not in COLUMNS:
            raise _unreadable(f"There is no column “{name[:40]}”; they are {known}.")
        if named.count(name) > 1:
            raise _unreadable(f"The column “{name}” is there twice.")
    if "email" not in named:
        raise _unreadable("The column “email” is missing.")
    return named


def _row(line: int, columns: tuple[str, ...], row: list[str]) -> Cells:
    """Cells that spreadsheets leave away at the end of a row are empty."""
    told = [as_told(cell.strip()).strip() for cell in row]
    values = dict.fromkeys(columns, "") | dict(zip(columns, told, strict=False))
    over = any(told[len(columns) :])
    return Cells(line, values, "This row has more cells than the header." if over else "")
