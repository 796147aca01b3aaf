"""Clocking in and out: on shift is online."""

from datetime import datetime

from autodoctor.application.access.may import may
from autodoctor.application.access.mechanics import CLOCK, WORK
from autodoctor.application.mechanics.eligibility import what_stands_in_the_way
from autodoctor.domain.matching.eligibility import NotEligible, Obstacle
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import MECHANICS, person
from autodoctor.ports.transactions import Transaction


def clock(ports: Ports, *, actor: Actor, on_shift: bool) -> Mechanic:
    """Again changes nothing. Clocking in raises NotEligible for anything but being off shift;
    clocking out is always possible."""
    may(actor, CLOCK)
    at = ports.now()
    with ports.transactions(actor) as tx:
        before = tx.mechanics.get(actor.mechanic_id, lock=True)
        if before.on_shift == on_shift:
            return before
        if on_shift:
            standing = what_stands_in_the_way(before, today=at.date())
            serious = tuple(o for o in standing if o is not Obstacle.OFF_SHIFT)
            if serious:
                raise NotEligible(before.id, serious)
            tx.shifts.begin(before.id, at=at)
            return _tell(tx, tx.mechanics.save(before.clock_in(at=at)))
        return put_off_shift(tx, before, at=at)


def put_off_shift(tx: Transaction, mechanic: Mechanic, *, at: datetime) -> Mechanic:
    """By themselves, or because they are out; again changes nothing."""
    if not mechanic.on_shift:
        return mechanic
    tx.shifts.end(mechanic.id, at=at)
    return _tell(tx, tx.mechanics.save(mechanic.clock_out()))


def _tell(tx: Transaction, mechanic: Mechanic) -> Mechanic:
    tx.live.tell(person(mechanic.id), "shift", {"on_shift": mechanic.on_shift})
    tx.live.tell(MECHANICS, "online", {"count": tx.mechanics.on_shift_count()})
    return mechanic


def me(ports: Ports, *, actor: Actor) -> Mechanic:
    may(actor, WORK)
    with ports.transactions(actor) as tx:
        return tx.mechanics.get(actor.mechanic_id)
