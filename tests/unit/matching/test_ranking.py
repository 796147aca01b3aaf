from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.matching.candidate import Candidate, Wanted
from autodoctor.domain.matching.ranking import ALERTED_FIRST, Ranked, rank
from autodoctor.domain.matching.score import score
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.testing.strategies.matching import candidates, wanted

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANYBODY = Wanted()
BASE = Candidate(
    MechanicId(UUID(int=50)),
    online=True,
    rating=460,
    completed_sessions=60,
    waiting_since=MORNING,
)


def order(*candidates: Candidate) -> list[int]:
    """The places of the candidates given, best first, whatever order they come in."""
    ranked = rank(candidates, ANYBODY)
    assert rank(reversed(candidates), ANYBODY) == ranked
    return [candidates.index(each.candidate) for each in ranked]


def other(number: int, **facts: object) -> Candidate:
    return attrs.evolve(BASE, mechanic_id=MechanicId(UUID(int=number)), **facts)


def test_most_points_come_first_whatever_the_rest() -> None:
    assert order(other(1, rating=490), other(2, red_seal=True, rating=450)) == [1, 0]


def test_equal_points_are_ordered_by_rating() -> None:
    assert order(other(1, rating=450), other(2, rating=500), other(3, rating=470)) == [1, 2, 0]


def test_who_is_not_rated_yet_comes_after_those_who_are() -> None:
    assert order(other(1, rating=None), other(2, rating=100)) == [1, 0]


def test_then_by_completed_sessions() -> None:
    assert order(other(1, completed_sessions=50), other(2, completed_sessions=51)) == [1, 0]


def test_then_by_who_has_waited_longest() -> None:
    late, early = other(1, waiting_since=MORNING + HOUR), other(2, waiting_since=MORNING)

    assert order(late, early) == [1, 0]
    assert order(other(1, waiting_since=None), late) == [1, 0]


def test_then_by_id() -> None:
    assert order(other(9), other(3), other(5)) == [1, 2, 0]


def test_who_is_offline_is_left_out() -> None:
    assert rank([other(1, online=False)], ANYBODY) == ()


def test_ten_are_alerted_first_and_fewer_or_more_when_asked() -> None:
    crowd = [other(number) for number in range(1, 15)]

    assert [each.candidate for each in rank(crowd, ANYBODY)] == crowd[:10]
    assert len(rank(crowd, ANYBODY, most=3)) == 3
    assert len(rank(crowd, ANYBODY, most=100)) == 14
    assert ALERTED_FIRST == 10


@given(crowd=st.lists(candidates(), max_size=25), asked=wanted())
def test_ranking_is_the_head_of_the_full_list_in_order(
    crowd: list[Candidate], asked: Wanted
) -> None:
    full = sorted(
        (each for each in crowd if each.online),
        key=lambda each: (
            -score(each, asked).points,
            -(each.rating or 0),
            -each.completed_sessions,
            each.waiting_since or datetime.max.replace(tzinfo=UTC),
            each.mechanic_id,
        ),
    )

    ranked = rank(crowd, asked)

    assert ranked == tuple(Ranked(each, score(each, asked)) for each in full[:10])
