"""The waiver, the way to the payment page, and the way back."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request
from msgspec.structs import replace

from autodoctor.application.access.booking import RESOLVE, SIGN
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.booking.review import review
from autodoctor.application.booking.waiver import sign_waiver
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.sessions.views import session_of_checkout
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import IntakeId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.api.booking import MONTH_FULL
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.booking_again import draft_of
from autodoctor.entrypoints.web.pages.booking_kept import sealed
from autodoctor.entrypoints.web.pages.booking_refusals import Page, answer_refusals
from autodoctor.entrypoints.web.pages.finalizing_view import finalizing_view
from autodoctor.entrypoints.web.pages.forms import attempt, typed
from autodoctor.entrypoints.web.pages.ids import id_in
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.problems import error_view
from autodoctor.entrypoints.web.pages.waiver_view import FIELDS, waiver_view
from autodoctor.ports.payment_refusals import PaymentsUnavailable
from autodoctor.ports.stores import Missing

pages = Blueprint("checkout", __name__)
answer_refusals(pages)


@pages.get("/waiver")
@asks(SIGN)
def waiver() -> Page:
    here, intake_id = call(), _intake()
    found = review(here.ports, actor=here.who, intake_id=intake_id)
    if found.intake.session_id is not None:
        return redirect(f"/session/{found.intake.session_id}")
    return _shown(here, intake_id, {}, {})


@pages.post("/waiver")
@asks(SIGN)
def sign() -> Page:
    here, intake_id, values = call(), _intake(), typed(FIELDS)
    signed = attempt(
        lambda: sign_waiver(
            here.ports,
            actor=here.who,
            intake_id=intake_id,
            full_name=values["full_name"],
            adult=bool(values["adult"]),
            address=here.address,
            agent=here.agent,
        ),
        InvalidField,
    )
    if isinstance(signed, InvalidField):
        return _shown(here, intake_id, values, {signed.field: signed.reason}), 422
    there = attempt(lambda: check_out(here.ports, actor=here.who, intake_id=intake_id), *MONTH_FULL)
    if isinstance(there, Refusal):
        return _shown(here, intake_id, values, {"company": there.title}), 409
    return redirect(there.payment_url or f"/session/{there.session_id}", code=303)


@pages.get("/checkout/success")
@asks(RESOLVE)
def success() -> Page:
    here, provider_id = call(), request.args.get("session_id", "")
    checkout = resolve(here.ports, provider_id=provider_id)
    if checkout.customer_id != here.who.customer_id:
        raise Missing("checkout")
    session = session_of_checkout(here.ports, checkout.id)
    if session is not None:
        return redirect(f"/session/{session.id}")
    view = finalizing_view(checkout, provider_id=provider_id)
    return render_template("booking/finalizing.html", view=view)


@pages.errorhandler(PaymentsUnavailable)
def payments_away(refusal: PaymentsUnavailable) -> Page:
    """Nothing was charged, and looking again changes nothing either."""
    again = f"/waiver?intake={request.args.get('intake', '')}"
    retry_url = again if request.path == "/waiver" else request.full_path
    view = error_view(HTTPStatus.SERVICE_UNAVAILABLE, title=refusal.title, retry_url=retry_url)
    return render_template("public/error.html", view=view), 503


def _intake() -> IntakeId:
    return IntakeId(id_in(request.args.get("intake", ""), kind="intake"))


def _shown(
    here: Call, intake_id: IntakeId, values: Mapping[str, str], errors: Mapping[str, str]
) -> str:
    found = review(here.ports, actor=here.who, intake_id=intake_id)
    files = tuple((str(file.id), file.name) for file in found.files)
    told = replace(draft_of(found.intake, files), private=not found.company)
    draft = sealed(here, told)
    view = waiver_view(found, when(here), draft=draft, errors=errors, values=values)
    cancelled = "cancelled" in request.args
    return render_template("booking/waiver.html", view=view, cancelled=cancelled)
