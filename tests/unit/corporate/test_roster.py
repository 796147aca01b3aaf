"""What a file of employees would do, row by row."""

import csv
import io
from collections.abc import Iterable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.corporate.employee import EmployeeRole
from autodoctor.domain.corporate.employee_details import Details, check_limit
from autodoctor.domain.corporate.roster import Known, Line, Outcome, Staff, plan

ALEX = Details(name="Alex Fleet", department="Sales", number="7", monthly_limit=2)
STAFF = Staff(
    people={
        "alex@test.example": Known(True, ALEX),
        "bo@test.example": Known(False, Details(number="8")),
    },
    departments=frozenset({"Sales", "Drivers"}),
    places=2,
)


def spell(text: str) -> str:
    return EmailAddress.parse(text).text


def planned(told: str, staff: Staff = STAFF) -> tuple[Line, ...]:
    return plan(told.encode(), staff, spell=spell)


def only(told: str, staff: Staff = STAFF) -> Line:
    (line,) = planned(told, staff)
    return line


def test_somebody_unknown_is_invited_as_the_row_says() -> None:
    line = only(
        "email,name,department,number,role,monthly limit\n"
        "New@Test.example,Casey Driver,DRIVERS,12,Fleet Manager,0\n"
    )

    assert line == Line(
        line=2,
        email="new@test.example",
        outcome=Outcome.INVITE,
        details=Details(
            name="Casey Driver",
            department="Drivers",
            number="12",
            role=EmployeeRole.FLEET_MANAGER,
            monthly_limit=0,
        ),
    )


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ("alex@test.example,", Outcome.EMPLOYED),
        ("alex@test.example,7", Outcome.EMPLOYED),
        ("bo@test.example,8", Outcome.INVITED),
        ("alex@test.example,9", Outcome.CHANGED),
        ("bo@test.example,9", Outcome.CHANGED),
    ],
)
def test_who_is_there_stays_unless_the_row_says_otherwise(row: str, outcome: Outcome) -> None:
    assert only(f"email,number\n{row}\n").outcome is outcome


def test_an_empty_cell_leaves_what_is_there() -> None:
    line = only("email,name,number,department\nalex@test.example,,9,\n")

    assert line.details == attrs.evolve(ALEX, number="9")


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("name", "x", "2 to 120"),
        ("name", "bell\x07bell", "2 to 120"),
        ("department", "Nowhere", "There is no such department; add it first."),
        ("number", "x" * 41, "At most 40"),
        ("number", "7", "alex@test.example has this number"),
        ("role", "pilot", "One of driver, fleet manager, technician, supervisor, admin."),
        ("monthly limit", "-1", "A whole number of sessions, or nothing."),
        ("monthly limit", "1.5", "whole number"),
        ("monthly limit", "²", "whole number"),
        ("monthly limit", "99999999999999999999", "whole number"),
        ("monthly limit", "10001", "From 0 to"),
    ],
)
def test_a_refused_row_names_its_column(column: str, cell: str, why: str) -> None:
    line = only(f'email,{column}\nnew@test.example,"{cell}"\n')

    assert (line.outcome, line.column, line.details) == (Outcome.REFUSED, column, None)
    assert why in line.reason


@pytest.mark.parametrize("cell", ["", "nobody", "=cmd@test.example x"])
def test_a_row_without_an_address_is_refused(cell: str) -> None:
    line = only(f"email,name\n{cell},Casey Driver\n")

    assert (line.outcome, line.column) == (Outcome.REFUSED, "email")


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("casey@test.example,pilot,", "casey@test.example"),
        ("no address,driver,", "no address"),
        ("casey@test.example,driver,,more", "casey@test.example"),
        ("x" * 200 + ",driver,", "x" * 120),
    ],
)
def test_a_refused_row_shows_whom_it_is_about(row: str, shown: str) -> None:
    line = only(f"email,role,name\n{row}\n")

    assert (line.outcome, line.email) == (Outcome.REFUSED, shown)


def test_a_department_of_several_words_is_found_however_it_is_spelt() -> None:
    staff = attrs.evolve(STAFF, departments=frozenset({"Night Shift"}))

    line = only("email,department\nnew@test.example,night   SHIFT\n", staff)

    assert line.details == Details(department="Night Shift")


def test_a_role_may_be_written_with_a_line_below() -> None:
    line = only("email,role\nnew@test.example,Fleet_manager\n")

    assert line.details == Details(role=EmployeeRole.FLEET_MANAGER)


def test_without_a_limit_of_places_everybody_is_invited() -> None:
    rows = "".join(f"p{number}@test.example\n" for number in range(30))

    lines = planned(f"email\n{rows}", attrs.evolve(STAFF, places=None))

    assert {line.outcome for line in lines} == {Outcome.INVITE}


def test_a_limit_of_blanks_alone_is_no_limit() -> None:
    assert check_limit("  ") is None


def test_a_limit_may_be_written_with_leading_noughts() -> None:
    assert only("email,monthly limit\nnew@test.example,000000012\n").details == Details(
        monthly_limit=12
    )


def test_a_long_row_is_refused_as_a_whole() -> None:
    line = only("email\nnew@test.example,more\n")

    assert (line.outcome, line.column) == (Outcome.REFUSED, "")
    assert "more cells" in line.reason


def test_a_person_is_in_a_file_once() -> None:
    first, second = planned("email\nnew@test.example\nNEW@test.example\n")

    assert first.outcome is Outcome.INVITE
    assert (second.outcome, second.column) == (Outcome.REFUSED, "email")
    assert "line 2" in second.reason


def test_no_more_are_invited_than_there_is_room_for() -> None:
    lines = planned("email\na@test.example\nbo@test.example\nb@test.example\nc@test.example\n")

    assert [line.outcome for line in lines] == [
        Outcome.INVITE,
        Outcome.INVITED,
        Outcome.INVITE,
        Outcome.REFUSED,
    ]
    reason = "There is no place left for another employee."
    assert (lines[-1].column, lines[-1].reason) == ("email", reason)


def test_a_refused_row_takes_no_place() -> None:
    staff = attrs.evolve(STAFF, places=1)

    wrong, fine = planned("email,role\na@test.example,pilot\nb@test.example,driver\n", staff)

    assert (wrong.outcome, fine.outcome) == (Outcome.REFUSED, Outcome.INVITE)


def test_a_number_goes_to_the_first_row_that_asks_for_it() -> None:
    first, second = planned("email,number\na@test.example,1\nb@test.example,1\n")

    assert first.outcome is Outcome.INVITE
    assert (second.column, second.reason) == ("number", "a@test.example has this number.")


def test_a_number_that_a_row_above_gave_back_is_free() -> None:
    lines = planned("email,number\nalex@test.example,9\nnew@test.example,7\n")

    assert [line.outcome for line in lines] == [Outcome.CHANGED, Outcome.INVITE]


WORDS = st.sampled_from(["", "1", "2", "7", "Sales", "drivers", "driver", "pilot", "=1", "x", "-1"])
PEOPLE = st.sampled_from(
    ["alex@test.example", "bo@test.example", "a@b.example", "c@d.example", "?"]
)
ROWS = st.lists(st.tuples(PEOPLE, WORDS, WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=12)
HEADER = ("email", "name", "department", "number", "role", "monthly limit")


def written(rows: Iterable[tuple[str, ...]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([HEADER, *rows])
    return buffer.getvalue()


def done(staff: Staff, lines: Iterable[Line]) -> Staff:
    """The company after the report."""
    people = dict(staff.people)
    invited = 0
    for line in lines:
        if line.details is not None:
            invited += line.outcome is Outcome.INVITE
            before = people.get(line.email)
            people[line.email] = Known(before is not None and before.employed, line.details)
    assert staff.places is not None
    return attrs.evolve(staff, people=people, places=staff.places - invited)


@given(ROWS)
def test_every_row_has_its_line_and_a_reason_when_it_is_refused(
    rows: list[tuple[str, ...]],
) -> None:
    lines = planned(written(rows))

    assert [line.line for line in lines] == list(range(2, len(rows) + 2))
    for line in lines:
        refused = line.outcome is Outcome.REFUSED
        assert (line.details is None) == refused == bool(line.reason)


@given(ROWS)
def test_what_is_done_keeps_places_and_numbers(rows: list[tuple[str, ...]]) -> None:
    after = done(STAFF, planned(written(rows)))

    numbers = [known.details.number for known in after.people.values() if known.details.number]
    assert len(numbers) == len(set(numbers))
    assert after.places is not None
    assert after.places >= 0


@given(ROWS)
def test_what_is_done_has_nothing_left_to_do(rows: list[tuple[str, ...]]) -> None:
    first = planned(written(rows))

    again = planned(written(rows), done(STAFF, first))

    for before, after in zip(first, again, strict=True):
        if before.outcome is not Outcome.REFUSED:
            assert after.outcome in (Outcome.EMPLOYED, Outcome.INVITED)
