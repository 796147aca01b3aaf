"""Each step of a session's life, tried in each state: done, without effect, or refused."""

from collections.abc import Callable
from datetime import timedelta

import attrs
import pytest

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.ending import NotDueYet
from autodoctor.domain.sessions.events import RequestOpened
from autodoctor.domain.sessions.opening import wait_for_mechanic
from autodoctor.domain.sessions.request import RequestClosed, RequestTaken
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.states import (
    IllegalTransition,
    SessionStatus,
    TransitionNotYours,
)
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import RequestId
from autodoctor.testing.consultations import OTHER_MECHANIC, Consultation, Events
from autodoctor.testing.stories import STORIES, brought_to

MONTH = timedelta(days=30)
Step = Callable[[Consultation], Events]


def wait_again(told: Consultation) -> Events:
    request_id = RequestId(told.session_id)
    *_, events = wait_for_mechanic(
        told.session, request_id=request_id, routing=Routing(), at=told.now
    )
    return events


def archive_in_time(told: Consultation) -> Events:
    told.wait(MONTH)
    return told.archive()


def join_at_the_door(told: Consultation) -> Events:
    told.now = told.session.scheduled_for or told.now
    return told.join(Party.CUSTOMER)


def run_out_at_last(told: Consultation) -> Events:
    told.wait(timedelta(minutes=60))
    return told.run_out()


def cancel_by(role: Role, cause: Cause) -> Step:
    return lambda told: told.cancel(by=role, cause=cause)


STEPS: dict[str, tuple[Step, set[S], set[S]]] = {
    "wait for a mechanic": (wait_again, set(), set()),
    "let the mechanic go": (lambda told: told.release(), {S.MATCHED, S.SCHEDULED}, set()),
    "join": (
        join_at_the_door,
        {S.MATCHED, S.SCHEDULED, S.RECONNECTING},
        {S.LIVE},
    ),
    "leave": (
        lambda told: told.leave(Party.MECHANIC),
        {S.LIVE, S.RECONNECTING},
        set(STORIES) - {S.LIVE, S.RECONNECTING},
    ),
    "end": (
        lambda told: told.end(),
        {S.LIVE, S.RECONNECTING},
        {S.COMPLETED, S.ESCALATED, S.ARCHIVED},
    ),
    "run out": (
        run_out_at_last,
        {S.LIVE, S.RECONNECTING},
        {S.COMPLETED, S.ESCALATED, S.EXPIRED, S.CANCELLED, S.REFUNDED, S.ARCHIVED},
    ),
    "cancel as a customer": (
        cancel_by(Role.CUSTOMER, Cause.CUSTOMER),
        {S.WAITING, S.MATCHED, S.SCHEDULED},
        {S.CANCELLED},
    ),
    "cancel as a mechanic": (
        cancel_by(Role.MECHANIC, Cause.MECHANIC),
        {S.MATCHED},
        {S.CANCELLED},
    ),
    "cancel as an admin": (
        cancel_by(Role.ADMIN, Cause.PLATFORM),
        {S.WAITING, S.MATCHED, S.SCHEDULED, S.LIVE, S.RECONNECTING},
        {S.CANCELLED},
    ),
    "cancel for a no-show": (
        cancel_by(Role.SYSTEM, Cause.CUSTOMER_NO_SHOW),
        {S.MATCHED, S.SCHEDULED},
        {S.CANCELLED},
    ),
    "give all money back": (
        lambda told: told.refund(told.session.terms.price),
        {S.EXPIRED, S.CANCELLED},
        {S.REFUNDED},
    ),
    "escalate": (lambda told: told.escalate(), {S.COMPLETED}, {S.ESCALATED}),
    "resolve": (lambda told: told.resolve(), {S.ESCALATED}, set()),
    "archive": (
        archive_in_time,
        {S.COMPLETED, S.EXPIRED, S.CANCELLED, S.REFUNDED},
        {S.ARCHIVED},
    ),
}
"""The step, the states in which it does something, and those in which it changes nothing."""

CASES = [pytest.param(name, status, id=f"{name}, {status}") for name in STEPS for status in STORIES]


@pytest.mark.parametrize(("name", "status"), CASES)
def test_a_step_is_done_or_changes_nothing_or_is_refused(name: str, status: SessionStatus) -> None:
    step, done_in, silent_in = STEPS[name]
    told = brought_to(status)
    before = told.shelf.session(), told.shelf.requests(), told.shelf.events()

    if status in done_in:
        assert step(told), "it happened, and nothing tells it"
        assert told.session != before[0]
    elif status in silent_in:
        assert step(told) == ()
        assert (told.shelf.session(), told.shelf.requests(), told.shelf.events()) == before
    else:
        with pytest.raises(Refusal) as refused:
            step(told)
        assert isinstance(refused.value, IllegalTransition | TransitionNotYours | NotDueYet)
        assert (told.shelf.session(), told.shelf.requests(), told.shelf.events()) == before


@pytest.mark.parametrize("status", [status for status in STORIES if status is not S.WAITING])
def test_only_a_waiting_session_is_accepted_or_assigned(status: SessionStatus) -> None:
    told = brought_to(status)

    with pytest.raises((RequestTaken, RequestClosed)):
        told.accept(OTHER_MECHANIC)
    with pytest.raises(RequestClosed):
        told.assign(OTHER_MECHANIC)


def pending() -> Consultation:
    """As it is between being made and waiting, which is never kept."""
    told = brought_to(S.WAITING)
    told.shelf.keep(attrs.evolve(told.session, status=S.PENDING), (), ())
    return told


def test_a_pending_session_waits() -> None:
    told = pending()
    request_id = RequestId(told.session_id)

    waits, request, events = wait_for_mechanic(
        told.session, request_id=request_id, routing=Routing(), at=told.now
    )

    assert waits == brought_to(S.WAITING).session
    assert (request.id, request.status) == (request_id, "waiting")
    assert events == (RequestOpened(waits.id, request_id, request.expires_at),)


@pytest.mark.parametrize(("by", "cause"), [("admin", "platform"), ("system", "platform")])
def test_a_pending_session_is_called_off_when_its_payment_is_abandoned(by: str, cause: str) -> None:
    told = pending()

    told.cancel(by=Role(by), cause=Cause(cause))

    assert told.session.status is S.CANCELLED


@pytest.mark.parametrize("name", ["let the mechanic go", "join", "end", "run out", "archive"])
def test_nothing_else_happens_to_a_pending_session(name: str) -> None:
    told = pending()

    with pytest.raises((IllegalTransition, NotDueYet)):
        STEPS[name][0](told)


def test_its_customer_cannot_cancel_what_is_pending() -> None:
    with pytest.raises(TransitionNotYours):
        pending().cancel()
