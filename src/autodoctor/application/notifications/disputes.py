"""A payment that a customer's bank looks into: staff are told when it begins, and everybody how
the bank decided."""

from autodoctor.application.notifications.letters import dollars, payment_url
from autodoctor.application.notifications.send import Telling, tell_account
from autodoctor.application.notifications.session_labels import for_whom
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.revenue.events import DisputeClosed, DisputeOpened
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.transfers import paid_out_of
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction


def tell_dispute_opened(
    ports: Ports, tx: Transaction, recorded: Recorded, event: DisputeOpened
) -> None:
    telling = _opened(tx, event)
    for account_id in tx.accounts.staff():
        tell_account(ports, tx, account_id, telling, reference=str(recorded.id))


def tell_dispute_closed(
    ports: Ports, tx: Transaction, recorded: Recorded, event: DisputeClosed
) -> None:
    """The customer is told by the refund that waited for it, if there was one."""
    if event.amount is None:
        return
    for account_id in tx.accounts.staff():
        telling = _decided(tx, event, event.amount)
        tell_account(ports, tx, account_id, telling, reference=str(recorded.id))
    if event.customer_id is not None and not (event.won and event.refunding):
        telling = _stands(event, event.amount) if event.won else _returned(event, event.amount)
        customer = AccountId(event.customer_id)
        tell_account(ports, tx, customer, telling, reference=str(recorded.id))


def _opened(tx: Transaction, event: DisputeOpened) -> Telling:
    whose = for_whom(tx, event.session_id)
    return Telling(
        occasion=Occasion.MONEY_ISSUE,
        role=Role.ADMIN,
        title=f"A payment of {dollars(event.amount)} is disputed",
        url=_staff_place(event.session_id),
        letter_paragraphs=(
            f"A customer's bank has taken back {dollars(event.amount)}{whose}.",
            *_held_back(tx, event.session_id),
            "Answer the dispute in Stripe.",
        ),
        action="See the session" if event.session_id else "Open the dashboard",
    )


def _held_back(tx: Transaction, session_id: SessionId | None) -> tuple[str, ...]:
    """What payees have got of it, and what they do not get until it is decided."""
    if session_id is None:
        return ()
    funds = Funds.of(session_id, tx.ledger.of_session(session_id))
    zero = Money.zero(funds.currency)
    paid = paid_out_of(funds)
    payees = (account for account in funds.earnings if account.is_payable)
    held = sum((max(funds.payable(account), zero) for account in payees), zero)
    told = []
    if paid:
        told.append(
            f"{dollars(paid)} of it has been paid out. It is taken back if the bank decides for "
            "the customer."
        )
    if held or not funds.is_split:
        what = f"{dollars(held)} is" if held else "Nothing has been paid out, and all of it is"
        told.append(f"{what} held back until the bank has decided.")
    return tuple(told)


def _decided(tx: Transaction, event: DisputeClosed, amount: Money) -> Telling:
    whose, how = for_whom(tx, event.session_id), "won" if event.won else "lost"
    if event.won:
        then = "The payment stands, and the money is back with us."
        if event.refunding:
            then = "The money is back with us, and the refund that waited for it is being made."
    else:
        then = "The customer keeps the money. What payees earned of it is taken back from them."
    if event.called_off:
        then = "The customer keeps the money, so the session has ended. Nothing was paid out of it."
    return Telling(
        occasion=Occasion.MONEY_ISSUE,
        role=Role.ADMIN,
        title=f"Dispute of {dollars(amount)} {how}",
        url=_staff_place(event.session_id),
        letter_paragraphs=(
            f"The bank has decided the dispute of {dollars(amount)}{whose}: we {how}.",
            then,
        ),
        action="See the session" if event.session_id else "Open the dashboard",
    )


def _stands(event: DisputeClosed, amount: Money) -> Telling:
    return Telling(
        occasion=Occasion.DISPUTE_DECIDED,
        role=Role.CUSTOMER,
        title=f"Your payment of {dollars(amount)} stands",
        url=payment_url(event.session_id),
        letter_paragraphs=(
            f"Your bank has looked into your payment of {dollars(amount)} and decided that it "
            "stands. You don't need to do anything.",
            "If you think that is wrong, reply to this mail, or ask your bank.",
        ),
        action="See the payment",
    )


def _returned(event: DisputeClosed, amount: Money) -> Telling:
    ended = ("Nothing is left of your payment, so your session has ended.",)
    return Telling(
        occasion=Occasion.DISPUTE_DECIDED,
        role=Role.CUSTOMER,
        title=f"Your bank gave you {dollars(amount)} back"
        + (", and your session ended" if event.called_off else ""),
        url=payment_url(event.session_id),
        letter_paragraphs=(
            f"Your bank has decided your dispute: {dollars(amount)} is yours again. It comes from "
            "your bank, so there is no refund by us for it.",
            *(ended if event.called_off else ()),
        ),
        action="See the payment",
    )


def _staff_place(session_id: SessionId | None) -> str:
    return f"/admin/sessions/{session_id}" if session_id else "/admin/dashboard"
