"""From paying to the end, through the use cases, with everything kept in memory."""

from datetime import timedelta

import pytest

from autodoctor.application.operations.due import run_timers, send_mail
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.sessions.accept import accept, decline, withdraw
from autodoctor.application.sessions.ending import cancel_session, end_session
from autodoctor.application.sessions.room import join
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.sessions.request import Request, RequestTaken
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.money import Money
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import (
    Town,
    a_customer,
    a_mechanic,
    a_paid_page,
    a_paid_session,
    deliver_all,
    memory_town,
)


@pytest.fixture
def town() -> Town:
    return memory_town()


def request_of(town: Town, session: Session) -> Request:
    with town.kept(SYSTEM) as tx:
        request = tx.requests.current(session.id)
    assert request is not None
    return request


def now(town: Town, session: Session) -> Session:
    with town.kept(SYSTEM) as tx:
        return tx.sessions.get(session.id)


def balance(town: Town, account: Account) -> Money:
    with town.kept(SYSTEM) as tx:
        return tx.ledger.balance(account)


def taken(town: Town, customer: Actor, mechanic: Actor) -> Session:
    session = a_paid_session(town, customer)
    return accept(town.ports, actor=mechanic, request_id=request_of(town, session).id)


def test_paid_money_becomes_one_session_however_often_it_is_told(town: Town) -> None:
    provider_id = a_paid_page(town, a_customer(town.ports))

    told = [resolve(town.ports, provider_id=provider_id).status for _ in range(3)]

    assert told == [CheckoutStatus.FULFILLED] * 3
    assert len(town.kept.tables.sessions) == 1


def test_money_that_lost_the_race_goes_back(town: Town) -> None:
    customer = a_customer(town.ports)
    pages = [a_paid_page(town, customer) for _ in range(2)]

    statuses = [resolve(town.ports, provider_id=page).status for page in pages]
    deliver_all(town)

    assert statuses == [CheckoutStatus.FULFILLED, CheckoutStatus.RETURNED]
    (refund,) = town.kept.tables.refunds.values()
    assert refund.status is MovementStatus.DONE
    assert balance(town, Account.processor()) == Money(4999)


def test_the_second_mechanic_is_told_that_the_first_was_faster(town: Town) -> None:
    session = a_paid_session(town, a_customer(town.ports))
    request, first = request_of(town, session), a_mechanic(town.ports)
    accept(town.ports, actor=first, request_id=request.id)

    with pytest.raises(RequestTaken):
        accept(town.ports, actor=a_mechanic(town.ports), request_id=request.id)

    assert accept(town.ports, actor=first, request_id=request.id).mechanic_id == first.mechanic_id


def test_what_a_mechanic_declines_leaves_their_queue_alone(town: Town) -> None:
    session = a_paid_session(town, a_customer(town.ports))
    one, other = a_mechanic(town.ports), a_mechanic(town.ports)

    decline(town.ports, actor=one, request_id=request_of(town, session).id)

    at, waiting = town.clock.now(), town.ports.queries.requests.waiting
    assert waiting(one.mechanic_id, at=at) == ()
    assert [view.session_id for view in waiting(other.mechanic_id, at=at)] == [session.id]


def test_a_session_that_is_given_back_waits_for_somebody_else(town: Town) -> None:
    mechanic = a_mechanic(town.ports)
    session = taken(town, a_customer(town.ports), mechanic)

    request_id = request_of(town, session).id
    withdraw(town.ports, actor=mechanic, request_id=request_id)

    assert now(town, session).status is SessionStatus.WAITING
    at = town.clock.now()
    assert town.ports.queries.requests.waiting(mechanic.mechanic_id, at=at) == ()


def test_a_stranger_cannot_come_in(town: Town) -> None:
    session = taken(town, a_customer(town.ports), a_mechanic(town.ports))

    with pytest.raises(Missing):
        join(town.ports, actor=a_customer(town.ports), session_id=session.id)


def test_a_talk_is_shared_between_the_mechanic_and_the_platform(town: Town) -> None:
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    session = taken(town, customer, mechanic)
    for party in (customer, mechanic):
        join(town.ports, actor=party, session_id=session.id)
    town.clock.advance(timedelta(minutes=5))

    ended = end_session(town.ports, actor=customer, session_id=session.id)
    again = end_session(town.ports, actor=mechanic, session_id=session.id)

    assert ended.status is again.status is SessionStatus.COMPLETED
    assert balance(town, Account.held(session.id)) == Money(0)
    earned = balance(town, Account.mechanic(mechanic.mechanic_id))
    assert earned + balance(town, Account.platform()) == Money(-4999)


def test_nobody_coming_in_time_gives_everything_back(town: Town) -> None:
    session = a_paid_session(town, a_customer(town.ports))

    town.clock.advance(timedelta(minutes=15))
    run_timers(town.ports)
    deliver_all(town)

    assert now(town, session).status is SessionStatus.REFUNDED
    assert balance(town, Account.processor()) == Money(0)
    assert balance(town, Account.held(session.id)) == Money(0)


def test_calling_it_off_before_anybody_took_it_gives_everything_back(town: Town) -> None:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)

    cancel_session(town.ports, actor=customer, session_id=session.id)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    deliver_all(town)

    assert now(town, session).status is SessionStatus.REFUNDED
    assert balance(town, Account.processor()) == Money(0)


def test_mail_waits_while_the_server_is_down_and_goes_out_once(town: Town) -> None:
    taken(town, a_customer(town.ports), a_mechanic(town.ports))
    deliver_all(town)
    town.mailer.down = True
    while send_mail(town.ports):
        assert town.mailer.sent == []

    town.mailer.down = False
    town.clock.advance(timedelta(minutes=1))
    while send_mail(town.ports):
        town.clock.advance(timedelta(seconds=1))

    assert len(town.mailer.sent) == len(town.kept.tables.mails) > 0
