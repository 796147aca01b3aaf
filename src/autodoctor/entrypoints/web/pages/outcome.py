"""How a session ended, for its two parties: why, and what became of the money. Amounts come from
the ledger, so that every page says the same."""

from typing import Final

import attrs

from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.wording import CALLED_OFF, TOO_SHORT, Words, words
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.money_views import SessionMoney
from autodoctor.ports.queries import SessionView

REFUND_WAITS: Final = (
    "Your bank is looking into this payment: we refund {} once the bank has decided."
)
WITHOUT_MONEY: Final = {
    Cause.REFUNDED_AT_PROVIDER: "The payment was refunded in full, so the session ended.",
    Cause.DISPUTE_LOST: "The bank returned the payment, so the session ended.",
}
"""What both parties are told of a session that ended because nothing was left of its price."""
REFUND_OWED: Final = "Your refund did not arrive; we still owe it to you."
_WHY: Final = {
    Cause.CUSTOMER: "You cancelled this session.",
    Cause.MECHANIC: "Your mechanic could not take this session.",
    Cause.PLATFORM: "We had to cancel this session.",
    Cause.CUSTOMER_NO_SHOW: "You did not come to the room in time.",
    Cause.MISSED: "You and your mechanic were never in the room at the same time.",
    **WITHOUT_MONEY,
    Cause.TOO_SHORT: TOO_SHORT,
}


def without_money(view: SessionMoney) -> str:
    """Why, if it ended because nothing was left of its price; else empty."""
    return WITHOUT_MONEY.get(view.cause, "") if view.cause else ""


def within_a_minute(view: SessionView) -> bool:
    """The two met, and it ended before it counted; not one that lost its payment."""
    met = view.started_at is not None and not view.minutes_used
    return view.status in CALLED_OFF and met and not without_money(view)


def customers_words(view: SessionView) -> Words:
    """Of one session: why it ended, and what became of the price. Money that is owed is said in
    the title."""
    told = words(view.status, Role.CUSTOMER)
    if view.status in CALLED_OFF:
        told = attrs.evolve(told, sentence=_why(view))
    if view.refund_owed:
        return Words("Refund failed", f"{told.sentence} {REFUND_OWED}", Tone.BAD)
    if back := money_sentence(view):
        told = attrs.evolve(told, sentence=f"{told.sentence} {back}")
    return told


def _why(view: SessionView) -> str:
    """Of one that was called off; only what expired is refunded without a cause."""
    if view.cause is not None:
        return _WHY[view.cause]
    if within_a_minute(view):
        return TOO_SHORT
    if view.status is S.REFUNDED:
        return words(S.EXPIRED, Role.CUSTOMER).sentence
    return "This session did not take place."


def money_sentence(view: SessionMoney) -> str:
    """What became of a customer's payment, in the order of what is surest; empty when nothing
    did."""
    to_card = view.refund_arrived - view.refund_settled
    on_its_way = Money(0) if view.disputed else view.refunded - view.refund_arrived
    told = (
        (view.bank_returned, "Your bank gave you {} back."),
        (view.refund_settled, "We paid {} back to you another way."),
        (to_card, "We refunded {} to your card."),
        (view.waits_for_bank, REFUND_WAITS),
        (on_its_way, "{} is on its way back to your card."),
    )
    return " ".join(text.format(money_text(amount)) for amount, text in told if amount)


def refund_promise(view: SessionMoney, due: Money) -> str:
    """What becomes of the money if the session does not take place, of which `due` in all goes
    back; empty when nothing does."""
    amount = view.goes_back(due)
    if not amount:
        return ""
    if view.disputed:
        return REFUND_WAITS.format(money_text(amount))
    before = f" {money_text(view.refunded)} was refunded before." if view.refunded else ""
    return f"{money_text(amount)} is refunded to your card.{before}"


def mechanics_sentence(view: SessionView, other: str) -> str:
    """Why a session of theirs ended otherwise than its state tells; empty if it does."""
    if view.cause is Cause.REFUNDED_AT_PROVIDER:
        return f"{other}'s payment was refunded in full, so the session ended."
    if view.cause is Cause.DISPUTE_LOST:
        return f"{other}'s bank returned the payment, so the session ended."
    if within_a_minute(view):
        back = f" {other} gets the price back." if view.price else ""
        return f"{TOO_SHORT}{back}"
    return ""


def mechanics_note(view: SessionMoney) -> str:
    """For a list: what happened to the payment, which is why their share is less."""
    if view.cause is Cause.REFUNDED_AT_PROVIDER:
        return "The payment was refunded"
    return "The customer's bank took the payment back" if view.bank_returned else ""


def went_back(view: SessionMoney) -> str:
    """Beside a price in a list, for the customer and for staff."""
    told = (
        (view.refunded, "{} refunded"),
        (view.bank_returned, "{} given back by the bank"),
        (view.disputed, "{} disputed"),
    )
    return ", ".join(text.format(money_text(amount)) for amount, text in told if amount)
