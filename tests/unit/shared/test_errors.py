import attrs
import pytest

from autodoctor.domain.shared.errors import (
    Conflict,
    Forbidden,
    Invalid,
    InvalidField,
    NotFound,
    Refusal,
    Unavailable,
)


@attrs.frozen
class SeatTaken(Conflict):
    """Somebody sits there.

    Only the first line is the title.
    """

    seat: int


class HTTP2Unknown(NotFound):
    pass


def test_a_refusal_is_named_after_its_class() -> None:
    assert SeatTaken.slug == "seat-taken"
    assert InvalidField.slug == "invalid-field"
    assert Refusal.slug == "refusal"
    assert HTTP2Unknown.slug == "http2-unknown"


def test_a_refusals_title_is_the_first_line_of_its_docstring() -> None:
    assert SeatTaken.title == "Somebody sits there."
    assert HTTP2Unknown.title == Refusal.title


def test_a_refusal_carries_its_facts() -> None:
    refused = SeatTaken(seat=4)

    assert refused.facts == {"seat": 4}
    assert str(refused) == "Somebody sits there. (seat=4)"


def test_a_refusal_without_facts_is_its_title() -> None:
    refused = HTTP2Unknown()

    assert refused.facts == {}
    assert str(refused) == refused.title


@pytest.mark.parametrize("category", [Invalid, Forbidden, NotFound, Conflict, Unavailable])
def test_every_category_is_a_refusal_with_a_title_of_its_own(category: type[Refusal]) -> None:
    assert issubclass(category, Refusal)
    assert category.title != Refusal.title


def refuse_after_a_fault() -> None:
    try:
        raise KeyError(4)
    except KeyError as cause:
        raise SeatTaken(4) from cause


def test_a_refusal_can_be_raised_with_a_cause() -> None:
    with pytest.raises(SeatTaken) as refused:
        refuse_after_a_fault()

    assert isinstance(refused.value.__cause__, KeyError)
