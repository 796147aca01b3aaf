"""Looking at a request, taking it, leaving it to others."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.mechanics import QUEUE
from autodoctor.application.access.sessions import ACCEPT, DECLINE
from autodoctor.application.mechanics.queue import offer, queue
from autodoctor.application.sessions.accept import accept, decline
from autodoctor.application.sessions.views import active_session
from autodoctor.domain.matching.eligibility import NotEligible
from autodoctor.domain.sessions.policy import AppointmentOverlaps, MechanicBusy
from autodoctor.domain.sessions.request import (
    RequestClosed,
    RequestNotForYou,
    RequestStatus,
    RequestTaken,
)
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import RequestId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import attempt
from autodoctor.entrypoints.web.pages.mechanic_files import offered_files
from autodoctor.entrypoints.web.pages.mechanic_request import (
    GONE,
    OVERLAPS,
    GoneView,
    busy_view,
    not_eligible_view,
    request_page,
)
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.ports.stores import Missing

Page = str | tuple[str, int] | Response

pages = Blueprint("mechanic_requests", __name__, url_prefix="/mechanic/requests")


@pages.get("/<uuid:request_id>")
@asks(QUEUE)
def one(request_id: UUID) -> Page:
    here = call()
    found = attempt(
        lambda: offer(here.ports, actor=here.who, request_id=RequestId(request_id)), Missing
    )
    if isinstance(found, Missing):
        return _not_there(here, RequestId(request_id))
    offered, files = found
    if offered.request.accepted_by == here.who.mechanic_id:
        return redirect(f"/chat/{offered.request.session_id}")
    busy, shown = active_session(here.ports, actor=here.who) is not None, offered_files(here, files)
    view = request_page(offered, shown, when(here), mechanic_id=here.who.mechanic_id, busy=busy)
    return render_template("mechanic/request.html", view=view)


@pages.post("/<uuid:request_id>/accept")
@asks(ACCEPT)
def take(request_id: UUID) -> Page:
    here = call()
    session = accept(here.ports, actor=here.who, request_id=RequestId(request_id))
    if session.status is not SessionStatus.SCHEDULED:
        return redirect(f"/chat/{session.id}", code=303)
    flash("Booked. The room opens ten minutes before the appointment.")
    return redirect("/mechanic/dashboard", code=303)


@pages.post("/<uuid:request_id>/decline")
@asks(DECLINE)
def leave(request_id: UUID) -> Page:
    here = call()
    decline(here.ports, actor=here.who, request_id=RequestId(request_id))
    flash("Declined. The others still see it; you do not any more.")
    return redirect("/mechanic/dashboard", code=303)


def _not_there(here: Call, request_id: RequestId) -> Page:
    """Raises Missing for a request that nobody has."""
    found = here.ports.queries.requests.one(request_id)
    status = found.status
    if status is RequestStatus.WAITING and here.ports.now() >= found.expires_at:
        status = RequestStatus.EXPIRED
    standing = queue(here.ports, actor=here.who).obstacles
    if status is RequestStatus.WAITING and standing:
        return _gone(not_eligible_view(standing), 403)
    return _gone(GONE[status], 404 if status is RequestStatus.WAITING else 409)


def _gone(view: GoneView, status: int) -> Page:
    return render_template("mechanic/gone.html", view=view), status


@pages.errorhandler(RequestTaken)
def taken(_refusal: RequestTaken) -> Page:
    return _gone(GONE[RequestStatus.ACCEPTED], 409)


@pages.errorhandler(RequestClosed)
def closed(refusal: RequestClosed) -> Page:
    return _gone(GONE[refusal.status], 409)


@pages.errorhandler(RequestNotForYou)
def not_yours(_refusal: RequestNotForYou) -> Page:
    return _gone(GONE[RequestStatus.WAITING], 404)


@pages.errorhandler(NotEligible)
def not_eligible(refusal: NotEligible) -> Page:
    return _gone(not_eligible_view(refusal.obstacles), 403)


@pages.errorhandler(AppointmentOverlaps)
def overlaps(_refusal: AppointmentOverlaps) -> Page:
    return _gone(OVERLAPS, 409)


@pages.errorhandler(MechanicBusy)
def busy(_refusal: MechanicBusy) -> Page:
    here = call()
    session = active_session(here.ports, actor=here.who)
    url = f"/chat/{session.id}" if session else "/mechanic/dashboard"
    return _gone(busy_view(url), 409)
