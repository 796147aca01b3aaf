"""Movements of money, one shape for all: try, call, record."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.application.operations.due import run_timers
from autodoctor.application.payments.calls import make_refund, make_transfer
from autodoctor.application.payments.errands import NotReadyYet
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import cancel_session, end_session
from autodoctor.application.sessions.room import join
from autodoctor.domain.revenue.events import RefundDone
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import MovementStatus, Refund, Transfer
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.payment_refusals import No, PaymentsUnavailable
from autodoctor.testing.ports import (
    Town,
    a_customer,
    a_mechanic,
    a_paid_session,
    memory_town,
)
from autodoctor.testing.town import hear_everything, work


@pytest.fixture
def town() -> Town:
    return memory_town()


def a_refund_due(town: Town) -> Refund:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    (refund,) = town.kept.tables.refunds.values()
    return refund


def refund_now(town: Town) -> Refund:
    (refund,) = town.kept.tables.refunds.values()
    return refund


def told(town: Town) -> int:
    events = (each.event for each in town.kept.tables.events.values())
    return sum(isinstance(event, RefundDone) for event in events)


def test_what_is_due_is_made_once_however_often_it_is_asked_for(town: Town) -> None:
    due = a_refund_due(town)

    for _ in range(3):
        make_refund(town.ports, due.id)

    made = refund_now(town)
    assert (made.status, made.tried_at, made.attempt) == (MovementStatus.DONE, town.clock.now(), 1)
    assert told(town) == 1


def test_a_notice_that_comes_first_leaves_the_call_nothing_to_tell(town: Town) -> None:
    due = a_refund_due(town)
    town.bank.lose_next_answer()
    with pytest.raises(PaymentsUnavailable):
        make_refund(town.ports, due.id)
    hear_everything(town)
    work(town)

    make_refund(town.ports, due.id)

    (made,) = town.bank.refunds.values()
    assert refund_now(town).provider_id == made.id
    assert told(town) == 1


def test_a_definite_no_is_a_failure_and_no_reason_to_ask_for_ever(town: Town) -> None:
    due = a_refund_due(town)
    stranger = attrs.evolve(town.kept.tables.checkouts[due.checkout_id], payment_id="pi_of_nobody")
    town.kept.tables.checkouts[due.checkout_id] = stranger

    make_refund(town.ports, due.id)

    failed = refund_now(town)
    assert (failed.status, failed.failure) == (MovementStatus.FAILED, No.UNKNOWN_OBJECT)
    assert told(town) == 0
    (issue,) = town.ports.queries.money.open_issues()
    assert (issue.kind, issue.amount) == (IssueKind.REFUND_FAILED, due.amount)


def test_what_cannot_be_asked_yet_is_no_try(town: Town) -> None:
    due = a_refund_due(town)
    paid = town.kept.tables.checkouts[due.checkout_id]
    town.kept.tables.checkouts[due.checkout_id] = attrs.evolve(paid, payment_id=None)

    with pytest.raises(NotReadyYet):
        make_refund(town.ports, due.id)

    assert refund_now(town) == due


def a_transfer_held(town: Town) -> Transfer:
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    session = a_paid_session(town, customer)
    with town.kept(SYSTEM) as tx:
        request = tx.requests.current(session.id)
    assert request is not None
    accept(town.ports, actor=mechanic, request_id=request.id)
    for actor in (customer, mechanic):
        join(town.ports, actor=actor, session_id=session.id)
    town.clock.advance(timedelta(minutes=5))
    run_timers(town.ports)
    end_session(town.ports, actor=customer, session_id=session.id)
    (transfer,) = town.kept.tables.transfers.values()
    return transfer


def test_what_is_held_is_not_made(town: Town) -> None:
    held = a_transfer_held(town)

    make_transfer(town.ports, held.id)

    assert held.status is MovementStatus.HELD
    assert town.kept.tables.transfers[held.id] == held


def test_a_transfer_without_an_account_to_go_to_is_no_try(town: Town) -> None:
    held = a_transfer_held(town)
    due = attrs.evolve(held, status=MovementStatus.DUE)
    town.kept.tables.transfers[held.id] = due

    with pytest.raises(NotReadyYet):
        make_transfer(town.ports, held.id)

    assert town.kept.tables.transfers[held.id] == due
