"""Money that failed, or moved without us, told to those it concerns: the customer, those who earn,
and staff."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from autodoctor.application.notifications.letters import dollars
from autodoctor.application.notifications.send import Telling, tell_account
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.events import (
    DisputeOpened,
    EarningsReduced,
    MoneyIssueOpened,
    MoneyNews,
    PayoutFailed,
    RefundFailed,
    RefundSettled,
)
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, SessionId, WorkshopId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction

_ISSUES: Final = {
    IssueKind.REFUND_FAILED: (
        "A refund failed",
        "did not reach the customer. It is owed to them: try again, or pay it another way.",
    ),
    IssueKind.REFUND_AT_PROVIDER: (
        "A payment was refunded at the provider",
        "was refunded there, not here. The books, the session and the payouts were adjusted; "
        "check that this is what was meant.",
    ),
    IssueKind.AMOUNT_DIFFERS: (
        "A payment of another amount",
        "was paid, which is not the price of the booking. No session was opened, and the "
        "payment is being refunded.",
    ),
    IssueKind.TRANSFER_FAILED: (
        "A payout could not be made",
        "could not be sent to a payout account. It is still owed: try again, or pay it another "
        "way.",
    ),
    IssueKind.REVERSAL_FAILED: (
        "A payout could not be taken back",
        "could not be taken back from a payout account. Its owner owes it to us.",
    ),
    IssueKind.REVERSAL_AT_PROVIDER: (
        "A payout was taken back at the provider",
        "was taken back there, not here. It counts as owed to the payee again.",
    ),
    IssueKind.PAYOUT_FAILED: (
        "A bank sent a payout back",
        "came back from the bank of a mechanic or workshop. They were asked to check their bank "
        "details.",
    ),
}


def tell_money(ports: Ports, tx: Transaction, recorded: Recorded, event: MoneyNews) -> None:
    match event:
        case RefundFailed(customer_id=customer):
            _tell(ports, tx, recorded, (AccountId(customer),), _failed(event))
        case RefundSettled(customer_id=customer):
            _tell(ports, tx, recorded, (AccountId(customer),), _settled(event))
        case EarningsReduced(account=account, owner_id=owner):
            people, role = _payees(tx, account, owner)
            _tell(ports, tx, recorded, people, _less(event, role))
        case PayoutFailed(account=account, owner_id=owner):
            people, role = _payees(tx, account, owner)
            _tell(ports, tx, recorded, people, _came_back(event, role))
        case MoneyIssueOpened():
            _tell(ports, tx, recorded, tx.accounts.staff(), _issue(event))
        case DisputeOpened(session_id=session_id, amount=amount):
            _tell(ports, tx, recorded, tx.accounts.staff(), _disputed(session_id, amount))


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


def _place(session_id: SessionId | None) -> str:
    return f"/customer/sessions/{session_id}" if session_id else "/customer/payments"


def _failed(event: RefundFailed) -> Telling:
    return Telling(
        occasion=Occasion.REFUND_FAILED,
        role=Role.CUSTOMER,
        title="Your refund did not arrive",
        url=_place(event.session_id),
        letter_paragraphs=(
            f"Your bank sent back the refund of {dollars(event.amount)}. This happens when a card "
            "was closed or replaced.",
            "The money is still yours. Our staff will try again or pay you another way, and will "
            "write to you if they need anything. You can also reply to this mail.",
        ),
        action="See the payment",
    )


def _settled(event: RefundSettled) -> Telling:
    return Telling(
        occasion=Occasion.REFUND_FAILED,
        role=Role.CUSTOMER,
        title="Your refund was paid another way",
        url=_place(event.session_id),
        letter_paragraphs=(
            f"The refund of {dollars(event.amount)} that your bank sent back is settled:",
            event.note,
        ),
        action="See the payment",
    )


def _less(event: EarningsReduced, role: Role) -> Telling:
    """What happened, what it leaves them, and what becomes of what was paid out."""
    mechanic = role is Role.MECHANIC
    now = f" and is now {dollars(event.left)}" if event.left is not None else ""
    why = (
        "A customer's bank has decided a dispute about a payment for one of your sessions for "
        "the customer."
        if event.disputed
        else "A payment for one of your sessions was refunded to the customer."
    )
    then = (
        "The session has ended because of that; you don't need to do anything."
        if event.called_off
        else "What has been paid out already is taken back from your payout account."
    )
    return Telling(
        occasion=Occasion.EARNINGS_REDUCED,
        role=role,
        title=_title(event),
        url="/mechanic/earnings" if mechanic else "/workshop/dashboard",
        letter_paragraphs=(why, f"Your share of it is {dollars(event.amount)} less{now}.", then),
        action="See your earnings" if mechanic else "Open your dashboard",
    )


def _title(event: EarningsReduced) -> str:
    if event.left is None:
        return "A customer got money back"
    what = "Session ended by a refund" if event.called_off else "A customer got money back"
    return f"{what}: your share is {dollars(event.left)}, {dollars(event.amount)} less"


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


def _issue(event: MoneyIssueOpened) -> Telling:
    title, what = _ISSUES[IssueKind(event.kind)]
    return Telling(
        occasion=Occasion.MONEY_ISSUE,
        role=Role.ADMIN,
        title=title,
        url="/admin/money",
        letter_paragraphs=(f"{dollars(event.amount)} {what}",),
        action="See what needs attention",
    )


def _disputed(session_id: SessionId | None, amount: Money) -> Telling:
    return Telling(
        occasion=Occasion.MONEY_ISSUE,
        role=Role.ADMIN,
        title="A payment is disputed",
        url=f"/admin/sessions/{session_id}" if session_id else "/admin/dashboard",
        letter_paragraphs=(
            f"A customer's bank has taken back {dollars(amount)}. Nothing of this payment is paid "
            "out until it is decided.",
            "Answer the dispute at the payment provider.",
        ),
        action="See the session" if session_id else "Open the dashboard",
    )
