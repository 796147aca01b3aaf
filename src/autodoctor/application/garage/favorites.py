"""Whom a customer liked, with how they are now."""

import attrs

from autodoctor.application.access.garage import FAVORITES
from autodoctor.application.access.may import may
from autodoctor.domain.garage.favorite import Favorite, check_one
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import FavoriteId, MechanicId, WorkshopId
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class Liked:
    """One of `mechanic` and `workshop` is there."""

    favorite: Favorite
    mechanic: Mechanic | None
    workshop: Workshop | None


def favorites_of(ports: Ports, *, actor: Actor) -> tuple[Liked, ...]:
    """Newest first."""
    may(actor, FAVORITES)
    with ports.transactions(actor) as tx:
        return tuple(_liked(tx, each) for each in tx.favorites.of_customer(actor.customer_id))


def favorite(ports: Ports, *, actor: Actor, favorite_id: FavoriteId) -> Liked:
    """Raises Missing for one that is not there, or not one's own."""
    found = favorites_of(ports, actor=actor)
    liked = next((each for each in found if each.favorite.id == favorite_id), None)
    if liked is None:
        raise Missing("favorite")
    return liked


def add_favorite(
    ports: Ports,
    *,
    actor: Actor,
    mechanic_id: MechanicId | None = None,
    workshop_id: WorkshopId | None = None,
) -> Liked:
    """Refusals, in order: InvalidField, Missing for whoever is not approved, AlreadyFavorite."""
    may(actor, FAVORITES)
    check_one(mechanic_id, workshop_id)
    new = Favorite(
        id=FavoriteId(ports.ids.new()),
        customer_id=actor.customer_id,
        created_at=ports.now(),
        mechanic_id=mechanic_id,
        workshop_id=workshop_id,
    )
    with ports.transactions(actor) as tx:
        liked = _liked(tx, new)
        someone = liked.mechanic or liked.workshop
        if someone is None or not someone.approved:
            raise Missing("mechanic" if mechanic_id else "workshop")
        tx.favorites.add(new)
        return liked


def remove_favorite(ports: Ports, *, actor: Actor, favorite_id: FavoriteId) -> None:
    """Raises Missing for one that is not there, or not one's own."""
    may(actor, FAVORITES)
    with ports.transactions(actor) as tx:
        if not tx.favorites.remove(actor.customer_id, favorite_id):
            raise Missing("favorite")


def _liked(tx: Transaction, favorite: Favorite) -> Liked:
    mechanic, workshop = favorite.mechanic_id, favorite.workshop_id
    return Liked(
        favorite,
        tx.mechanics.get(mechanic) if mechanic else None,
        tx.workshops.get(workshop) if workshop else None,
    )
