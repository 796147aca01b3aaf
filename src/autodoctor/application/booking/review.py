"""Looking at a booking before it is paid for, and at what is left of the free session."""

import attrs

from autodoctor.application.access.booking import REVIEW
from autodoctor.application.access.may import may
from autodoctor.application.access.whose import of_intake
from autodoctor.application.operations.security import record_staff_read
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.waiver import Waiver
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import IntakeId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


@attrs.frozen(kw_only=True)
class Review:
    """An intake with its plan and files, and with its waiver once that is signed; `company` is
    whose employee books it, empty for a private one."""

    intake: Intake
    plan: Plan
    waiver: Waiver | None
    files: tuple[File, ...]
    company: str = ""


def review(ports: Ports, *, actor: Actor, intake_id: IntakeId) -> Review:
    """Raises Missing for an intake that is somebody else's."""
    may(actor, REVIEW)
    with ports.transactions(actor) as tx:
        intake = tx.intakes.get(intake_id)
        may(actor, REVIEW, of_intake(intake))
        of = Subject("intake", intake_id)
        record_staff_read(ports, tx, SecurityKind.SESSION_READ, by=actor, about=of)
        return Review(
            intake=intake,
            plan=tx.plans.get(intake.plan),
            waiver=tx.waivers.of(intake_id),
            files=tx.files.of_intake(intake_id),
            company=_company(tx, intake),
        )


def _company(tx: Transaction, intake: Intake) -> str:
    key = intake.organization_id
    return tx.organizations.get(key).name if key else ""


def check_free_left(ports: Ports, *, actor: Actor, plan: Plan) -> None:
    """Raises FreeSessionUsed before anything is filled in for a free plan that would be refused
    at the end."""
    may(actor, REVIEW)
    if plan.free:
        with ports.transactions(actor) as tx:
            tx.free_sessions.get(actor.customer_id).check_left()


def free_sessions_left(ports: Ports, *, actor: Actor) -> int:
    may(actor, REVIEW)
    with ports.transactions(actor) as tx:
        return tx.free_sessions.get(actor.customer_id).left
