from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.sessions.request import (
    Request,
    RequestClosed,
    RequestNotForYou,
    RequestStatus,
    RequestTaken,
    expiry,
)
from autodoctor.domain.sessions.routing import Routing, RoutingKind
from autodoctor.domain.shared.ids import RequestId, SessionId
from autodoctor.testing.consultations import (
    CUSTOMER,
    MECHANIC,
    OPENED_AT,
    OTHER_MECHANIC,
    WORKSHOP,
)
from autodoctor.testing.invariants import requests as invariants
from autodoctor.testing.strategies.sessions import requests

TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
BROADCAST = Routing()
DIES_AT = OPENED_AT + timedelta(minutes=15)


def a_request(routing: Routing = BROADCAST) -> Request:
    return Request(
        id=RequestId(UUID(int=50)),
        session_id=SessionId(UUID(int=51)),
        customer_id=CUSTOMER,
        routing=routing,
        waiting_since=OPENED_AT,
        expires_at=DIES_AT,
    )


def accepted(at: datetime = OPENED_AT) -> Request:
    return a_request().accept(mechanic_id=MECHANIC, workshop_id=None, at=at)


def test_a_request_for_now_dies_fifteen_minutes_after_it_began_to_wait() -> None:
    assert expiry(waiting_since=OPENED_AT, scheduled_for=None) == DIES_AT


@pytest.mark.parametrize(
    ("ahead", "waits"),
    [
        (72 * HOUR, 24 * HOUR),
        (26 * HOUR + TICK, 24 * HOUR),
        (26 * HOUR, 24 * HOUR),
        (26 * HOUR - TICK, 24 * HOUR - TICK),
        (3 * HOUR, HOUR),
        (2 * HOUR + TICK, TICK),
        (2 * HOUR, 0 * HOUR),
        (HOUR, 0 * HOUR),
        (TICK, 0 * HOUR),
    ],
)
def test_one_for_later_waits_a_day_and_at_most_until_two_hours_before(
    ahead: timedelta, waits: timedelta
) -> None:
    dies_at = expiry(waiting_since=OPENED_AT, scheduled_for=OPENED_AT + ahead)

    assert dies_at - OPENED_AT == waits


@pytest.mark.parametrize("late", [timedelta(0), TICK, timedelta(minutes=10)])
def test_one_whose_appointment_is_past_waits_like_one_for_now(late: timedelta) -> None:
    assert expiry(waiting_since=OPENED_AT, scheduled_for=OPENED_AT - late) == DIES_AT


def test_a_mechanic_accepts_until_the_last_microsecond() -> None:
    at = DIES_AT - TICK

    request = accepted(at)

    assert (request.status, request.accepted_by) == (RequestStatus.ACCEPTED, MECHANIC)
    assert request.closed_at == at


@pytest.mark.parametrize("late", [timedelta(0), TICK, HOUR])
def test_accepting_later_is_refused_even_if_no_job_has_run(late: timedelta) -> None:
    request = a_request()

    with pytest.raises(RequestClosed) as refused:
        request.accept(mechanic_id=MECHANIC, workshop_id=None, at=DIES_AT + late)

    assert refused.value.facts == {"request_id": request.id, "status": RequestStatus.EXPIRED}
    assert not request.open_at(DIES_AT + late)


def test_the_winner_asks_again_and_gets_the_same_request_however_late() -> None:
    request = accepted()

    again = request.accept(mechanic_id=MECHANIC, workshop_id=None, at=DIES_AT + HOUR)

    assert again is request


def test_everybody_else_is_told_that_it_is_taken() -> None:
    request = accepted()

    with pytest.raises(RequestTaken) as refused:
        request.accept(mechanic_id=OTHER_MECHANIC, workshop_id=None, at=OPENED_AT)

    assert refused.value.request_id == request.id


def test_who_may_not_see_it_cannot_accept_it() -> None:
    request = a_request(Routing(chosen_mechanic_id=OTHER_MECHANIC))

    with pytest.raises(RequestNotForYou) as refused:
        request.accept(mechanic_id=MECHANIC, workshop_id=None, at=OPENED_AT)

    assert refused.value.request_id == request.id


def test_taken_is_told_before_closed_and_closed_before_hidden() -> None:
    hidden = a_request(Routing(chosen_mechanic_id=OTHER_MECHANIC))
    taken = hidden.assign(mechanic_id=OTHER_MECHANIC, at=OPENED_AT)

    with pytest.raises(RequestTaken):
        taken.accept(mechanic_id=MECHANIC, workshop_id=None, at=DIES_AT)
    with pytest.raises(RequestClosed):
        hidden.accept(mechanic_id=MECHANIC, workshop_id=None, at=DIES_AT)


def test_an_admin_assigns_whoever_could_not_see_it() -> None:
    request = a_request(Routing(chosen_mechanic_id=OTHER_MECHANIC))

    assigned = request.assign(mechanic_id=MECHANIC, at=OPENED_AT)

    assert (assigned.status, assigned.accepted_by) == (RequestStatus.ACCEPTED, MECHANIC)


def test_nobody_is_assigned_to_what_is_no_longer_open() -> None:
    for closed in (accepted(), a_request().cancel(at=OPENED_AT)):
        with pytest.raises(RequestClosed) as refused:
            closed.assign(mechanic_id=OTHER_MECHANIC, at=OPENED_AT)

        assert refused.value.facts == {"request_id": closed.id, "status": closed.status}
    with pytest.raises(RequestClosed):
        a_request().assign(mechanic_id=MECHANIC, at=DIES_AT)


@pytest.mark.parametrize("request_", [a_request(), accepted()], ids=["waiting", "accepted"])
def test_a_request_is_cancelled_waiting_or_accepted_and_once(request_: Request) -> None:
    cancelled = request_.cancel(at=OPENED_AT + HOUR)

    assert (cancelled.status, cancelled.closed_at) == (
        RequestStatus.CANCELLED,
        OPENED_AT + HOUR,
    )
    assert cancelled.cancel(at=OPENED_AT + 2 * HOUR) is cancelled


def test_an_expired_request_cannot_be_cancelled() -> None:
    with pytest.raises(RequestClosed) as refused:
        a_request().expire(at=DIES_AT).cancel(at=DIES_AT)

    assert refused.value.facts == {
        "request_id": a_request().id,
        "status": RequestStatus.EXPIRED,
    }


def test_a_request_expires_when_its_time_has_come_and_once() -> None:
    expired = a_request().expire(at=DIES_AT)

    assert (expired.status, expired.closed_at) == (RequestStatus.EXPIRED, DIES_AT)
    assert expired.expire(at=DIES_AT + HOUR) is expired


def test_it_does_not_expire_early_nor_once_it_is_closed() -> None:
    for request, at in (
        (a_request(), DIES_AT - TICK),
        (accepted(), DIES_AT),
        (a_request().cancel(at=OPENED_AT), DIES_AT),
    ):
        with pytest.raises(RequestClosed) as refused:
            request.expire(at=at)

        assert refused.value.facts == {"request_id": request.id, "status": request.status}


def test_a_waiting_request_is_shown_to_those_it_is_routed_to() -> None:
    chosen = a_request(Routing(chosen_mechanic_id=MECHANIC))
    to_workshop = a_request(Routing(RoutingKind.WORKSHOP_ONLY, WORKSHOP))

    assert chosen.visible_to(MECHANIC, workshop_id=None, at=OPENED_AT)
    assert not chosen.visible_to(OTHER_MECHANIC, workshop_id=None, at=OPENED_AT)
    assert to_workshop.visible_to(MECHANIC, workshop_id=WORKSHOP, at=OPENED_AT)
    assert not to_workshop.visible_to(MECHANIC, workshop_id=None, at=OPENED_AT)


def test_a_closed_request_is_shown_to_nobody() -> None:
    for request in (accepted(), a_request().cancel(at=OPENED_AT)):
        assert not request.open_at(OPENED_AT)
        assert not request.visible_to(MECHANIC, workshop_id=None, at=OPENED_AT)


@given(request=requests(), after=st.timedeltas(timedelta(0), timedelta(days=2)))
def test_exactly_who_sees_a_waiting_request_can_accept_it(
    request: Request, after: timedelta
) -> None:
    at = request.waiting_since + after
    seen = request.visible_to(MECHANIC, workshop_id=None, at=at)

    if seen:
        taken = request.accept(mechanic_id=MECHANIC, workshop_id=None, at=at)
        invariants.each_was_accepted_in_time([taken])
    else:
        with pytest.raises((RequestClosed, RequestNotForYou)):
            request.accept(mechanic_id=MECHANIC, workshop_id=None, at=at)
    invariants.only_waiting_ones_are_shown([request], [MECHANIC, OTHER_MECHANIC])
