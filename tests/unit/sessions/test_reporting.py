"""A report is for a consultation that counts."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.reporting import (
    REPORTABLE,
    ReportTooEarly,
    check_amendable,
    check_reportable,
)
from autodoctor.domain.sessions.states import IllegalTransition, SessionStatus
from autodoctor.testing.stories import STORIES, brought_to

MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)


def test_it_is_written_once_the_two_have_talked_for_a_minute() -> None:
    told = brought_to(SessionStatus.LIVE)
    told.wait(MINUTE - told.session.timer.elapsed(at=told.now) - TICK)

    with pytest.raises(ReportTooEarly) as refused:
        check_reportable(told.session, at=told.now)
    told.wait(TICK)

    assert refused.value.facts == {"session_id": told.session.id, "due_at": told.now}
    check_reportable(told.session, at=told.now)


def test_a_pause_does_not_make_it_a_minute() -> None:
    told = brought_to(SessionStatus.MATCHED)
    told.start()
    told.leave(Party.CUSTOMER)
    told.wait(2 * MINUTE)

    for check in (check_reportable, check_amendable):
        with pytest.raises(ReportTooEarly) as refused:
            check(told.session, at=told.now)
        assert refused.value.due_at is None


@pytest.mark.parametrize("status", sorted(set(STORIES) - REPORTABLE))
def test_there_is_none_of_what_did_not_begin_or_was_called_off(status: SessionStatus) -> None:
    told = brought_to(status)

    with pytest.raises(IllegalTransition) as refused:
        check_reportable(told.session, at=told.now)

    assert refused.value.facts == IllegalTransition(status, SessionStatus.COMPLETED).facts


def test_it_is_amended_as_soon_as_it_can_be_written() -> None:
    told = brought_to(SessionStatus.LIVE)
    told.wait(MINUTE - told.session.timer.elapsed(at=told.now))

    check_amendable(told.session, at=told.now)


def test_what_counted_is_amended_after_a_month_and_what_was_called_off_never() -> None:
    told = brought_to(SessionStatus.ARCHIVED)
    counted = attrs.evolve(told.session.timer, used=MINUTE)

    check_amendable(attrs.evolve(told.session, timer=counted), at=told.now)
    for status in (SessionStatus.ARCHIVED, SessionStatus.CANCELLED, SessionStatus.REFUNDED):
        called_off = brought_to(status)
        short = attrs.evolve(called_off.session.timer, used=MINUTE - TICK)
        with pytest.raises(IllegalTransition):
            check_amendable(attrs.evolve(called_off.session, timer=short), at=called_off.now)
