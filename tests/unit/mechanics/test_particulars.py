"""What a mechanic tells of themselves is checked field by field."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.mechanics.particulars import (
    Particulars,
    ServiceTier,
    check_bio,
    check_born,
    check_good_through,
    check_line,
    check_years,
)
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import MechanicId

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
TODAY = date(2026, 3, 2)
NOBODY_KNOWN = Particulars(id=MechanicId(UUID(int=1)))


class TestTier:
    def test_virtual_only_is_chosen_by_confirming_it_once(self) -> None:
        confirmed = NOBODY_KNOWN.confirm_virtual_only(at=AT)

        assert confirmed == attrs.evolve(
            NOBODY_KNOWN, service_tier=ServiceTier.VIRTUAL_ONLY, virtual_only_confirmed_at=AT
        )
        assert confirmed.confirm_virtual_only(at=AT + timedelta(days=1)) is confirmed

    def test_the_same_choice_changes_nothing(self) -> None:
        confirmed = NOBODY_KNOWN.confirm_virtual_only(at=AT)

        assert confirmed.choose_tier(ServiceTier.VIRTUAL_ONLY) is confirmed

    def test_another_choice_has_to_be_confirmed_anew(self) -> None:
        both = NOBODY_KNOWN.confirm_virtual_only(at=AT).choose_tier(
            ServiceTier.VIRTUAL_AND_WORKSHOP
        )

        assert both == attrs.evolve(NOBODY_KNOWN, service_tier=ServiceTier.VIRTUAL_AND_WORKSHOP)
        assert both.choose_tier(ServiceTier.VIRTUAL_ONLY).virtual_only_confirmed_at is None


@pytest.mark.parametrize(
    "born", [date(2008, 3, 2), date(2008, 2, 28), date(1926, 3, 2), date(1925, 3, 3)]
)
def test_whoever_is_eighteen_to_a_hundred_today_can_work_here(born: date) -> None:
    assert check_born(born, today=TODAY) == born


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        (date(2008, 3, 3), "You need to be 18 or older."),
        (date(2008, 4, 1), "You need to be 18 or older."),
        (TODAY, "You need to be 18 or older."),
        (TODAY + timedelta(days=1), "Check the year."),
        (date(1925, 3, 2), "Check the year."),
        (date(1825, 3, 2), "Check the year."),
    ],
)
def test_who_is_younger_or_cannot_be_that_old_is_refused(born: date, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_born(born, today=TODAY)

    assert refused.value.facts == {"field": "date_of_birth", "reason": reason}


@pytest.mark.parametrize("years", [0, 1, 70])
def test_experience_is_counted_in_years(years: int) -> None:
    assert check_years(years) == years


@pytest.mark.parametrize("years", [-1, 71])
def test_nobody_has_worked_longer_than_seventy_years(years: int) -> None:
    with pytest.raises(InvalidField) as refused:
        check_years(years)

    reason = "Between 0 and 70 years."
    assert refused.value.facts == {"field": "years_of_experience", "reason": reason}


def test_a_biography_has_at_most_a_thousand_characters() -> None:
    assert check_bio("x" * 1000) == "x" * 1000

    with pytest.raises(InvalidField) as refused:
        check_bio("x" * 1001)

    assert refused.value.facts == {"field": "bio", "reason": "At most 1000 characters."}


@pytest.mark.parametrize(("typed", "kept"), [("", ""), (" 1  King St ", "1 King St")])
def test_a_line_is_kept_with_single_spaces_and_may_be_empty(typed: str, kept: str) -> None:
    assert check_line("street", typed) == kept
    assert check_line("street", "x" * 120) == "x" * 120


@pytest.mark.parametrize("typed", ["x" * 121, "King\x07St"])
def test_one_too_long_or_not_printable_is_refused(typed: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_line("street", typed)

    reason = "One line of at most 120 characters."
    assert refused.value.facts == {"field": "street", "reason": reason}


def test_a_line_that_has_to_be_there_is_asked_for_by_its_name() -> None:
    assert check_line("number", "7", what="the number") == "7"

    with pytest.raises(InvalidField) as refused:
        check_line("number", "  ", what="the number")

    assert refused.value.facts == {"field": "number", "reason": "Enter the number."}


def test_what_is_good_through_today_has_not_expired() -> None:
    assert check_good_through("insurance", TODAY, today=TODAY) == TODAY

    with pytest.raises(InvalidField) as refused:
        check_good_through("insurance", TODAY - timedelta(days=1), today=TODAY)

    assert refused.value.facts == {"field": "insurance", "reason": "This has expired."}
