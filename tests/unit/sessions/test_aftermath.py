from datetime import timedelta

import pytest

from autodoctor.domain.sessions.aftermath import (
    EscalationClosed,
    MoneyStillOwed,
    archive_due,
)
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.ending import NotDueYet
from autodoctor.domain.sessions.events import (
    EscalationResolved,
    SessionArchived,
    SessionCompleted,
    SessionEscalated,
)
from autodoctor.domain.sessions.states import (
    IllegalTransition,
    SessionStatus,
    TransitionNotYours,
)
from autodoctor.domain.shared.actor import Role
from autodoctor.testing.consultations import CUSTOMER, MECHANIC, OPENED_AT, Consultation
from autodoctor.testing.stories import STORIES, brought_to

TICK = timedelta(microseconds=1)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


def completed() -> Consultation:
    return brought_to(SessionStatus.COMPLETED)


def test_escalating_a_live_session_ends_the_conversation_too() -> None:
    told = brought_to(SessionStatus.LIVE)
    told.wait(12 * MINUTE)

    events = told.escalate()

    session = told.session
    assert session.status is SessionStatus.ESCALATED
    assert session.escalated_at == session.ended_at == told.now
    assert (session.timer.used, session.timer.running_since) == (12 * MINUTE, None)
    assert events == (
        SessionCompleted(session.id, CUSTOMER, MECHANIC, minutes=12, timed_out=False),
        SessionEscalated(session.id, MECHANIC),
    )


def test_there_is_nothing_to_hand_over_within_the_first_minute() -> None:
    told = brought_to(SessionStatus.LIVE)
    told.wait(60 * SECOND - TICK)
    with pytest.raises(NotDueYet) as refused:
        told.escalate()
    told.wait(TICK)
    told.escalate()

    assert refused.value.facts == {
        "session_id": told.session.id,
        "due_at": OPENED_AT + 60 * SECOND,
    }
    assert told.session.status is SessionStatus.ESCALATED


def test_that_minute_counts_in_pieces() -> None:
    told = brought_to(SessionStatus.LIVE)
    told.wait(40 * SECOND)
    told.leave(Party.CUSTOMER)
    told.wait(MINUTE)
    told.join(Party.CUSTOMER)
    with pytest.raises(NotDueYet) as refused:
        told.escalate()
    told.now += 20 * SECOND

    told.escalate()

    assert refused.value.due_at == told.now

    assert told.session.status is SessionStatus.ESCALATED


def test_a_session_escalated_after_its_time_ended_at_its_time() -> None:
    told = brought_to(SessionStatus.LIVE)
    told.wait(61 * MINUTE)

    told.escalate()

    assert told.session.ended_at == OPENED_AT + 60 * MINUTE
    assert told.session.escalated_at == told.now


@pytest.mark.parametrize("after", [timedelta(0), 7 * DAY])
def test_a_completed_session_is_escalated_for_seven_days(after: timedelta) -> None:
    told = completed()
    ended_at = told.session.ended_at
    told.wait(after)

    events = told.escalate()

    assert told.session.status is SessionStatus.ESCALATED
    assert (told.session.ended_at, told.session.escalated_at) == (ended_at, told.now)
    assert events == (SessionEscalated(told.session.id, MECHANIC),)


def test_and_not_a_microsecond_longer() -> None:
    told = completed()
    told.wait(7 * DAY + TICK)

    with pytest.raises(EscalationClosed) as refused:
        told.escalate()

    assert refused.value.session_id == told.session.id


def test_escalating_again_changes_nothing_until_it_is_resolved_and_is_refused_then() -> None:
    told = completed()
    told.escalate()
    before = told.session

    assert told.escalate() == ()
    assert told.session == before
    told.resolve()

    with pytest.raises(EscalationClosed):
        told.escalate()


@pytest.mark.parametrize("status", [SessionStatus.RECONNECTING, SessionStatus.CANCELLED])
def test_what_is_neither_live_nor_completed_is_not_escalated(status: SessionStatus) -> None:
    told = brought_to(status)
    told.wait(30 * DAY)

    with pytest.raises(IllegalTransition) as refused:
        told.escalate()

    assert refused.value.facts == {"current": status, "requested": SessionStatus.ESCALATED}


@pytest.mark.parametrize("by", [Role.WORKSHOP, Role.ADMIN])
def test_the_workshop_or_an_admin_completes_what_was_escalated(by: Role) -> None:
    told = brought_to(SessionStatus.ESCALATED)

    events = told.resolve(by=by)

    assert told.session.status is SessionStatus.COMPLETED
    assert events == (EscalationResolved(told.session.id),)
    assert told.resolve(by=by) == ()


def test_the_mechanic_does_not_resolve_their_own_escalation() -> None:
    with pytest.raises(TransitionNotYours):
        brought_to(SessionStatus.ESCALATED).resolve(by=Role.MECHANIC)


@pytest.mark.parametrize(
    "status", [SessionStatus.LIVE, SessionStatus.RECONNECTING, SessionStatus.COMPLETED]
)
def test_only_an_escalation_is_resolved(status: SessionStatus) -> None:
    with pytest.raises(IllegalTransition) as refused:
        brought_to(status).resolve(by=Role.ADMIN)

    assert refused.value.facts == {"current": status, "requested": SessionStatus.COMPLETED}


@pytest.mark.parametrize(
    "status",
    [
        SessionStatus.COMPLETED,
        SessionStatus.EXPIRED,
        SessionStatus.CANCELLED,
        SessionStatus.REFUNDED,
    ],
)
def test_thirty_days_after_its_end_a_session_is_archived(status: SessionStatus) -> None:
    told = brought_to(status)
    ended_at = told.session.ended_at
    assert ended_at is not None

    told.now = ended_at + 30 * DAY - TICK
    with pytest.raises(NotDueYet) as refused:
        told.archive()
    told.wait(TICK)
    events = told.archive()

    assert refused.value.facts == {"session_id": told.session.id, "due_at": told.now}
    assert told.session.status is SessionStatus.ARCHIVED
    assert events == (SessionArchived(told.session.id),)
    assert told.archive() == ()


def test_nothing_is_archived_while_money_is_owed() -> None:
    told = brought_to(SessionStatus.CANCELLED)
    told.wait(30 * DAY)

    with pytest.raises(MoneyStillOwed) as refused:
        told.archive(owing=True)

    assert refused.value.session_id == told.session.id


def test_too_early_is_told_before_money_is() -> None:
    with pytest.raises(NotDueYet):
        brought_to(SessionStatus.CANCELLED).archive(owing=True)


@pytest.mark.parametrize("status", STORIES)
def test_a_time_to_be_archived_is_told_of_what_can_be(status: SessionStatus) -> None:
    session = brought_to(status).session
    archivable = status in ("completed", "expired", "cancelled", "refunded")

    due = archive_due(session)

    assert (due is not None) == archivable
    if archivable:
        assert session.ended_at is not None
        assert due == session.ended_at + 30 * DAY
