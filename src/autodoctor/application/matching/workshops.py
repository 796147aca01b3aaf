"""The workshops that mechanics belong to, for customers who prefer one."""

from collections.abc import Iterable

from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.bundle import Ports


def workshops_of(ports: Ports, mechanics: Iterable[Mechanic]) -> tuple[Workshop, ...]:
    """Approved ones with one of `mechanics` in them, each once, by name."""
    ids = {each.workshop_id for each in mechanics if each.workshop_id and each.workshop_approved}
    with ports.transactions(SYSTEM) as tx:
        found = [tx.workshops.get(workshop_id) for workshop_id in sorted(ids)]
    return tuple(sorted((each for each in found if each.open), key=lambda each: each.name))
