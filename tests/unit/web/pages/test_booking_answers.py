from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from autodoctor.domain.booking.files import TooManyFiles
from autodoctor.domain.booking.intake import Place
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.plans.catalogue import FREE, QUICK_CHAT
from autodoctor.domain.sessions.routing import RoutingKind
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.pages.booking_answers import (
    Preference,
    errors_of,
    intake_form,
    number,
    preference,
    step_of,
    vehicle_mistakes,
    vehicle_of,
    with_vin_read,
)
from autodoctor.entrypoints.web.pages.booking_draft import Draft
from autodoctor.ports.vin import DecodedVin

KEY = "5a0b7d8e-0000-4000-8000-000000000001"
VIN = "1HGCM82633A004352"
CIVIC = Draft(plan="quick-chat", year="2018", make="Honda", model="Civic", category="brakes")


class Decoder:
    """Knows one car, and numbers of which nothing is known."""

    def __init__(self, make: str = "Honda") -> None:
        self.make = make

    def decode(self, vin: str) -> DecodedVin:
        return DecodedVin(
            vin=vin,
            year=2003,
            make=self.make,
            model="Accord",
            trim="EX",
            body="",
            engine="",
            fuel="",
            drive="",
            plant_country="",
        )

    def makes(self) -> tuple[str, ...]:
        return ("Honda",)


class TestNumbers:
    @pytest.mark.parametrize("text", ["84000", "84,000", "84 000", " 84\N{NO-BREAK SPACE}000 "])
    def test_are_read_as_people_write_them(self, text: str) -> None:
        assert number("odometer_km", text) == 84_000

    @pytest.mark.parametrize("text", ["", "-1", "many", "1.5", "²", "9" * 10])
    def test_that_are_none_are_refused(self, text: str) -> None:
        with pytest.raises(InvalidField, match="odometer_km"):
            number("odometer_km", text)


class TestTheVehicle:
    def test_that_is_described_has_no_mistakes(self) -> None:
        assert vehicle_mistakes(CIVIC, QUICK_CHAT, year_now=2026) == {}
        assert vehicle_of(CIVIC) == Vehicle(2018, "Honda", "Civic")

    def test_is_told_everything_that_is_wrong_at_once(self) -> None:
        draft = Draft(plan="quick-chat", vin="123", year="1800", odometer_km="far")

        found = vehicle_mistakes(draft, QUICK_CHAT, year_now=2026)

        assert set(found) == {"vin", "year", "make", "model", "odometer_km"}

    def test_is_needed_by_plans_that_ask_for_one(self) -> None:
        nothing = Draft(plan="quick-chat")

        assert set(vehicle_mistakes(nothing, QUICK_CHAT, year_now=2026)) == {"vin"}
        assert vehicle_mistakes(nothing, FREE, year_now=2026) == {}

    def test_is_not_needed_when_it_is_urgent(self) -> None:
        urgent = Draft(plan="quick-chat", urgent=True)

        assert vehicle_mistakes(urgent, QUICK_CHAT, year_now=2026) == {}

    def test_that_was_skipped_is_left_out_and_kept_for_going_back(self) -> None:
        skipped = replace(CIVIC, no_vehicle=True)

        assert vehicle_of(skipped) is None
        assert skipped.make == "Honda"


class TestReadingTheVin:
    def test_fills_in_what_it_says(self) -> None:
        read = with_vin_read(Draft(plan="free", vin=VIN.lower(), plate="ABC"), Decoder())

        assert (read.vin, read.year, read.make, read.model) == (VIN, "2003", "Honda", "Accord")
        assert read.plate == "ABC"

    def test_refuses_a_number_with_a_slip(self) -> None:
        with pytest.raises(InvalidField, match="check digit"):
            with_vin_read(Draft(plan="free", vin=VIN[:-1] + "3"), Decoder())

    def test_refuses_a_number_nobody_knows(self) -> None:
        with pytest.raises(InvalidField, match="do not know"):
            with_vin_read(Draft(plan="free", vin=VIN), Decoder(make=""))


class TestWhomTheCustomerPrefers:
    def test_may_be_a_mechanic_or_a_workshop(self) -> None:
        assert preference(f"mechanic:{KEY}").mechanic_id == UUID(KEY)
        assert preference(f"first:{KEY}") == Preference(RoutingKind.HYBRID, UUID(KEY))
        assert preference(f"only:{KEY}") == Preference(RoutingKind.WORKSHOP_ONLY, UUID(KEY))

    @given(text=st.text())
    def test_is_anyone_for_whatever_else_is_sent(self, text: str) -> None:
        assert preference(text) == Preference()


class TestTheIntake:
    def test_holds_what_was_typed(self) -> None:
        draft = replace(CIVIC, concern="Grinding noise", city="Toronto", files=((KEY, "a.jpg"),))

        form = intake_form(draft)

        assert form.place == Place("Toronto", "", "CA")
        assert form.file_ids == (UUID(KEY),)
        assert form.specialist_brand is None

    def test_asks_for_a_specialist_only_when_the_make_is_known(self) -> None:
        assert intake_form(replace(CIVIC, specialist=True)).specialist_brand == "Honda"
        assert intake_form(replace(CIVIC, specialist=True, make="")).specialist_brand is None

    @pytest.mark.parametrize(
        ("draft", "field"),
        [
            (replace(CIVIC, category=""), "category"),
            (replace(CIVIC, files=(("what", "a.jpg"),)), "files"),
        ],
    )
    def test_is_refused_for_what_the_form_never_sends(self, draft: Draft, field: str) -> None:
        with pytest.raises(InvalidField, match=field):
            intake_form(draft)


def test_what_is_refused_is_shown_in_the_step_that_asks_for_it() -> None:
    assert step_of(InvalidField("year", "…")) == "vehicle"
    assert step_of(InvalidField("concern", "…")) == "concern"
    assert step_of(TooManyFiles(1)) == "concern"


def test_what_is_refused_is_named_as_in_the_form() -> None:
    assert errors_of(InvalidField("vehicle", "Choose one.")) == {"vin": "Choose one."}
    assert errors_of(InvalidField("concern", "More.")) == {"concern": "More."}
    assert "takes 1." in errors_of(TooManyFiles(1))["files"]
