"""Telling staff of money that needs a person."""

from datetime import datetime
from uuid import UUID

from autodoctor.domain.revenue.events import MoneyIssueOpened
from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.issue import Issue, IssueKind
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
        opened = MoneyIssueOpened(session_id, issue.id, kind, amount)
        tx.outbox.record(opened, by=SYSTEM, at=at)
