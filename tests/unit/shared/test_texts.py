"""Texts that people type are trimmed, and refused by their field when they do not fit."""

import pytest

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.texts import check_line, check_postal_code, check_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Yes.\x00 \n", "Yes."), ("one\ntwo", "one\ntwo"), ("x", "x"), ("x" * 2000, "x" * 2000)],
)
def test_a_text_is_kept_as_written_without_what_surrounds_it(typed: str, kept: str) -> None:
    assert check_text("question", typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Say it in a sentence."),
        (" \x00\n", "Say it in a sentence."),
        ("x" * 2001, "At most 2000 characters."),
    ],
)
def test_an_empty_text_and_one_too_long_are_refused(typed: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_text("question", typed)

    assert refused.value.facts == {"field": "question", "reason": reason}


@pytest.mark.parametrize(("typed", "kept"), [(" Main \t St ", "Main St"), ("ab", "ab")])
def test_a_line_is_kept_with_single_spaces(typed: str, kept: str) -> None:
    assert check_line("street", typed) == kept
    assert check_line("street", "x" * 120) == "x" * 120


@pytest.mark.parametrize("typed", ["", "a", " a ", "x" * 121, "Main\x07St"])
def test_a_line_has_two_to_120_printable_characters(typed: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_line("street", typed)

    reason = "Enter 2 to 120 characters."
    assert refused.value.facts == {"field": "street", "reason": reason}


def test_a_line_may_be_empty_where_nothing_is_asked_for() -> None:
    assert check_line("unit", "  ", least=0) == ""
    assert check_line("unit", "4", least=1) == "4"

    with pytest.raises(InvalidField) as refused:
        check_line("unit", "x" * 121, least=0)

    assert refused.value.facts == {"field": "unit", "reason": "At most 120 characters."}


@pytest.mark.parametrize("typed", ["M5V 2T6", "m5v2t6", " m5v-2t6 ", "M 5 V 2 T 6"])
def test_a_postal_code_is_kept_as_the_post_writes_it(typed: str) -> None:
    assert check_postal_code(typed) == "M5V 2T6"


@pytest.mark.parametrize("typed", ["", "M5V", "M5V 2T66", "5MV 2T6", "M5V/2T6"])
def test_what_is_no_postal_code_is_refused(typed: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_postal_code(typed)

    reason = "Enter a postal code such as M5V 2T6."
    assert refused.value.facts == {"field": "postal_code", "reason": reason}
