"""Signing the waiver: once for each intake, before anything is paid or broadcast."""

from autodoctor.application.access.booking import SIGN, WAIVER
from autodoctor.application.access.may import may
from autodoctor.application.access.whose import of_intake
from autodoctor.application.operations.security import record_staff_read
from autodoctor.domain.booking.waiver import Waiver, sign
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import IntakeId, WaiverId
from autodoctor.ports.bundle import Ports


def sign_waiver(
    ports: Ports,
    *,
    actor: Actor,
    intake_id: IntakeId,
    full_name: str,
    adult: bool,
    address: str,
    agent: str,
) -> Waiver:
    """Signing again answers with the waiver signed first."""
    may(actor, SIGN)
    with ports.transactions(actor) as tx:
        may(actor, SIGN, of_intake(tx.intakes.get(intake_id)))
        signed = tx.waivers.of(intake_id)
        if signed is not None:
            return signed
        waiver = sign(
            waiver_id=WaiverId(ports.ids.new()),
            intake_id=intake_id,
            customer_id=actor.customer_id,
            full_name=full_name,
            adult=adult,
            address=address,
            agent=agent,
            at=ports.now(),
        )
        return tx.waivers.add(waiver)


def waiver_of(ports: Ports, *, actor: Actor, intake_id: IntakeId) -> Waiver | None:
    """Shown only to its signer, and to admins, which is recorded; None when it is not signed."""
    may(actor, WAIVER)
    with ports.transactions(actor) as tx:
        may(actor, WAIVER, of_intake(tx.intakes.get(intake_id)))
        of = Subject("intake", intake_id)
        record_staff_read(ports, tx, SecurityKind.SESSION_READ, by=actor, about=of)
        return tx.waivers.of(intake_id)
