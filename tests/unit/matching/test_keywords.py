from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.matching.keywords import (
    BY_SLUG,
    KEYWORDS,
    Keyword,
    KeywordCategory,
    check_slugs,
    extract,
    pattern,
)
from autodoctor.domain.shared.errors import InvalidField


def test_there_are_thirty_five_keywords_in_ten_categories_each_of_which_has_some() -> None:
    assert len(KEYWORDS) == len(BY_SLUG) == 35
    assert len(KeywordCategory) == 10
    assert set(Counter(keyword.category for keyword in KEYWORDS)) == set(KeywordCategory)


def test_slugs_labels_and_phrases_are_there_and_none_is_said_twice() -> None:
    phrases = [phrase for keyword in KEYWORDS for phrase in keyword.phrases]

    assert len({keyword.label for keyword in KEYWORDS}) == 35
    assert len(set(phrases)) == len(phrases)
    assert all(phrase == phrase.lower().strip() and phrase for phrase in phrases)
    assert all(BY_SLUG[keyword.slug] is keyword for keyword in KEYWORDS)


@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda keyword: keyword.slug)
def test_each_keyword_is_found_by_each_of_its_phrases(keyword: Keyword) -> None:
    for phrase in keyword.phrases:
        for text in (phrase, f"My car: {phrase.upper()}!", f"({phrase}),", f"x {phrase}\nx"):
            assert keyword.slug in extract(text)


@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda keyword: keyword.slug)
def test_no_phrase_is_found_inside_a_longer_word(keyword: Keyword) -> None:
    for phrase in (phrase for phrase in keyword.phrases if " " not in phrase):
        for text in (f"z{phrase}", f"{phrase}z", f"9{phrase}", f"{phrase}9", f"é{phrase}é"):
            assert keyword.slug not in extract(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I have a backache since I drive this", ()),
        ("the ac is warm", ("air-conditioning",)),
        ("the A/C blows warm", ("air-conditioning",)),
        ("AC.", ("air-conditioning",)),
        ("my_ac_unit", ("air-conditioning",)),
        ("a place for my races", ()),
        ("it drives absolutely fine", ()),
        ("The ABS light is on", ("abs",)),
        ("every level", ()),
        ("an EV, brand new", ("hybrid-ev",)),
        ("flatter seats", ()),
        ("it won't start", ("no-start",)),
        ("it won\N{RIGHT SINGLE QUOTATION MARK}t start", ("no-start",)),
        ("it won\N{LEFT SINGLE QUOTATION MARK}t start", ("no-start",)),
        ("it won\N{MODIFIER LETTER APOSTROPHE}t start", ("no-start",)),
        ("it won\N{ACUTE ACCENT}t start", ("no-start",)),
        ("it won\N{GRAVE ACCENT}t start", ("no-start",)),
        ("check  engine\nlight", ("check-engine",)),
        ("check-engine light", ("check-engine",)),
        ("check\N{NON-BREAKING HYPHEN}engine", ("check-engine",)),
        ("check\N{HYPHEN}engine", ("check-engine",)),
        ("pre\N{EN DASH}purchase", ("inspection",)),
        ("pre\N{EM DASH}purchase", ("inspection",)),
        ("pre purchase", ("inspection",)),
        ("prepurchase", ("inspection",)),
        ("anti-lock and anti lock", ("abs",)),
        ("no-start, needs a jumpstart", ("battery", "no-start")),
        ("TURB\N{FULLWIDTH LATIN CAPITAL LETTER O}", ("turbo",)),
        ("Drivetrain: 4x4", ("drivetrain",)),
        ("a 14x4 matrix", ()),
        ("", ()),
        ("...!?", ()),
        ("مكابح السيارة", ()),
    ],
)
def test_words_are_found_as_people_write_them(text: str, found: tuple[str, ...]) -> None:
    assert extract(text) == found


@pytest.mark.parametrize(
    "text", ["oil leak", "oil-leak", "oilleak", "an oil \n leak", "a/c", "(a/c)"]
)
def test_a_pattern_finds_any_of_its_phrases_however_their_words_are_joined(text: str) -> None:
    assert pattern(["oil-leak", "a/c"]).search(text)
    assert pattern(["oil leak", "a/c"]).search(text)


@pytest.mark.parametrize(
    "text", ["", "oil", "leak", "oil or leak", "soil leak", "oil leaks", "aXc"]
)
def test_a_pattern_finds_nothing_else(text: str) -> None:
    assert not pattern(["oil-leak", "a/c", "a.c"]).search(text)


def test_what_is_found_comes_once_each_and_in_the_tables_order() -> None:
    text = "tires, TIRES and tyres; brakes squeak, brakes; check engine"

    assert extract(text) == ("check-engine", "brakes", "brake-noise", "tires")


@given(text=st.text(max_size=200))
def test_whatever_is_written_only_known_slugs_come_out_in_order(text: str) -> None:
    found = extract(text)

    assert found == tuple(slug for slug in BY_SLUG if slug in found)
    assert extract(text.upper()) == extract(text.upper().lower())


def test_known_slugs_are_put_in_the_tables_order_and_said_once() -> None:
    assert check_slugs(["tires", "brakes", "tires"]) == ("brakes", "tires")
    assert check_slugs([]) == ()


def test_the_first_stranger_among_slugs_is_named() -> None:
    with pytest.raises(InvalidField) as refused:
        check_slugs(["tires", "zeppelin", "airship"])

    assert refused.value.facts == {
        "field": "keywords",
        "reason": "There is no keyword 'airship'.",
    }
