from datetime import timedelta

import attrs
import pytest

from autodoctor.domain.sessions.attendance import Attendance, Party
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.states import ENDED, SessionStatus
from autodoctor.entrypoints.web.pages.outcome import WITHOUT_MONEY
from autodoctor.entrypoints.web.pages.room_state import presence, room_state
from support.seen import ID, NOW, SPACE, WHEN, session

PARTIES = (Party.CUSTOMER, Party.MECHANIC, None)


def test_a_room_that_is_live_needs_no_words() -> None:
    live = session(SessionStatus.LIVE)

    assert room_state(live, Party.CUSTOMER, other="Maya", when=WHEN).title == ""


def test_before_the_start_it_says_how_long_each_is_waited_for() -> None:
    matched = session(SessionStatus.MATCHED, matched_at=NOW)

    state = room_state(matched, Party.CUSTOMER, other="Maya", when=WHEN)

    assert state.title == "Maya has accepted and meets you in your room."
    assert f"Until 2:42{SPACE}p.m. we wait" in state.detail


def test_a_pause_says_when_it_ends_the_session() -> None:
    paused = session(SessionStatus.RECONNECTING)

    state = room_state(paused, Party.MECHANIC, other="Dana", when=WHEN)

    assert "the clock stands still" in state.title
    assert f"ends at 2:37{SPACE}p.m. without that" in state.detail


def test_an_appointment_says_when_its_room_opens() -> None:
    booked = session(SessionStatus.SCHEDULED, scheduled_for=NOW + timedelta(days=1))

    state = room_state(booked, Party.CUSTOMER, other="Maya", when=WHEN)

    assert state.detail.startswith(f"Tomorrow, 2:32{SPACE}p.m.: the room opens at 2:22{SPACE}p.m.")


@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize("status", sorted(ENDED))
def test_what_is_over_leads_on(status: SessionStatus, party: Party | None) -> None:
    state = room_state(session(status), party, other="Maya", when=WHEN)

    assert state.title
    assert state.leave_url.startswith("/")
    assert state.leave_url != f"/chat/{ID}"


def test_a_session_that_waits_again_leads_back_to_the_waiting_room() -> None:
    waiting = session(SessionStatus.WAITING, mechanic_id=None, ended_at=None)

    state = room_state(waiting, Party.CUSTOMER, other="", when=WHEN)

    assert state.leave_url == f"/session/{ID}"


@pytest.mark.parametrize(
    ("status", "party", "label"),
    [
        (SessionStatus.LIVE, Party.CUSTOMER, "In the room"),
        (SessionStatus.RECONNECTING, Party.CUSTOMER, "Away"),
        (SessionStatus.MATCHED, Party.CUSTOMER, "Not here yet"),
        (SessionStatus.MATCHED, Party.MECHANIC, "In the room"),
        (SessionStatus.COMPLETED, Party.CUSTOMER, ""),
    ],
)
def test_presence_is_the_other_ones(status: SessionStatus, party: Party, label: str) -> None:
    found = presence(session(status), party)

    assert found.label == label
    assert found.here is (label == "In the room")


def test_an_onlooker_sees_whether_the_mechanic_is_there() -> None:
    alone = session(
        SessionStatus.MATCHED, attendance=Attendance(present=frozenset({Party.MECHANIC}))
    )

    assert presence(alone, None).here


@pytest.mark.parametrize("status", [SessionStatus.CANCELLED, SessionStatus.REFUNDED])
def test_who_did_not_end_it_reads_that_it_ended_within_a_minute(status: SessionStatus) -> None:
    """The mechanic is led to where it is explained, instead of to the list."""
    short = session(status, timer=attrs.evolve(session(status).timer, used=timedelta(seconds=59)))
    counted = session(status, timer=attrs.evolve(short.timer, used=timedelta(seconds=60)))

    told = [room_state(each, Party.MECHANIC, other="Dana", when=WHEN) for each in (short, counted)]

    assert told[0].title == "The session ended within a minute, so it does not count."
    assert told[1].title != told[0].title
    assert told[0].leave_url == f"/mechanic/session/{ID}/complete"
    assert told[0].leave_label == "See what happened"


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("cause", WITHOUT_MONEY)
def test_a_room_whose_payment_went_back_says_so_even_in_its_first_minute(
    party: Party, cause: Cause
) -> None:
    short = session(SessionStatus.REFUNDED)
    ended = attrs.evolve(short, timer=attrs.evolve(short.timer, used=timedelta(seconds=5)))

    state = room_state(ended, party, other="", when=WHEN, cause=cause)

    assert state.title == WITHOUT_MONEY[cause]
