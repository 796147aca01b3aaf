"""Why somebody is suspended, and until when."""

from datetime import UTC, datetime, timedelta

import pytest

from autodoctor.domain.accounts.standing import check_reason, suspension_end
from autodoctor.domain.shared.errors import InvalidField

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Rude", "Rude"), (" Rude \n to a\x00 customer. ", "Rude to a customer."), ("Odd", "Odd")],
)
def test_a_reason_is_kept_on_one_line(typed: str, kept: str) -> None:
    assert check_reason(typed) == kept
    assert check_reason("x" * 500) == "x" * 500


@pytest.mark.parametrize("typed", ["", "No", "  N\x00o  ", "\x00" * 9, "x" * 501])
def test_one_too_short_or_too_long_is_refused(typed: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_reason(typed)

    reason = "Give a reason of 3 to 500 characters."
    assert refused.value.facts == {"field": "reason", "reason": reason}


def test_a_suspension_without_days_has_no_end() -> None:
    assert suspension_end(None, at=NOW) is None


@pytest.mark.parametrize("days", [1, 7, 3650])
def test_a_suspension_lasts_its_days(days: int) -> None:
    assert suspension_end(days, at=NOW) == NOW + timedelta(days=days)


@pytest.mark.parametrize("days", [-1, 0, 3651])
def test_a_suspension_lasts_from_one_day_to_ten_years(days: int) -> None:
    with pytest.raises(InvalidField) as refused:
        suspension_end(days, at=NOW)

    assert refused.value.facts == {"field": "days", "reason": "Between 1 and 3650 days."}
