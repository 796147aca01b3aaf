"""A booking becomes a session and a waiting request, in one transaction."""

from datetime import datetime

from autodoctor.application.sessions.keeping import keep_request, set_timers, tell
from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.sessions.opening import open_session
from autodoctor.domain.sessions.routing import Routing, RoutingKind
from autodoctor.domain.sessions.session import Session, Terms
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import RequestId, SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def routing_of(tx: Transaction, intake: Intake) -> Routing:
    """As it was asked for; to everybody when its workshop does not work here any more. The
    workshop stays locked, so that one that is suspended now leaves no request behind."""
    asked = Routing(RoutingKind(intake.routing), intake.workshop_id, intake.chosen_mechanic_id)
    if intake.workshop_id is None or tx.workshops.get(intake.workshop_id, lock=True).open:
        return asked
    return asked.opened


def open_booked(
    ports: Ports,
    tx: Transaction,
    intake: Intake,
    plan: Plan,
    *,
    price: Money,
    checkout: Checkout | None,
    at: datetime,
) -> Session:
    """Raises SessionAlreadyActive when the customer's other session won the race."""
    session, request, events = open_session(
        session_id=SessionId(ports.ids.new()),
        request_id=RequestId(ports.ids.new()),
        customer_id=intake.customer_id,
        intake_id=intake.id,
        checkout_id=checkout.id if checkout else None,
        terms=Terms(plan.slug, plan.kind, plan.minutes, price, plan.report),
        routing=routing_of(tx, intake),
        scheduled_for=intake.scheduled_for,
        organization_id=intake.organization_id,
        at=at,
    )
    tx.sessions.add(session)
    tx.intakes.save(intake.fulfil(session.id))
    keep_request(tx, request, new=True)
    set_timers(tx, session)
    tx.outbox.record(*events, by=SYSTEM, at=at)
    tell(tx, session)
    return session
