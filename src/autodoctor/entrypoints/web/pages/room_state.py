"""What goes on in a room, in a sentence for whoever looks: who is there, what happens next."""

import attrs

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.ending import SHORTEST
from autodoctor.domain.sessions.room import DOORS_OPEN_BEFORE, NO_SHOW_AFTER, RECONNECT_GRACE
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.pages.outcome import WITHOUT_MONEY
from autodoctor.entrypoints.web.pages.session_places import WITH_REPORT, place_of
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.pages.wording import CALLED_OFF, TOO_SHORT, sentence, words
from autodoctor.entrypoints.web.views import Tone


@attrs.frozen
class Presence:
    """Whether the other one is in the room; without a `label` nothing is shown."""

    here: bool
    label: str


def presence(session: Session, party: Party | None) -> Presence:
    if session.ended:
        return Presence(False, "")
    other = Party.CUSTOMER if party is Party.MECHANIC else Party.MECHANIC
    if other in session.attendance.present:
        return Presence(True, "In the room")
    return Presence(False, "Not here yet" if session.started_at is None else "Away")


@attrs.frozen
class RoomState:
    """`title` is empty while all is as it should be. `leave_url` is where to go when the room
    is over for the one who looks; `leave_label` says so on its link."""

    title: str = ""
    detail: str = ""
    tone: Tone = Tone.INFO
    leave_url: str = ""
    leave_label: str = ""


def room_state(
    session: Session, party: Party | None, *, other: str, when: When, cause: Cause | None = None
) -> RoomState:
    """`cause` is why it was called off, if it was."""
    role = party.role if party else Role.ADMIN
    told = words(session.status, role)
    title = sentence(session.status, role, other=other)
    match session.status:
        case SessionStatus.LIVE:
            return RoomState()
        case SessionStatus.MATCHED | SessionStatus.SCHEDULED:
            return RoomState(title, _before(session, when), told.tone)
        case SessionStatus.RECONNECTING:
            return RoomState(title, _paused(session, when), told.tone)
        case _:
            started = session.started_at is not None
            leave = place_of(session.id, session.status, role, started=started)
            leave = leave or f"/session/{session.id}"
            without_money = WITHOUT_MONEY.get(cause, "") if cause else ""
            title = without_money or _too_short(session) or title
            return RoomState(title, "", told.tone, leave, _leave_label(session, role))


def _too_short(session: Session) -> str:
    short = session.started_at is not None and session.timer.used < SHORTEST
    return TOO_SHORT if short and session.status in CALLED_OFF else ""


def _leave_label(session: Session, role: Role) -> str:
    if not session.ended:
        return "Back to the waiting room"
    if role is Role.MECHANIC:
        if session.status in WITH_REPORT:
            return "Write the report"
        return "See what happened" if session.started_at else "See your sessions"
    return "See the summary"


def _before(session: Session, when: When) -> str:
    """What starts the clock, and what happens to those who do not come."""
    if session.status is SessionStatus.SCHEDULED and session.scheduled_for is not None:
        opens = when.clock(session.scheduled_for - DOORS_OPEN_BEFORE)
        appointment = when.moment(session.scheduled_for)
        return f"{appointment}: the room opens at {opens}. The clock starts when you are both here."
    assert session.matched_at is not None, "a matched session has its moment"
    by = when.clock(session.matched_at + NO_SHOW_AFTER)
    return f"The clock starts when you are both here. Until {by} we wait for each of you."


def _paused(session: Session, when: When) -> str:
    assert session.paused_at is not None, "a paused session has its moment"
    until = when.clock(session.paused_at + RECONNECT_GRACE)
    return f"It goes on by itself when you are both back, and ends at {until} without that."
