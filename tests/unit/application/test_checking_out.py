"""To the payment page, or to a free session: what stands in the way, and in which order."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.application.booking.checkout import AlreadyBooked, Next, check_out
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.operations.due import run_timers
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.booking.free_session import FreeSessionUsed
from autodoctor.domain.booking.waiver import WaiverMissing, sign
from autodoctor.domain.plans.plan import PlanInactive
from autodoctor.domain.sessions.policy import SessionAlreadyActive
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import IntakeId, PlanSlug, SessionId, WaiverId
from autodoctor.ports.payment_refusals import PaymentsUnavailable
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_booking, a_customer, a_paid_session
from support.refusing import in_the_way


@attrs.define(slots=False)
class Booking:
    """An intake against which everything stands, and what takes each thing away."""

    town: Town
    plan: PlanSlug
    customer: Actor = attrs.field(init=False)
    asked: IntakeId = attrs.field(factory=lambda: IntakeId(uuid4()))

    def __attrs_post_init__(self) -> None:
        self.customer = a_customer(self.town.ports)
        form = IntakeForm(plan=self.plan, concern="It squeals when I brake.", urgent=True)
        self.intake = start_intake(self.town.ports, actor=self.customer, form=form)
        self.session = a_paid_session(self.town, self.customer)
        with self.town.kept(SYSTEM) as tx:
            tx.intakes.save(self.intake.fulfil(SessionId(uuid4())))
            tx.plans.put(attrs.evolve(tx.plans.get(self.plan), active=False))
            tx.free_sessions.save(tx.free_sessions.get(self.customer.customer_id).take())
        self.town.bank.go_down()

    def check_out(self) -> Next:
        return check_out(self.town.ports, actor=self.customer, intake_id=self.asked)

    def ask_for_ones_own(self) -> None:
        self.asked = self.intake.id

    def forget_its_session(self) -> None:
        with self.town.kept(SYSTEM) as tx:
            tx.intakes.save(attrs.evolve(tx.intakes.get(self.intake.id), session_id=None))

    def sign(self) -> None:
        waiver = sign(
            waiver_id=WaiverId(uuid4()),
            intake_id=self.intake.id,
            customer_id=self.customer.customer_id,
            full_name="Casey Driver",
            adult=True,
            address="",
            agent="",
            at=self.town.clock.now(),
        )
        with self.town.kept(SYSTEM) as tx:
            tx.waivers.add(waiver)

    def cancel_the_other(self) -> None:
        cancel_session(self.town.ports, actor=self.customer, session_id=self.session.id)

    def offer_the_plan(self) -> None:
        with self.town.kept(SYSTEM) as tx:
            tx.plans.put(attrs.evolve(tx.plans.get(self.plan), active=True))

    def grant_one_more(self) -> None:
        with self.town.kept(SYSTEM) as tx:
            book = tx.free_sessions.get(self.customer.customer_id)
            tx.free_sessions.save(book.override())

    @property
    def mends(self) -> tuple[Callable[[], None], ...]:
        return (
            self.ask_for_ones_own,
            self.forget_its_session,
            self.sign,
            self.cancel_the_other,
            self.offer_the_plan,
        )


IN_ORDER = [Missing, AlreadyBooked, WaiverMissing, SessionAlreadyActive, PlanInactive]


def test_what_is_in_the_way_of_paying_comes_in_its_order(town: Town) -> None:
    booking = Booking(town, PlanSlug("quick-chat"))

    met = in_the_way(booking.check_out, *booking.mends, town.bank.come_back)

    assert met == [*IN_ORDER, PaymentsUnavailable, None]


def test_what_is_in_the_way_of_the_free_session_comes_in_its_order(town: Town) -> None:
    booking = Booking(town, PlanSlug("free"))

    met = in_the_way(booking.check_out, *booking.mends, booking.grant_one_more)

    assert met == [*IN_ORDER, FreeSessionUsed, None]
    with pytest.raises(AlreadyBooked):
        booking.check_out()


def test_asking_again_leads_to_the_same_page(town: Town) -> None:
    customer = a_customer(town.ports)
    intake = a_booking(town.ports, customer)

    pages = [check_out(town.ports, actor=customer, intake_id=intake.id) for _ in range(2)]

    assert pages[0] == pages[1]
    assert len(town.bank.checkouts) == 1


def test_an_answer_that_got_lost_leads_to_the_same_page(town: Town) -> None:
    customer = a_customer(town.ports)
    intake = a_booking(town.ports, customer)
    town.bank.lose_next_answer()
    with pytest.raises(PaymentsUnavailable):
        check_out(town.ports, actor=customer, intake_id=intake.id)

    page = check_out(town.ports, actor=customer, intake_id=intake.id)

    (opened,) = town.bank.checkouts.values()
    assert page.payment_url.endswith(opened.id)


@pytest.mark.parametrize(("paid", "status"), [(False, "expired"), (True, "fulfilled")])
def test_a_page_ends_when_its_time_is_over_unless_it_was_paid(
    town: Town, paid: bool, status: CheckoutStatus
) -> None:
    customer = a_customer(town.ports)
    intake = a_booking(town.ports, customer)
    checkout_id = check_out(town.ports, actor=customer, intake_id=intake.id).checkout_id
    assert checkout_id is not None
    if paid:
        town.bank.pay(next(iter(town.bank.checkouts)))

    town.clock.advance(timedelta(minutes=35))
    run_timers(town.ports)

    with town.kept(SYSTEM) as tx:
        assert tx.checkouts.get(checkout_id).status == status
