"""What customers say of a mechanic."""

from datetime import datetime

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.mechanics import REVIEWS
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.mechanic_queries import ReviewView


@attrs.frozen(kw_only=True)
class Reviews:
    """`by_stars` has all five, from five down."""

    reputation: Reputation
    by_stars: tuple[tuple[int, int], ...]
    reviews: tuple[ReviewView, ...]


def reviews(
    ports: Ports, *, actor: Actor, before: datetime | None = None, most: int = 20
) -> Reviews:
    """One's own, newest first; `before` continues the list. Raises InvalidField."""
    may(actor, REVIEWS)
    if not 1 <= most <= 100:
        raise InvalidField("most", "Between 1 and 100.")
    mechanic_id = actor.mechanic_id
    with ports.transactions(actor) as tx:
        reputation = tx.mechanics.get(mechanic_id).reputation
    stars = ports.queries.mechanics.stars(mechanic_id)
    return Reviews(
        reputation=reputation,
        by_stars=tuple((each, stars.get(each, 0)) for each in range(5, 0, -1)),
        reviews=ports.queries.mechanics.reviews(mechanic_id, before=before, most=most),
    )


def public_reviews(
    ports: Ports, *, mechanic_id: MechanicId, most: int = 5
) -> tuple[ReviewView, ...]:
    """The newest, as everybody may read them."""
    return ports.queries.mechanics.reviews(mechanic_id, before=None, most=most)
