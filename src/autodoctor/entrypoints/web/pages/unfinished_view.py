"""A booking that waits to be continued, as the customer's pages offer it."""

import attrs

from autodoctor.application.booking.unfinished import Unfinished
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.when import When


@attrs.frozen
class UnfinishedView:
    what: str
    begun: str
    url: str


def unfinished_view(found: Unfinished | None, when: When) -> UnfinishedView | None:
    if found is None:
        return None
    plan, intake = found.plan, found.intake
    price = "free" if plan.free else money_text(plan.price)
    vehicle = f" for your {intake.vehicle.title}" if intake.vehicle else ""
    return UnfinishedView(
        what=f"{plan.name}, {price}{vehicle}",
        begun=when.moment(intake.created_at),
        url=f"/waiver?intake={intake.id}",
    )
