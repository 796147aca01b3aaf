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
    """Somebody sits there."""

    row: str
    seat: int


def test_a_refusal_is_named_after_its_class() -> None:
    class HTTP2Unknown(NotFound):
        """That page is not known.

        Only the first line is the title,
        however many there are.
        """

    assert HTTP2Unknown.slug == "http2-unknown"
    assert HTTP2Unknown.title == "That page is not known."
    assert SeatTaken.slug == "seat-taken"
    assert InvalidField.slug == "invalid-field"
    assert Refusal.slug == "refusal"


def test_a_slug_divides_where_a_word_begins() -> None:
    class QuoteNoLongerValid2Day(Conflict):
        """Title."""

    assert QuoteNoLongerValid2Day.slug == "quote-no-longer-valid2-day"


def test_a_refusal_without_a_docstring_has_the_title_of_all() -> None:
    class Untitled(NotFound):
        __doc__ = None

    assert Untitled.title == "The request was refused."
    assert Untitled().facts == {}
    assert str(Untitled()) == "The request was refused."


def test_a_refusal_carries_its_facts() -> None:
    refused = SeatTaken("C", seat=4)

    assert refused.facts == {"row": "C", "seat": 4}
    assert str(refused) == "Somebody sits there. (row=C, seat=4)"


@pytest.mark.parametrize("category", [Invalid, Forbidden, NotFound, Conflict, Unavailable])
def test_every_category_is_a_refusal_with_a_title_of_its_own(category: type[Refusal]) -> None:
    assert issubclass(category, Refusal)
    assert category.title != Refusal.title


def refuse_after_a_fault() -> None:
    try:
        raise KeyError(4)
    except KeyError as cause:
        raise SeatTaken("C", 4) from cause


def test_a_refusal_can_be_raised_with_a_cause() -> None:
    with pytest.raises(SeatTaken) as refused:
        refuse_after_a_fault()

    assert isinstance(refused.value.__cause__, KeyError)
