from datetime import timedelta
from uuid import UUID

import attrs
import pytest
from hypothesis import given

from autodoctor.domain.booking.concern import ConcernCategory, check_concern
from autodoctor.domain.booking.intake import Intake, IntakeStatus
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import SessionId
from autodoctor.testing.strategies.booking import intakes

SESSION = SessionId(UUID(int=9))


def test_there_are_nineteen_categories_and_seven_states_for_support() -> None:
    assert len(ConcernCategory) == 19
    assert [str(status) for status in IntakeStatus] == [
        "new",
        "pending",
        "in_review",
        "in_progress",
        "awaiting_customer",
        "resolved",
        "cancelled",
    ]


@given(intake=intakes())
def test_an_intake_knows_the_session_that_came_of_it_and_keeps_all_it_told(intake: Intake) -> None:
    fulfilled = intake.fulfil(SESSION)

    assert fulfilled.session_id == SESSION
    assert attrs.evolve(fulfilled, session_id=None) == intake
    assert intake.status is IntakeStatus.NEW


@given(intake=intakes())
def test_a_booking_that_was_left_is_offered_for_seven_days_until_it_is_paid(intake: Intake) -> None:
    begun = attrs.evolve(intake, session_id=None)
    week = begun.created_at + timedelta(days=7)

    assert begun.continuable(at=begun.created_at)
    assert begun.continuable(at=week - timedelta(microseconds=1))
    assert not begun.continuable(at=week)
    assert not begun.fulfil(SESSION).continuable(at=begun.created_at)


@pytest.mark.parametrize(
    ("text", "urgent"),
    [("x" * 10, False), ("x" * 5, True), ("x" * 5000, False), ("x" * 5000, True)],
)
def test_a_concern_of_the_right_length_is_kept_as_written(text: str, urgent: bool) -> None:
    assert check_concern(text, urgent=urgent) == text
    assert check_concern(f"\n {text}  ", urgent=urgent) == text


@pytest.mark.parametrize(
    ("text", "urgent", "reason"),
    [
        ("x" * 9, False, "Tell us a little more: at least 10 characters."),
        ("x" * 9 + "  ", False, "Tell us a little more: at least 10 characters."),
        ("x" * 4, True, "Tell us a little more: at least 5 characters."),
        ("", True, "Tell us a little more: at least 5 characters."),
        ("x" * 5001, False, "At most 5000 characters."),
        ("x" * 5001, True, "At most 5000 characters."),
        ("brakes \x00 squeal", False, "A text holds no NUL characters."),
    ],
)
def test_one_too_short_too_long_or_not_storable_is_refused(
    text: str, urgent: bool, reason: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        check_concern(text, urgent=urgent)

    assert refused.value.facts == {"field": "concern", "reason": reason}
