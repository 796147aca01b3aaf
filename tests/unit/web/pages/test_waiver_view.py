from datetime import UTC, datetime
from uuid import UUID

import attrs
import pytest

from autodoctor.application.booking.review import Review
from autodoctor.domain.booking.concern import ConcernCategory
from autodoctor.domain.booking.intake import Intake, Place
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.booking.waiver import TEXT, sign
from autodoctor.domain.plans.catalogue import FREE, QUICK_CHAT
from autodoctor.domain.shared.ids import CustomerId, IntakeId, WaiverId
from autodoctor.entrypoints.web.pages.booking_again import draft_of
from autodoctor.entrypoints.web.pages.booking_answers import intake_form
from autodoctor.entrypoints.web.pages.waiver_view import WaiverView, waiver_view
from autodoctor.entrypoints.web.pages.when import When

NOW = datetime(2026, 3, 12, 18, 32, tzinfo=UTC)
WHEN = When("America/Toronto", NOW)
KEY = UUID("5a0b7d8e-0000-4000-8000-000000000001")
INTAKE = Intake(
    id=IntakeId(UUID(int=1)),
    customer_id=CustomerId(UUID(int=2)),
    plan=QUICK_CHAT.slug,
    vehicle=Vehicle(2018, "Honda", "Civic", odometer_km=84_000),
    concern="Grinding noise when braking",
    category=ConcernCategory.BRAKES,
    created_at=NOW,
    place=Place("Toronto", "ON", "CA"),
)
BOOKING = Review(intake=INTAKE, plan=QUICK_CHAT, waiver=None, files=())
WAIVER = sign(
    waiver_id=WaiverId(UUID(int=3)),
    intake_id=INTAKE.id,
    customer_id=INTAKE.customer_id,
    full_name="Dana Whitfield",
    adult=True,
    address="192.0.2.1",
    agent="",
    at=NOW,
)


def view(booking: Review = BOOKING) -> WaiverView:
    return waiver_view(booking, WHEN, draft="sealed", errors={}, values={})


def test_the_refund_rule_has_its_clock_time() -> None:
    until = "2:47\N{NARROW NO-BREAK SPACE}p.m."

    assert f"by {until} if you pay now, all of the $9.99 goes back" in view().rules[0]


def test_a_free_session_is_neither_paid_nor_lost() -> None:
    free = view(attrs.evolve(BOOKING, plan=FREE))

    assert free.pay_label == "Sign and start"
    assert free.rules[0] == "Nothing is charged, and no card is needed."
    assert [step.label for step in free.steps][-1] == "Waiver"


def test_what_is_not_signed_yet_is_signed_and_paid_at_once() -> None:
    assert view().pay_label == "Sign and pay $9.99"
    assert view().signed == ""
    assert view().text == TEXT


def test_what_is_signed_is_signed_once() -> None:
    signed = view(attrs.evolve(BOOKING, waiver=WAIVER))

    assert signed.signed == "Signed by Dana Whitfield · Today, 2:32\N{NARROW NO-BREAK SPACE}p.m."
    assert signed.pay_label == "Pay $9.99"


def test_a_long_concern_is_shown_in_part() -> None:
    long = attrs.evolve(INTAKE, concern="noise " * 500)

    facts = {fact.label: fact.value for fact in view(attrs.evolve(BOOKING, intake=long)).facts}

    assert len(facts["In your words"]) < 310
    assert facts["In your words"].endswith("…")


@pytest.mark.parametrize(
    "intake",
    [
        INTAKE,
        attrs.evolve(INTAKE, vehicle=None, place=Place()),
        attrs.evolve(INTAKE, routing="hybrid", workshop_id=KEY, specialist_brand="Honda"),
        attrs.evolve(INTAKE, routing="workshop_only", workshop_id=KEY, urgent=True),
        attrs.evolve(INTAKE, chosen_mechanic_id=KEY, file_ids=(KEY,)),
    ],
)
def test_a_booking_to_be_changed_is_the_one_that_was_made(intake: Intake) -> None:
    files = tuple((str(file_id), "a.jpg") for file_id in intake.file_ids)

    form = intake_form(draft_of(intake, files))

    kept = ("plan", "vehicle", "concern", "category", "urgent", "file_ids", "place", "routing")
    kept += ("workshop_id", "chosen_mechanic_id", "specialist_brand")
    assert {name: getattr(form, name) for name in kept} == {
        name: getattr(intake, name) for name in kept
    }
