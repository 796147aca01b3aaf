"""Money that failed, or moved without us, told to those it concerns: the customer, those who earn,
and staff."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from autodoctor.application.notifications.disputes import (
    tell_dispute_closed,
    tell_dispute_opened,
)
from autodoctor.application.notifications.letters import dollars
from autodoctor.application.notifications.refund_failures import tell_refund_failed, tell_settled
from autodoctor.application.notifications.send import Telling, tell_account
from autodoctor.application.notifications.session_labels import for_whom, session_of_first_name
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.events import (
    DisputeClosed,
    DisputeOpened,
    EarningsReduced,
    MoneyIssueOpened,
    MoneyNews,
    PayoutFailed,
    RefundFailed,
    RefundSettled,
)
from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import NOT_MADE, UNSENT
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, WorkshopId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction

_ISSUES: Final = {
    IssueKind.REFUND_FAILED: (
        "A refund failed",
        "A refund of {} did not reach the customer. It is owed to them: try again, or pay it "
        "another way.",
    ),
    IssueKind.REFUND_AT_PROVIDER: (
        "A payment was refunded in Stripe",
        "A refund of {} was made in Stripe, not in autodoctor. The books, the session and the "
        "payouts were adjusted; check that this is what was meant.",
    ),
    IssueKind.AMOUNT_DIFFERS: (
        "A payment of another amount",
        "A payment of {} is not the price of the booking. No session was opened, and the payment "
        "is being refunded.",
    ),
    IssueKind.TRANSFER_FAILED: (
        "A payout could not be made",
        "A payout of {} could not be sent to a payout account. It is still owed: try again, or "
        "pay it another way.",
    ),
    IssueKind.REVERSAL_FAILED: (
        "A payout could not be taken back",
        "A payout of {} could not be taken back from a payout account. Its owner owes it to us.",
    ),
    IssueKind.REVERSAL_AT_PROVIDER: (
        "A payout was taken back in Stripe",
        "A payout of {} was taken back in Stripe, not in autodoctor. It counts as owed to the "
        "payee again.",
    ),
    IssueKind.PAYOUT_FAILED: (
        "A bank sent a payout back",
        "A payout of {} came back from the bank of a mechanic or workshop. They were asked to "
        "check their bank details.",
    ),
}
"""By kind: the title, and what happened to an amount and whose it is."""


def tell_money(ports: Ports, tx: Transaction, recorded: Recorded, event: MoneyNews) -> None:
    match event:
        case RefundFailed():
            tell_refund_failed(ports, tx, event)
        case RefundSettled():
            tell_settled(ports, tx, recorded, event)
        case EarningsReduced(account=account, owner_id=owner):
            people, role = _payees(tx, account, owner)
            _tell(ports, tx, recorded, people, _less(tx, event, role))
        case PayoutFailed(account=account, owner_id=owner):
            people, role = _payees(tx, account, owner)
            _tell(ports, tx, recorded, people, _came_back(event, role))
        case MoneyIssueOpened():
            _tell_issue(ports, tx, event)
        case DisputeOpened():
            tell_dispute_opened(ports, tx, recorded, event)
        case DisputeClosed():
            tell_dispute_closed(ports, tx, recorded, event)


def _payees(tx: Transaction, account: str, owner: UUID) -> tuple[Iterable[AccountId], Role]:
    if account == AccountKind.WORKSHOP:
        staff = tx.accounts.of_workshop(WorkshopId(owner))
        return tuple(each.id for each in staff), Role.WORKSHOP
    return (AccountId(owner),), Role.MECHANIC


def _tell(
    ports: Ports,
    tx: Transaction,
    recorded: Recorded,
    people: Iterable[AccountId],
    telling: Telling,
) -> None:
    for account_id in people:
        tell_account(ports, tx, account_id, telling, reference=str(recorded.id))


def _less(tx: Transaction, event: EarningsReduced, role: Role) -> Telling:
    """What happened, what it leaves them, and what becomes of what was paid out."""
    mechanic, session = role is Role.MECHANIC, session_of_first_name(tx, event.session_id)
    why = (
        f"A customer's bank has decided a dispute about {session} for the customer."
        if event.disputed
        else f"The payment for {session} was refunded to the customer."
    )
    reduced = f"Your share was reduced by {dollars(event.amount)}"
    to = f" to {dollars(event.left)}" if event.left is not None else ""
    return Telling(
        occasion=Occasion.EARNINGS_REDUCED,
        role=role,
        title=f"{_cause(event)}: your share was reduced by {dollars(event.amount)}{to}",
        url="/mechanic/earnings" if mechanic else "/workshop/dashboard",
        letter_paragraphs=(why, f"{reduced}{to}.", *_then(tx, event)),
        action="See your earnings" if mechanic else "Open your dashboard",
    )


def _cause(event: EarningsReduced) -> str:
    if event.called_off:
        return f"Session ended by a {'dispute' if event.disputed else 'refund'}"
    return "A customer's bank took money back" if event.disputed else "A customer got money back"


def _then(tx: Transaction, event: EarningsReduced) -> tuple[str, ...]:
    if event.called_off:
        return ("The session has ended because of that; you don't need to do anything.",)
    sent = (
        each
        for each in tx.transfers.of_session(event.session_id)
        if each.owner_id == event.owner_id and each.status not in (*UNSENT, *NOT_MADE)
    )
    if any(sent):
        return ("What has been paid out already is taken back from your payout account.",)
    return ()


def _came_back(event: PayoutFailed, role: Role) -> Telling:
    mechanic = role is Role.MECHANIC
    return Telling(
        occasion=Occasion.PAYOUT_FAILED,
        role=role,
        title="Your bank sent a payout back",
        url="/mechanic/earnings" if mechanic else "/workshop/dashboard",
        letter_paragraphs=(
            f"{dollars(event.amount)} could not be paid to your bank account and is back in your "
            "payout account.",
            "Check the bank details of your payout account. Once they are right, the money is "
            "sent again.",
        ),
        action="Check your payout account",
    )


def _tell_issue(ports: Ports, tx: Transaction, event: MoneyIssueOpened) -> None:
    """Filed under the issue, which is locked: whoever closes it withdraws what was told."""
    if tx.issues.get(IssueId(event.issue_id), lock=True).resolution is not None:
        return
    for account_id in tx.accounts.staff():
        tell_account(ports, tx, account_id, _issue(tx, event), reference=str(event.issue_id))


def _issue(tx: Transaction, event: MoneyIssueOpened) -> Telling:
    title, what = _ISSUES[IssueKind(event.kind)]
    amount = f"{dollars(event.amount)}{for_whom(tx, event.session_id, event.customer_id)}"
    return Telling(
        occasion=Occasion.MONEY_ISSUE,
        role=Role.ADMIN,
        title=title,
        url=f"/admin/money#issue-{event.issue_id}",
        letter_paragraphs=(what.format(amount),),
        action="See what needs attention",
    )
