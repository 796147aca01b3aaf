"""Requests, round by round, and who is in a room."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.opening import open_request
from autodoctor.domain.sessions.request import Request
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import MechanicId, RequestId, SessionId
from autodoctor.ports.sessions import Lease
from autodoctor.ports.stores import Missing, Stale
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.strategies.sessions import requests
from support.scenery import AT, a_kept_session, a_mechanic, new_workshop

SECOND = timedelta(seconds=1)


def waiting(kept: Transactions, session: Session) -> Request:
    request = open_request(session, request_id=RequestId(uuid4()), routing=Routing(), at=AT)
    with kept(SYSTEM) as tx:
        tx.requests.add(request)
    return request


def current(kept: Transactions, session: Session) -> Request | None:
    with kept(SYSTEM) as tx:
        return tx.requests.current(session.id)


def test_a_request_is_read_with_its_session(kept: Transactions) -> None:
    session = a_kept_session(kept)
    request = waiting(kept, session)

    with kept(SYSTEM) as tx:
        assert tx.requests.with_session(request.id) == (request, session)
        with pytest.raises(Missing):
            tx.requests.with_session(RequestId(uuid4()))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(request_=requests())
def test_any_request_comes_back_as_it_was(kept: Transactions, request_: Request) -> None:
    session, workshop, routing = a_kept_session(kept), new_workshop(), request_.routing
    chosen = a_mechanic(kept).mechanic_id if routing.chosen_mechanic_id else None
    to = workshop.id if routing.workshop_id else None
    request = attrs.evolve(
        request_,
        id=RequestId(uuid4()),
        session_id=session.id,
        customer_id=session.customer_id,
        routing=Routing(routing.kind, to, chosen),
    )

    with kept(SYSTEM) as tx:
        tx.workshops.add(workshop)
        tx.requests.add(request)

    assert current(kept, session) == request


def test_no_request_is_current_before_there_is_one(kept: Transactions) -> None:
    assert current(kept, a_kept_session(kept)) is None


def test_an_accepted_request_is_the_current_one_still(kept: Transactions) -> None:
    session, mechanic = a_kept_session(kept), a_mechanic(kept).mechanic_id
    request = waiting(kept, session)

    with kept(SYSTEM) as tx:
        accepted = tx.requests.save(request.assign(mechanic_id=mechanic, at=AT))

    assert current(kept, session) == accepted


def test_a_session_with_an_accepted_request_takes_no_other(kept: Transactions) -> None:
    session, mechanic = a_kept_session(kept), a_mechanic(kept).mechanic_id
    request = waiting(kept, session)
    with kept(SYSTEM) as tx:
        tx.requests.save(request.assign(mechanic_id=mechanic, at=AT))

    with pytest.raises(Stale):
        waiting(kept, session)


def test_what_is_closed_is_not_current_and_cannot_come_back_beside_the_next(
    kept: Transactions,
) -> None:
    session = a_kept_session(kept)
    first = waiting(kept, session)
    with kept(SYSTEM) as tx:
        closed = tx.requests.save(first.expire(at=first.expires_at))
    assert current(kept, session) is None
    second = waiting(kept, session)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.requests.save(attrs.evolve(first, version=closed.version))

    assert current(kept, session) == second


def test_declining_again_changes_nothing_and_leaves_the_request_as_it_is(
    kept: Transactions,
) -> None:
    session, mechanic = a_kept_session(kept), a_mechanic(kept).mechanic_id
    request = waiting(kept, session)

    for seconds in range(2):
        with kept(SYSTEM) as tx:
            tx.requests.decline(request.id, mechanic, at=AT + seconds * SECOND)

    assert current(kept, session) == request


def test_who_declined_any_request_of_a_session_is_known(kept: Transactions) -> None:
    session, other = a_kept_session(kept), a_kept_session(kept)
    one, two, elsewhere = (a_mechanic(kept).mechanic_id for _ in range(3))
    first, others = waiting(kept, session), waiting(kept, other)
    with kept(SYSTEM) as tx:
        tx.requests.decline(first.id, one, at=AT)
        tx.requests.decline(others.id, elsewhere, at=AT)
        tx.requests.save(first.expire(at=first.expires_at))
    second = waiting(kept, session)
    with kept(SYSTEM) as tx:
        tx.requests.decline(second.id, two, at=AT)

    with kept(SYSTEM) as tx:
        assert tx.requests.declined_by(session.id) == {one, two}
        assert tx.requests.declined_by(other.id) == {elsewhere}


def lapsed(kept: Transactions, *, after: int, most: int = 99) -> list[Lease]:
    with kept(SYSTEM) as tx:
        return list(tx.presence.lapsed(before=AT + after * SECOND, most=most))


def touched(kept: Transactions, session_id: SessionId, party: Party, *, after: int = 0) -> Lease:
    at = AT + after * SECOND
    with kept(SYSTEM) as tx:
        tx.presence.touch(session_id, party, at=at)
    return Lease(session_id, party, at)


@pytest.fixture(autouse=True)
def nobody_is_left(kept: Transactions) -> Iterator[None]:
    """Who a test has left in a room is not there for the next one."""
    yield
    for lease in lapsed(kept, after=9_999):
        with kept(SYSTEM) as tx:
            tx.presence.forget(lease.session_id, lease.party)


def test_leases_that_were_not_renewed_are_told_oldest_first(kept: Transactions) -> None:
    session = a_kept_session(kept)
    newer = touched(kept, session.id, Party.CUSTOMER, after=2)
    older = touched(kept, session.id, Party.MECHANIC, after=1)

    assert lapsed(kept, after=3) == [older, newer]
    assert lapsed(kept, after=3, most=1) == [older]


def test_a_lease_lapses_after_its_moment_and_not_at_it(kept: Transactions) -> None:
    lease = touched(kept, a_kept_session(kept).id, Party.CUSTOMER, after=5)

    assert lapsed(kept, after=5) == []
    assert lapsed(kept, after=6) == [lease]


def test_a_renewed_lease_is_good_again(kept: Transactions) -> None:
    session = a_kept_session(kept)
    touched(kept, session.id, Party.CUSTOMER)
    renewed = touched(kept, session.id, Party.CUSTOMER, after=5)

    assert lapsed(kept, after=5) == []
    assert lapsed(kept, after=6) == [renewed]


def test_who_is_forgotten_is_gone_and_the_other_is_not(kept: Transactions) -> None:
    session = a_kept_session(kept)
    touched(kept, session.id, Party.CUSTOMER)
    other = touched(kept, session.id, Party.MECHANIC)

    for _ in range(2):
        with kept(SYSTEM) as tx:
            tx.presence.forget(session.id, Party.CUSTOMER)

    assert lapsed(kept, after=9) == [other]


def test_the_leases_of_one_room_are_told_the_oldest_first(kept: Transactions) -> None:
    session, other = a_kept_session(kept), a_kept_session(kept)
    newer = touched(kept, session.id, Party.CUSTOMER, after=2)
    older = touched(kept, session.id, Party.MECHANIC, after=1)
    touched(kept, other.id, Party.CUSTOMER)

    with kept(SYSTEM) as tx:
        assert tx.presence.of(session.id) == (older, newer)


def test_all_leases_are_renewed_together(kept: Transactions) -> None:
    session, other = a_kept_session(kept), a_kept_session(kept)
    touched(kept, session.id, Party.CUSTOMER)
    touched(kept, other.id, Party.MECHANIC, after=1)

    with kept(SYSTEM) as tx:
        tx.presence.renew_all(by=5 * SECOND)

    assert lapsed(kept, after=9) == [
        Lease(session.id, Party.CUSTOMER, AT + 5 * SECOND),
        Lease(other.id, Party.MECHANIC, AT + 6 * SECOND),
    ]


def test_what_fails_declines_nothing_and_lets_nobody_in_or_out(kept: Transactions) -> None:
    session, mechanic = a_kept_session(kept), a_mechanic(kept).mechanic_id
    there = touched(kept, session.id, Party.CUSTOMER)
    request = waiting(kept, session)

    def fail(decliner: MechanicId) -> None:
        with kept(SYSTEM) as tx:
            tx.requests.decline(request.id, decliner, at=AT)
            tx.presence.touch(session.id, Party.MECHANIC, at=AT)
            tx.presence.forget(session.id, Party.CUSTOMER)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail(mechanic)

    assert lapsed(kept, after=9) == [there]
