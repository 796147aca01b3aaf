"""What a file of employees would do, row by row: said beforehand, and done exactly so.

A row is refused by itself and changes nothing for the others; rows are looked at in their
order, each after what the ones before it do.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

import attrs

from autodoctor.domain.corporate.employee_details import CHECKS, Details
from autodoctor.domain.corporate.roster_file import Cells, cells
from autodoctor.domain.shared.errors import InvalidField

Spell = Callable[[str], str]
"""The one spelling of an email address; raises InvalidField for what is none."""


class Outcome(StrEnum):
    """What becomes of a row; all but `REFUSED` are fine."""

    INVITE = "invite"
    EMPLOYED = "already employed"
    INVITED = "already invited"
    CHANGED = "changed"
    REFUSED = "refused"


@attrs.frozen
class Known:
    """Somebody who is there: employed, or invited and not here yet."""

    employed: bool
    details: Details


@attrs.frozen(kw_only=True)
class Staff:
    """Who is there before the file: people by email address, the departments there are, and
    how many more can be invited; None is as many as one likes."""

    people: Mapping[str, Known]
    departments: frozenset[str]
    places: int | None


@attrs.frozen(kw_only=True)
class Line:
    """A row's report. `details` is what holds for the person afterwards; a refused row has
    none, but the `column` it is for (empty for the whole row) and the reason."""

    line: int
    email: str
    outcome: Outcome
    details: Details | None = None
    column: str = ""
    reason: str = ""


@attrs.frozen
class _Refused(Exception):
    column: str
    reason: str


def plan(data: bytes, staff: Staff, *, spell: Spell) -> tuple[Line, ...]:
    """A report for every row. What is not refused has nothing left to do the next time. Raises
    InvalidField("file") for what cannot be read at all."""
    desk = _Desk(staff, spell)
    return tuple(desk.look(row) for row in cells(data))


class _Desk:
    """Goes through the rows and remembers what those before have taken."""

    def __init__(self, staff: Staff, spell: Spell) -> None:
        self._staff, self._spell = staff, spell
        self._departments: Final = {name.casefold(): name for name in staff.departments}
        self._lines: dict[str, int] = {}
        self._left = staff.places
        self._held = {email: known.details.number for email, known in staff.people.items()}
        self._numbers = {number: email for email, number in self._held.items() if number}

    def look(self, row: Cells) -> Line:
        email = row.values.get("email", "")
        try:
            email = self._email(row)
            return self._settle(row, email)
        except _Refused as refused:
            return _refusal(row, email, refused)

    def _email(self, row: Cells) -> str:
        """Each person once: the second row is refused, whatever became of the first."""
        if row.problem:
            raise _Refused("", row.problem)
        email: str = _checked("email", self._spell, row.values["email"])
        before = self._lines.setdefault(email, row.line)
        if before != row.line:
            raise _Refused("email", f"This address is on line {before} already.")
        return email

    def _settle(self, row: Cells, email: str) -> Line:
        known = self._staff.people.get(email)
        details = self._told(row, known.details if known else Details())
        self._check_number(details.number, email)
        if known is None:
            self._take_place()
        self._take_number(details.number, email)
        outcome = _outcome(known, details)
        return Line(line=row.line, email=email, outcome=outcome, details=details)

    def _told(self, row: Cells, before: Details) -> Details:
        """An empty cell leaves what is there."""
        checks = CHECKS | {"department": self._department}
        told = {
            column.replace(" ", "_"): _checked(column, checks[column], cell)
            for column, cell in row.values.items()
            if cell and column in checks
        }
        return attrs.evolve(before, **told)

    def _department(self, cell: str) -> str:
        """Without regard to case."""
        found = self._departments.get(" ".join(cell.split()).casefold())
        if found is None:
            raise InvalidField("department", "There is no such department; add it first.")
        return found

    def _check_number(self, number: str, email: str) -> None:
        holder = self._numbers.get(number, email)
        if holder != email:
            raise _Refused("number", f"{holder} has this number.")

    def _take_number(self, number: str, email: str) -> None:
        """Whoever gets another one leaves theirs to the rows below."""
        self._numbers.pop(self._held.get(email, ""), None)
        self._held[email] = number
        if number:
            self._numbers[number] = email

    def _take_place(self) -> None:
        if self._left is None:
            return
        if self._left <= 0:
            raise _Refused("email", "There is no place left for another employee.")
        self._left -= 1


_SHOWN: Final = 120


def _checked(column: str, check: Callable[[str], Any], cell: str) -> Any:
    try:
        return check(cell)
    except InvalidField as wrong:
        raise _Refused(column, wrong.reason) from None


def _refusal(row: Cells, email: str, refused: _Refused) -> Line:
    return Line(
        line=row.line,
        email=email[:_SHOWN],
        outcome=Outcome.REFUSED,
        column=refused.column,
        reason=refused.reason,
    )


def _outcome(known: Known | None, details: Details) -> Outcome:
    if known is None:
        return Outcome.INVITE
    if known.details != details:
        return Outcome.CHANGED
    return Outcome.EMPLOYED if known.employed else Outcome.INVITED
