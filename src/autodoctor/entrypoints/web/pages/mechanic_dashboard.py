"""A mechanic's day: the shift, what waits, what was earned, what is still to be written."""

import attrs

from autodoctor.application.mechanics.earnings import Earnings
from autodoctor.domain.matching.eligibility import PROFILE_COMPLETION_MIN
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.mechanic_history import first_name, session_table, session_url
from autodoctor.entrypoints.web.pages.mechanic_queue import QueueView, soon
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Link, Table
from autodoctor.ports.queries import SessionView

ON_SHIFT = "You are on shift: requests that suit you appear here by themselves."
OFF_SHIFT = "You are off shift: customers do not see you, and requests go to others."


@attrs.frozen
class ShiftView:
    """The switch; `allowed` is False while more than being off shift stands in the way."""

    on: bool
    sentence: str
    since: str
    allowed: bool
    sentence_on: str = ON_SHIFT
    sentence_off: str = OFF_SHIFT


@attrs.frozen(kw_only=True)
class DashboardView:
    """`completion` of 100 hides the meter; `reports` are sessions whose report is missing."""

    greeting: str
    shift: ShiftView
    queue: QueueView
    completion: str
    completion_text: str
    today: str
    today_note: str
    completed: str
    rating: str
    reviews: str
    reports: tuple[Link, ...]
    sessions: Table


def shift_view(mechanic: Mechanic, queue: QueueView, when: When) -> ShiftView:
    since = mechanic.on_shift_since
    return ShiftView(
        on=mechanic.on_shift,
        sentence=ON_SHIFT if mechanic.on_shift else OFF_SHIFT,
        since=f"On shift since {soon(since, when)}" if since else "",
        allowed=mechanic.on_shift or queue.off_shift,
    )


def dashboard_view(
    mechanic: Mechanic,
    queue: QueueView,
    when: When,
    *,
    today: Earnings,
    recent: tuple[SessionView, ...],
    unwritten: tuple[SessionView, ...],
) -> DashboardView:
    return DashboardView(
        greeting=f"Hello, {mechanic.name.split(' ')[0]}",
        shift=shift_view(mechanic, queue, when),
        queue=queue,
        completion=str(mechanic.profile_completion),
        completion_text=_completion(mechanic.profile_completion),
        today=money_text(today.net),
        today_note=_count(len(today.rows), "session"),
        completed=str(mechanic.completed_sessions),
        rating=mechanic.reputation.told or "–",
        reviews=_count(mechanic.reputation.count, "rating"),
        reports=tuple(_to_write(each) for each in unwritten if not each.report_written),
        sessions=session_table(
            recent, when, caption="Recent sessions", empty="Sessions you accept will appear here."
        ),
    )


def _completion(percent: int) -> str:
    if percent >= PROFILE_COMPLETION_MIN:
        return f"{percent} %: enough to take requests"
    return f"{percent} %: requests come from {PROFILE_COMPLETION_MIN} % on"


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def _to_write(session: SessionView) -> Link:
    about = session.vehicle or session.plan_name
    return Link(f"{first_name(session)}, {about}", session_url(session))
