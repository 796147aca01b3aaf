"""Telling staff of money that needs a person."""

from datetime import datetime
from uuid import UUID

from autodoctor.application.notifications.send import withdraw_from_all
from autodoctor.application.payments.holding import Holding
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.revenue.events import MoneyIssueOpened
from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.issue import Issue, IssueKind, paid_by_now
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CheckoutId, SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def open_issue(
    ports: Ports,
    tx: Transaction,
    kind: IssueKind,
    subject_id: UUID,
    *,
    amount: Money,
    at: datetime,
    session_id: SessionId | None = None,
    checkout_id: CheckoutId | None = None,
    detail: str = "",
) -> None:
    """One per kind and subject: opening it again changes nothing and tells nobody."""
    issue = Issue(
        id=IssueId(ports.ids.new()),
        kind=kind,
        subject_id=subject_id,
        session_id=session_id,
        checkout_id=checkout_id,
        amount=amount,
        detail=detail,
        opened_at=at,
    )
    if tx.issues.open(issue):
        customer = tx.checkouts.get(checkout_id).customer_id if checkout_id else None
        opened = MoneyIssueOpened(session_id, issue.id, kind, amount, customer)
        tx.outbox.record(opened, by=SYSTEM, at=at)


def close_paid(tx: Transaction, holding: Holding, *, at: datetime) -> None:
    """After money went back: an issue about a failed refund is open as long as the customer is
    owed something, whoever paid it. The holding is locked."""
    waiting = tx.issues.open_of(holding.checkout.id, IssueKind.REFUND_FAILED)
    for issue in paid_by_now(waiting, holding.funds(tx).owed) if waiting else ():
        save_closed(tx, tx.issues.get(issue.id, lock=True).close_paid(at=at))


def save_closed(tx: Transaction, issue: Issue) -> Issue:
    """Staff need not be told of it any more. It was locked when it was read, so that nobody is
    told afterwards."""
    withdraw_from_all(tx, Occasion.MONEY_ISSUE, reference=str(issue.id))
    return tx.issues.save(issue)
