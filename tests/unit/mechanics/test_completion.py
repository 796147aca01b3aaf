from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.mechanics.completion import (
    KEYWORDS_MIN,
    WEIGHTS,
    Item,
    completion,
    counted_anew,
)

POINTS = {
    "name": 10,
    "email": 10,
    "phone": 10,
    "photo": 10,
    "experience": 10,
    "certification": 20,
    "specializations": 10,
    "keywords": 10,
    "availability": 5,
    "payouts": 5,
}


def test_the_weights_are_the_products_and_make_a_hundred() -> None:
    assert WEIGHTS == POINTS
    assert set(WEIGHTS) == set(Item)
    assert sum(WEIGHTS.values()) == 100
    assert KEYWORDS_MIN == 3


def test_an_empty_profile_misses_everything_heaviest_first() -> None:
    empty = completion(frozenset())

    assert empty.percent == 0
    assert empty.missing[0] is Item.CERTIFICATION
    assert empty.missing[-2:] == (Item.AVAILABILITY, Item.PAYOUTS)


def test_a_full_profile_misses_nothing() -> None:
    full = completion(frozenset(Item))

    assert (full.percent, full.missing) == (100, ())


@given(present=st.frozensets(st.sampled_from(Item)), item=st.sampled_from(Item))
def test_counting_one_item_anew_comes_to_the_same_as_counting_all(
    present: frozenset[Item], item: Item
) -> None:
    before = completion(present).percent

    there = counted_anew(before, item, before=item in present, after=True)
    gone = counted_anew(before, item, before=item in present, after=False)

    assert there == completion(present | {item}).percent
    assert gone == completion(present - {item}).percent


def test_whatever_was_counted_before_it_stays_between_nothing_and_all() -> None:
    assert counted_anew(95, Item.CERTIFICATION, before=False, after=True) == 100
    assert counted_anew(5, Item.CERTIFICATION, before=True, after=False) == 0


@given(present=st.frozensets(st.sampled_from(Item)))
def test_what_is_there_and_what_is_missing_make_the_whole(present: frozenset[Item]) -> None:
    told = completion(present)

    assert set(told.missing) == set(Item) - present
    assert told.percent + sum(POINTS[item] for item in told.missing) == 100
    weights = [POINTS[item] for item in told.missing]
    assert weights == sorted(weights, reverse=True)
