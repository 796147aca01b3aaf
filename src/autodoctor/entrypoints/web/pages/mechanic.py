"""A mechanic's dashboard: the shift and the queue of requests."""

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.mechanics import CLOCK, QUEUE, WORK
from autodoctor.application.mechanics.earnings import Earnings, earnings
from autodoctor.application.mechanics.queue import queue
from autodoctor.application.mechanics.shift import clock, me
from autodoctor.application.sessions.views import active_session, sessions
from autodoctor.domain.matching.eligibility import NotEligible
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import attempt
from autodoctor.entrypoints.web.pages.mechanic_dashboard import dashboard_view, shift_view
from autodoctor.entrypoints.web.pages.mechanic_history import ROOM, session_table
from autodoctor.entrypoints.web.pages.mechanic_queue import QueueView, queue_view
from autodoctor.entrypoints.web.pages.mechanic_ranges import Range, Span
from autodoctor.entrypoints.web.pages.mechanic_words import OBSTACLES
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.ports.queries import SessionFilter

pages = Blueprint("mechanic", __name__, url_prefix="/mechanic")

RECENT = SessionFilter(most=5)
TO_WRITE = SessionFilter(
    statuses=frozenset({SessionStatus.COMPLETED, SessionStatus.ESCALATED}), most=10
)
UNDER_WAY = SessionFilter(statuses=ROOM, most=50)


@pages.get("/dashboard")
@asks(WORK)
def dashboard() -> str:
    here = call()
    told = when(here)
    view = dashboard_view(
        me(here.ports, actor=here.who),
        _queue(here),
        told,
        today=_earned_today(here, told),
        recent=sessions(here.ports, actor=here.who, which=RECENT),
        unwritten=sessions(here.ports, actor=here.who, which=TO_WRITE),
    )
    return render_template("mechanic/dashboard.html", view=view)


@pages.get("/dashboard/queue")
@asks(QUEUE)
def queue_alone() -> str:
    """The list without a page around it, for a page that is open already."""
    return render_template("mechanic/_queue.html", queue=_queue(call()))


@pages.get("/sessions/virtual")
@asks(QUEUE)
def waiting() -> str:
    here = call()
    waiting = _queue(here)
    shift = shift_view(me(here.ports, actor=here.who), waiting, when(here))
    return render_template("mechanic/waiting.html", queue=waiting, shift=shift)


@pages.get("/dashboard/virtual")
@asks(WORK)
def under_way() -> str:
    here = call()
    found = sessions(here.ports, actor=here.who, which=UNDER_WAY)
    caption, empty = "Under way and ahead", "Nothing is under way, and no appointment is ahead."
    table = session_table(found, when(here), caption=caption, empty=empty)
    return render_template("mechanic/virtual.html", queue=_queue(here), table=table)


@pages.post("/shift")
@asks(CLOCK)
def shift() -> Response:
    here, on = call(), bool(request.form.get("on_shift"))
    refused = attempt(lambda: clock(here.ports, actor=here.who, on_shift=on), NotEligible)
    if isinstance(refused, NotEligible):
        flash(" ".join(OBSTACLES[each].title + "." for each in refused.obstacles), "bad")
    return redirect("/mechanic/dashboard", code=303)


def _earned_today(here: Call, told: When) -> Earnings:
    today = Range.around(Span.DAY, told.now.astimezone(told.zone).date())
    since, until = today.since(told.zone), today.until(told.zone)
    return earnings(here.ports, actor=here.who, since=since, until=until)


def _queue(here: Call) -> QueueView:
    return queue_view(
        queue(here.ports, actor=here.who),
        when(here),
        mechanic_id=here.who.mechanic_id,
        busy=active_session(here.ports, actor=here.who) is not None,
    )
