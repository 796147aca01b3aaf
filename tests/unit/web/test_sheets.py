"""CSV that spreadsheets read as text."""

import csv
import io

import pytest

from autodoctor.entrypoints.web.sheets import csv_lines, harmless


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"])
def test_nothing_is_worked_out(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Casey", "a=b", "4.5", "a@b.example"])
def test_what_is_text_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


def test_rows_are_read_back_as_they_were() -> None:
    rows = [["Casey, Driver", 'says "hello"'], ["two\nlines", ""]]

    written = "".join(csv_lines(["name", "said"], iter(rows)))

    assert list(csv.reader(io.StringIO(written, newline=""))) == [["name", "said"], *rows]
    assert written.startswith("name,said\r\n")
