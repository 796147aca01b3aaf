"""Plans as cards: what the home page, the prices and the booking show of them."""

from typing import Final, Protocol

import attrs
from flask import current_app

from autodoctor.domain.plans.plan import Plan, SessionKind
from autodoctor.entrypoints.web.formats import minutes_text, price_text

_BY_KIND: Final = {
    SessionKind.CHAT: ("chat", "by chat"),
    SessionKind.VIDEO: ("camera", "by video"),
}


class PlanCatalogue(Protocol):
    """The plans on offer."""

    def listed(self) -> tuple[Plan, ...]:
        """Active plans in the order they are shown."""
        ...


@attrs.frozen
class PlanView:
    """A plan card. `price_note` stands beside the price, `url` begins a booking with it."""

    slug: str
    name: str
    price: str
    price_note: str
    time: str
    icon: str
    description: str
    recommended_for: str
    perks: tuple[str, ...]
    popular: bool
    action: str
    url: str
    free: bool = False


def plan_view(plan: Plan) -> PlanView:
    icon, medium = _BY_KIND[plan.kind]
    return PlanView(
        slug=plan.slug,
        name=plan.name,
        price="Free" if plan.free else price_text(plan.price),
        price_note="no card needed" if plan.free else f"{plan.price.currency.upper()}, paid once",
        time=f"{minutes_text(plan.minutes)} {medium}",
        icon=icon,
        description=plan.description,
        recommended_for=plan.recommended_for,
        perks=plan.perks,
        popular=plan.popular,
        action="Start free" if plan.free else "Choose",
        url=f"/onboarding/pricing?plan={plan.slug}",
        free=plan.free,
    )


def plan_views() -> tuple[PlanView, ...]:
    """The catalogue of the running application, asked once per page."""
    catalogue: PlanCatalogue = current_app.extensions["autodoctor"].plan_catalogue
    return tuple(plan_view(plan) for plan in catalogue.listed())
