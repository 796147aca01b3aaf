"""Signing the waiver: once for each intake, before anything is paid or broadcast."""

from autodoctor.application.access import require
from autodoctor.application.booking.start import own_intake
from autodoctor.domain.booking.waiver import Waiver, sign
from autodoctor.domain.shared.actor import Actor, Role
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
    require(actor, Role.CUSTOMER)
    with ports.transactions(actor) as tx:
        own_intake(tx, actor, intake_id)
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
    """Shown only to its signer and to admins; None when it is not signed."""
    with ports.transactions(actor) as tx:
        if actor.role is not Role.ADMIN:
            require(actor, Role.CUSTOMER)
            own_intake(tx, actor, intake_id)
        return tx.waivers.of(intake_id)
