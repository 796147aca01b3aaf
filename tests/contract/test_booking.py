"""Before a session: plans, intakes, waivers, checkouts, the free session."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.booking.free_session import FreeSessions
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.waiver import Waiver
from autodoctor.domain.plans.catalogue import DEFAULT_PLANS, FULL_DIAGNOSTIC
from autodoctor.domain.plans.plan import Plan, PlanUnknown
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CheckoutId, CustomerId, IntakeId, PlanSlug, WaiverId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.stores import Stale
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.strategies.booking import intakes
from autodoctor.testing.strategies.plans import plans
from support.scenery import (
    AT,
    a_checkout,
    a_mechanic,
    an_account,
    an_intake,
    new_checkout,
    new_intake,
    new_workshop,
)

drawn = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@drawn
@given(plan=plans())
def test_any_plan_comes_back_as_it_was(kept: Transactions, plan: Plan) -> None:
    with kept(SYSTEM) as tx:
        tx.plans.put(plan)

    with kept(SYSTEM) as tx:
        assert tx.plans.get(plan.slug) == plan
        assert (plan in tx.plans.listed()) == plan.active
        tx.plans.put(attrs.evolve(plan, active=False))


def test_an_unknown_plan_is_refused(kept: Transactions) -> None:
    with kept(SYSTEM) as tx, pytest.raises(PlanUnknown):
        tx.plans.get(PlanSlug("none-such"))


def test_putting_a_plan_again_replaces_it(kept: Transactions) -> None:
    dearer = attrs.evolve(FULL_DIAGNOSTIC, price=Money(5999))

    with kept(SYSTEM) as tx:
        tx.plans.put(FULL_DIAGNOSTIC)
        tx.plans.put(dearer)

    with kept(SYSTEM) as tx:
        assert tx.plans.get(FULL_DIAGNOSTIC.slug) == dearer
        tx.plans.put(FULL_DIAGNOSTIC)


def test_plans_on_offer_are_listed_in_their_order(kept: Transactions) -> None:
    last, *others = sorted(DEFAULT_PLANS, key=lambda plan: -plan.display_order)

    with kept(SYSTEM) as tx:
        for plan in (attrs.evolve(last, active=False), *others):
            tx.plans.put(plan)

    with kept(SYSTEM) as tx:
        assert tx.plans.listed() == tuple(reversed(others))


@drawn
@given(intake=intakes())
def test_any_intake_comes_back_as_it_was(kept: Transactions, intake: Intake) -> None:
    workshop, chosen = new_workshop(), None
    if intake.chosen_mechanic_id is not None:
        chosen = a_mechanic(kept).mechanic_id
    intake = attrs.evolve(
        intake,
        id=IntakeId(uuid4()),
        customer_id=an_account(kept).customer_id,
        workshop_id=workshop.id,
        chosen_mechanic_id=chosen,
    )

    with kept(SYSTEM) as tx:
        for plan in DEFAULT_PLANS:
            tx.plans.put(plan)
        tx.workshops.add(workshop)
        tx.intakes.add(intake)

    with kept(SYSTEM) as tx:
        assert tx.intakes.get(intake.id) == intake


def a_waiver(intake: Intake, *, name: str = "Casey Driver") -> Waiver:
    return Waiver(
        WaiverId(uuid4()), intake.id, intake.customer_id, name, "2026-01", AT, "127.0.0.1", "tests"
    )


def test_the_waiver_that_was_signed_first_counts(kept: Transactions) -> None:
    intake = an_intake(kept, an_account(kept).customer_id)
    first = a_waiver(intake)

    with kept(SYSTEM) as tx:
        assert tx.waivers.of(intake.id) is None
        assert tx.waivers.add(first) == first
    with kept(SYSTEM) as tx:
        again = tx.waivers.add(a_waiver(intake, name="Somebody Else"))

    assert again == first
    with kept(SYSTEM) as tx:
        assert tx.waivers.of(intake.id) == first


def test_a_checkout_comes_back_as_it_was_in_every_state(kept: Transactions) -> None:
    checkout = new_checkout(kept)
    opened = checkout.opened(provider_id=f"page_{uuid4()}", provider_url="https://pay.example")
    paid = opened.pay(payment_id=f"payment_{uuid4()}", charge_id=f"charge_{uuid4()}", at=AT)
    with kept(SYSTEM) as tx:
        tx.checkouts.add(checkout)

    for step in (opened, paid, paid.fulfil()):
        with kept(SYSTEM) as tx:
            before = tx.checkouts.get(checkout.id, lock=True)
            saved = tx.checkouts.save(attrs.evolve(step, version=before.version))
        with kept(SYSTEM) as tx:
            assert tx.checkouts.get(checkout.id) == saved


def test_an_intake_has_one_open_checkout(kept: Transactions) -> None:
    intake = an_intake(kept, an_account(kept).customer_id)
    first = a_checkout(kept, intake)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.checkouts.add(new_checkout(kept, intake))

    with kept(SYSTEM) as tx:
        assert tx.checkouts.open_of(intake.id) == first


def test_an_expired_checkout_makes_room_and_does_not_come_back(kept: Transactions) -> None:
    intake = an_intake(kept, an_account(kept).customer_id)
    first = a_checkout(kept, intake)
    with kept(SYSTEM) as tx:
        expired = tx.checkouts.save(first.expire())
        assert tx.checkouts.open_of(intake.id) is None
    second = a_checkout(kept, intake)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.checkouts.save(attrs.evolve(first, version=expired.version))

    with kept(SYSTEM) as tx:
        assert tx.checkouts.open_of(intake.id) == second


def with_provider(kept: Transactions, checkout: Checkout) -> Checkout:
    """Opened and paid, by ids that nothing else has."""
    opened = checkout.opened(provider_id=f"page_{uuid4()}", provider_url="https://pay.example")
    paid = opened.pay(payment_id=f"payment_{uuid4()}", charge_id=f"charge_{uuid4()}", at=AT)
    with kept(SYSTEM) as tx:
        tx.checkouts.add(paid)
    return paid


def test_a_checkout_is_found_by_the_providers_ids(kept: Transactions) -> None:
    checkout = with_provider(kept, new_checkout(kept))
    assert checkout.provider_id is not None
    assert checkout.charge_id is not None

    with kept(SYSTEM) as tx:
        assert tx.checkouts.by_provider(checkout.provider_id) == checkout
        assert tx.checkouts.by_charge(checkout.charge_id) == checkout
        assert tx.checkouts.by_provider("page_of_nobody") is None
        assert tx.checkouts.by_charge("charge_of_nobody") is None


@pytest.mark.parametrize("field", ["provider_id", "payment_id"])
def test_no_two_checkouts_share_an_id_of_the_provider(kept: Transactions, field: str) -> None:
    first = with_provider(kept, new_checkout(kept))
    second = attrs.evolve(new_checkout(kept), **{field: getattr(first, field)})

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.checkouts.add(second)


def test_an_unknown_customer_has_one_free_session(kept: Transactions) -> None:
    customer_id = CustomerId(uuid4())

    with kept(SYSTEM) as tx:
        assert tx.free_sessions.get(customer_id) == FreeSessions(customer_id)
        assert tx.free_sessions.get(customer_id, lock=True).left == 1


def test_a_free_session_taken_is_remembered_by_versions(kept: Transactions) -> None:
    book = FreeSessions(an_account(kept).customer_id)

    with kept(SYSTEM) as tx:
        taken = tx.free_sessions.save(book.take())
    with kept(SYSTEM) as tx:
        more = tx.free_sessions.save(taken.override())

    assert (taken.version, more.version, more.left) == (1, 2, 1)
    with kept(SYSTEM) as tx:
        assert tx.free_sessions.get(book.customer_id, lock=True) == more


@pytest.mark.parametrize("again", [False, True])
def test_two_cannot_take_the_same_free_session(kept: Transactions, again: bool) -> None:
    """The first time there is no row, later there is."""
    before = FreeSessions(an_account(kept).customer_id)
    with kept(SYSTEM) as tx:
        if again:
            before = tx.free_sessions.save(before.override())
        tx.free_sessions.save(before.take())

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.free_sessions.save(before.take())


def test_what_fails_takes_no_free_session_and_opens_no_checkout(kept: Transactions) -> None:
    intake = an_intake(kept, an_account(kept).customer_id)
    checkout = new_checkout(kept, intake)

    def fail() -> None:
        with kept(SYSTEM) as tx:
            tx.waivers.add(a_waiver(intake))
            tx.checkouts.add(checkout)
            tx.free_sessions.save(FreeSessions(intake.customer_id).take())
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()

    with kept(SYSTEM) as tx:
        assert tx.waivers.of(intake.id) is None
        assert tx.checkouts.open_of(intake.id) is None
        assert tx.free_sessions.get(intake.customer_id).left == 1


def test_a_checkout_keeps_its_times_to_the_microsecond(kept: Transactions) -> None:
    expires_at = AT + timedelta(microseconds=123_457)
    checkout = attrs.evolve(new_checkout(kept), id=CheckoutId(uuid4()), expires_at=expires_at)

    with kept(SYSTEM) as tx:
        tx.checkouts.add(checkout)

    with kept(SYSTEM) as tx:
        assert tx.checkouts.get(checkout.id).expires_at == expires_at


def test_the_newest_booking_of_a_customer_is_theirs(kept: Transactions) -> None:
    customer = CustomerId(an_account(kept).account_id)
    with kept(SYSTEM) as tx:
        assert tx.intakes.newest_of(customer) is None

    older = new_intake(kept, customer)
    newer = attrs.evolve(new_intake(kept, customer), created_at=AT + timedelta(days=1))
    an_intake(kept, an_account(kept).customer_id)
    with kept(SYSTEM) as tx:
        tx.intakes.add(newer)
        tx.intakes.add(older)

    with kept(SYSTEM) as tx:
        assert tx.intakes.newest_of(customer) == newer
