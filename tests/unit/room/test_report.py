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
    ("amended", "at", "told"),
    [
        ((), 0, 0),
        ((), 1, 1),
        ((-5,), 1, 1),
        ((1,), 2, 16),
        ((1, 2), 15, 16),
        ((1, 2), 16, 31),
        ((1, 2, 16), 30, 31),
        ((1,), 16, 16),
        ((1, 16), 17, 31),
        ((1, 2), 31, 31),
        ((1, 2), 40, 40),
    ],
)
def test_of_several_amendments_the_first_is_told_at_once_and_the_others_together(
    amended: tuple[int, ...], at: int, told: int
) -> None:
    """Minutes after the end. What was added during the conversation does not count."""
    amendments = tuple(Amendment("More.", AT + timedelta(minutes=each)) for each in amended)
    report = attrs.evolve(REPORT, amendments=amendments)

    news_at = report.news_at(AT + timedelta(minutes=at), ended_at=AT)

    assert news_at == AT + timedelta(minutes=told)


def test_a_report_takes_so_many_amendments_and_not_one_more() -> None:
    amendments = tuple(Amendment("Both sides.", AT) for _ in range(AMENDMENTS_MAX))

    attrs.evolve(REPORT, amendments=amendments[1:]).check_amendable()
    with pytest.raises(TooManyAmendments) as refused:
        attrs.evolve(REPORT, amendments=amendments).check_amendable()

    assert refused.value.most == AMENDMENTS_MAX
