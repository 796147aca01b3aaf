"""Paid money becomes a session, or goes back: exactly one of the two, whoever comes first.

Webhooks, the success page and `resolve-by-stripe` all come here. They may come at once, late,
in any order, twice or never; each asks the provider what is true and runs the same steps.
"""

from datetime import datetime

from autodoctor.application.operations.live_pages import tell_changed
from autodoctor.application.payments.issues import open_issue
from autodoctor.application.payments.movements import order_refund
from autodoctor.application.sessions.open import open_booked
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.booking.checkout import Checkout, CheckoutStatus
from autodoctor.domain.revenue.entries import charge
from autodoctor.domain.revenue.events import CheckoutPaid, PaymentFulfilled, PaymentReturned
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.sessions.policy import SessionAlreadyActive, check_customer_free
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import AccountId, CheckoutId, EntryId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payments import CheckoutState
from autodoctor.ports.payments import CheckoutStatus as ProviderStatus
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def resolve(ports: Ports, *, provider_id: str) -> Checkout:
    """Ask the provider, record what it says, and fulfil what is paid. Safe to repeat.

    Raises Missing for a checkout that is not ours, PaymentsUnavailable.
    """
    with ports.transactions(SYSTEM) as tx:
        known = tx.checkouts.by_provider(provider_id)
    if known is not None and known.settled:
        return known
    state = ports.payments.find_checkout(provider_id)
    if state.checkout_id is None:
        raise Missing("checkout")
    checkout = record_state(ports, state)
    return fulfil(ports, checkout_id=checkout.id)


def record_state(ports: Ports, state: CheckoutState) -> Checkout:
    """What the provider says about a checkout, kept. Money counts even for a page that we
    held to be expired."""
    assert state.checkout_id is not None, "only our own checkouts are recorded"
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        checkout = tx.checkouts.get(state.checkout_id, lock=True)
        if checkout.provider_id is None:
            checkout = tx.checkouts.save(
                checkout.opened(provider_id=state.provider_id, provider_url="")
            )
        after = checkout
        if state.paid and state.payment_id is not None:
            after = checkout.pay(
                payment_id=state.payment_id,
                charge_id=state.charge_id,
                received=state.received,
                at=at,
            )
        elif state.status is ProviderStatus.EXPIRED:
            after = checkout.expire()
        if after == checkout:
            return checkout
        if after.status is CheckoutStatus.PAID and checkout.status is not CheckoutStatus.PAID:
            tx.outbox.record(CheckoutPaid(after.id), by=SYSTEM, at=at)
        tell_changed(tx, after.customer_id)
        return tx.checkouts.save(after)


def fulfil(ports: Ports, *, checkout_id: CheckoutId) -> Checkout:
    """A session for a paid checkout; its money back when the amount is not what was asked for,
    when the customer has another session, or has left or been shut out meanwhile."""
    try:
        with ports.transactions(SYSTEM) as tx:
            return _fulfil(ports, tx, checkout_id)
    except SessionAlreadyActive:
        with ports.transactions(SYSTEM) as tx:
            return _return(ports, tx, checkout_id)


def _fulfil(ports: Ports, tx: Transaction, checkout_id: CheckoutId) -> Checkout:
    checkout = tx.checkouts.get(checkout_id, lock=True)
    if checkout.status is not CheckoutStatus.PAID:
        return checkout
    at = ports.now()
    if checkout.differs:
        return _return(ports, tx, checkout_id, reason="amount_differs")
    intake = tx.intakes.get(checkout.intake_id, lock=True)
    customer = tx.accounts.get(AccountId(checkout.customer_id), lock=True)
    if intake.session_id is not None or customer.standing_at(at) is not Standing.ACTIVE:
        return _return(ports, tx, checkout_id)
    check_customer_free(tx.sessions.of_customer(checkout.customer_id))
    plan = tx.plans.get(checkout.plan)
    session = open_booked(ports, tx, intake, plan, price=checkout.price, checkout=checkout, at=at)
    entry = charge(
        Funds(session.id),
        checkout_id=checkout.id,
        amount=checkout.price,
        entry_id=EntryId(ports.ids.new()),
        at=at,
    )
    tx.ledger.post(entry)
    tx.outbox.record(PaymentFulfilled(checkout.id, session.id), by=SYSTEM, at=at)
    return tx.checkouts.save(checkout.fulfil())


def _return(
    ports: Ports, tx: Transaction, checkout_id: CheckoutId, *, reason: str = "no_session"
) -> Checkout:
    """The race was lost, or something else was paid than was asked for: the money that came
    goes back by itself."""
    checkout = tx.checkouts.get(checkout_id, lock=True)
    if checkout.status is not CheckoutStatus.PAID:
        return checkout
    at = ports.now()
    entry = charge(
        Funds(SessionId(checkout.id)),
        checkout_id=checkout.id,
        amount=checkout.amount,
        entry_id=EntryId(ports.ids.new()),
        at=at,
    )
    tx.ledger.post_returned(entry, checkout.id)
    order_refund(ports, tx, checkout, None, amount=checkout.amount, reason=reason, at=at)
    tx.outbox.record(PaymentReturned(checkout.id, reason), by=SYSTEM, at=at)
    if checkout.differs:
        _tell_staff(ports, tx, checkout, at=at)
    return tx.checkouts.save(checkout.give_back())


def _tell_staff(ports: Ports, tx: Transaction, checkout: Checkout, *, at: datetime) -> None:
    paid, price = checkout.amount, checkout.price
    open_issue(
        ports,
        tx,
        IssueKind.AMOUNT_DIFFERS,
        checkout.id,
        amount=paid,
        checkout_id=checkout.id,
        detail=f"{paid.minor} {paid.currency} instead of {price.minor} {price.currency}",
        at=at,
    )
