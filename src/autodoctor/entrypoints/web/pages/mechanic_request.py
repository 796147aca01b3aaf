"""One request, whole, for the mechanic who thinks about taking it; and what became of it when
it is not there any more."""

from typing import Final

import attrs
from babel import Locale

from autodoctor.application.mechanics.queue import Offer
from autodoctor.domain.matching.eligibility import Obstacle
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.entrypoints.web.formats import LOCALE, money_text
from autodoctor.entrypoints.web.pages.booking_words import category_words
from autodoctor.entrypoints.web.pages.mechanic_queue import OfferView, offer_view
from autodoctor.entrypoints.web.pages.mechanic_words import OBSTACLES
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Attachment, Fact
from autodoctor.ports.queries import RequestView


@attrs.frozen
class RequestPage:
    """`pays_note` says of what the pay is a part."""

    offer: OfferView
    now: str
    concern: str
    facts: tuple[Fact, ...]
    files: tuple[Attachment, ...]
    pays_note: str
    busy: bool


def request_page(
    offer: Offer,
    files: tuple[Attachment, ...],
    when: When,
    *,
    mechanic_id: MechanicId,
    busy: bool,
) -> RequestPage:
    view = offer_view(offer, when, mechanic_id=mechanic_id, busy=busy)
    return RequestPage(
        offer=view,
        now=when.now.isoformat(),
        concern=offer.request.concern,
        facts=_facts(offer.request, view),
        files=files,
        pays_note=_pays_note(offer),
        busy=busy,
    )


def _facts(request: RequestView, view: OfferView) -> tuple[Fact, ...]:
    told = (
        ("Vehicle", request.vehicle or "Not given"),
        ("Odometer", f"{request.odometer_km:,} km" if request.odometer_km is not None else ""),
        ("About", category_words(request.category)),
        ("Plan", view.plan),
        ("Customer", view.customer),
        ("Where", _place(request)),
        ("Specialist wanted", request.specialist_brand),
        ("Appointment", view.appointment),
        ("Asked", view.asked),
    )
    return tuple(Fact(label, value) for label, value in told if value)


def _place(request: RequestView) -> str:
    country = Locale.parse(LOCALE).territories.get(request.country, request.country)
    return ", ".join(filter(None, (request.city, country)))


def _pays_note(offer: Offer) -> str:
    if not offer.request.price:
        return "A free first session: it pays nothing and counts as a session of yours."
    if not offer.request.left:
        return "The customer's payment was refunded: it pays nothing."
    price = money_text(offer.request.left)
    return f"Your share of the {price} the customer paid, once the session is complete."


@attrs.frozen
class GoneView:
    """Why nothing can be taken here, and where to go on."""

    title: str
    text: str
    more: tuple[str, ...] = ()
    url: str = "/mechanic/dashboard"
    action: str = "Back to your requests"


GONE: Final = {
    RequestStatus.ACCEPTED: GoneView(
        "Another mechanic was faster", "Somebody else took this request; nothing changes for you."
    ),
    RequestStatus.CANCELLED: GoneView(
        "This request was withdrawn", "It was called off, or opened anew for somebody else."
    ),
    RequestStatus.EXPIRED: GoneView(
        "This request is over", "Nobody took it in time; the customer gets everything back."
    ),
    RequestStatus.WAITING: GoneView(
        "This request is not open to you",
        "Another mechanic, or a workshop, sees it first; it may come to you in a minute.",
    ),
}
OVERLAPS: Final = GoneView(
    "You have another appointment at that time", "Two appointments cannot overlap."
)


def busy_view(session_url: str) -> GoneView:
    return GoneView(
        "You are in another session",
        "One at a time: finish it first, then take the next.",
        url=session_url,
        action="Go to your session",
    )


def not_eligible_view(obstacles: tuple[Obstacle, ...]) -> GoneView:
    advice = [OBSTACLES[each] for each in obstacles]
    first, *others = (f"{each.title}. {each.text}" for each in advice)
    return GoneView("You cannot take requests at the moment", first, tuple(others))
