import pytest
import ultravin

from autodoctor.adapters.vin.makes import written
from autodoctor.adapters.vin.ultravin import UltravinDecoder
from autodoctor.ports.vin import DecodedVin

DECODER = UltravinDecoder()
ACCORD = "1HGCM82633A004352"


def test_a_vin_tells_the_vehicle() -> None:
    assert DECODER.decode(ACCORD) == DecodedVin(
        vin=ACCORD,
        year=2003,
        make="Honda",
        model="Accord",
        trim="EX-V6",
        body="Coupe",
        engine="3.0 L V6",
        fuel="Gasoline",
        drive="",
        plant_country="United States",
    )


def test_an_electric_car_has_no_engine() -> None:
    tesla = DECODER.decode("5YJ3E1EA7KF317000")

    assert (tesla.make, tesla.model, tesla.year) == ("Tesla", "Model 3", 2019)
    assert (tesla.engine, tesla.fuel) == ("", "Electric")


def test_a_hybrid_tells_both_fuels() -> None:
    prius = DECODER.decode("JTDKN3DU0A0000000")

    assert prius.fuel == "Gasoline and electric"
    assert prius.engine == "1.8 L inline 4"


def test_what_the_number_does_not_tell_is_empty() -> None:
    told = DECODER.decode("11111111111111111")

    assert told.make == told.model == told.body == told.engine == told.fuel == ""


def test_every_vin_of_the_data_can_be_decoded() -> None:
    for vin in ultravin.generate(400, seed=1, vehicle_type=2):
        assert DECODER.decode(vin).vin == vin


def test_the_makes_are_in_alphabetical_order_each_once() -> None:
    makes = DECODER.makes()

    assert list(makes) == sorted(set(makes), key=str.casefold)
    assert {"BMW", "Ford", "Honda", "Mercedes-Benz", "Toyota"} <= set(makes)


def test_a_decoded_make_is_written_as_in_the_list() -> None:
    for vin in ultravin.generate(60, seed=2, make="BMW") + ultravin.generate(60, make="GMC"):
        assert DECODER.decode(vin).make in DECODER.makes()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("MERCEDES-BENZ", "Mercedes-Benz"),
        ("MINI", "Mini"),
        ("American Motors", "AMC"),
        (" WESTERN STAR ", "Western Star"),
        ("", ""),
    ],
)
def test_makes_are_written_as_people_write_them(given: str, shown: str) -> None:
    assert written(given) == shown
