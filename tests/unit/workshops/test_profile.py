"""What a workshop tells of itself: the form's words become what is kept, or name their fault."""

from collections.abc import Callable
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.workshops.profile import (
    DESCRIPTION_LENGTH_MAX,
    Hours,
    check_areas,
    check_capacity,
    check_coverage,
    check_description,
    check_hours,
    check_radius,
    check_website,
)

MONDAY, TUESDAY, SUNDAY = 0, 1, 6
NOT_AN_ADDRESS = {"field": "website", "reason": "Enter an address such as https://garage.example."}


def open_on(weekday: int, opens: int = 8, closes: int = 17) -> Hours:
    return Hours(weekday, time(opens), time(closes))


def numbered_prefixes(count: int) -> tuple[str, ...]:
    return tuple(f"P{number:03}" for number in range(count))


@pytest.mark.parametrize("check", [check_coverage, check_areas])
class TestPostalPrefixes:
    def test_are_kept_in_capitals_without_spaces_each_once_and_sorted(
        self, check: Callable[[tuple[str, ...]], tuple[str, ...]]
    ) -> None:
        assert check(("m5v", " k1a ", "M 5 V", "", "  ", "10001")) == ("10001", "K1A", "M5V")

    @pytest.mark.parametrize("prefix", ["M5V", "M5V2T6"])
    def test_have_three_to_six_characters(
        self, check: Callable[[tuple[str, ...]], tuple[str, ...]], prefix: str
    ) -> None:
        assert check((prefix,)) == (prefix,)

    @pytest.mark.parametrize(
        ("prefix", "shown"),
        [
            ("M5", "M5"),
            ("M5V2T6X", "M5V2T6X"),
            ("M5-", "M5-"),
            ("ABCDEFGHIJKLM", "ABCDEFGHIJKL"),
            ("É5V", "É5V"),
        ],
    )
    def test_anything_else_is_refused_by_its_first_twelve_characters(
        self, check: Callable[[tuple[str, ...]], tuple[str, ...]], prefix: str, shown: str
    ) -> None:
        with pytest.raises(InvalidField) as refused:
            check(("Z9Z", prefix))

        reason = f"“{shown}” is no postal prefix: 3 to 6 letters and digits."
        assert refused.value.facts == {"field": "coverage", "reason": reason}

    def test_two_hundred_are_the_most(
        self, check: Callable[[tuple[str, ...]], tuple[str, ...]]
    ) -> None:
        assert len(check(numbered_prefixes(200))) == 200

        with pytest.raises(InvalidField) as refused:
            check(numbered_prefixes(201))

        assert refused.value.facts == {
            "field": "coverage",
            "reason": "At most 200 postal prefixes.",
        }


@pytest.mark.parametrize("nothing", [(), ("", "  ")])
def test_a_workshop_covers_something_and_its_mechanics_may_serve_all_of_it(
    nothing: tuple[str, ...],
) -> None:
    with pytest.raises(InvalidField) as refused:
        check_coverage(nothing)

    reason = "Name at least one postal prefix, such as M5V."
    assert refused.value.facts == {"field": "coverage", "reason": reason}
    assert check_areas(nothing) == ()


@pytest.mark.parametrize(
    ("check", "field", "what"),
    [(check_radius, "radius_km", "kilometres"), (check_capacity, "capacity", "mechanics")],
)
def test_radius_and_capacity_are_from_one_to_five_hundred(
    check: Callable[[int], int], field: str, what: str
) -> None:
    assert [check(number) for number in (1, 2, 500)] == [1, 2, 500]

    for number in (0, -1, 501):
        with pytest.raises(InvalidField) as refused:
            check(number)

        assert refused.value.facts == {"field": field, "reason": f"From 1 to 500 {what}."}


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("", ""),
        ("  ", ""),
        (" garage.example ", "https://garage.example"),
        ("https://garage.example/oil?x=1", "https://garage.example/oil?x=1"),
        ("http://garage.example", "http://garage.example"),
        (f"https://g.ca/{'a' * 227}", f"https://g.ca/{'a' * 227}"),
    ],
)
def test_a_website_is_an_address_of_the_web_or_nothing(told: str, kept: str) -> None:
    assert check_website(told) == kept


@pytest.mark.parametrize(
    "told",
    [
        "garage",
        "https://garage",
        "https://",
        "ftp://garage.example",
        "javascript://garage.example",
        "https://[garage.example",
        "garage.example/a b",
        "garage.example/\x07",
        f"https://g.ca/{'a' * 228}",
    ],
)
def test_no_other_address_is_a_website(told: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_website(told)

    assert refused.value.facts == NOT_AN_ADDRESS


def test_a_description_is_trimmed_and_loses_what_no_database_keeps() -> None:
    assert check_description("  We fix\x00\nbrakes. ") == "We fix\nbrakes."


def test_a_description_has_at_most_two_thousand_characters() -> None:
    assert check_description("a" * DESCRIPTION_LENGTH_MAX) == "a" * 2000

    with pytest.raises(InvalidField) as refused:
        check_description("a" * (DESCRIPTION_LENGTH_MAX + 1))

    assert refused.value.facts == {"field": "description", "reason": "At most 2000 characters."}


@given(days=st.permutations(range(7)))
def test_hours_are_kept_in_the_order_of_the_week(days: list[int]) -> None:
    kept = check_hours(tuple(open_on(day) for day in days))

    assert [each.weekday for each in kept] == list(range(7))


@pytest.mark.parametrize(
    ("hours", "reason"),
    [
        ((open_on(-1),), "A weekday is 0 (Monday) to 6 (Sunday)."),
        ((open_on(7),), "A weekday is 0 (Monday) to 6 (Sunday)."),
        ((open_on(MONDAY, 17, 8),), "A day closes after it opens."),
        ((open_on(SUNDAY, 8, 8),), "A day closes after it opens."),
        ((open_on(MONDAY, 8, 12), open_on(MONDAY, 13, 17)), "Give each day once."),
        ((open_on(TUESDAY), open_on(MONDAY), open_on(TUESDAY)), "Give each day once."),
    ],
)
def test_hours_that_no_week_has_are_refused(hours: tuple[Hours, ...], reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_hours(hours)

    assert refused.value.facts == {"field": "hours", "reason": reason}
