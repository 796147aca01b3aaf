"""The outbox: an event is handed out again, after growing waits, until it is finished."""

from datetime import timedelta
from uuid import uuid4

import pytest

from autodoctor.domain.revenue.events import RefundDone
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import EventId, RefundId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.transactions import Transactions
from support.scenery import AT, a_kept_session


def recorded(kept: Transactions) -> EventId:
    session = a_kept_session(kept)
    done = RefundDone(session.id, session.customer_id, RefundId(uuid4()), Money(100))
    with kept(SYSTEM) as tx:
        tx.outbox.record(done, by=SYSTEM, at=AT)
    with kept(SYSTEM) as tx:
        (found,) = tx.outbox.of_session(session.id)
    return found.id


def due(kept: Transactions, event_id: EventId, *, after: int) -> bool:
    with kept(SYSTEM) as tx:
        handed = tx.outbox.due(at=AT + timedelta(seconds=after), most=1000)
    return (event_id, "notifications") in handed


def test_a_delivery_comes_up_again_when_its_lease_is_over(kept: Transactions) -> None:
    event_id = recorded(kept)

    handed_out = [due(kept, event_id, after=seconds) for seconds in (0, 19, 20, 39, 40)]

    assert handed_out == [True, False, True, False, True]


def test_what_is_finished_is_not_begun_again(kept: Transactions) -> None:
    event_id = recorded(kept)
    with kept(SYSTEM) as tx:
        begun = tx.outbox.begin(event_id, "notifications")
        tx.outbox.finish(event_id, "notifications", at=AT)

    with kept(SYSTEM) as tx:
        again = tx.outbox.begin(event_id, "notifications")

    assert begun is not None
    assert begun.id == event_id
    assert again is None
    assert not due(kept, event_id, after=999)


def test_a_consumer_that_fails_leaves_it_to_be_begun_again(kept: Transactions) -> None:
    event_id = recorded(kept)

    def fail() -> None:
        with kept(SYSTEM) as tx:
            tx.outbox.finish(event_id, "notifications", at=AT)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()

    with kept(SYSTEM) as tx:
        assert tx.outbox.begin(event_id, "notifications") is not None
