"""What may be said in which state."""

from datetime import timedelta

import pytest

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.speech import (
    ChatClosed,
    ShortMessagesOnly,
    Speech,
    check_speech,
    speech,
)
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.testing.consultations import Consultation
from autodoctor.testing.stories import STORIES, brought_to

ALLOWED = {
    SessionStatus.MATCHED: Speech.CANNED,
    SessionStatus.SCHEDULED: Speech.CANNED,
    SessionStatus.RECONNECTING: Speech.CANNED,
    SessionStatus.LIVE: Speech.FREE,
}


def allowed(told: Consultation) -> Speech:
    return speech(told.session, at=told.now)


@pytest.mark.parametrize("status", STORIES)
def test_only_a_live_session_takes_own_words(status: SessionStatus) -> None:
    assert allowed(brought_to(status)) is ALLOWED.get(status, Speech.CLOSED)


@pytest.mark.parametrize("first", Party)
def test_with_one_alone_there_are_short_messages_until_the_other_comes(first: Party) -> None:
    told = brought_to(SessionStatus.MATCHED)
    told.join(first)
    alone = allowed(told)
    told.start()

    assert (alone, allowed(told)) == (Speech.CANNED, Speech.FREE)


def test_a_pause_takes_own_words_away_and_coming_back_brings_them_again() -> None:
    told = brought_to(SessionStatus.LIVE)
    told.leave(Party.MECHANIC)
    paused = allowed(told)
    told.join(Party.MECHANIC)

    assert (paused, allowed(told)) == (Speech.CANNED, Speech.FREE)


def test_nothing_is_said_after_the_time_even_if_no_job_has_ended_it() -> None:
    told = brought_to(SessionStatus.LIVE)
    left = told.session.timer.allowed - told.session.timer.elapsed(at=told.now)

    told.wait(left - timedelta(microseconds=1))
    before = allowed(told)
    told.wait(timedelta(microseconds=1))

    assert (before, allowed(told)) == (Speech.FREE, Speech.CLOSED)


def test_a_refusal_says_what_can_be_sent() -> None:
    told = brought_to(SessionStatus.MATCHED)

    with pytest.raises(ShortMessagesOnly) as refused:
        check_speech(told.session, free=True, canned=("here",), at=told.now)

    assert refused.value.facts == {"session_id": told.session.id, "canned": ("here",)}
    check_speech(told.session, free=False, at=told.now)


@pytest.mark.parametrize("free", [True, False])
def test_a_closed_conversation_takes_nothing(free: bool) -> None:
    told = brought_to(SessionStatus.COMPLETED)

    with pytest.raises(ChatClosed) as refused:
        check_speech(told.session, free=free, at=told.now)

    assert refused.value.facts == ChatClosed(told.session.id, SessionStatus.COMPLETED).facts


def test_while_both_are_there_everything_can_be_sent() -> None:
    told = brought_to(SessionStatus.LIVE)

    for free in (True, False):
        check_speech(told.session, free=free, at=told.now)
