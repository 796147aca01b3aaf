"""The queue of requests as its mechanic reads it: what it is, what it pays, for how long."""

from datetime import datetime
from typing import Final

import attrs

from autodoctor.application.mechanics.queue import Offer, Queue
from autodoctor.domain.matching.eligibility import Obstacle
from autodoctor.domain.plans.plan import SessionKind
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.entrypoints.web.formats import minutes_text, money_text
from autodoctor.entrypoints.web.pages.booking_words import category_words
from autodoctor.entrypoints.web.pages.clocks import digits
from autodoctor.entrypoints.web.pages.mechanic_words import (
    OBSTACLES,
    Advice,
    Why,
    fits,
    keyword_label,
    why,
)
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.ports.queries import RequestView

_MEDIUM: Final = {SessionKind.CHAT: "by chat", SessionKind.VIDEO: "by video"}
EXCERPT_CHARACTERS: Final = 180


@attrs.frozen(kw_only=True)
class OfferView:
    """A request on offer. `asked` ages; everything else of it stands as long as `mark` does.

    `title` is the vehicle, or what it is about where none was given; `fits` tells in a line what
    sets this mechanic apart.
    `closes_at` is ISO 8601, `left` what it comes to in the server's time. `alone` says until
    when others do not see it; `accept_url` is empty while another session is in the way.
    """

    id: str
    mark: str
    url: str
    title: str
    about: str
    concern: str
    plan: str
    customer: str
    urgent: bool
    keywords: tuple[str, ...]
    files: str
    asked: str
    appointment: str
    alone: str
    pays: str
    closes_at: str
    open_until: str
    left: str
    reasons: tuple[Why, ...]
    points: str
    fits: str
    accept_url: str
    decline_url: str


@attrs.frozen
class QueueView:
    """`now` is the server's time, ISO 8601. Without offers there is something to read: what
    stands in the way, or that nobody waits."""

    now: str
    offers: tuple[OfferView, ...]
    obstacles: tuple[Advice, ...]
    off_shift: bool
    busy: bool


def queue_view(queue: Queue, when: When, *, mechanic_id: MechanicId, busy: bool) -> QueueView:
    """`busy` is somebody whose session is under way: they take nothing for now."""
    return QueueView(
        now=when.now.isoformat(),
        offers=tuple(
            offer_view(offer, when, mechanic_id=mechanic_id, busy=busy) for offer in queue.offers
        ),
        obstacles=tuple(OBSTACLES[each] for each in queue.obstacles),
        off_shift=queue.obstacles == (Obstacle.OFF_SHIFT,),
        busy=busy,
    )


def offer_view(offer: Offer, when: When, *, mechanic_id: MechanicId, busy: bool) -> OfferView:
    request, url = offer.request, f"/mechanic/requests/{offer.request.id}"
    alone, takes = _alone(request, mechanic_id, when), not busy or request.scheduled_for is not None
    about = category_words(request.category)
    return OfferView(
        id=str(request.id),
        mark=f"{bool(alone):d}{takes:d}",
        url=url,
        title=request.vehicle or about,
        about=about if request.vehicle else "Vehicle not given",
        concern=excerpt(request.concern),
        plan=plan_words(request.plan_name, request.kind, request.minutes),
        customer=request.customer_first_name,
        urgent=request.urgent,
        keywords=tuple(map(keyword_label, request.keywords)),
        files=files_text(request.files),
        asked=when.ago(request.waiting_since),
        appointment=when.moment(request.scheduled_for) if request.scheduled_for else "",
        alone=alone,
        pays=money_text(offer.pays),
        closes_at=request.expires_at.isoformat(),
        open_until=soon(request.expires_at, when),
        left=digits(round(offer.open_for.total_seconds())),
        reasons=why(offer.score),
        points=str(offer.score.points),
        fits=fits(offer.score),
        accept_url=f"{url}/accept" if takes else "",
        decline_url=f"{url}/decline",
    )


def _alone(request: RequestView, mechanic_id: MechanicId, when: When) -> str:
    """Who sees it before everybody else does, and until when; "" once all of them do."""
    widens = request.routing.widens_at(waiting_since=request.waiting_since)
    if widens is None or widens <= when.now:
        return ""
    chosen = request.routing.chosen_mechanic_id == mechanic_id
    who = "They chose you: only you see it" if chosen else "Only your workshop sees it"
    return f"{who} until {when.clock(widens)}"


def soon(at: datetime, when: When) -> str:
    """The clock's time; with its day when that is another one."""
    return when.clock(at) if when.day(at) == "Today" else when.moment(at)


def plan_words(name: str, kind: str, minutes: int) -> str:
    """Quick Chat, 30 minutes by chat"""
    return f"{name}, {minutes_text(minutes)} {_MEDIUM[SessionKind(kind)]}"


def excerpt(text: str) -> str:
    """The beginning, whole words, in one line."""
    line = " ".join(text.split())
    if len(line) <= EXCERPT_CHARACTERS:
        return line
    return f"{line[:EXCERPT_CHARACTERS].rpartition(' ')[0] or line[:EXCERPT_CHARACTERS]} …"


def files_text(count: int) -> str:
    if not count:
        return ""
    return "1 photo or file" if count == 1 else f"{count} photos or files"
