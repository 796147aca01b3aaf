"""What mechanics read: what stands in their way, why a request suits them, where their money is."""

from collections.abc import Callable
from typing import Final

import attrs

from autodoctor.domain.matching.eligibility import PROFILE_COMPLETION_MIN, Obstacle
from autodoctor.domain.matching.keywords import BY_SLUG
from autodoctor.domain.matching.score import PROFILE_FROM, Factor, Reason, Score
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.entrypoints.web.views import Tone


@attrs.frozen
class Advice:
    """What keeps requests away, and what to do about it, with where."""

    title: str
    text: str
    url: str = ""
    action: str = ""


OBSTACLES: Final = {
    Obstacle.NOT_APPROVED: Advice(
        "Your application is not approved yet",
        "You can take requests once your application is handed in and approved.",
        "/mechanic/status",
        "See where it stands",
    ),
    Obstacle.NOT_ACTIVE: Advice(
        "Your account is paused", "Reply to our email about it to find out what has to happen."
    ),
    Obstacle.WORKSHOP_APPROVAL_PENDING: Advice(
        "Your workshop has not let you in yet",
        "Somebody of the workshop has to approve you as one of its mechanics.",
    ),
    Obstacle.PAPERS_EXPIRED: Advice(
        "A paper of yours has expired",
        "Send us the new one; until then requests go to others.",
        "/mechanic/documents",
        "Open your documents",
    ),
    Obstacle.PROFILE_INCOMPLETE: Advice(
        "Your profile is not complete enough",
        f"From {PROFILE_COMPLETION_MIN} % on you can take requests.",
        "/mechanic/profile",
        "See what is missing",
    ),
    Obstacle.OFF_SHIFT: Advice("You are off shift", "Go on shift, and requests appear here."),
}

TRANSFERS: Final = {
    "": ("Nothing to pay out", Tone.NEUTRAL),
    MovementStatus.HELD: ("Held back: account not ready, or payment disputed", Tone.WARN),
    MovementStatus.DUE: ("On its way to you", Tone.INFO),
    MovementStatus.PENDING: ("On its way to you", Tone.INFO),
    MovementStatus.DONE: ("Paid out to your account", Tone.OK),
    MovementStatus.FAILED: ("Could not be paid out: our staff see to it", Tone.WARN),
    MovementStatus.VOID: ("Not paid out: the payment was returned", Tone.NEUTRAL),
}
"""By the state of a transfer; "" is a session that had none."""


FITS_MAX: Final = 3
_KNOWLEDGE: Final = frozenset({Factor.KEYWORDS, Factor.BRAND})
_COMMON: Final = frozenset({Factor.ONLINE, Factor.COUNTRY, Factor.PROFILE})


def keyword_label(slug: str) -> str:
    """As people read it; a keyword that is offered no more keeps its stored name."""
    found = BY_SLUG.get(slug)
    return found.label if found else slug


@attrs.frozen
class Why:
    """A reason in words, and its points: "+15"."""

    text: str
    points: str


def why(score: Score) -> tuple[Why, ...]:
    """Why a request suits somebody, the weightiest first."""
    weighed = sorted(score.reasons, key=lambda reason: -reason.points)
    return tuple(Why(_REASONS[each.factor](each), f"+{each.points}") for each in weighed)


def fits(score: Score) -> str:
    """What sets one apart from others on shift, in a line; what most have in common is left
    out, what they know comes first."""
    apart = (each for each in score.reasons if each.factor not in _COMMON)
    first = sorted(apart, key=lambda each: (each.factor not in _KNOWLEDGE, -each.points))[:FITS_MAX]
    return " · ".join(_REASONS[each.factor](each) for each in first)


def _known(reason: Reason) -> str:
    labels = [keyword_label(slug) for slug in reason.detail.split(", ")]
    return f"You know this: {', '.join(labels)}"


_REASONS: Final[dict[Factor, Callable[[Reason], str]]] = {
    Factor.ONLINE: lambda _: "You are on shift",
    Factor.KEYWORDS: _known,
    Factor.BRAND: lambda reason: f"They asked for a {reason.detail} specialist",
    Factor.EXPERIENCE: lambda _: "Your years of experience",
    Factor.RATING: lambda _: "Your ratings",
    Factor.RED_SEAL: lambda _: "Your Red Seal",
    Factor.PROFILE: lambda _: f"Your profile is at least {PROFILE_FROM} % complete",
    Factor.SESSIONS: lambda _: "The sessions you have completed",
    Factor.COUNTRY: lambda _: "You are in the same country",
    Factor.CITY: lambda reason: f"You are both in {reason.detail}",
}
