"""Companies as staff see them: the list, one of them with all it told, and decisions."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

import attrs
from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.corporate import OVERSEE, PUT_OUT, SUBSCRIBE
from autodoctor.application.access.vetting import DECIDE, REVIEW
from autodoctor.application.corporate.overseeing import (
    Subscription,
    approve_company,
    ask_company,
    companies,
    dossier,
    reinstate_company,
    reject_company,
    set_tier,
    suspend_company,
)
from autodoctor.application.vetting.papers import paper_file, papers_of
from autodoctor.domain.shared.errors import Conflict, InvalidField, Refusal
from autodoctor.domain.shared.ids import DocumentId, OrganizationId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.file_links import file_link
from autodoctor.entrypoints.web.pages.admin_companies_view import (
    PATH,
    company_dossier,
    filter_of,
    listed_companies,
)
from autodoctor.entrypoints.web.pages.company_departments import money_typed
from autodoctor.entrypoints.web.pages.forms import attempt, typed
from autodoctor.entrypoints.web.pages.people import when

Page = str | tuple[str, int] | Response

TIER_NAMES: Final = ("tier", "seats", "monthly_price", "reason")

pages = Blueprint("admin_companies", __name__, url_prefix=PATH)


@attrs.frozen
class Decision:
    """Something done to one company with what was typed, and what is said afterwards."""

    step: Callable[..., object]
    typed_as: str
    said: str


DECISIONS: Final = {
    "approve": Decision(approve_company, "reason", "The company is in."),
    "reject": Decision(reject_company, "reason", "The company is turned down, and told why."),
    "ask": Decision(ask_company, "question", "Your question is on its way."),
    "suspend": Decision(suspend_company, "reason", "The company is suspended."),
    "reinstate": Decision(reinstate_company, "reason", "The company is back."),
}


@pages.get("")
@asks(OVERSEE)
def listed() -> Page:
    here = call()
    which = filter_of(request.args)
    found = companies(here.ports, actor=here.who, which=which)
    view = listed_companies(found, which, when(here))
    return render_template("admin/companies.html", view=view)


@pages.get("/<uuid:organization_id>")
@asks(OVERSEE)
def one(organization_id: UUID) -> Page:
    return _shown(call(), OrganizationId(organization_id))


def _shown(here: Call, organization_id: OrganizationId, error: str = "") -> str:
    found = dossier(here.ports, actor=here.who, organization_id=organization_id)
    papers = papers_of(here.ports, actor=here.who, subject_id=organization_id)
    view = company_dossier(found, papers, when(here), error)
    return render_template("admin/company.html", view=view)


@pages.get("/<uuid:organization_id>/papers/<uuid:document_id>")
@asks(REVIEW)
def paper(organization_id: UUID, document_id: UUID) -> Page:
    """To a link that is good for an hour, made when it is asked for."""
    here = call()
    found = paper_file(
        here.ports,
        actor=here.who,
        subject_id=organization_id,
        document_id=DocumentId(document_id),
    )
    return redirect(file_link(here, found.id))


@pages.post("/<uuid:organization_id>/<any(approve, reject, ask):decision>")
@asks(DECIDE)
def decide(organization_id: UUID, decision: str) -> Page:
    return _decided(OrganizationId(organization_id), DECISIONS[decision])


@pages.post("/<uuid:organization_id>/<any(suspend, reinstate):decision>")
@asks(PUT_OUT)
def put_out(organization_id: UUID, decision: str) -> Page:
    return _decided(OrganizationId(organization_id), DECISIONS[decision])


def _decided(key: OrganizationId, decision: Decision) -> Page:
    here, given = call(), typed((decision.typed_as,))
    return _done(
        key,
        lambda: decision.step(here.ports, actor=here.who, organization_id=key, **given),
        decision.said,
    )


@pages.post("/<uuid:organization_id>/tier")
@asks(SUBSCRIBE)
def subscribe(organization_id: UUID) -> Page:
    here, values, key = call(), typed(TIER_NAMES), OrganizationId(organization_id)

    def keep() -> object:
        return set_tier(
            here.ports,
            actor=here.who,
            organization_id=key,
            subscription=Subscription(
                tier=values["tier"],
                seats=_seats(values["seats"]),
                monthly_price=money_typed("monthly_price", values["monthly_price"]),
            ),
            reason=values["reason"],
        )

    return _done(key, keep, "The tier is set.")


def _seats(text: str) -> int | None:
    """Raises InvalidField."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise InvalidField("seats", "A whole number of seats, or nothing.")
    return int(text)


def _done(key: OrganizationId, step: Callable[[], object], said: str) -> Page:
    here = call()
    done = attempt(step, InvalidField, Conflict)
    if isinstance(done, InvalidField):
        return _shown(here, key, done.reason), 422
    if isinstance(done, Refusal):
        return _shown(here, key, done.title), 409
    flash(said)
    return redirect(f"{PATH}/{key}", code=303)
