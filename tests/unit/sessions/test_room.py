from datetime import timedelta

import pytest

from autodoctor.domain.sessions.attendance import Attendance, Party
from autodoctor.domain.sessions.events import (
    PartyJoined,
    PartyLeft,
    SessionPaused,
    SessionResumed,
    SessionStarted,
)
from autodoctor.domain.sessions.room import (
    RoomNotOpenYet,
    TimeUp,
    ends_by_itself_at,
    no_show_due,
)
from autodoctor.domain.sessions.states import IllegalTransition, SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.testing.consultations import CUSTOMER, MECHANIC, OPENED_AT, Consultation
from autodoctor.testing.stories import brought_to

TICK = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
HERS, HIS = Party.CUSTOMER, Party.MECHANIC


def live() -> Consultation:
    return brought_to(SessionStatus.LIVE)


def test_a_party_acts_in_its_own_role() -> None:
    assert [party.role for party in Party] == [Role.CUSTOMER, Role.MECHANIC]


@pytest.mark.parametrize("first", Party)
def test_one_alone_waits_for_the_other(first: Party) -> None:
    told = brought_to(SessionStatus.MATCHED)

    events = told.join(first)

    assert told.session.status is SessionStatus.MATCHED
    assert told.session.attendance.present == {first}
    assert told.session.timer.running_since is None
    assert events == (PartyJoined(told.session.id, first),)


@pytest.mark.parametrize(("first", "second"), [(HERS, HIS), (HIS, HERS)])
def test_with_both_there_it_is_live_and_its_clock_runs(first: Party, second: Party) -> None:
    told = brought_to(SessionStatus.MATCHED)
    told.join(first)
    told.wait(MINUTE)

    events = told.join(second)

    session = told.session
    assert session.status is SessionStatus.LIVE
    assert session.started_at == session.timer.running_since == OPENED_AT + MINUTE
    assert events == (
        PartyJoined(session.id, second),
        SessionStarted(session.id, CUSTOMER, MECHANIC),
    )


def test_first_arrivals_stay_written_down() -> None:
    told = brought_to(SessionStatus.MATCHED)
    for party in (HERS, HIS):
        told.wait(MINUTE)
        told.join(party)
    told.leave(HERS)
    told.wait(MINUTE)
    told.join(HERS)
    told.leave(HIS)
    told.wait(MINUTE)
    told.join(HIS)

    assert told.session.attendance == Attendance(
        customer_joined_at=OPENED_AT + MINUTE,
        mechanic_joined_at=OPENED_AT + 2 * MINUTE,
        present=frozenset(Party),
    )


@pytest.mark.parametrize("status", [SessionStatus.MATCHED, SessionStatus.LIVE])
def test_who_is_there_already_changes_nothing_by_saying_so(status: SessionStatus) -> None:
    told = brought_to(status)
    told.join(HERS)
    before = told.session

    assert told.join(HERS) == ()
    assert told.session == before


def test_the_room_of_an_appointment_opens_ten_minutes_before() -> None:
    told = brought_to(SessionStatus.SCHEDULED)
    appointment = told.session.scheduled_for
    assert appointment is not None

    told.now = appointment - 10 * MINUTE - TICK
    with pytest.raises(RoomNotOpenYet) as refused:
        told.join(HERS)
    told.now += TICK
    told.start()

    assert refused.value.facts == {
        "session_id": told.session.id,
        "opens_at": appointment - 10 * MINUTE,
    }
    assert told.session.status is SessionStatus.LIVE


@pytest.mark.parametrize("status", [SessionStatus.WAITING, SessionStatus.COMPLETED])
def test_nobody_comes_into_a_session_that_has_no_room(status: SessionStatus) -> None:
    told = brought_to(status)

    with pytest.raises(IllegalTransition) as refused:
        told.join(HERS)

    assert refused.value.facts == {"current": status, "requested": SessionStatus.LIVE}


@pytest.mark.parametrize("gone", Party)
def test_with_one_gone_it_reconnects_and_its_clock_stands(gone: Party) -> None:
    told = live()
    told.wait(3 * MINUTE)

    events = told.leave(gone)

    session = told.session
    assert session.status is SessionStatus.RECONNECTING
    assert session.paused_at == told.now
    assert (session.timer.used, session.timer.running_since) == (3 * MINUTE, None)
    assert events == (PartyLeft(session.id, gone), SessionPaused(session.id, gone))


def test_with_both_back_it_is_live_again_and_started_when_it_did() -> None:
    told = live()
    told.wait(3 * MINUTE)
    told.leave(HIS)
    told.wait(2 * MINUTE)

    events = told.join(HIS)

    session = told.session
    assert session.status is SessionStatus.LIVE
    assert session.started_at == OPENED_AT
    assert session.paused_at is None
    assert session.timer.elapsed(at=told.now) == 3 * MINUTE
    assert ends_by_itself_at(session) == told.now + 57 * MINUTE
    assert events == (PartyJoined(session.id, HIS), SessionResumed(session.id))


def test_with_both_gone_one_coming_back_is_not_enough() -> None:
    told = live()
    told.leave(HIS)
    paused_at = told.now
    told.wait(MINUTE)

    assert told.leave(HERS) == (PartyLeft(told.session.id, HERS),)
    told.join(HIS)

    assert told.session.status is SessionStatus.RECONNECTING
    assert told.session.paused_at == paused_at


def test_leaving_before_the_start_only_empties_the_chair() -> None:
    told = brought_to(SessionStatus.MATCHED)
    told.join(HERS)

    events = told.leave(HERS)

    assert told.session.status is SessionStatus.MATCHED
    assert told.session.attendance.present == frozenset()
    assert events == (PartyLeft(told.session.id, HERS),)


def test_who_is_not_there_cannot_leave_and_who_leaves_later_changes_nothing() -> None:
    assert brought_to(SessionStatus.MATCHED).leave(HIS) == ()
    assert brought_to(SessionStatus.COMPLETED).leave(HIS) == ()


def test_a_paused_session_waits_five_minutes_to_the_microsecond() -> None:
    told = live()
    told.wait(MINUTE)
    told.leave(HERS)
    patience_ends = told.now + 5 * MINUTE

    assert ends_by_itself_at(told.session) == patience_ends
    told.now = patience_ends - TICK
    told.join(HERS)

    assert told.session.status is SessionStatus.LIVE


def test_who_comes_back_later_finds_it_over_even_if_no_job_has_run() -> None:
    told = live()
    told.wait(MINUTE)
    told.leave(HERS)
    told.wait(5 * MINUTE)

    with pytest.raises(TimeUp) as refused:
        told.join(HERS)

    assert refused.value.facts == {"session_id": told.session.id, "ended_at": told.now}


def test_with_no_time_left_nobody_comes_back() -> None:
    told = live()
    told.wait(60 * MINUTE)
    told.leave(HIS)

    with pytest.raises(TimeUp):
        told.join(HIS)
    assert ends_by_itself_at(told.session) == told.now


def test_with_a_microsecond_left_there_is_patience() -> None:
    told = live()
    told.wait(60 * MINUTE - TICK)
    told.leave(HIS)

    assert ends_by_itself_at(told.session) == told.now + 5 * MINUTE


def test_only_what_runs_ends_by_itself() -> None:
    assert ends_by_itself_at(live().session) == OPENED_AT + 60 * MINUTE
    for status in (SessionStatus.MATCHED, SessionStatus.SCHEDULED, SessionStatus.COMPLETED):
        assert ends_by_itself_at(brought_to(status).session) is None


def test_ten_minutes_after_the_match_who_has_not_come_is_absent() -> None:
    told = Consultation()
    told.open()
    told.wait(4 * MINUTE)
    told.accept()

    assert no_show_due(told.session) == OPENED_AT + 14 * MINUTE


def test_for_an_appointment_it_is_ten_minutes_after_its_time() -> None:
    session = brought_to(SessionStatus.SCHEDULED).session

    assert session.scheduled_for is not None
    assert no_show_due(session) == session.scheduled_for + 10 * MINUTE


@pytest.mark.parametrize(
    "status", [SessionStatus.WAITING, SessionStatus.LIVE, SessionStatus.COMPLETED]
)
def test_nobody_is_absent_from_what_is_not_about_to_start(status: SessionStatus) -> None:
    assert no_show_due(brought_to(status).session) is None
