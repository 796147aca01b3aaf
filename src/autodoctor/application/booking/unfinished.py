"""A booking that was begun and not paid, to be continued."""

import attrs

from autodoctor.application.access.booking import CHECK_OUT
from autodoctor.application.access.may import may
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.sessions.policy import blocking
from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.bundle import Ports


@attrs.frozen
class Unfinished:
    intake: Intake
    plan: Plan


def unfinished_booking(ports: Ports, *, actor: Actor) -> Unfinished | None:
    """The newest booking, when it can be paid now: a booking begun later takes its place. None
    while another session is under way."""
    may(actor, CHECK_OUT)
    at = ports.now()
    with ports.transactions(actor) as tx:
        intake = tx.intakes.newest_of(actor.customer_id)
        if intake is None or not intake.continuable(at=at):
            return None
        if blocking(tx.sessions.of_customer(actor.customer_id)) is not None:
            return None
        plan = tx.plans.get(intake.plan)
        return Unfinished(intake, plan) if plan.active else None
