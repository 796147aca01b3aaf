"""A mechanic's profile and reviews, and how they work and are paid."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.application.access.mechanics import COMPLETION, ONBOARD, REVIEWS
from autodoctor.application.access.operations import LOOK
from autodoctor.application.mechanics.onboarding import (
    begin_payouts,
    choose_tier,
    confirm_virtual_only,
)
from autodoctor.application.mechanics.profile import missing_of, public_profile
from autodoctor.application.mechanics.reviews import reviews
from autodoctor.domain.accounts.account import EmailUnverified
from autodoctor.domain.mechanics.completion import WEIGHTS
from autodoctor.domain.mechanics.particulars import Particulars, ServiceTier
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.mechanic_missing import PLACES
from autodoctor.ports.mechanic_queries import ReviewView
from autodoctor.ports.payment_refusals import PaymentRefused, PaymentsUnavailable
from autodoctor.ports.stores import Missing

mechanic_profile = Endpoints("Mechanics' profiles")


@attrs.frozen(kw_only=True)
class PublicAnswer:
    """What everybody may know of a mechanic. `rating` is empty before the first one."""

    id: UUID
    name: str
    photo_url: str
    bio: str
    city: str
    country: str
    years_of_experience: int
    red_seal: bool
    specializations: tuple[str, ...]
    keywords: tuple[str, ...]
    brands: tuple[str, ...]
    languages: tuple[str, ...]
    rating: str
    reviews: int
    completed_sessions: int
    on_shift: bool


@mechanic_profile.route(
    "GET",
    "/api/mechanics/{mechanic_id}/profile",
    action=LOOK,
    answer=PublicAnswer,
    refusals=(Missing,),
)
def profile(call: Call, *, mechanic_id: MechanicId) -> PublicAnswer:
    """A mechanic as customers see one."""
    found = public_profile(call.ports, mechanic_id=mechanic_id)
    mechanic = found.mechanic
    return PublicAnswer(
        id=mechanic.id,
        name=mechanic.name,
        photo_url=f"/mechanics/{mechanic.id}/photo" if found.photo else "",
        bio=mechanic.bio,
        city=mechanic.city,
        country=mechanic.country,
        years_of_experience=mechanic.years_of_experience,
        red_seal=mechanic.red_seal,
        specializations=mechanic.specializations,
        keywords=tuple(sorted(mechanic.keywords)),
        brands=tuple(sorted(mechanic.brands)),
        languages=found.languages,
        rating=mechanic.reputation.told,
        reviews=mechanic.reputation.count,
        completed_sessions=mechanic.completed_sessions,
        on_shift=mechanic.on_shift,
    )


@attrs.frozen(kw_only=True)
class MissingItem:
    """`url` is the page where it is filled in."""

    item: str
    points: int
    url: str


@attrs.frozen(kw_only=True)
class CompletionAnswer:
    percent: int
    missing: tuple[MissingItem, ...]


@mechanic_profile.route(
    "GET",
    "/api/mechanics/{mechanic_id}/profile-completion",
    action=COMPLETION,
    answer=CompletionAnswer,
    refusals=(Missing,),
)
def profile_completion(call: Call, *, mechanic_id: MechanicId) -> CompletionAnswer:
    """How complete a profile is out of 100, and what is missing, heaviest first. From 80 on
    requests come."""
    found = missing_of(call.ports, actor=call.who, mechanic_id=mechanic_id)
    return CompletionAnswer(
        percent=found.percent,
        missing=tuple(
            MissingItem(item=item, points=WEIGHTS[item], url=PLACES[item].url)
            for item in found.missing
        ),
    )


@attrs.frozen(kw_only=True)
class ReviewAnswer:
    """`customer` is a first name."""

    stars: int
    review: str
    rated_at: datetime
    customer: str
    plan_name: str

    @classmethod
    def of(cls, view: ReviewView) -> "ReviewAnswer":
        return cls(
            stars=view.stars,
            review=view.review,
            rated_at=view.rated_at,
            customer=view.customer_first_name,
            plan_name=view.plan_name,
        )


@attrs.frozen(kw_only=True)
class StarsAnswer:
    stars: int
    count: int


class ReviewsQuery(Body):
    """`before` continues a list."""

    before: datetime | None = None
    most: int = 20


@attrs.frozen(kw_only=True)
class ReviewsAnswer:
    """Newest first. `rating` is the one average; `next` the cursor of the following page."""

    rating: str
    count: int
    by_stars: tuple[StarsAnswer, ...]
    reviews: tuple[ReviewAnswer, ...]
    next: datetime | None


@mechanic_profile.route(
    "GET",
    "/api/mechanic/reviews",
    action=REVIEWS,
    query=ReviewsQuery,
    answer=ReviewsAnswer,
    refusals=(InvalidField,),
)
def my_reviews(call: Call, *, query: ReviewsQuery) -> ReviewsAnswer:
    """What customers say of the signed-in mechanic."""
    found = reviews(call.ports, actor=call.who, before=query.before, most=query.most)
    full = len(found.reviews) == query.most
    return ReviewsAnswer(
        rating=found.reputation.told,
        count=found.reputation.count,
        by_stars=tuple(StarsAnswer(stars=each, count=count) for each, count in found.by_stars),
        reviews=tuple(map(ReviewAnswer.of, found.reviews)),
        next=found.reviews[-1].rated_at if found.reviews and full else None,
    )


@attrs.frozen(kw_only=True)
class TierAnswer:
    service_tier: str | None
    virtual_only_confirmed_at: datetime | None

    @classmethod
    def of(cls, told: Particulars) -> "TierAnswer":
        return cls(
            service_tier=told.service_tier,
            virtual_only_confirmed_at=told.virtual_only_confirmed_at,
        )


class TierBody(Body):
    service_tier: ServiceTier


@mechanic_profile.route(
    "POST",
    "/api/mechanics/onboarding/service-tier",
    action=ONBOARD,
    body=TierBody,
    answer=TierAnswer,
    refusals=(InvalidField,),
)
def set_tier(call: Call, *, body: TierBody) -> TierAnswer:
    """Choose how one works: online only, or in a workshop as well."""
    return TierAnswer.of(choose_tier(call.ports, actor=call.who, tier=body.service_tier))


@mechanic_profile.route(
    "POST", "/api/mechanics/onboarding/virtual-only", action=ONBOARD, answer=TierAnswer
)
def set_virtual_only(call: Call) -> TierAnswer:
    """Confirm that one works online only."""
    return TierAnswer.of(confirm_virtual_only(call.ports, actor=call.who))


@attrs.frozen(kw_only=True)
class OnboardAnswer:
    """Good for minutes, and for the one who asked alone."""

    url: str


@mechanic_profile.route(
    "POST",
    "/api/mechanics/stripe/onboard",
    action=ONBOARD,
    answer=OnboardAnswer,
    refusals=(EmailUnverified, PaymentRefused, PaymentsUnavailable),
    keyed=False,
)
def onboard(call: Call) -> OnboardAnswer:
    """Begin, or go on with, what the payment provider asks before it pays one out."""
    return OnboardAnswer(url=begin_payouts(call.ports, actor=call.who))
