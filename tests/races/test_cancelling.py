"""The customer cancels, a mechanic accepts, the request expires: in the same instant."""

import pytest

from autodoctor.application.sessions.ending import expire_request
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import RequestId, SessionId
from support.contest import at_once
from support.money import balances, count
from support.paying import events_of, request_of, waiting_session
from support.people import Person, as_person, customer, mechanic
from support.running import Running
from support.waiting import let_pass

pytestmark = [pytest.mark.races, pytest.mark.xdist_group("races")]

STORIES = 20
"""A fault that is possible need not show at once; one that is not never does."""


def test_cancel_accept_and_expiry_at_once_agree(guarded: Running) -> None:
    """Whoever comes first, the session, its request and its money tell the same story."""
    stories = [three_at_once(guarded) for _ in range(STORIES)]

    assert all(agrees(guarded, *story) for story in stories)


def test_without_locks_and_versions_they_contradict_each_other(unguarded: Running) -> None:
    unguarded.sql("ALTER TABLE refunds DROP CONSTRAINT IF EXISTS uq_refunds_checkout_id_reason")

    stories = (three_at_once(unguarded) for _ in range(STORIES))

    assert not all(agrees(unguarded, *story) for story in stories), "ends at the first"


Story = tuple[Person, SessionId, int, int]


def three_at_once(running: Running) -> Story:
    """The customer cancels, a mechanic accepts, the request expires: in the same instant."""
    who, other = customer(running.here.ports), mechanic(running.here.ports)
    session_id = waiting_session(running, who)
    request_id = request_of(running, session_id)
    soon = "UPDATE requests SET expires_at = now() + interval '15 ms' WHERE id = :id"
    with as_person(running.url, who) as mine, as_person(running.url, other) as theirs:
        running.sql(soon, id=request_id)
        cancelled, accepted, _ = at_once(
            [
                lambda: mine.post(f"/api/customer/sessions/{session_id}/cancel").status_code,
                lambda: theirs.post(f"/api/mechanics/requests/{request_id}/accept").status_code,
                lambda: _expire(running, request_id),
            ]
        )
    return who, session_id, cancelled, accepted


def _expire(running: Running, request_id: RequestId) -> int:
    let_pass(0.015)
    try:
        expire_request(running.here.ports, request_id)
    except Refusal:
        return 409
    return 200


def agrees(
    running: Running, who: Person, session_id: SessionId, cancelled: int, accepted: int
) -> bool:
    with running.here.ports.transactions(SYSTEM) as tx:
        session = tx.sessions.get(session_id)
        request = tx.requests.current(session_id)
    happened = events_of(running, session_id)
    ends = happened.count("SessionCancelled") + happened.count("SessionExpired")
    matched = happened.count("RequestAccepted")
    return (
        (accepted == 200) == (matched == 1)
        and (cancelled == 200) == (happened.count("SessionCancelled") == 1)
        and ends == 1
        and request is None
        and session.status
        in (SessionStatus.CANCELLED, SessionStatus.EXPIRED, SessionStatus.REFUNDED)
        and balances(running, who.id) == {"processor": 0, "held": 0}
        and count(running, "refunds", session_id=session_id) == 1
    )
