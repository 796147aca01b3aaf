from datetime import timedelta
from uuid import UUID

import pytest

from autodoctor.domain.sessions.events import RequestOpened, SessionOpened
from autodoctor.domain.sessions.opening import open_session, wait_for_mechanic
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.routing import Routing, RoutingKind
from autodoctor.domain.sessions.states import IllegalTransition, SessionStatus
from autodoctor.domain.shared.ids import (
    CheckoutId,
    IntakeId,
    OrganizationId,
    RequestId,
    SessionId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.domain.shared.time import Period
from autodoctor.testing.consultations import CUSTOMER, OPENED_AT, TERMS, WORKSHOP, Consultation
from autodoctor.testing.stories import STORIES, brought_to

HYBRID = Routing(RoutingKind.HYBRID, WORKSHOP)
FACTS = {
    "session_id": SessionId(UUID(int=10)),
    "request_id": RequestId(UUID(int=11)),
    "customer_id": CUSTOMER,
    "intake_id": IntakeId(UUID(int=12)),
    "checkout_id": CheckoutId(UUID(int=13)),
    "terms": TERMS,
    "routing": HYBRID,
    "at": OPENED_AT,
}


def test_a_paid_booking_becomes_a_session_that_waits_and_its_request() -> None:
    session, request, events = open_session(**FACTS, scheduled_for=None)

    assert session.status is SessionStatus.WAITING
    assert (session.id, session.customer_id) == (FACTS["session_id"], CUSTOMER)
    assert (session.intake_id, session.checkout_id) == (FACTS["intake_id"], FACTS["checkout_id"])
    assert session.created_at == OPENED_AT
    assert (request.id, request.session_id) == (FACTS["request_id"], session.id)
    assert (request.customer_id, request.routing) == (CUSTOMER, HYBRID)
    assert request.status is RequestStatus.WAITING
    assert request.waiting_since == OPENED_AT
    assert request.expires_at == OPENED_AT + timedelta(minutes=15)
    assert events == (
        SessionOpened(session.id, CUSTOMER, "full-diagnostic", Money(4999)),
        RequestOpened(session.id, request.id, request.expires_at),
    )


def test_a_booking_of_an_employee_is_a_session_of_their_company() -> None:
    company = OrganizationId(UUID(int=14))

    session, *_ = open_session(**FACTS, scheduled_for=None, organization_id=company)
    private, *_ = open_session(**FACTS, scheduled_for=None)

    assert (session.organization_id, private.organization_id) == (company, None)


def test_its_clock_has_the_plans_time_and_stands() -> None:
    session, *_ = open_session(**FACTS, scheduled_for=None)

    assert session.timer.allowed == timedelta(minutes=60)
    assert session.timer.remaining(at=OPENED_AT + timedelta(days=1)) == timedelta(minutes=60)
    assert session.timer.running_since is None


@pytest.mark.parametrize("status", STORIES)
def test_only_a_pending_session_begins_to_wait(status: SessionStatus) -> None:
    session = brought_to(status).session

    with pytest.raises(IllegalTransition) as refused:
        wait_for_mechanic(session, request_id=FACTS["request_id"], routing=HYBRID, at=OPENED_AT)

    assert refused.value.facts == {"current": status, "requested": SessionStatus.WAITING}


def test_one_for_later_has_an_appointment_as_long_as_its_plan() -> None:
    later = OPENED_AT + timedelta(days=3)

    session, request, _ = open_session(**FACTS, scheduled_for=later)

    assert session.appointment == Period.lasting(later, timedelta(minutes=60))
    assert session.engagement.period == session.appointment
    assert request.expires_at == OPENED_AT + timedelta(hours=24)


def test_one_for_now_has_none() -> None:
    told = Consultation()
    told.open()

    assert told.session.appointment is None
    assert told.session.engagement.period is None
    assert told.session.engagement.kind == "video"
