"""Tables as CSV, line by line, that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would work out; leading blanks hide
    nothing."""
    begins = cell.startswith(FORMULAS) or cell.lstrip().startswith(FORMULAS)
    return f"'{cell}" if begins else cell


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """RFC 4180: comma, CRLF, quotes where they are needed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in chain((header,), rows):
        writer.writerow([harmless(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
