"""To the payment page; or straight to a session when the plan is free."""

import attrs

from autodoctor.application.access.booking import CHECK_OUT
from autodoctor.application.access.may import may
from autodoctor.application.access.whose import of_intake
from autodoctor.application.booking.employment import still_linked
from autodoctor.application.operations.live_pages import tell_changed
from autodoctor.application.sessions.keeping import Timer
from autodoctor.application.sessions.open import open_booked
from autodoctor.domain.booking.checkout import LASTS, Checkout
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.waiver import WaiverMissing
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.sessions.policy import check_customer_free
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import CheckoutId, IntakeId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payments import PROVIDER_ID_SLOT, CheckoutOrder
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class AlreadyBooked(Conflict):
    """This booking is paid and has its session."""

    session_id: SessionId


@attrs.frozen(kw_only=True)
class Next:
    """Where the customer goes: to the payment page, or to the session."""

    checkout_id: CheckoutId | None = None
    payment_url: str = ""
    session_id: SessionId | None = None


def check_out(ports: Ports, *, actor: Actor, intake_id: IntakeId) -> Next:
    """Opens a payment page, or the open one again; a free plan becomes a session at once.

    Refusals, in order: Missing, AlreadyBooked, WaiverMissing, SessionAlreadyActive,
    PlanInactive, MonthlyLimitReached, DepartmentLimitReached, DepartmentBudgetReached,
    FreeSessionUsed, PaymentsUnavailable.
    """
    may(actor, CHECK_OUT)
    with ports.transactions(actor) as tx:
        intake = tx.intakes.get(intake_id, lock=True)
        may(actor, CHECK_OUT, of_intake(intake))
        plan = _check_ready(tx, actor, intake)
        intake = still_linked(tx, intake, price=plan.price, at=ports.now())
        if plan.free:
            return _take_free(ports, tx, actor, intake, plan)
        checkout = tx.checkouts.open_of(intake_id) or _new(ports, tx, intake, plan)
        email = tx.accounts.get(actor.account_id).email
    if checkout.provider_url:
        return Next(checkout_id=checkout.id, payment_url=checkout.provider_url)
    return _open_page(ports, actor, checkout, plan, email=email.text)


def _check_ready(tx: Transaction, actor: Actor, intake: Intake) -> Plan:
    if intake.session_id is not None:
        raise AlreadyBooked(intake.session_id)
    if tx.waivers.of(intake.id) is None:
        raise WaiverMissing(intake.id)
    if intake.scheduled_for is None:
        check_customer_free(tx.sessions.of_customer(actor.customer_id))
    plan = tx.plans.get(intake.plan)
    plan.check_offered()
    return plan


def _take_free(ports: Ports, tx: Transaction, actor: Actor, intake: Intake, plan: Plan) -> Next:
    book = tx.free_sessions.get(actor.customer_id, lock=True)
    tx.free_sessions.save(book.take())
    at = ports.now()
    session = open_booked(ports, tx, intake, plan, price=plan.price, checkout=None, at=at)
    return Next(session_id=session.id)


def _new(ports: Ports, tx: Transaction, intake: Intake, plan: Plan) -> Checkout:
    at = ports.now()
    checkout = Checkout(
        id=CheckoutId(ports.ids.new()),
        intake_id=intake.id,
        customer_id=intake.customer_id,
        plan=plan.slug,
        price=plan.price,
        created_at=at,
        expires_at=at + LASTS,
    )
    tx.checkouts.add(checkout)
    tell_changed(tx, intake.customer_id)
    tx.timers.set(Timer.CHECKOUT_EXPIRY, checkout.id, due_at=checkout.expires_at)
    return checkout


def _open_page(ports: Ports, actor: Actor, checkout: Checkout, plan: Plan, *, email: str) -> Next:
    """Asked for with our own id: a crash here, and asking again, gives the same page."""
    site = ports.rules.public_url
    opened = ports.payments.open_checkout(
        CheckoutOrder(
            checkout_id=checkout.id,
            amount=checkout.price,
            description=f"{plan.name}, {plan.minutes} minutes with a certified mechanic",
            customer_email=email,
            success_url=f"{site}/checkout/success?session_id={PROVIDER_ID_SLOT}",
            cancel_url=f"{site}/waiver?intake={checkout.intake_id}&cancelled=1",
            expires_at=checkout.expires_at,
            transfer_group=str(checkout.id),
            intake_id=checkout.intake_id,
        )
    )
    with ports.transactions(actor) as tx:
        stored = tx.checkouts.get(checkout.id, lock=True)
        if not stored.provider_url:
            tx.checkouts.save(
                stored.opened(provider_id=opened.provider_id, provider_url=opened.url)
            )
    return Next(checkout_id=checkout.id, payment_url=opened.url)
