from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given

from autodoctor.domain.sessions.policy import (
    AppointmentOverlaps,
    Engagement,
    MechanicBusy,
    SessionAlreadyActive,
    blocking,
    check_customer_free,
    check_mechanic_free,
)
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import SessionId
from autodoctor.domain.shared.time import Period
from autodoctor.testing.consultations import MECHANIC, OPENED_AT
from autodoctor.testing.strategies.sessions import sessions

BLOCKING = ["pending", "waiting", "matched", "live", "reconnecting"]
ENGAGED = ["matched", "live", "reconnecting"]
SESSION = SessionId(UUID(int=7))


def period(start: int, end: int) -> Period:
    """Minutes from the opening."""
    return Period(OPENED_AT + timedelta(minutes=start), OPENED_AT + timedelta(minutes=end))


def engagement(status: str, period: Period | None = None) -> Engagement:
    return Engagement(SESSION, "video", SessionStatus(status), period)


@pytest.mark.parametrize("status", BLOCKING)
def test_a_customer_with_one_of_these_cannot_open_another(status: str) -> None:
    active = engagement(status)

    with pytest.raises(SessionAlreadyActive) as refused:
        check_customer_free([engagement("scheduled"), active, engagement("completed")])

    assert refused.value.facts == {"session_id": SESSION, "kind": "video", "status": status}
    assert blocking([engagement("scheduled"), active]) == active


@pytest.mark.parametrize("status", [s for s in SessionStatus if s not in BLOCKING])
def test_a_customer_with_any_other_can(status: str) -> None:
    check_customer_free([engagement(status), engagement(status)])

    assert blocking([engagement(status)]) is None


@pytest.mark.parametrize("status", ENGAGED)
def test_an_engaged_mechanic_takes_no_other_now(status: str) -> None:
    with pytest.raises(MechanicBusy) as refused:
        check_mechanic_free(MECHANIC, [engagement("completed"), engagement(status)], period=None)

    assert refused.value.mechanic_id == MECHANIC


@pytest.mark.parametrize("status", [s for s in SessionStatus if s not in ENGAGED])
def test_a_mechanic_with_any_other_does(status: str) -> None:
    check_mechanic_free(MECHANIC, [engagement(status, period(0, 60))], period=None)


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [((0, 60), True), ((59, 90), True), ((60, 90), False), ((-30, 0), False), ((-30, 1), True)],
)
def test_appointments_may_touch_and_not_overlap(other: tuple[int, int], overlaps: bool) -> None:
    booked = [engagement("completed", period(0, 60)), engagement("scheduled", period(0, 60))]

    if overlaps:
        with pytest.raises(AppointmentOverlaps) as refused:
            check_mechanic_free(MECHANIC, booked, period=period(*other))
        assert refused.value.mechanic_id == MECHANIC
    else:
        check_mechanic_free(MECHANIC, booked, period=period(*other))


@pytest.mark.parametrize("status", [s for s in SessionStatus if s != "scheduled"])
def test_what_is_not_scheduled_takes_no_appointments_time(status: str) -> None:
    check_mechanic_free(MECHANIC, [engagement(status, period(0, 60))], period=period(0, 60))


@given(session=sessions())
def test_a_session_is_seen_by_the_policy_as_it_is(session: Session) -> None:
    seen = session.engagement

    assert (seen.session_id, seen.kind, seen.status, seen.period) == (
        session.id,
        session.terms.kind,
        session.status,
        session.appointment,
    )
