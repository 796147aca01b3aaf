"""Tables as CSV that spreadsheets read as text."""

import csv
import io

from autodoctor.entrypoints.web.sheets import csv_lines


def test_rows_are_read_back_as_they_were() -> None:
    rows = [["Casey, Driver", 'says "hello"'], ["two\nlines", ""]]

    written = "".join(csv_lines(["name", "said"], iter(rows)))

    assert list(csv.reader(io.StringIO(written, newline=""))) == [["name", "said"], *rows]
    assert written.startswith("name,said\r\n")


def test_no_cell_is_a_formula() -> None:
    assert list(csv_lines(["=name"], [["+1"]])) == ["'=name\r\n", "'+1\r\n"]
