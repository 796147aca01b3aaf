import pytest

from autodoctor.domain.room.report import check_part
from autodoctor.domain.shared.errors import InvalidField


def test_a_part_of_a_report_is_kept_trimmed() -> None:
    assert check_part("findings", " Worn pads.\n") == "Worn pads."
    assert check_part("findings", "x" * 5000) == "x" * 5000


def test_only_an_optional_part_may_be_empty() -> None:
    assert check_part("parts_needed", "  ", required=False) == ""

    with pytest.raises(InvalidField) as refused:
        check_part("findings", "  ")

    assert refused.value.field == "findings"


@pytest.mark.parametrize("text", ["x" * 5001, "a\x00b"])
def test_a_part_too_long_or_not_storable_is_refused(text: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_part("next_steps", text, required=False)

    assert refused.value.field == "next_steps"
