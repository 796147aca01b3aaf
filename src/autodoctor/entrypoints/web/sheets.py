"""Tables as CSV, line by line, that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from autodoctor.domain.shared.cells import harmless


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """RFC 4180: comma, CRLF, quotes where they are needed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in chain((header,), rows):
        writer.writerow([harmless(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
