"""A company's employees as a file: sent, looked at, and only then done."""

from typing import Final

import attrs
from flask import Blueprint, flash, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.employees import EMPLOY, EMPLOYEES
from autodoctor.application.corporate.roster import take_roster
from autodoctor.domain.corporate.roster import Line, Outcome
from autodoctor.domain.corporate.roster_file import COLUMNS, ROWS_MAX
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.api.corporate_roster import roster_csv
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view
from autodoctor.entrypoints.web.parts import Cell, Column, Fact, Table
from autodoctor.entrypoints.web.views import Tone

Page = str | tuple[str, int] | Response

pages = Blueprint("company_roster", __name__, url_prefix="/corporate/employees")

WORDS: Final = {
    Outcome.INVITE: ("To invite", "Invited", Tone.OK),
    Outcome.CHANGED: ("To change", "Changed", Tone.INFO),
    Outcome.EMPLOYED: ("As it is", "As it is", Tone.NEUTRAL),
    Outcome.INVITED: ("Invited before", "Invited before", Tone.NEUTRAL),
    Outcome.REFUSED: ("Left out", "Left out", Tone.BAD),
}
"""Before it is done, and afterwards."""
LINES_SHOWN: Final = 500
_COLUMNS: Final = (*(Column("Line", numeric=True), Column("Email"), Column("What"), Column("Why")),)


@attrs.frozen(kw_only=True)
class ReportView:
    """`csv` is the file, sent again to do it; `todo` is whether there is anything to be done."""

    counts: tuple[Fact, ...]
    table: Table
    note: str
    csv: str
    done: bool
    todo: bool


@attrs.frozen(kw_only=True)
class UploadView:
    columns: str
    rows_max: str
    form: FormView
    report: ReportView | None = None


@pages.get("/upload")
@asks(EMPLOY)
def begin() -> Page:
    return _shown(form_view(("file",)))


def _shown(form: FormView, report: ReportView | None = None) -> str:
    view = UploadView(
        columns=", ".join(COLUMNS), rows_max=f"{ROWS_MAX:,}", form=form, report=report
    )
    return render_template("corporate/upload.html", view=view)


@pages.post("/upload")
@asks(EMPLOY)
def send() -> Page:
    here, go = call(), request.form.get("go") == "do"
    sent = request.files.get("file")
    data = sent.read() if sent and not go else request.form.get("csv", "").encode()
    lines = attempt(
        lambda: take_roster(here.ports, actor=here.who, data=data, dry_run=not go), InvalidField
    )
    if isinstance(lines, InvalidField):
        return _shown(form_view(("file",), errors={"file": lines.reason})), 422
    if go:
        flash("Done as it was said.")
    text = data.decode("utf-8-sig")
    return _shown(form_view(("file",)), report_view(lines, text, done=go))


def report_view(lines: tuple[Line, ...], text: str, *, done: bool) -> ReportView:
    counted = ((each, sum(line.outcome is each for line in lines)) for each in Outcome)
    todo = any(line.outcome in (Outcome.INVITE, Outcome.CHANGED) for line in lines)
    over = len(lines) - LINES_SHOWN
    return ReportView(
        counts=tuple(Fact(WORDS[each][done], str(count)) for each, count in counted if count),
        table=Table(
            "Line by line", _COLUMNS, tuple(_line(each, done) for each in lines[:LINES_SHOWN])
        ),
        note=f"And {over} more lines, counted above." if over > 0 else "",
        csv=text,
        done=done,
        todo=todo and not done,
    )


def _line(line: Line, done: bool) -> tuple[Cell, ...]:
    *words, tone = WORDS[line.outcome]
    column = f"{line.column.capitalize()}: " if line.column else ""
    why = f"{column}{line.reason}" if line.reason else "–"
    return Cell(str(line.line)), Cell(line.email or "–"), Cell(words[done], tone=tone), Cell(why)


@pages.get("/file")
@asks(EMPLOYEES)
def file() -> Page:
    return roster_csv(call())
