"""A customer's favourites: the list, liking, letting go, booking with them again."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.garage import FAVORITES
from autodoctor.application.garage.favorites import (
    Liked,
    add_favorite,
    favorite,
    favorites_of,
    remove_favorite,
)
from autodoctor.domain.garage.favorite import AlreadyFavorite
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import FavoriteId, MechanicId, PlanSlug
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.booking_draft import Draft
from autodoctor.entrypoints.web.pages.booking_kept import sealed
from autodoctor.entrypoints.web.pages.favorites_view import FavoriteCard, favorite_card
from autodoctor.entrypoints.web.pages.forms import attempt
from autodoctor.entrypoints.web.pages.ids import id_in

pages = Blueprint("favorites", __name__, url_prefix="/customer/favorites")


@pages.get("")
@asks(FAVORITES)
def listed() -> str:
    return render_template("customer/favorites.html", cards=favorite_cards(call()))


@pages.post("")
@asks(FAVORITES)
def like() -> Response:
    here = call()
    mechanic_id = MechanicId(id_in(request.form.get("mechanic_id", ""), kind="mechanic"))
    done = attempt(
        lambda: add_favorite(here.ports, actor=here.who, mechanic_id=mechanic_id), AlreadyFavorite
    )
    flash(done.title if isinstance(done, Refusal) else f"{_name(done)} is one of your favourites.")
    return redirect("/customer/favorites", code=303)


@pages.post("/<uuid:favorite_id>/remove")
@asks(FAVORITES)
def let_go(favorite_id: UUID) -> Response:
    here = call()
    remove_favorite(here.ports, actor=here.who, favorite_id=FavoriteId(favorite_id))
    flash("Removed from your favourites.")
    return redirect("/customer/favorites", code=303)


@pages.get("/<uuid:favorite_id>/book")
@asks(FAVORITES)
def book(favorite_id: UUID) -> Response:
    """To the plans, with them chosen already."""
    here = call()
    liked = favorite(here.ports, actor=here.who, favorite_id=FavoriteId(favorite_id))
    draft = Draft(plan=PlanSlug(""), mechanic=_choice(liked))
    return redirect(f"/onboarding/pricing?draft={sealed(here, draft)}")


def _choice(liked: Liked) -> str:
    if liked.workshop is not None:
        return f"first:{liked.workshop.id}"
    return f"mechanic:{liked.favorite.mechanic_id}"


def _name(liked: Liked) -> str:
    someone = liked.mechanic or liked.workshop
    assert someone is not None, "a favourite is somebody"
    return someone.name


def favorite_cards(here: Call) -> tuple[FavoriteCard, ...]:
    return tuple(map(favorite_card, favorites_of(here.ports, actor=here.who)))


def favorite_id_of(here: Call, mechanic_id: MechanicId | None) -> str:
    """Empty for who is no favourite, and for everybody but customers."""
    if here.actor is None or here.actor.role is not Role.CUSTOMER or mechanic_id is None:
        return ""
    liked = favorites_of(here.ports, actor=here.actor)
    return next((str(e.favorite.id) for e in liked if e.favorite.mechanic_id == mechanic_id), "")
