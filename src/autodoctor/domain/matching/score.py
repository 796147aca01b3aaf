"""The matching score: exact, additive, and told with its reasons.

| factor | points |
|---|---|
| online | 50 (offline scores 0 in all) |
| each keyword in common | 15 |
| specialist for the brand asked for | 30 |
| experience of 10 years or more / 5 or more | 20 / 10 |
| rating of 4.5 or more / 4.0 or more | 15 / 10 |
| Red Seal | 10 |
| profile complete to 95 % or more | 8 |
| completed sessions 50 or more / 20 or more | 12 / 8 |
| same country | 25 |
| same city of the same country | 35 |
"""

from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.matching.candidate import Candidate, Wanted
from autodoctor.domain.shared.ids import MechanicId

ONLINE: Final = 50
PER_KEYWORD: Final = 15
BRAND: Final = 30
EXPERIENCE: Final = ((10, 20), (5, 10))
RATING: Final = ((450, 15), (400, 10))
RED_SEAL: Final = 10
PROFILE_FROM, PROFILE = 95, 8
SESSIONS: Final = ((50, 12), (20, 8))
COUNTRY: Final = 25
CITY: Final = 35

OWN_POINTS_MAX: Final = (
    ONLINE + EXPERIENCE[0][1] + RATING[0][1] + RED_SEAL + PROFILE + SESSIONS[0][1]
)
"""The most anybody has before a request is known."""


class Factor(StrEnum):
    ONLINE = "online"
    KEYWORDS = "keywords"
    BRAND = "brand"
    EXPERIENCE = "experience"
    RATING = "rating"
    RED_SEAL = "red_seal"
    PROFILE = "profile"
    SESSIONS = "sessions"
    COUNTRY = "country"
    CITY = "city"


@attrs.frozen
class Reason:
    """Why there are points. `detail` is the keywords, the brand or the place in question."""

    factor: Factor
    points: int
    detail: str = ""


@attrs.frozen
class Score:
    mechanic_id: MechanicId
    points: int
    reasons: tuple[Reason, ...]


def _step(value: int, steps: tuple[tuple[int, int], ...]) -> int:
    return next((points for least, points in steps if value >= least), 0)


def _same(left: str, right: str) -> bool:
    return bool(left) and left.casefold() == right.casefold()


def score(candidate: Candidate, wanted: Wanted) -> Score:
    """Points and their reasons; an offline candidate has none of either."""
    if not candidate.online:
        return Score(candidate.mechanic_id, 0, ())
    reasons = tuple(
        r for r in (*_of_work(candidate, wanted), *_of_place(candidate, wanted)) if r.points
    )
    points = sum(reason.points for reason in reasons)
    return Score(candidate.mechanic_id, points, reasons)


def _of_work(candidate: Candidate, wanted: Wanted) -> tuple[Reason, ...]:
    common = sorted(candidate.keywords & wanted.keywords)
    brand = wanted.brand or ""
    expert = any(_same(own, brand) for own in candidate.brands)
    return (
        Reason(Factor.ONLINE, ONLINE),
        Reason(Factor.KEYWORDS, PER_KEYWORD * len(common), ", ".join(common)),
        Reason(Factor.BRAND, BRAND if expert else 0, brand),
        Reason(Factor.EXPERIENCE, _step(candidate.years_of_experience, EXPERIENCE)),
        Reason(Factor.RATING, _step(candidate.rating or 0, RATING)),
        Reason(Factor.RED_SEAL, RED_SEAL if candidate.red_seal else 0),
        Reason(Factor.PROFILE, PROFILE if candidate.profile_completion >= PROFILE_FROM else 0),
        Reason(Factor.SESSIONS, _step(candidate.completed_sessions, SESSIONS)),
    )


def _of_place(candidate: Candidate, wanted: Wanted) -> tuple[Reason, ...]:
    """A city counts only in its country: there is a London in Ontario too."""
    if not _same(candidate.country, wanted.country):
        return ()
    city = _same(candidate.city, wanted.city)
    return (
        Reason(Factor.COUNTRY, COUNTRY, wanted.country),
        Reason(Factor.CITY, CITY if city else 0, wanted.city),
    )
