"""A file of employees is read row by row, whatever wrote it."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autodoctor.domain.corporate.roster_file import BYTES_MAX, COLUMNS, ROWS_MAX, Cells, cells
from autodoctor.domain.shared.cells import harmless
from autodoctor.domain.shared.errors import InvalidField

KNOWN = "email, name, department, number, role, monthly limit"


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
    assert long.problem == "This row has more cells than the header."


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "'=kept"])
def test_what_looks_like_a_formula_is_text(cell: str) -> None:
    (row,) = cells(f'email,name\na@test.example,"{cell}"\n'.encode())

    assert row.values["name"] == cell.removeprefix("'")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (b"email\n" + b"x" * BYTES_MAX, "At most 1 MB."),
        ("email\nZoë".encode("latin-1"), "This is not UTF-8; save it as “CSV UTF-8”."),
        (b"email\n\x00", "This is not a text file; save it as “CSV UTF-8”."),
        (b"", f"The first line names the columns: {KNOWN}."),
        (b"\n\n", f"The first line names the columns: {KNOWN}."),
        (b"email,colour\n", f"There is no column “colour”; they are {KNOWN}."),
        (b"email," + b"x" * 41 + b"\n", f"There is no column “{'x' * 40}”; they are {KNOWN}."),
        (b"email,EMAIL\n", "The column “email” is there twice."),
        (b"name\nCasey\n", "The column “email” is missing."),
        (b'email\n"a"b\n', "Line 2: ',' expected after '\"'."),
        (b'email\nfine\n"never closed\n', "Line 3: unexpected end of data."),
        (
            b"email\n" + b"a@test.example\n" * (ROWS_MAX + 1),
            "At most 1000 rows at a time; this file has 1001.",
        ),
        (b"email\n\n ,\n", "There is no row below the header."),
    ],
    ids=lambda told: str(told)[:40],
)
def test_a_file_that_cannot_be_read_says_why(told: bytes, why: str) -> None:
    with pytest.raises(InvalidField) as refused:
        cells(told)

    assert refused.value.facts == {"field": "file", "reason": why}


def test_the_largest_file_and_the_most_rows_are_read() -> None:
    most = b"email\n" + b"a@test.example\n" * ROWS_MAX
    largest = b"email\na@test.example\n"

    assert len(cells(most)) == ROWS_MAX
    assert len(cells(largest + b"\n" * (BYTES_MAX - len(largest)))) == 1


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_only_the_header_says_what_parts_the_cells(end: str) -> None:
    (row,) = cells(f"email,name{end}a@test.example,a;b;c;d{end}".encode())

    assert row.values == {"email": "a@test.example", "name": "a;b;c;d"}


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
