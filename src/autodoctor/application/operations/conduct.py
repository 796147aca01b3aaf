"""Sessions called off after contact, again and again: by customer, by mechanic, and by pair."""

from datetime import datetime
from typing import Final

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.operations import CONDUCT
from autodoctor.domain.sessions.conduct import WINDOW, Repeated, repeated
from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.bundle import Ports

MOST: Final = 10_000


@attrs.frozen(kw_only=True)
class Conduct:
    """`since` is when the window began."""

    since: datetime
    customers: tuple[Repeated, ...]
    mechanics: tuple[Repeated, ...]
    pairs: tuple[Repeated, ...]


def conduct(ports: Ports, *, actor: Actor) -> Conduct:
    """Those of the last ninety days."""
    may(actor, CONDUCT)
    since = ports.now() - WINDOW
    found = ports.queries.conduct.called_off(since=since, most=MOST)
    return Conduct(
        since=since,
        customers=repeated(found, lambda each: each.customer_id),
        mechanics=repeated(found, lambda each: each.mechanic_id),
        pairs=repeated(found, lambda each: (each.customer_id, each.mechanic_id)),
    )
