"""Favourites as pages show them."""

import attrs

from autodoctor.application.garage.favorites import Liked
from autodoctor.entrypoints.web.pages.viewer import initials
from autodoctor.entrypoints.web.parts import Person


@attrs.frozen(kw_only=True)
class FavoriteCard:
    """`url` leads to what everybody reads about them, and `book_url` to a booking that begins
    with them; both are empty for who does not work here any more. `rating` is empty for the new
    and for workshops."""

    id: str
    person: Person
    rating: str
    ratings: str
    on_shift: bool
    url: str
    book_url: str


def favorite_card(liked: Liked) -> FavoriteCard:
    someone = liked.mechanic or liked.workshop
    assert someone is not None, "a favourite is somebody"
    mechanic, key = liked.mechanic, str(liked.favorite.id)
    count = mechanic.reputation.count if mechanic else 0
    return FavoriteCard(
        id=key,
        person=Person(someone.name, initials(someone.name), note=_note(liked)),
        rating=mechanic.reputation.told if mechanic and someone.approved else "",
        ratings="1 rating" if count == 1 else f"{count} ratings",
        on_shift=mechanic is not None and mechanic.on_shift,
        url=f"/mechanics/{mechanic.id}" if mechanic and someone.approved else "",
        book_url=f"/customer/favorites/{key}/book" if someone.approved else "",
    )


def _note(liked: Liked) -> str:
    someone = liked.mechanic or liked.workshop
    assert someone is not None, "a favourite is somebody"
    if not someone.approved:
        return "Does not work here at the moment"
    return "Workshop in " + someone.city if liked.workshop else someone.city
