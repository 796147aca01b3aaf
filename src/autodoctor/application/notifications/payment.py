"""Tells a customer the outcome of a payment: declined, received or refunded."""

from datetime import datetime

from autodoctor.application.notifications.letters import dollars, moment
from autodoctor.application.notifications.send import Telling, tell_account, withdraw
from autodoctor.domain.booking.checkout import Checkout, CheckoutStatus
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.revenue.events import (
    PaymentDeclined,
    PaymentFulfilled,
    PaymentNews,
    PaymentReturned,
)
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def tell_payment(ports: Ports, tx: Transaction, event: PaymentNews) -> None:
    """The checkout is locked, so that of a declined card and the payment that follows it the
    later news is told last, in whichever order the two are delivered. Each booking is told of
    once, however many cards were declined and payment pages expired."""
    checkout = tx.checkouts.get(event.checkout_id, lock=True)
    match event:
        case PaymentDeclined():
            if checkout.status is CheckoutStatus.OPEN:
                _tell_declined(ports, tx, checkout)
        case PaymentFulfilled(session_id=session_id):
            _withdraw_declined(tx, checkout)
            session = tx.sessions.get(session_id)
            _tell(ports, tx, checkout, _received(tx, checkout, session))
        case PaymentReturned(reason=reason):
            _withdraw_declined(tx, checkout)
            _tell(ports, tx, checkout, _returned(checkout, reason))


def _tell(ports: Ports, tx: Transaction, checkout: Checkout, telling: Telling) -> None:
    customer = AccountId(checkout.customer_id)
    tell_account(ports, tx, customer, telling, reference=str(checkout.id))


def _tell_declined(ports: Ports, tx: Transaction, checkout: Checkout) -> None:
    """Filed under the booking: a payment on its next payment page makes it outdated as well."""
    customer, reference = AccountId(checkout.customer_id), str(checkout.intake_id)
    tell_account(ports, tx, customer, _declined(checkout), reference=reference)


def _withdraw_declined(tx: Transaction, checkout: Checkout) -> None:
    customer = AccountId(checkout.customer_id)
    withdraw(tx, customer, Occasion.PAYMENT_FAILED, reference=str(checkout.intake_id))


def _declined(checkout: Checkout) -> Telling:
    return Telling(
        occasion=Occasion.PAYMENT_FAILED,
        role=Role.CUSTOMER,
        title="Your payment did not go through",
        url=f"/waiver?intake={checkout.intake_id}",
        letter_paragraphs=(
            "Your card was declined, and nothing was charged. Your booking is saved: you can "
            "try again, or use another card.",
        ),
        action="Continue your booking",
    )


def _received(tx: Transaction, checkout: Checkout, session: Session) -> Telling:
    account = tx.accounts.get(AccountId(checkout.customer_id))
    plan = tx.plans.get(checkout.plan)
    paid_at = checkout.paid_at or checkout.created_at
    return Telling(
        occasion=Occasion.PAYMENT_RECEIVED,
        role=Role.CUSTOMER,
        title=f"We received your payment of {dollars(checkout.amount)}",
        url=f"/session/{session.id}",
        letter_paragraphs=("Thank you. This is your receipt.",),
        facts=(
            ("Plan", f"{plan.name}, {plan.minutes} minutes"),
            ("Paid", dollars(checkout.amount)),
            ("Date", moment(paid_at, zone=account.time_zone)),
            ("Receipt number", str(checkout.id)),
        ),
        next_step=_next_step(session, _waits_until(tx, session), zone=account.time_zone),
        action="Open your session",
    )


def _waits_until(tx: Transaction, session: Session) -> datetime | None:
    """Until when mechanics can accept; None once it is decided."""
    if session.status is not SessionStatus.WAITING:
        return None
    request = tx.requests.current(session.id)
    return request.expires_at if request else None


def _next_step(session: Session, until: datetime | None, *, zone: str) -> str:
    if session.scheduled_for is not None:
        return f"Your session is scheduled for {moment(session.scheduled_for, zone=zone)}."
    if until is not None:
        return (
            "We are contacting our mechanics now and will notify you as soon as one accepts. "
            f"If none accepts by {moment(until, zone=zone)}, you get a full refund."
        )
    return "Your session's page shows its current status."


def _returned(checkout: Checkout, reason: str) -> Telling:
    why = (
        "The amount was not the price of your booking, so we did not open a session."
        if reason == "amount_differs"
        else "We could not open a session for it: you already have an active session, the "
        "booking was already paid, or your account cannot book at the moment."
    )
    return Telling(
        occasion=Occasion.PAYMENT_RECEIVED,
        role=Role.CUSTOMER,
        title=f"We are refunding your payment of {dollars(checkout.amount)}",
        url="/customer/payments",
        letter_paragraphs=(
            f"We received {dollars(checkout.amount)}. {why}",
            "We are refunding the full amount to the card you paid with. You don't need to do "
            "anything. Refunds can take up to ten days to appear.",
        ),
        action="See your payments",
    )
