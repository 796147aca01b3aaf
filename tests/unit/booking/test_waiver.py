from datetime import UTC, datetime
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.booking.waiver import TEXT, VERSION, Waiver, sign
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import CustomerId, IntakeId, WaiverId

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
FACTS = {
    "waiver_id": WaiverId(UUID(int=1)),
    "intake_id": IntakeId(UUID(int=2)),
    "customer_id": CustomerId(UUID(int=3)),
    "address": "203.0.113.7",
    "agent": "Firefox",
    "at": NOW,
}


def signed(full_name: str = "Ada Byron", *, adult: bool = True, **other: object) -> Waiver:
    return sign(**FACTS | other, full_name=full_name, adult=adult)


def test_a_signature_is_the_typed_name_the_version_and_where_it_came_from() -> None:
    assert signed() == Waiver(
        id=FACTS["waiver_id"],
        intake_id=FACTS["intake_id"],
        customer_id=FACTS["customer_id"],
        full_name="Ada Byron",
        version=VERSION,
        signed_at=NOW,
        address="203.0.113.7",
        agent="Firefox",
    )


def test_it_is_never_changed_afterwards() -> None:
    waiver = signed()

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        waiver.full_name = "Somebody Else"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Al", "Al"), ("  Ada\t Byron ", "Ada Byron"), ("x" * 120, "x" * 120), ("李明", "李明")],
)
def test_a_name_is_kept_with_single_spaces(typed: str, kept: str) -> None:
    assert signed(typed).full_name == kept


@pytest.mark.parametrize("typed", ["", " ", "A", " A ", "x" * 121, "Ada\x00Byron"])
def test_what_is_no_name_is_no_signature(typed: str) -> None:
    with pytest.raises(InvalidField) as refused:
        signed(typed)

    reason = "Type your full name to sign."
    assert refused.value.facts == {"field": "full_name", "reason": reason}


def test_nobody_under_eighteen_signs() -> None:
    with pytest.raises(InvalidField) as refused:
        signed(adult=False)

    reason = "Confirm that you are 18 or older."
    assert refused.value.facts == {"field": "adult", "reason": reason}


def test_a_missing_name_is_told_before_a_missing_age() -> None:
    with pytest.raises(InvalidField) as refused:
        signed("", adult=False)

    assert refused.value.field == "full_name"


def test_of_a_long_agent_the_first_three_hundred_characters_are_kept() -> None:
    assert signed(agent="x" * 1000).agent == "x" * 300


def test_there_is_a_text_to_sign_and_its_version_says_when_it_is_from() -> None:
    assert all(paragraph.strip() for paragraph in TEXT)
    assert VERSION == "2026-01"
