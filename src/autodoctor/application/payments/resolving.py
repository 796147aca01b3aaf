"""What staff do about money that needs a person; all of it is in the audit log.

Refusals, in this order: WrongRole, InvalidField, Missing, IssueClosed, NotRetriable, NothingOwed,
StillOwed, and what the ledger refuses.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.operations import MONEY
from autodoctor.application.operations.audit import write_down
from autodoctor.application.payments.announcing import AGAIN
from autodoctor.application.payments.holding import Holding
from autodoctor.application.payments.issues import close_paid, save_closed
from autodoctor.application.payments.movements import (
    order_refund,
    order_reversal,
    order_transfer,
)
from autodoctor.application.payments.payees import funds_of
from autodoctor.domain.accounts.standing import check_reason
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.events import RefundSettled
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ids import IssueId, ReversalId
from autodoctor.domain.revenue.issue import Issue, IssueKind, Resolution, StillOwed, paid_by_now
from autodoctor.domain.revenue.ledger import Entry
from autodoctor.domain.revenue.settlements import settlement
from autodoctor.domain.revenue.transfers import paid_out
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import EntryId, RefundId, SessionId, TransferId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.money_queries import OpenDispute, PaidFor
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class NothingOwed(Conflict):
    """Nothing of this is owed any more; close it with a note."""

    issue_id: UUID


_DEEDS: Final = {
    Resolution.RETRIED: "tried a payment again",
    Resolution.SETTLED: "marked as paid another way",
    Resolution.NOTED: "closed what needed attention",
}
"""What the audit log says was done."""


def open_issues(ports: Ports, *, actor: Actor) -> tuple[Issue, ...]:
    """Those nobody has dealt with, oldest first."""
    may(actor, MONEY)
    return ports.queries.money.open_issues()


def closed_issues(ports: Ports, *, actor: Actor) -> tuple[Issue, ...]:
    """The newest of those that were dealt with."""
    may(actor, MONEY)
    return ports.queries.money.closed_issues()


def paid_for(ports: Ports, *, actor: Actor, issues: Iterable[Issue]) -> Mapping[IssueId, PaidFor]:
    """Whose payment each is about; those about nobody's are left out."""
    may(actor, MONEY)
    return ports.queries.money.paid_for([each.id for each in issues])


def open_disputes(ports: Ports, *, actor: Actor) -> tuple[OpenDispute, ...]:
    """Those that staff answer at the provider, oldest first."""
    may(actor, MONEY)
    return ports.queries.money.open_disputes()


def retry(ports: Ports, *, actor: Actor, issue_id: IssueId, note: str) -> Issue:
    """Try once more what failed: another refund, transfer or reversal takes its place."""
    may(actor, MONEY)
    why = check_reason(note)
    with ports.transactions(actor) as tx:
        issue = tx.issues.get(issue_id)
        issue.check_retriable()
        _again(ports, tx, issue, at=ports.now())
        return _close(ports, tx, issue_id, Resolution.RETRIED, why, by=actor)


def settle(ports: Ports, *, actor: Actor, issue_id: IssueId, note: str) -> Issue:
    """It was paid past the provider, from or to our bank account; the note says how, and whoever
    gets a refund reads it."""
    may(actor, MONEY)
    how = check_reason(note)
    with ports.transactions(actor) as tx:
        issue = tx.issues.get(issue_id)
        issue.check_retriable()
        _settle(ports, tx, issue, how, by=actor, at=ports.now())
        return _close(ports, tx, issue_id, Resolution.SETTLED, how, by=actor)


def close(ports: Ports, *, actor: Actor, issue_id: IssueId, note: str) -> Issue:
    """Nothing more to do; the note says why. Not while a customer is owed the refund that
    failed."""
    may(actor, MONEY)
    why = check_reason(note)
    with ports.transactions(actor) as tx:
        _check_paid(tx, tx.issues.get(issue_id))
        return _close(ports, tx, issue_id, Resolution.NOTED, why, by=actor)


def _check_paid(tx: Transaction, issue: Issue) -> None:
    if issue.kind is not IssueKind.REFUND_FAILED or issue.resolution is not None:
        return
    holding = _holding(tx, issue)
    owed = holding.funds(tx).owed
    waiting = tx.issues.open_of(holding.checkout.id, IssueKind.REFUND_FAILED)
    if issue not in paid_by_now(waiting, owed):
        raise StillOwed(issue.id, owed)


def _close(
    ports: Ports, tx: Transaction, issue_id: IssueId, how: Resolution, note: str, *, by: Actor
) -> Issue:
    """Of two at once, one finds it closed."""
    issue = tx.issues.get(issue_id, lock=True)
    closed = save_closed(tx, issue.close(how, note=note, by=by.account_id, at=ports.now()))
    write_down(
        ports,
        tx,
        _DEEDS[how],
        by=by,
        on=issue.id,
        kind="money_issue",
        reason=note,
        about=issue.kind,
        amount_minor=issue.amount.minor,
    )
    if issue.kind is IssueKind.REFUND_FAILED:
        close_paid(tx, _holding(tx, issue), at=ports.now())
    return closed


def _again(ports: Ports, tx: Transaction, issue: Issue, *, at: datetime) -> None:
    match issue.kind:
        case IssueKind.REFUND_FAILED:
            holding = _holding(tx, issue)
            amount = _owed(issue, holding.funds(tx).owed)
            reason = f"{AGAIN}{issue.id}"
            order_refund(
                ports, tx, holding.checkout, holding.session_id, amount=amount, reason=reason, at=at
            )
        case IssueKind.TRANSFER_FAILED:
            account = _transfer_account(tx, issue)
            session_id = _locked_session(tx, issue)
            _owed(issue, funds_of(tx, session_id).payable(account))
            order_transfer(ports, tx, session_id, account, at=at)
        case _:
            reversal = tx.reversals.get(ReversalId(issue.subject_id))
            funds = funds_of(tx, _locked_session(tx, issue))
            paid = paid_out(funds, reversal.transfer_id)
            amount = _owed(issue, min(-funds.payable(paid.to), paid.remaining))
            transfer = tx.transfers.get(reversal.transfer_id)
            order_reversal(ports, tx, transfer, amount=amount, refund_id=None, at=at)


def _settle(
    ports: Ports, tx: Transaction, issue: Issue, how: str, *, by: Actor, at: datetime
) -> None:
    if issue.kind is IssueKind.REFUND_FAILED:
        holding = _holding(tx, issue)
        funds = holding.funds(tx)
        amount = _owed(issue, funds.owed)
        account = Account.owed(funds.session_id)
        holding.post(tx, _settlement(ports, funds, account, amount, issue, at=at))
        customer = holding.checkout.customer_id
        failed = RefundId(issue.subject_id)
        told = RefundSettled(holding.session_id, customer, amount, how, failed)
        tx.outbox.record(told, by=by, at=at)
        return
    session_id = _locked_session(tx, issue)
    funds = funds_of(tx, session_id)
    if issue.kind is IssueKind.TRANSFER_FAILED:
        account = _transfer_account(tx, issue)
        amount = _owed(issue, funds.payable(account))
    else:
        reversal = tx.reversals.get(ReversalId(issue.subject_id))
        account = paid_out(funds, reversal.transfer_id).to
        amount = _owed(issue, -funds.payable(account))
    tx.ledger.post(_settlement(ports, funds, account, amount, issue, at=at))


def _settlement(
    ports: Ports, funds: Funds, account: Account, amount: Money, issue: Issue, *, at: datetime
) -> Entry:
    return settlement(
        funds,
        account=account,
        amount=amount,
        issue_id=issue.id,
        entry_id=EntryId(ports.ids.new()),
        at=at,
    )


def _owed(issue: Issue, debt: Money) -> Money:
    """What is left of it. Raises NothingOwed."""
    amount = min(issue.amount, debt)
    if amount.minor <= 0:
        raise NothingOwed(issue.id)
    return amount


def _holding(tx: Transaction, issue: Issue) -> Holding:
    return Holding.lock(tx, tx.refunds.get(RefundId(issue.subject_id)).checkout_id)


def _locked_session(tx: Transaction, issue: Issue) -> SessionId:
    assert issue.session_id is not None, "only sessions are paid out"
    return tx.sessions.get(issue.session_id, lock=True).id


def _transfer_account(tx: Transaction, issue: Issue) -> Account:
    transfer = tx.transfers.get(TransferId(issue.subject_id))
    return Account(transfer.account, transfer.owner_id)
