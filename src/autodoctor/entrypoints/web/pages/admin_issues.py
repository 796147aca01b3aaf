"""Money that needs a person, as staff see it, and what they do about it."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.operations import MONEY
from autodoctor.application.payments.resolving import (
    close,
    closed_issues,
    open_issues,
    retry,
    settle,
)
from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.issue import RETRIABLE, Issue, IssueKind, Resolution
from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.admin_money import failure_text
from autodoctor.entrypoints.web.pages.forms import attempt, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Table

PATH: Final = "/admin/money"
Page = str | tuple[str, int] | Response

pages = Blueprint("admin_issues", __name__, url_prefix=PATH)

TITLES: Final = {
    IssueKind.REFUND_FAILED: "Refund failed",
    IssueKind.REFUND_AT_PROVIDER: "Refunded at the provider",
    IssueKind.AMOUNT_DIFFERS: "Another amount was paid",
    IssueKind.TRANSFER_FAILED: "Payout not made",
    IssueKind.REVERSAL_FAILED: "Payout not taken back",
    IssueKind.REVERSAL_AT_PROVIDER: "Payout taken back at the provider",
    IssueKind.PAYOUT_FAILED: "Payout came back from a bank",
}
WHAT_NEXT: Final = {
    IssueKind.REFUND_FAILED: "The customer was told that the refund did not arrive. Try the refund "
    "again, or pay the customer another way and say how; they read it.",
    IssueKind.REFUND_AT_PROVIDER: "The ledger, the session and the payouts were adjusted. Check "
    "that this refund was intended.",
    IssueKind.AMOUNT_DIFFERS: "No session was opened, and the payment is being refunded. Find out "
    "why the payment page asked for another amount.",
    IssueKind.TRANSFER_FAILED: "The share is still owed to its payee. Try again, or pay it "
    "another way.",
    IssueKind.REVERSAL_FAILED: "The payee owes us this amount. Try again, or settle it with them.",
    IssueKind.REVERSAL_AT_PROVIDER: "The share is owed to its payee again, and is not sent "
    "automatically. Check that this was intended.",
    IssueKind.PAYOUT_FAILED: "The owner was asked to check their bank details. Write to them if "
    "the next payout fails, too.",
}
RESOLUTIONS: Final = {
    Resolution.RETRIED: "Tried again",
    Resolution.SETTLED: "Paid another way",
    Resolution.NOTED: "Closed",
    Resolution.PAID: "Refunded meanwhile",
}
STEPS: Final[dict[str, tuple[Callable[..., Issue], str]]] = {
    "retry": (retry, "Retrying now."),
    "settle": (settle, "Marked as paid another way."),
    "close": (close, "Closed."),
}


@attrs.frozen
class IssueView:
    id: str
    title: str
    amount: str
    text: str
    reason: str
    opened: str
    session_url: str
    retriable: bool


@attrs.frozen
class IssuesView:
    issues: tuple[IssueView, ...]
    closed: Table
    error: str


def issue_view(issue: Issue, when: When) -> IssueView:
    return IssueView(
        id=str(issue.id),
        title=TITLES[issue.kind],
        amount=money_text(issue.amount),
        text=WHAT_NEXT[issue.kind],
        reason=failure_text(issue.detail),
        opened=when.moment(issue.opened_at),
        session_url=f"/admin/sessions/{issue.session_id}" if issue.session_id else "",
        retriable=issue.kind in RETRIABLE,
    )


def closed_table(issues: tuple[Issue, ...], when: When) -> Table:
    columns = (
        Column("What"),
        Column("Amount", numeric=True),
        Column("How it ended"),
        Column("Note"),
    )
    rows = tuple(_closed_row(each, when) for each in issues)
    return Table("Resolved", columns, rows, "Resolved items will be listed here.")


def _closed_row(issue: Issue, when: When) -> tuple[Cell, ...]:
    url = f"/admin/sessions/{issue.session_id}" if issue.session_id else ""
    ended = RESOLUTIONS[issue.resolution] if issue.resolution else ""
    at = when.moment(issue.closed_at) if issue.closed_at else ""
    return (
        Cell(TITLES[issue.kind], url=url),
        Cell(money_text(issue.amount)),
        Cell(ended, note=at),
        Cell(issue.note),
    )


@pages.get("")
@asks(MONEY)
def listed() -> Page:
    return _shown(call())


@pages.post("/<uuid:issue_id>/<any(retry, settle, close):step>")
@asks(MONEY)
def resolve(issue_id: UUID, step: str) -> Page:
    here, (deed, said) = call(), STEPS[step]
    note = typed(("note",))["note"]
    done = attempt(
        lambda: deed(here.ports, actor=here.who, issue_id=IssueId(issue_id), note=note),
        InvalidField,
        Conflict,
    )
    if isinstance(done, InvalidField):
        return _shown(here, done.reason), 422
    if isinstance(done, Conflict):
        return _shown(here, done.title), 409
    flash(said)
    return redirect(PATH, code=303)


def _shown(here: Call, error: str = "") -> str:
    told = when(here)
    waiting = open_issues(here.ports, actor=here.who)
    closed = closed_issues(here.ports, actor=here.who)
    view = IssuesView(
        tuple(issue_view(each, told) for each in waiting), closed_table(closed, told), error
    )
    return render_template("admin/money.html", view=view)
