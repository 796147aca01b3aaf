from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.mechanics.reputation import NotRated, Reputation, check_review, check_stars
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.testing.strategies.mechanics import reputations


@pytest.mark.parametrize(
    ("stars", "count", "told", "tenths"),
    [
        (5, 1, "5.0", 50),
        (14, 3, "4.7", 47),
        (13, 3, "4.3", 43),
        (89, 20, "4.5", 45),
        (887, 200, "4.4", 44),
        (9, 2, "4.5", 45),
        (1, 1, "1.0", 10),
    ],
)
def test_the_average_has_one_decimal_rounded_half_up(
    stars: int, count: int, told: str, tenths: int
) -> None:
    reputation = Reputation(stars, count)

    assert (reputation.told, reputation.tenths) == (told, tenths)


def test_before_the_first_rating_there_is_no_average() -> None:
    assert Reputation().told == ""
    assert Reputation().tenths is None
    assert Reputation().hundredths is None


@given(reputation=reputations().filter(lambda each: each.count))
def test_there_is_one_average_everywhere(reputation: Reputation) -> None:
    exact = Fraction(reputation.stars, reputation.count)
    tenths, hundredths = reputation.tenths, reputation.hundredths

    assert tenths is not None
    assert -1 <= 2 * (exact * 10 - tenths) < 1
    assert hundredths == 10 * tenths
    assert reputation.told == f"{tenths / 10:.1f}"


@pytest.mark.parametrize("stars", [1, 5])
def test_one_to_five_stars_are_given(stars: int) -> None:
    assert check_stars(stars) == stars


@pytest.mark.parametrize("stars", [-1, 0, 6])
def test_fewer_or_more_are_refused(stars: int) -> None:
    with pytest.raises(InvalidField) as refused:
        check_stars(stars)

    assert refused.value.facts == {"field": "stars", "reason": "One to five stars."}


def test_a_review_is_kept_trimmed_and_may_say_nothing() -> None:
    assert check_review("  Very patient.\n") == "Very patient."
    assert check_review(" ") == ""
    assert check_review("x" * 2000) == "x" * 2000


@pytest.mark.parametrize(
    ("text", "reason"),
    [("x" * 2001, "At most 2000 characters."), ("a\x00b", "A text holds no NUL characters.")],
)
def test_a_review_too_long_or_not_storable_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_review(text)

    assert refused.value.facts == {"field": "review", "reason": reason}


@given(count=st.integers(1, 500), tenths=st.integers(10, 50))
def test_corrected_the_average_is_as_near_as_whole_stars_come(count: int, tenths: int) -> None:
    corrected = Reputation(5 * count, count).corrected(tenths)

    assert corrected.count == count
    assert abs(Fraction(corrected.stars, count) - Fraction(tenths, 10)) <= Fraction(1, 2 * count)


def test_halfway_between_two_stars_the_better_one_counts() -> None:
    assert Reputation(3, 1).corrected(45) == Reputation(5, 1)
    assert Reputation(3, 1).corrected(44) == Reputation(4, 1)


@pytest.mark.parametrize("tenths", [9, 51])
@pytest.mark.parametrize("reputation", [Reputation(), Reputation(9, 2)])
def test_no_average_is_below_one_or_above_five_stars(reputation: Reputation, tenths: int) -> None:
    with pytest.raises(InvalidField) as refused:
        reputation.corrected(tenths)

    assert refused.value.facts == {"field": "rating", "reason": "Between 1 and 5 stars."}


@pytest.mark.parametrize("tenths", [10, 50])
def test_what_nobody_rated_cannot_be_corrected(tenths: int) -> None:
    assert Reputation(9, 2).corrected(tenths) == Reputation(tenths // 5, 2)

    with pytest.raises(NotRated):
        Reputation().corrected(tenths)


@given(ratings=st.lists(st.integers(1, 5), min_size=1))
def test_an_average_lies_between_the_worst_and_the_best(ratings: list[int]) -> None:
    tenths = Reputation(sum(ratings), len(ratings)).tenths

    assert tenths is not None
    assert 10 * min(ratings) <= tenths <= 10 * max(ratings)
