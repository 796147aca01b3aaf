from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.entrypoints.web.pages.mechanic_earned import range_title
from autodoctor.entrypoints.web.pages.mechanic_ranges import (
    DAY,
    Range,
    Span,
    asked_for,
)

TODAY = date(2026, 11, 23)
TORONTO = ZoneInfo("America/Toronto")
WHOLE = tuple(span for span in Span if span is not Span.CUSTOM)

days = st.dates(date(2020, 1, 1), date(2099, 12, 31))
whole = st.builds(Range.around, st.sampled_from(WHOLE), days)
custom = st.tuples(days, st.integers(0, 400)).map(
    lambda told: Range(Span.CUSTOM, told[0], told[0] + timedelta(days=told[1]))
)
ranges = whole | custom


@given(ranges)
def test_ranges_follow_each_other_without_a_gap(some: Range) -> None:
    assert some.before.last + DAY == some.first
    assert some.last + DAY == some.after.first


@given(ranges)
def test_going_back_and_forth_leads_to_the_same_range(some: Range) -> None:
    assert some.before.after == some
    assert some.after.before == some


@given(st.sampled_from(WHOLE), days)
def test_a_range_holds_the_day_it_was_asked_around(span: Span, day: date) -> None:
    around = Range.around(span, day)

    assert around.first <= day <= around.last


@given(ranges, st.sampled_from(["America/Toronto", "America/St_Johns", "Asia/Kolkata"]))
def test_the_end_of_a_range_is_the_beginning_of_the_next(some: Range, zone: str) -> None:
    assert some.until(ZoneInfo(zone)) == some.after.since(ZoneInfo(zone))


def test_a_week_begins_on_monday() -> None:
    assert Range.around(Span.WEEK, date(2026, 11, 29)).first == date(2026, 11, 23)


def test_a_day_on_which_clocks_go_back_has_25_hours() -> None:
    day = Range.around(Span.DAY, date(2026, 11, 1))

    assert day.until(TORONTO) - day.since(TORONTO) == timedelta(hours=25)


def test_without_a_wish_it_is_this_week() -> None:
    assert asked_for({}, today=TODAY).range == Range.around(Span.WEEK, TODAY)
    assert asked_for({"range": "century"}, today=TODAY).range.span is Span.WEEK


def test_a_custom_range_is_from_the_first_through_the_last_day() -> None:
    asked = asked_for({"range": "custom", "from": "2026-11-01", "to": "2026-11-07"}, today=TODAY)

    assert (asked.range.first, asked.range.last) == (date(2026, 11, 1), date(2026, 11, 7))
    assert asked.error == ""


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"from": "2026-11-07", "to": "2026-11-01"}, "to"),
        ({"from": "soon"}, "from"),
        ({"to": "0001-01-01"}, "to"),
        ({"from": "9999-12-31"}, "from"),
    ],
)
def test_what_makes_no_range_is_refused_at_its_field_and_kept(
    wish: dict[str, str], field: str
) -> None:
    asked = asked_for({"range": "custom", **wish}, today=TODAY)

    assert asked.field == field
    assert asked.error.endswith(".")
    assert (asked.first, asked.last) == (wish.get("from", ""), wish.get("to", ""))
    assert asked.range == Range(Span.CUSTOM, TODAY, TODAY)


@pytest.mark.parametrize(
    ("span", "day", "title"),
    [
        (Span.DAY, TODAY, "Today"),
        (Span.DAY, date(2026, 11, 2), "2 November 2026"),
        (Span.WEEK, TODAY, "23 – 29 November 2026"),
        (Span.WEEK, date(2026, 9, 30), "28 September – 4 October 2026"),
        (Span.WEEK, date(2026, 12, 31), "28 December 2026 – 3 January 2027"),
        (Span.MONTH, TODAY, "November 2026"),
        (Span.YEAR, TODAY, "2026"),
    ],
)
def test_a_range_is_called_as_people_call_it(span: Span, day: date, title: str) -> None:
    assert range_title(Range.around(span, day), today=TODAY) == title
