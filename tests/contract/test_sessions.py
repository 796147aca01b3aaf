"""Sessions and requests: round trips, versions, and one session at a time."""

from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.sessions.opening import open_request
from autodoctor.domain.sessions.policy import (
    AppointmentOverlaps,
    MechanicBusy,
    SessionAlreadyActive,
)
from autodoctor.domain.sessions.request import Request
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import MechanicId, RequestId, SessionId
from autodoctor.ports.stores import Missing, Stale
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.stories import STORIES
from support.scenery import AT, a_kept_session, a_mechanic, a_session, an_account


def a_request(session: Session) -> Request:
    return open_request(session, request_id=RequestId(uuid4()), routing=Routing(), at=AT)


@pytest.mark.parametrize("status", sorted(STORIES))
def test_a_session_in_any_state_comes_back_as_it_was(
    kept: Transactions, status: SessionStatus
) -> None:
    session = a_session(kept, status=status)

    with kept(SYSTEM) as tx:
        tx.sessions.add(session)
    with kept(SYSTEM) as tx:
        found = tx.sessions.get(session.id, lock=True)

    assert found == session


def test_an_unknown_session_is_missing(kept: Transactions) -> None:
    with kept(SYSTEM) as tx, pytest.raises(Missing):
        tx.sessions.get(SessionId(uuid4()))


def test_saving_gives_the_next_version_and_an_old_one_is_stale(kept: Transactions) -> None:
    session = a_kept_session(kept)

    with kept(SYSTEM) as tx:
        saved = tx.sessions.save(attrs.evolve(session, mechanic_no_shows=1))

    assert saved.version == 1
    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.sessions.save(attrs.evolve(session, mechanic_no_shows=2))
    with kept(SYSTEM) as tx:
        assert tx.sessions.get(session.id) == saved


def test_an_exception_keeps_nothing(kept: Transactions) -> None:
    session = a_session(kept)

    def fail() -> None:
        with kept(SYSTEM) as tx:
            tx.sessions.add(session)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()

    with kept(SYSTEM) as tx, pytest.raises(Missing):
        tx.sessions.get(session.id)


def test_a_customer_has_one_session_at_a_time(kept: Transactions) -> None:
    customer = an_account(kept).account_id
    a_kept_session(kept, customer=customer)

    second = a_session(kept, customer=customer)

    with pytest.raises(SessionAlreadyActive), kept(SYSTEM) as tx:
        tx.sessions.add(second)


def test_a_customer_whose_session_has_ended_may_have_another(kept: Transactions) -> None:
    customer = an_account(kept).account_id
    a_kept_session(kept, customer=customer, status=SessionStatus.CANCELLED)

    second = a_kept_session(kept, customer=customer)

    with kept(SYSTEM) as tx:
        assert [e.session_id for e in tx.sessions.of_customer(second.customer_id)] == [second.id]


def test_a_mechanic_is_in_one_session_at_a_time(kept: Transactions) -> None:
    mechanic = a_mechanic(kept).account_id
    a_kept_session(kept, status=SessionStatus.LIVE, mechanic=mechanic)

    second = a_session(kept, status=SessionStatus.MATCHED, mechanic=mechanic)

    with pytest.raises(MechanicBusy), kept(SYSTEM) as tx:
        tx.sessions.add(second)


def test_a_mechanics_appointments_do_not_overlap(kept: Transactions) -> None:
    mechanic = a_mechanic(kept).account_id
    a_kept_session(kept, status=SessionStatus.SCHEDULED, mechanic=mechanic)

    second = a_session(kept, status=SessionStatus.SCHEDULED, mechanic=mechanic)

    with pytest.raises(AppointmentOverlaps), kept(SYSTEM) as tx:
        tx.sessions.add(second)


def test_appointments_may_follow_each_other_without_a_gap(kept: Transactions) -> None:
    mechanic = a_mechanic(kept).account_id
    first = a_kept_session(kept, status=SessionStatus.SCHEDULED, mechanic=mechanic)
    assert first.appointment is not None

    second = a_session(kept, status=SessionStatus.SCHEDULED, mechanic=mechanic)
    with kept(SYSTEM) as tx:
        tx.sessions.add(attrs.evolve(second, scheduled_for=first.appointment.end))

    with kept(SYSTEM) as tx:
        engaged = tx.sessions.of_mechanic(MechanicId(mechanic))
    assert {each.session_id for each in engaged} == {first.id, second.id}


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (SessionStatus.MATCHED, MechanicBusy),
        (SessionStatus.SCHEDULED, AppointmentOverlaps),
        (SessionStatus.WAITING, SessionAlreadyActive),
    ],
)
def test_saving_meets_the_same_refusals_as_adding(
    kept: Transactions, status: SessionStatus, refusal: type[Refusal]
) -> None:
    customer, mechanic = an_account(kept).account_id, a_mechanic(kept).account_id
    blocking = status is SessionStatus.WAITING
    a_kept_session(kept, status=status, customer=customer if blocking else None, mechanic=mechanic)
    other = a_session(
        kept, status=status, customer=customer if blocking else None, mechanic=mechanic
    )
    ended = attrs.evolve(other, status=SessionStatus.CANCELLED)
    with kept(SYSTEM) as tx:
        tx.sessions.add(ended)

    with pytest.raises(refusal), kept(SYSTEM) as tx:
        tx.sessions.save(attrs.evolve(ended, status=status))

    with kept(SYSTEM) as tx:
        assert tx.sessions.get(other.id) == ended


def test_a_checkout_has_one_session(kept: Transactions) -> None:
    first = a_kept_session(kept)
    assert first.checkout_id is not None

    second = attrs.evolve(a_session(kept), checkout_id=first.checkout_id)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.sessions.add(second)
    with kept(SYSTEM) as tx:
        assert tx.sessions.of_checkout(first.checkout_id) == first


def test_a_session_has_one_open_request(kept: Transactions) -> None:
    session = a_kept_session(kept)
    request = a_request(session)
    with kept(SYSTEM) as tx:
        tx.requests.add(request)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.requests.add(a_request(session))

    with kept(SYSTEM) as tx:
        assert tx.requests.current(session.id) == request


def test_a_cancelled_request_makes_room_for_the_next(kept: Transactions) -> None:
    session = a_kept_session(kept)
    first, second = a_request(session), a_request(session)
    with kept(SYSTEM) as tx:
        tx.requests.add(first)
        tx.requests.save(first.cancel(at=AT))

    with kept(SYSTEM) as tx:
        tx.requests.add(second)

    with kept(SYSTEM) as tx:
        assert tx.requests.current(session.id) == second
