"""What changes without a step of a session reaches the customer's open pages all the same."""

from datetime import timedelta

from autodoctor.application.operations.due import run_timers
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.money import Money
from autodoctor.testing.ports import Town, a_booking, a_customer, a_paid_session, open_page
from autodoctor.testing.town import hear_everything, work
from support.towns import told


def changes(town: Town, customer: Actor) -> int:
    return told(town, customer.account_id).count("changed")


def test_a_booking_that_is_begun_and_one_that_goes_to_its_payment(town: Town) -> None:
    customer = a_customer(town.ports)

    intake = a_booking(town.ports, customer)
    begun = changes(town, customer)
    open_page(town, customer, intake)

    assert (begun, changes(town, customer)) == (1, 2)


def test_a_payment_page_that_expires(town: Town) -> None:
    customer = a_customer(town.ports)
    open_page(town, customer, a_booking(town.ports, customer))
    before = changes(town, customer)

    town.clock.advance(timedelta(days=2))
    run_timers(town.ports)

    assert changes(town, customer) == before + 1


def test_a_refund_that_is_made_after_the_session_ended(town: Town) -> None:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    work(town)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    before = changes(town, customer)

    work(town)

    assert changes(town, customer) > before


def test_a_refund_at_the_provider(town: Town) -> None:
    customer, other = a_customer(town.ports), a_customer(town.ports)
    a_paid_session(town, customer)
    work(town)
    before = changes(town, customer)
    (charge,) = town.bank.charges

    town.bank.refund_at_provider(charge, Money(1000))
    hear_everything(town)
    work(town)

    assert (changes(town, customer) > before, changes(town, other)) == (True, 0)
