"""Money that needs a person, as staff see it, and what they do about it."""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.operations import MONEY
from autodoctor.application.payments.resolving import (
    close,
    closed_issues,
    open_disputes,
    open_issues,
    paid_for,
    retry,
    settle,
)
from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.issue import RETRIABLE, Issue, IssueKind, Resolution
from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.admin_disputes import disputes_table
from autodoctor.entrypoints.web.pages.admin_money import failure_text
from autodoctor.entrypoints.web.pages.forms import attempt, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Link, Table
from autodoctor.ports.money_queries import PaidFor

PATH: Final = "/admin/money"
Page = str | tuple[str, int] | Response

pages = Blueprint("admin_issues", __name__, url_prefix=PATH)

TITLES: Final = {
    IssueKind.REFUND_FAILED: "Refund failed",
    IssueKind.REFUND_AT_PROVIDER: "Refunded in Stripe",
    IssueKind.AMOUNT_DIFFERS: "Another amount was paid",
    IssueKind.TRANSFER_FAILED: "Payout not made",
    IssueKind.REVERSAL_FAILED: "Payout not taken back",
    IssueKind.REVERSAL_AT_PROVIDER: "Payout taken back in Stripe",
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
    """`customer` and `customer_url` are empty for money of nobody's payment. `refused` is the step
    that was refused, with the `note` as typed and the `error` beside it; empty for all others."""

    id: str
    title: str
    amount: str
    text: str
    reason: str
    opened: str
    customer: str
    customer_url: str
    session: str
    session_url: str
    retriable: bool
    refused: str = ""
    note: str = ""
    error: str = ""


@attrs.frozen
class IssuesView:
    """`errors` lead to the note that was refused; `error` is about an item that is no longer
    open."""

    issues: tuple[IssueView, ...]
    disputes: Table
    closed: Table
    errors: tuple[Link, ...]
    error: str


@attrs.frozen
class Refused:
    """A step that was refused, and what was typed."""

    issue_id: UUID
    step: str
    note: str
    error: str


def issue_view(issue: Issue, when: When, paid: PaidFor | None) -> IssueView:
    return IssueView(
        id=str(issue.id),
        title=TITLES[issue.kind],
        amount=money_text(issue.amount),
        text=WHAT_NEXT[issue.kind],
        reason=reason_text(issue.kind, issue.detail),
        opened=when.moment(issue.opened_at),
        customer=paid.customer_name if paid else "",
        customer_url=f"/admin/users/{paid.customer_id}" if paid else "",
        session=paid.plan_name if paid else "",
        session_url=f"/admin/sessions/{issue.session_id}" if issue.session_id else "",
        retriable=issue.kind in RETRIABLE,
    )


def reason_text(kind: IssueKind, detail: str) -> str:
    """Stripe's own number of what was done there, or its word for why something failed."""
    match kind:
        case _ if not detail:
            return ""
        case IssueKind.REFUND_AT_PROVIDER:
            return f"Stripe refund {detail}"
        case IssueKind.REVERSAL_AT_PROVIDER:
            return f"Stripe reversal {detail}"
        case IssueKind.AMOUNT_DIFFERS:
            return detail
        case _:
            return f"Stripe says: {failure_text(detail)}"


def closed_table(issues: tuple[Issue, ...], when: When, paid: Mapping[IssueId, PaidFor]) -> Table:
    columns = (
        Column("What"),
        Column("Amount", numeric=True),
        Column("How it ended"),
        Column("Note"),
    )
    rows = tuple(_closed_row(each, when, paid.get(each.id)) for each in issues)
    return Table("Resolved", columns, rows, "Resolved items will be listed here.")


def _closed_row(issue: Issue, when: When, paid: PaidFor | None) -> tuple[Cell, ...]:
    url = f"/admin/sessions/{issue.session_id}" if issue.session_id else ""
    ended = RESOLUTIONS[issue.resolution] if issue.resolution else ""
    at = when.moment(issue.closed_at) if issue.closed_at else ""
    return (
        Cell(
            TITLES[issue.kind],
            url=url,
            note=f"{paid.customer_name}, {paid.plan_name}" if paid else "",
        ),
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
        return _shown(here, Refused(issue_id, step, note, done.reason)), 422
    if isinstance(done, Conflict):
        return _shown(here, Refused(issue_id, step, note, done.title)), 409
    flash(said)
    return redirect(PATH, code=303)


def _shown(here: Call, refused: Refused | None = None) -> str:
    told = when(here)
    waiting = open_issues(here.ports, actor=here.who)
    closed = closed_issues(here.ports, actor=here.who)
    paid = paid_for(here.ports, actor=here.who, issues=(*waiting, *closed))
    shown = tuple(issue_view(each, told, paid.get(each.id)) for each in waiting)
    disputes = disputes_table(open_disputes(here.ports, actor=here.who), told)
    view = issues_view(shown, disputes, closed_table(closed, told, paid), refused)
    return render_template("admin/money.html", view=view)


def issues_view(
    shown: tuple[IssueView, ...], disputes: Table, closed: Table, refused: Refused | None
) -> IssuesView:
    """What was refused stays open, with its note."""
    if refused is None:
        return IssuesView(shown, disputes, closed, (), "")
    marked = tuple(_marked(each, refused) for each in shown)
    errors = tuple(
        Link(f"{each.title}, {each.amount}: {each.error}", f"#{each.refused}-{each.id}")
        for each in marked
        if each.refused
    )
    return IssuesView(marked, disputes, closed, errors, "" if errors else refused.error)


def _marked(issue: IssueView, refused: Refused) -> IssueView:
    if issue.id != str(refused.issue_id):
        return issue
    return attrs.evolve(issue, refused=refused.step, note=refused.note, error=refused.error)
