"""The customer's own pages: dashboard, sessions, what came of them, profile."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.room import RATE
from autodoctor.application.access.sessions import LIST, SEE
from autodoctor.application.booking.employment import linked_company
from autodoctor.application.booking.unfinished import unfinished_booking
from autodoctor.application.garage.figures import customer_figures
from autodoctor.application.room.files import files_of
from autodoctor.application.room.rating import rate
from autodoctor.application.room.report import report_of
from autodoctor.application.sessions.views import session_view
from autodoctor.application.sessions.views import sessions as sessions_of
from autodoctor.domain.mechanics.reputation import AlreadyRated, NotRatable
from autodoctor.domain.sessions.independence import OwnRating
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.dashboard_view import dashboard_view
from autodoctor.entrypoints.web.pages.favorites import favorite_cards, favorite_id_of
from autodoctor.entrypoints.web.pages.forms import attempt, typed
from autodoctor.entrypoints.web.pages.history_view import Wish, history_view
from autodoctor.entrypoints.web.pages.ids import id_in
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.room_data import face_url
from autodoctor.entrypoints.web.pages.summary_view import RATING, summary_view
from autodoctor.entrypoints.web.pages.unfinished_view import UnfinishedView, unfinished_view

Page = str | tuple[str, int] | Response

pages = Blueprint("customer", __name__)


@pages.get("/customer/dashboard")
@asks(LIST.by(Role.CUSTOMER))
def dashboard() -> Page:
    here = call()
    figures = customer_figures(here.ports, actor=here.who)
    view = dashboard_view(
        here.person,
        figures,
        liked=favorite_cards(here),
        unfinished=_unfinished(here),
        when=when(here),
    )
    return render_template("customer/dashboard.html", view=view)


@pages.get("/customer/sessions")
@asks(LIST.by(Role.CUSTOMER))
def history() -> Page:
    here = call()
    wish = Wish.of(request.args)
    found = sessions_of(here.ports, actor=here.who, which=wish.filter)
    view = history_view(found, wish, when(here), unfinished=_unfinished(here))
    return render_template("customer/sessions.html", view=view)


def _unfinished(here: Call) -> UnfinishedView | None:
    return unfinished_view(unfinished_booking(here.ports, actor=here.who), when(here))


@pages.get("/customer/sessions/<uuid:session_id>")
@asks(SEE.by(Role.CUSTOMER))
def summary(session_id: UUID) -> Page:
    return _summary(call(), SessionId(session_id))


@pages.get("/thank-you")
@asks(SEE.by(Role.CUSTOMER))
def thank_you() -> Page:
    session_id = id_in(request.args.get("session", ""), kind="session")
    return _summary(call(), SessionId(session_id), thanks=True)


def _summary(
    here: Call,
    session_id: SessionId,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    thanks: bool = False,
) -> str:
    found = session_view(here.ports, actor=here.who, session_id=session_id)
    view = summary_view(
        found,
        when(here),
        face_url=face_url(here, session_id),
        favorite_id=favorite_id_of(here, found.mechanic_id),
        report=report_of(here.ports, actor=here.who, session_id=session_id),
        files=files_of(here.ports, actor=here.who, session_id=session_id),
        company=linked_company(here.ports, actor=here.who, session_id=session_id),
        values=values,
        errors=errors,
    )
    return render_template("customer/session.html", view=view, thanks=thanks)


@pages.post("/customer/sessions/<uuid:session_id>/rate")
@asks(RATE)
def rate_session(session_id: UUID) -> Page:
    here, values = call(), typed(RATING)
    rated = attempt(lambda: _rate(here, SessionId(session_id), values), InvalidField)
    if isinstance(rated, InvalidField):
        return _summary(here, SessionId(session_id), values, {rated.field: rated.reason}), 422
    flash("Thank you. Your rating helps others to choose.")
    return redirect(f"/customer/sessions/{session_id}", code=303)


def _rate(here: Call, session_id: SessionId, values: Mapping[str, str]) -> None:
    stars = values["stars"]
    if stars not in ("1", "2", "3", "4", "5"):
        raise InvalidField("stars", "Choose one to five stars.")
    rate(
        here.ports,
        actor=here.who,
        session_id=session_id,
        stars=int(stars),
        review=values["review"],
    )


@pages.errorhandler(AlreadyRated)
@pages.errorhandler(OwnRating)
@pages.errorhandler(NotRatable)
def not_to_be_rated(refusal: AlreadyRated | NotRatable | OwnRating) -> Page:
    flash(refusal.title, "bad")
    return redirect(f"/customer/sessions/{refusal.session_id}", code=303)
