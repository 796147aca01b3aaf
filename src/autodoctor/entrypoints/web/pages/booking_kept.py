"""The draft of the request at hand: opened, sealed, or begun from an earlier booking."""

from flask import request

from autodoctor.application.booking.review import review
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.shared.ids import IntakeId
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.booking_again import draft_of
from autodoctor.entrypoints.web.pages.booking_draft import Draft, Seal
from autodoctor.entrypoints.web.pages.booking_steps import plan_named
from autodoctor.entrypoints.web.pages.ids import id_in


def seal(here: Call) -> Seal:
    return Seal(here.web.config.secret_key, here.who.account_id)


def opened(here: Call) -> Draft | None:
    return seal(here).open(request.args.get("draft", ""))


def sealed(here: Call, draft: Draft | None) -> str:
    return seal(here).close(draft) if draft else ""


def earlier(here: Call) -> Draft | None:
    """An earlier booking as the beginning of another one; its files stay with it."""
    if not (again := request.args.get("again", "")):
        return None
    intake_id = IntakeId(id_in(again, kind="intake"))
    return draft_of(review(here.ports, actor=here.who, intake_id=intake_id).intake, ())


def plan_of(here: Call, draft: Draft) -> Plan:
    """Raises PlanUnknown once it is not on offer any more."""
    return plan_named(here.web.plan_catalogue.listed(), draft.plan)
