from datetime import UTC, datetime
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


def test_a_report_takes_so_many_amendments_and_not_one_more() -> None:
    report = Report(
        session_id=SessionId(UUID(int=1)),
        mechanic_id=MechanicId(UUID(int=2)),
        findings="Worn.",
        steps_taken="Listened.",
        next_steps="Replace.",
        parts_needed="",
        written_at=AT,
    )
    amendments = tuple(Amendment("Both sides.", AT) for _ in range(AMENDMENTS_MAX))

    attrs.evolve(report, amendments=amendments[1:]).check_amendable()
    with pytest.raises(TooManyAmendments) as refused:
        attrs.evolve(report, amendments=amendments).check_amendable()

    assert refused.value.most == AMENDMENTS_MAX
