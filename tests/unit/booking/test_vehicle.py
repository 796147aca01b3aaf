import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from autodoctor.domain.booking.intake import check_vehicle_given
from autodoctor.domain.booking.vehicle import Vehicle, check_vehicle, check_vin
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.testing.strategies.booking import vehicles, vins

COROLLA = Vehicle(2019, "Toyota", "Corolla")


@pytest.mark.parametrize(
    "vin",
    [
        "1M8GDM9AXKP042788",
        "11111111111111111",
        "5GZCZ43D13S812715",
        "1HGCM82633A004352",
    ],
)
def test_numbers_of_real_cars_are_right(vin: str) -> None:
    assert check_vin(vin) == vin
    assert check_vin(f"  {vin.lower()}\n") == vin


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1M8GDM9AXKP04278",
        "1M8GDM9AXKP0427888",
        "IM8GDM9AXKP042788",
        "1M8GDM9AXKPO42788",
        "1M8GDM9AXKPQ42788",
        "1M8GDM9AXKP04278-",
        "1M8GDM9AXKP04278ß",
        "1M8GDM9AXKP04278\N{ARABIC-INDIC DIGIT EIGHT}",
    ],
)
def test_what_has_not_seventeen_signs_without_i_o_and_q_is_no_number(text: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_vin(text)

    reason = "A VIN has 17 letters and digits, without I, O and Q."
    assert refused.value.facts == {"field": "vin", "reason": reason}


def test_a_wrong_check_digit_is_told_as_such() -> None:
    with pytest.raises(InvalidField) as refused:
        check_vin("1M8GDM9A1KP042788")

    reason = "The check digit does not fit: look at the VIN once more."
    assert refused.value.facts == {"field": "vin", "reason": reason}


def test_a_sign_that_falls_outside_ascii_only_when_folded_is_no_vehicles() -> None:
    with pytest.raises(InvalidField):
        check_vin("\N{LATIN SMALL LETTER LONG S}" + "1" * 16)


@given(vin=vins())
def test_a_right_number_is_accepted_as_it_is(vin: str) -> None:
    assert check_vin(vin) == vin


@given(vin=vins(), drawn=st.data())
def test_one_digit_mistyped_is_noticed(vin: str, drawn: st.DataObject) -> None:
    places = [place for place in range(17) if vin[place].isdigit() and place != 8]
    assume(places)
    place = drawn.draw(st.sampled_from(places))
    digit = drawn.draw(st.sampled_from([each for each in "0123456789" if each != vin[place]]))

    with pytest.raises(InvalidField):
        check_vin(f"{vin[:place]}{digit}{vin[place + 1 :]}")


@given(vehicle=vehicles())
def test_a_vehicle_within_bounds_is_taken_as_it_is(vehicle: Vehicle) -> None:
    assert check_vehicle(vehicle, year_now=2026) is vehicle
    assert vehicle.title == f"{vehicle.year} {vehicle.make} {vehicle.model}"


def test_next_years_models_are_sold_this_year_and_the_year_after_nexts_are_not() -> None:
    check_vehicle(attrs.evolve(COROLLA, year=2027), year_now=2026)
    check_vehicle(attrs.evolve(COROLLA, year=1900), year_now=2026)

    for year in (1899, 2028):
        with pytest.raises(InvalidField) as refused:
            check_vehicle(attrs.evolve(COROLLA, year=year), year_now=2026)

        assert refused.value.facts == {"field": "year", "reason": "A year from 1900 to 2027."}


@pytest.mark.parametrize("field", ["make", "model"])
def test_make_and_model_say_something_short(field: str) -> None:
    for wrong in ("", "  ", "x" * 61):
        with pytest.raises(InvalidField) as refused:
            check_vehicle(attrs.evolve(COROLLA, **{field: wrong}), year_now=2026)

        assert refused.value.field == field
        assert field in refused.value.reason
    for right in ("x", "x" * 60):
        check_vehicle(attrs.evolve(COROLLA, **{field: right}), year_now=2026)


def test_an_odometer_shows_up_to_two_million_kilometres() -> None:
    for right in (0, 2_000_000, None):
        check_vehicle(attrs.evolve(COROLLA, odometer_km=right), year_now=2026)

    for wrong in (-1, 2_000_001):
        with pytest.raises(InvalidField) as refused:
            check_vehicle(attrs.evolve(COROLLA, odometer_km=wrong), year_now=2026)

        reason = "Between 0 and 2,000,000 km."
        assert refused.value.facts == {"field": "odometer_km", "reason": reason}


@pytest.mark.parametrize(
    ("vehicle", "required", "urgent"),
    [(COROLLA, True, False), (None, False, False), (None, True, True), (None, False, True)],
)
def test_a_vehicle_is_waived_when_urgent_or_the_plan_needs_none(
    vehicle: Vehicle | None, required: bool, urgent: bool
) -> None:
    check_vehicle_given(vehicle, required=required, urgent=urgent)


def test_otherwise_a_vehicle_has_to_be_given() -> None:
    with pytest.raises(InvalidField) as refused:
        check_vehicle_given(None, required=True, urgent=False)

    reason = "Choose a vehicle, or enter its VIN or year, make and model."
    assert refused.value.facts == {"field": "vehicle", "reason": reason}
