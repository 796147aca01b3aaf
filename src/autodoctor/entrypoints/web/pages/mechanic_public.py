"""A mechanic as everybody sees one, and their photo."""

from uuid import UUID

import attrs
from flask import Blueprint, Response, render_template

from autodoctor.application.access.operations import LOOK
from autodoctor.application.mechanics.profile import PublicProfile, public_photo, public_profile
from autodoctor.application.mechanics.reviews import public_reviews
from autodoctor.domain.mechanics.trade import LANGUAGES
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.favorites import favorite_id_of
from autodoctor.entrypoints.web.pages.mechanic_reviews import ReviewCard, review_card
from autodoctor.entrypoints.web.pages.mechanic_words import keyword_label
from autodoctor.entrypoints.web.pages.people import when_to_anybody
from autodoctor.entrypoints.web.pages.pictures import picture
from autodoctor.entrypoints.web.pages.viewer import initials
from autodoctor.entrypoints.web.parts import Fact, Person

pages = Blueprint("mechanic_public", __name__, url_prefix="/mechanics")


@attrs.frozen(kw_only=True)
class PublicView:
    """`favorite_id` is empty for whom this customer does not keep; `likeable` says they could."""

    person: Person
    rating: str
    ratings: str
    on_shift: bool
    bio: str
    facts: tuple[Fact, ...]
    reviews: tuple[ReviewCard, ...]
    book_url: str
    mechanic_id: str
    favorite_id: str
    likeable: bool


@pages.get("/<uuid:mechanic_id>")
@asks(LOOK)
def show(mechanic_id: UUID) -> str:
    here, key = call(), MechanicId(mechanic_id)
    found = public_profile(here.ports, mechanic_id=key)
    told = when_to_anybody(here)
    cards = tuple(review_card(each, told) for each in public_reviews(here.ports, mechanic_id=key))
    return render_template("mechanic/public.html", view=_view(here, found, cards))


def _view(here: Call, found: PublicProfile, reviews: tuple[ReviewCard, ...]) -> PublicView:
    mechanic = found.mechanic
    count = mechanic.reputation.count
    liked = favorite_id_of(here, mechanic.id)
    photo = f"/mechanics/{mechanic.id}/photo" if found.photo else ""
    return PublicView(
        person=Person(mechanic.name, initials(mechanic.name), photo, note=mechanic.city),
        rating=mechanic.reputation.told,
        ratings="1 rating" if count == 1 else f"{count} ratings",
        on_shift=mechanic.on_shift,
        bio=mechanic.bio,
        facts=tuple(Fact(label, value) for label, value in _facts(found) if value),
        reviews=reviews,
        book_url=f"/customer/favorites/{liked}/book" if liked else "/onboarding/pricing",
        mechanic_id=str(mechanic.id),
        favorite_id=liked,
        likeable=here.actor is not None and here.actor.role is Role.CUSTOMER and not liked,
    )


def _facts(found: PublicProfile) -> tuple[tuple[str, str], ...]:
    mechanic = found.mechanic
    years = mechanic.years_of_experience
    return (
        ("Experience", f"{years} years" if years > 1 else "1 year" if years else ""),
        ("Red Seal", "Yes" if mechanic.red_seal else ""),
        ("Sessions completed", str(mechanic.completed_sessions or "")),
        ("Field", ", ".join(mechanic.specializations)),
        ("Knows well", ", ".join(sorted(map(keyword_label, mechanic.keywords)))),
        ("Brands", ", ".join(sorted(mechanic.brands))),
        ("Languages", ", ".join(LANGUAGES[code] for code in found.languages)),
    )


@pages.get("/<uuid:mechanic_id>/photo")
@asks(LOOK)
def photo(mechanic_id: UUID) -> Response:
    media_type, size, content = public_photo(call().ports, mechanic_id=MechanicId(mechanic_id))
    answer = picture(content, media_type, name="mechanic")
    answer.content_length = size
    return answer
