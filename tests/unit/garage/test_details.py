"""Where a customer lives, as it is checked and kept."""

from dataclasses import dataclass

import pytest

from autodoctor.domain.garage.details import (
    CITY_LENGTH_MAX,
    POSTAL_CODE_LENGTH_MAX,
    PROVINCE_LENGTH_MAX,
    STREET_LENGTH_MAX,
    Home,
    check_home,
)
from autodoctor.domain.shared.errors import InvalidField

TORONTO = Home(
    street="1 King St W", city="Toronto", province="ON", postal_code="M5H 1A1", country="CA"
)


def test_nothing_has_to_be_told() -> None:
    assert check_home(Home()) == Home()


def test_it_is_kept_as_the_post_writes_it() -> None:
    typed = Home(
        street="  1  King St W ", city=" Toronto", province="on", postal_code="m5h1a1", country="ca"
    )

    assert check_home(typed) == TORONTO


@dataclass(frozen=True)
class Wrong:
    field: str
    home: Home
    reason: str


@pytest.mark.parametrize(
    "wrong",
    [
        Wrong("country", Home(city="Toronto"), "Choose a country."),
        Wrong("country", Home(country="XX"), "Choose a country."),
        Wrong("country", Home(country="Canada"), "Choose a country."),
        Wrong(
            "street",
            Home(street="x" * (STREET_LENGTH_MAX + 1), country="CA"),
            "One line of at most 120 characters.",
        ),
        Wrong(
            "street",
            Home(street="1 King\x07 St", country="CA"),
            "One line of at most 120 characters.",
        ),
        Wrong(
            "city",
            Home(city="x" * (CITY_LENGTH_MAX + 1), country="CA"),
            "One line of at most 80 characters.",
        ),
        Wrong(
            "province",
            Home(province="Ontario", country="CA"),
            "Two letters, such as ON for Ontario.",
        ),
        Wrong(
            "province",
            Home(province="x" * (PROVINCE_LENGTH_MAX + 1), country="DE"),
            "One line of at most 60 characters.",
        ),
        Wrong(
            "postal_code",
            Home(postal_code="D5H 1A1", country="CA"),
            "Six characters, such as M5V 2T6.",
        ),
        Wrong(
            "postal_code",
            Home(postal_code="M5H-1A1", country="CA"),
            "Six characters, such as M5V 2T6.",
        ),
        Wrong("postal_code", Home(postal_code="1000", country="US"), "Five digits, such as 10001."),
        Wrong(
            "postal_code", Home(postal_code="<b>", country="DE"), "Letters, digits and spaces only."
        ),
        Wrong(
            "postal_code",
            Home(postal_code="1" * (POSTAL_CODE_LENGTH_MAX + 1), country="DE"),
            "One line of at most 12 characters.",
        ),
    ],
    ids=str,
)
def test_what_is_wrong_is_named(wrong: Wrong) -> None:
    with pytest.raises(InvalidField) as refused:
        check_home(wrong.home)

    assert refused.value.facts == {"field": wrong.field, "reason": wrong.reason}


@pytest.mark.parametrize(
    "home",
    [
        Home(province="New York", postal_code="10001-1234", country="US"),
        Home(city="Berlin", postal_code="10115", country="DE"),
        Home(city="London", postal_code="SW1A 1AA", country="GB"),
        Home(street="x" * STREET_LENGTH_MAX, city="y" * CITY_LENGTH_MAX, country="FR"),
    ],
    ids=str,
)
def test_other_countries_have_their_own_ways(home: Home) -> None:
    assert check_home(home) == home
