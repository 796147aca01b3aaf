"""A company's employees as a file, both ways."""

from typing import Annotated

import attrs
from flask import Response
from msgspec import Meta

from autodoctor.application.access.employees import EMPLOY, EMPLOYEES
from autodoctor.application.corporate.roster import take_roster
from autodoctor.application.corporate.roster_export import HEADER, roster_rows
from autodoctor.domain.corporate.roster import Line, Outcome
from autodoctor.domain.corporate.roster_file import BYTES_MAX
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.api.corporate_keys import CLOSED
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.sheets import csv_lines

corporate_roster = Endpoints("Companies")


class RosterBody(Body):
    """`csv` has a header: email, and any of name, department, number, role, monthly limit; at
    most 1000 rows. With `dry_run` nothing is changed."""

    csv: Annotated[str, Meta(max_length=BYTES_MAX)]
    dry_run: bool = True


@attrs.frozen(kw_only=True)
class RosterLine:
    """`line` counts from the header, which is 1. `outcome` is invite, changed, already
    employed, already invited or refused: then `column` and `reason` say what for."""

    line: int
    email: str
    outcome: str
    column: str
    reason: str

    @classmethod
    def of(cls, line: Line) -> "RosterLine":
        return cls(
            line=line.line,
            email=line.email,
            outcome=line.outcome,
            column=line.column,
            reason=line.reason,
        )


@attrs.frozen(kw_only=True)
class RosterAnswer:
    dry_run: bool
    counts: dict[str, int]
    lines: tuple[RosterLine, ...]


@corporate_roster.route(
    "POST",
    "/api/corporate/employees/roster",
    action=EMPLOY,
    body=RosterBody,
    answer=RosterAnswer,
    refusals=(*CLOSED, InvalidField),
)
def take(call: Call, *, body: RosterBody) -> RosterAnswer:
    """Invite and change employees by a CSV file, with a report for every row.

    A dry run and the execution are the same plan: a refused row is left out, the others count.
    """
    data = body.csv.encode("utf-8", errors="replace")
    lines = take_roster(call.ports, actor=call.who, data=data, dry_run=body.dry_run)
    return RosterAnswer(
        dry_run=body.dry_run,
        counts={each: sum(line.outcome is each for line in lines) for each in Outcome},
        lines=tuple(map(RosterLine.of, lines)),
    )


@corporate_roster.route(
    "GET",
    "/api/corporate/employees/roster",
    action=EMPLOYEES,
    refusals=CLOSED,
    raw=True,
)
def export(call: Call) -> Response:
    """The employees and those who are invited as the CSV that can be sent back.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    return roster_csv(call)


def roster_csv(call: Call) -> Response:
    rows = roster_rows(call.ports, actor=call.who)
    answer = Response(csv_lines(HEADER, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="employees.csv"'
    return answer
