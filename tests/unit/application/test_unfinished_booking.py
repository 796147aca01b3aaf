"""A booking that was left before it was paid is offered to be continued."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.booking.unfinished import unfinished_booking
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.testing.ports import (
    Town,
    a_booking,
    a_customer,
    a_mechanic,
    a_paid_session,
    open_page,
)
from autodoctor.testing.town import sessions

PLAN = "quick-chat"


def test_there_is_none_before_the_first_and_after_it_was_paid(town: Town) -> None:
    customer = a_customer(town.ports)
    assert unfinished_booking(town.ports, actor=customer) is None

    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)

    assert unfinished_booking(town.ports, actor=customer) is None


def test_a_booking_whose_payment_page_was_left_is_offered_with_its_plan(town: Town) -> None:
    customer, other = a_customer(town.ports), a_customer(town.ports)
    intake = a_booking(town.ports, customer, plan=PLAN)
    open_page(town, customer, intake)

    found = unfinished_booking(town.ports, actor=customer)

    assert found is not None
    assert (found.intake.id, found.plan.slug) == (intake.id, PLAN)
    assert unfinished_booking(town.ports, actor=other) is None


def test_the_newest_takes_the_place_of_those_before(town: Town) -> None:
    customer = a_customer(town.ports)
    a_booking(town.ports, customer, plan=PLAN)
    town.clock.advance(timedelta(minutes=1))
    newer = a_booking(town.ports, customer, plan=PLAN)

    found = unfinished_booking(town.ports, actor=customer)

    assert found is not None
    assert found.intake.id == newer.id


def test_it_is_not_offered_while_another_session_is_under_way(town: Town) -> None:
    customer = a_customer(town.ports)
    paid = open_page(town, customer, a_booking(town.ports, customer, plan=PLAN))
    town.clock.advance(timedelta(minutes=1))
    newer = a_booking(town.ports, customer, plan=PLAN)
    town.bank.pay(paid)
    resolve(town.ports, provider_id=paid)
    (session,) = sessions(town)

    assert unfinished_booking(town.ports, actor=customer) is None

    cancel_session(town.ports, actor=customer, session_id=session.id)
    found = unfinished_booking(town.ports, actor=customer)
    assert found is not None
    assert found.intake.id == newer.id


def test_it_is_offered_for_seven_days(town: Town) -> None:
    customer = a_customer(town.ports)
    a_booking(town.ports, customer, plan=PLAN)

    town.clock.advance(timedelta(days=7, microseconds=-1))
    assert unfinished_booking(town.ports, actor=customer) is not None

    town.clock.advance(timedelta(microseconds=1))
    assert unfinished_booking(town.ports, actor=customer) is None


def test_a_plan_that_is_not_on_offer_any_more_is_not_offered(town: Town) -> None:
    customer = a_customer(town.ports)
    intake = a_booking(town.ports, customer, plan=PLAN)
    with town.kept(SYSTEM) as tx:
        tx.plans.put(attrs.evolve(tx.plans.get(intake.plan), active=False))

    assert unfinished_booking(town.ports, actor=customer) is None


def test_only_customers_have_bookings(town: Town) -> None:
    with pytest.raises(WrongRole):
        unfinished_booking(town.ports, actor=a_mechanic(town.ports))
