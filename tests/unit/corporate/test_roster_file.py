"""A file of employees is read row by row, whatever wrote it."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autodoctor.domain.corporate.roster_file import BYTES_MAX, COLUMNS, ROWS_MAX, Cells, cells
from autodoctor.domain.shared.cells import harmless
from autodoctor.domain.shared.errors import InvalidField


def test_a_row_knows_its_line_and_its_cells() -> None:
    assert cells(b"email,name\ncasey@test.example,Casey Driver\n") == (
        Cells(2, {"email": "casey@test.example", "name": "Casey Driver"}),
    )


@pytest.mark.parametrize("head", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_may_be_written_by_any_spreadsheet(head: str, separator: str, end: str) -> None:
    rows = (("Name", "Email", "Monthly_Limit"), ("Zoë; or, so", "z@test.example", "3"))
    lines = (separator.join(f'"{cell}"' for cell in row) for row in rows)

    (row,) = cells((head + end.join(lines)).encode())

    assert row.values == {"name": "Zoë; or, so", "email": "z@test.example", "monthly limit": "3"}


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    told = b'email,name\n"a@test.example","two\nlines"\n\n,,\nb@test.example,Bo\n'

    assert [row.line for row in cells(told)] == [2, 6]


def test_a_short_row_is_filled_up_and_a_long_one_is_not_read() -> None:
    short, long = cells(b"email,name\na@test.example\nb@test.example,Bo,more\n")

    assert short.values["name"] == short.problem == ""
    assert "more cells" in long.problem


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "'=kept"])
def test_what_looks_like_a_formula_is_text(cell: str) -> None:
    (row,) = cells(f'email,name\na@test.example,"{cell}"\n'.encode())

    assert row.values["name"] == cell.removeprefix("'")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (b"email\n" + b"x" * BYTES_MAX, "1 MB"),
        ("email\nZoë".encode("latin-1"), "UTF-8"),
        (b"email\n\x00", "text file"),
        (b"", "first line"),
        (b"\n\n", "first line"),
        (b"email,colour\n", "colour"),
        (b"email,EMAIL\n", "twice"),
        (b"name\nCasey\n", "“email” is missing"),
        (b'email\n"a"b\n', "Line 2"),
        (b'email\nfine\n"never closed\n', "Line 3"),
        (b"email\n" + b"a@test.example\n" * (ROWS_MAX + 1), str(ROWS_MAX)),
        (b"email\n\n ,\n", "no row"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(told: bytes, why: str) -> None:
    with pytest.raises(InvalidField, match=why) as refused:
        cells(told)

    assert refused.value.field == "file"


TEXTS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r\n"), max_size=9
)
ROWS = st.lists(st.tuples(*(TEXTS.map(str.strip) for _ in COLUMNS)), min_size=1, max_size=9)


@example([("'@", "", "", "", "", "")], list(COLUMNS))
@given(ROWS.filter(lambda rows: all(any(row) for row in rows)), st.permutations(COLUMNS))
def test_what_was_written_is_read(rows: list[tuple[str, ...]], columns: list[str]) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])

    found = cells(written.getvalue().encode())

    assert [tuple(row.values[name] for name in columns) for row in found] == rows
