"""What staff look at: the hub, sessions, one session with everything about it."""

from uuid import UUID

from flask import Blueprint, render_template, request

from autodoctor.application.access.operations import FIGURES
from autodoctor.application.access.sessions import DOSSIER, LIST
from autodoctor.application.operations.figures import figures
from autodoctor.application.sessions.dossier import dossier
from autodoctor.application.sessions.views import sessions
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.admin_figures import hub_view
from autodoctor.entrypoints.web.pages.admin_sessions import (
    NAMES,
    detail_view,
    filter_of,
    list_view,
)
from autodoctor.entrypoints.web.pages.forms import asked
from autodoctor.entrypoints.web.pages.paging import place_of
from autodoctor.entrypoints.web.pages.people import when

pages = Blueprint("admin", __name__, url_prefix="/admin")


@pages.get("/dashboard")
@asks(FIGURES)
def hub() -> str:
    here = call()
    view = hub_view(figures(here.ports, actor=here.who))
    return render_template("admin/dashboard.html", view=view)


@pages.get("/sessions")
@asks(LIST.by(Role.ADMIN))
def listed() -> str:
    here, place = call(), place_of(request.args)
    values = asked(NAMES)
    found = sessions(here.ports, actor=here.who, which=filter_of(values, place, when(here)))
    view = list_view(found, values, place, when(here))
    return render_template("admin/sessions.html", view=view)


@pages.get("/sessions/<uuid:session_id>")
@asks(DOSSIER)
def one(session_id: UUID) -> str:
    here = call()
    found = dossier(here.ports, actor=here.who, session_id=SessionId(session_id))
    return render_template("admin/session.html", view=detail_view(found, when(here)))
