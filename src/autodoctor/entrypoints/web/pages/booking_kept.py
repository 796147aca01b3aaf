"""The draft of the request at hand: opened, sealed, or begun from an earlier booking."""

from flask import request
from msgspec.structs import replace

from autodoctor.application.booking.review import review
from autodoctor.application.garage.details import customer_profile
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.shared.ids import IntakeId
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.booking_again import draft_of
from autodoctor.entrypoints.web.pages.booking_draft import Draft, Seal
from autodoctor.entrypoints.web.pages.booking_steps import plan_named
from autodoctor.entrypoints.web.pages.ids import id_in


def seal(here: Call) -> Seal:
    return Seal(here.web.config.signing_keys, here.who.account_id)


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


def at_home(here: Call, draft: Draft) -> Draft:
    """A booking that does not say where the car is begins with where its customer lives."""
    home = customer_profile(here.ports, actor=here.who).details.home
    if draft.city or draft.province or home.country != "CA":
        return draft
    return replace(draft, city=home.city, province=home.province)


def plan_of(here: Call, draft: Draft) -> Plan:
    """Raises PlanUnknown once it is not on offer any more."""
    return plan_named(here.web.plan_catalogue.listed(), draft.plan)
