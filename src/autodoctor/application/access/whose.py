"""Whose a thing is, as `may` asks it."""

from autodoctor.application.access.may import Whose
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import Actor, Role


def of_session(session: Session) -> Whose:
    return Whose(
        customer_id=session.customer_id,
        mechanic_id=session.mechanic_id,
        workshop_id=session.workshop_id,
    )


def of_intake(intake: Intake) -> Whose:
    return Whose(customer_id=intake.customer_id, workshop_id=intake.workshop_id)


def party(actor: Actor) -> Party:
    """Which of the two, for an actor who may do what only the two may."""
    return Party.CUSTOMER if actor.role is Role.CUSTOMER else Party.MECHANIC
