"""The signed-in mechanic, and their shift."""

from datetime import date, datetime
from uuid import UUID

import attrs

from autodoctor.application.access.mechanics import CLOCK, WORK
from autodoctor.application.mechanics.profile import own_profile
from autodoctor.application.mechanics.shift import clock
from autodoctor.domain.matching.eligibility import NotEligible
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call

mechanic_self = Endpoints("Mechanics")


@attrs.frozen(kw_only=True)
class MeAnswer:
    """The signed-in mechanic, with what only they may know; `missing` is what the profile lacks,
    heaviest first."""

    id: UUID
    name: str
    on_shift: bool
    on_shift_since: datetime | None
    approved: bool
    profile_completion: int
    rating: str
    reviews: int
    completed_sessions: int
    workshop_id: UUID | None
    payouts_ready: bool
    email: str
    phone: str
    city: str
    bio: str
    years_of_experience: int
    red_seal: bool
    specializations: tuple[str, ...]
    keywords: tuple[str, ...]
    brands: tuple[str, ...]
    languages: tuple[str, ...]
    service_tier: str | None
    papers_expire_on: date | None
    missing: tuple[str, ...]


def _me(call: Call) -> MeAnswer:
    found = own_profile(call.ports, actor=call.who)
    mechanic = found.mechanic
    return MeAnswer(
        id=mechanic.id,
        name=mechanic.name,
        on_shift=mechanic.on_shift,
        on_shift_since=mechanic.on_shift_since,
        approved=mechanic.approved,
        profile_completion=mechanic.profile_completion,
        rating=mechanic.reputation.told,
        reviews=mechanic.reputation.count,
        completed_sessions=mechanic.completed_sessions,
        workshop_id=mechanic.workshop_id,
        payouts_ready=mechanic.payouts_ready,
        email=found.account.email.text,
        phone=found.account.phone,
        city=mechanic.city,
        bio=mechanic.bio,
        years_of_experience=mechanic.years_of_experience,
        red_seal=mechanic.red_seal,
        specializations=mechanic.specializations,
        keywords=tuple(sorted(mechanic.keywords)),
        brands=tuple(sorted(mechanic.brands)),
        languages=found.told.languages,
        service_tier=found.told.service_tier,
        papers_expire_on=mechanic.papers_expire_on,
        missing=tuple(found.completion.missing),
    )


@mechanic_self.route("GET", "/api/mechanics/me", action=WORK, answer=MeAnswer)
def who_am_i(call: Call) -> MeAnswer:
    """The signed-in mechanic."""
    return _me(call)


class ClockBody(Body):
    on_shift: bool


@mechanic_self.route(
    "POST",
    "/api/mechanic/clock",
    action=CLOCK,
    body=ClockBody,
    answer=MeAnswer,
    refusals=(NotEligible,),
)
def clock_in_or_out(call: Call, *, body: ClockBody) -> MeAnswer:
    """Begin or end a shift; on shift is online."""
    clock(call.ports, actor=call.who, on_shift=body.on_shift)
    return _me(call)
