import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autodoctor.entrypoints.web.pages import when
from autodoctor.entrypoints.web.pages.when import When

NOON = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
TORONTO = When("America/Toronto", NOON)


def test_a_time_is_told_on_the_readers_clock() -> None:
    assert TORONTO.clock(NOON) == "1:00\N{NARROW NO-BREAK SPACE}p.m."
    assert When("America/Vancouver", NOON).clock(NOON) == "10:00\N{NARROW NO-BREAK SPACE}a.m."


@pytest.mark.parametrize(
    ("days", "told"),
    [(0, "Today"), (1, "Tomorrow"), (-1, "Yesterday"), (-10, "2 March"), (-365, "12 March 2025")],
)
def test_near_days_have_names_and_others_a_date(days: int, told: str) -> None:
    assert TORONTO.day(NOON + timedelta(days=days)) == told


def test_within_a_sentence_a_near_day_begins_with_a_small_letter() -> None:
    assert TORONTO.within(NOON) == "today, 1:00\N{NARROW NO-BREAK SPACE}p.m."
    assert TORONTO.within(NOON - timedelta(days=10)).startswith("2 March, ")


def test_no_page_puts_a_capital_or_a_second_full_stop_into_a_sentence() -> None:
    pages = Path(when.__file__).parent.glob("*.py")
    sources = "\n".join(page.read_text(encoding="utf-8") for page in pages)

    assert (
        re.findall(r"\b(?:until|sent|since|in|to), ?\{\w+\.moment\(", sources, re.IGNORECASE) == []
    )
    assert re.findall(r"\b(?:until|sent|since|in|to) \{\w+\.moment\(", sources, re.IGNORECASE) == []
    assert re.findall(r"\.(?:moment|within|clock)\(\w[\w.]*\)\}\.", sources) == []


def test_a_day_ends_at_the_readers_midnight() -> None:
    late = datetime(2026, 3, 13, 3, 0, tzinfo=UTC)

    assert TORONTO.day(late) == "Today"
    assert When("Europe/Berlin", NOON).day(late) == "Tomorrow"


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        (timedelta(seconds=-20), "just now"),
        (timedelta(minutes=-5), "5 minutes ago"),
        (timedelta(hours=2), "in 2 hours"),
    ],
)
def test_how_long_ago_is_told_in_round_figures(gap: timedelta, told: str) -> None:
    assert TORONTO.ago(NOON + gap) == told


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "/etc/passwd"])
def test_an_unknown_zone_is_told_in_the_default_one(name: str) -> None:
    assert When(name, NOON).clock(NOON) == TORONTO.clock(NOON)


def test_offsets_tell_what_a_zone_is_from_utc_and_when_that_changes() -> None:
    before_summer = datetime(2026, 3, 1, 12, 34, tzinfo=UTC)
    hour = int(datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp())
    turn = int(datetime(2026, 3, 8, 7, tzinfo=UTC).timestamp())

    assert When("America/Toronto", before_summer).offsets() == f"{hour}:-300 {turn}:-240"
    assert When("Asia/Kathmandu", before_summer).offsets() == f"{hour}:345"
