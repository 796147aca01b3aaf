from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.room.report import (
    AMENDMENTS_MAX,
    Amendment,
    Report,
    TooManyAmendments,
    check_part,
)
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import MechanicId, SessionId

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_part_of_a_report_is_kept_trimmed() -> None:
    assert check_part("findings", " Worn pads.\n") == "Worn pads."
    assert check_part("findings", "x" * 5000) == "x" * 5000


def test_only_an_optional_part_may_be_empty() -> None:
    assert check_part("parts_needed", "  ", required=False) == ""

    with pytest.raises(InvalidField) as refused:
        check_part("findings", "  ")

    reason = "The customer needs this part of the report."
    assert refused.value.facts == {"field": "findings", "reason": reason}


@pytest.mark.parametrize(
    ("text", "reason"),
    [("x" * 5001, "At most 5000 characters."), ("a\x00b", "A text holds no NUL characters.")],
)
def test_a_part_too_long_or_not_storable_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_part("next_steps", text, required=False)

    assert refused.value.facts == {"field": "next_steps", "reason": reason}


REPORT = Report(
    session_id=SessionId(UUID(int=1)),
    mechanic_id=MechanicId(UUID(int=2)),
    findings="Worn.",
    steps_taken="Listened.",
    next_steps="Replace.",
    parts_needed="",
    written_at=AT,
)


@pytest.mark.parametrize(
    ("amended", "at", "news"),
    [
        ((), 14, False),
        ((), 15, True),
        ((14,), 15, True),
        ((15,), 29, False),
        ((15,), 30, True),
        ((14, 15), 29, False),
        ((14, 28), 42, False),
        ((14, 28), 43, True),
        ((15, 29, 30), 44, False),
        ((15, 29, 30), 45, True),
    ],
)
def test_an_amendment_is_news_fifteen_minutes_after_the_last_news(
    amended: tuple[int, ...], at: int, news: bool
) -> None:
    """Minutes after the report. Those that were no news do not put the next one off."""
    amendments = tuple(Amendment("More.", AT + timedelta(minutes=each)) for each in amended)
    report = attrs.evolve(REPORT, amendments=amendments)

    assert report.is_news(AT + timedelta(minutes=at)) is news


def test_a_report_takes_so_many_amendments_and_not_one_more() -> None:
    amendments = tuple(Amendment("Both sides.", AT) for _ in range(AMENDMENTS_MAX))

    attrs.evolve(REPORT, amendments=amendments[1:]).check_amendable()
    with pytest.raises(TooManyAmendments) as refused:
        attrs.evolve(REPORT, amendments=amendments).check_amendable()

    assert refused.value.most == AMENDMENTS_MAX
