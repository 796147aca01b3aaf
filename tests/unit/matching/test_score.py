from datetime import UTC, datetime
from uuid import UUID

import attrs
import pytest
from hypothesis import given

from autodoctor.domain.matching.candidate import Candidate, Wanted
from autodoctor.domain.matching.score import Factor, Reason, score
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.testing.strategies.matching import candidates, wanted

SINCE = datetime(2026, 3, 2, 8, tzinfo=UTC)
BEGINNER = Candidate(MechanicId(UUID(int=1)), online=True)
NOTHING_ASKED = Wanted()


def gained(wanted: Wanted = NOTHING_ASKED, **facts: object) -> list[Reason]:
    """The reasons beside being online."""
    scored = score(attrs.evolve(BEGINNER, **facts), wanted)
    online, *reasons = scored.reasons
    assert online == Reason(Factor.ONLINE, 50)
    assert scored.points == 50 + sum(reason.points for reason in reasons)
    return reasons


def test_being_online_is_fifty_points() -> None:
    scored = score(BEGINNER, NOTHING_ASKED)

    assert (scored.mechanic_id, scored.points) == (BEGINNER.mechanic_id, 50)
    assert scored.reasons == (Reason(Factor.ONLINE, 50),)


def test_offline_is_nothing_whatever_else_there_is() -> None:
    best = Candidate(
        BEGINNER.mechanic_id,
        online=False,
        keywords=frozenset({"brakes"}),
        years_of_experience=30,
        rating=500,
        red_seal=True,
        profile_completion=100,
        completed_sessions=500,
        country="CA",
    )

    scored = score(best, Wanted(keywords=frozenset({"brakes"}), country="CA"))

    assert (scored.mechanic_id, scored.points, scored.reasons) == (best.mechanic_id, 0, ())


@pytest.mark.parametrize(
    ("own", "asked", "common"),
    [
        ("", "brakes", ""),
        ("brakes", "", ""),
        ("brakes", "tires", ""),
        ("brakes", "brakes", "brakes"),
        ("tires brakes abs", "turbo tires brakes", "brakes, tires"),
        ("abs brakes tires", "abs brakes tires", "abs, brakes, tires"),
    ],
)
def test_each_keyword_in_common_is_fifteen_points(own: str, asked: str, common: str) -> None:
    reasons = gained(Wanted(keywords=frozenset(asked.split())), keywords=frozenset(own.split()))

    count = len(common.split())
    assert reasons == ([Reason(Factor.KEYWORDS, 15 * count, common)] if count else [])


@pytest.mark.parametrize(
    ("brands", "asked", "points"),
    [
        ({"BMW"}, "BMW", 30),
        ({"bmw", "Tesla"}, "BMW", 30),
        ({"Tesla"}, "BMW", 0),
        (set(), "BMW", 0),
        ({"BMW"}, None, 0),
        ({"BMW", ""}, "", 0),
        ({"Škoda"}, "škoda", 30),
    ],
)
def test_a_specialist_counts_thirty_and_only_when_the_brand_is_asked_for(
    brands: set[str], asked: str | None, points: int
) -> None:
    reasons = gained(Wanted(brand=asked), brands=frozenset(brands))

    assert reasons == ([Reason(Factor.BRAND, points, asked or "")] if points else [])


@pytest.mark.parametrize(
    ("years", "points"), [(0, 0), (4, 0), (5, 10), (9, 10), (10, 20), (40, 20)]
)
def test_experience_counts_from_five_and_ten_years(years: int, points: int) -> None:
    reasons = gained(years_of_experience=years)

    assert reasons == ([Reason(Factor.EXPERIENCE, points)] if points else [])


@pytest.mark.parametrize(
    ("rating", "points"),
    [(None, 0), (0, 0), (399, 0), (400, 10), (449, 10), (450, 15), (500, 15)],
)
def test_a_rating_counts_from_four_and_four_and_a_half_stars(
    rating: int | None, points: int
) -> None:
    reasons = gained(rating=rating)

    assert reasons == ([Reason(Factor.RATING, points)] if points else [])


@pytest.mark.parametrize(("red_seal", "points"), [(False, 0), (True, 10)])
def test_red_seal_counts_ten(red_seal: bool, points: int) -> None:
    reasons = gained(red_seal=red_seal)

    assert reasons == ([Reason(Factor.RED_SEAL, points)] if points else [])


@pytest.mark.parametrize(("percent", "points"), [(80, 0), (94, 0), (95, 8), (100, 8)])
def test_a_profile_counts_eight_from_95_percent(percent: int, points: int) -> None:
    reasons = gained(profile_completion=percent)

    assert reasons == ([Reason(Factor.PROFILE, points)] if points else [])


@pytest.mark.parametrize(
    ("completed", "points"), [(0, 0), (19, 0), (20, 8), (49, 8), (50, 12), (900, 12)]
)
def test_sessions_count_from_twenty_and_fifty(completed: int, points: int) -> None:
    reasons = gained(completed_sessions=completed)

    assert reasons == ([Reason(Factor.SESSIONS, points)] if points else [])


@pytest.mark.parametrize(
    ("own", "asked", "points"),
    [
        (("CA", "Toronto"), ("CA", "Toronto"), [25, 35]),
        (("ca", "TORONTO"), ("CA", "toronto"), [25, 35]),
        (("CA", "Ottawa"), ("CA", "Toronto"), [25]),
        (("CA", ""), ("CA", ""), [25]),
        (("CA", "London"), ("GB", "London"), []),
        (("", "London"), ("", "London"), []),
        (("CA", "Toronto"), ("", "Toronto"), []),
        (("", "Toronto"), ("CA", "Toronto"), []),
    ],
)
def test_a_city_counts_thirty_five_and_only_within_the_country_that_counts_twenty_five(
    own: tuple[str, str], asked: tuple[str, str], points: list[int]
) -> None:
    country, city = asked

    reasons = gained(Wanted(country=country, city=city), country=own[0], city=own[1])

    told = [Reason(Factor.COUNTRY, 25, country), Reason(Factor.CITY, 35, city)]
    assert reasons == told[: len(points)]


def test_a_mechanic_with_everything_has_every_reason_in_the_tables_order() -> None:
    everything = Candidate(
        BEGINNER.mechanic_id,
        online=True,
        keywords=frozenset({"brakes", "abs"}),
        brands=frozenset({"BMW"}),
        years_of_experience=12,
        rating=480,
        red_seal=True,
        profile_completion=100,
        completed_sessions=60,
        country="CA",
        city="Toronto",
        waiting_since=SINCE,
    )
    asked = Wanted(frozenset({"brakes", "abs"}), brand="BMW", country="CA", city="Toronto")

    scored = score(everything, asked)

    assert scored.points == 50 + 30 + 30 + 20 + 15 + 10 + 8 + 12 + 25 + 35
    assert [reason.factor for reason in scored.reasons] == list(Factor)


@given(candidate=candidates(), asked=wanted())
def test_points_are_the_sum_of_their_reasons_each_of_which_is_worth_something(
    candidate: Candidate, asked: Wanted
) -> None:
    scored = score(candidate, asked)

    assert scored.points == sum(reason.points for reason in scored.reasons)
    assert all(reason.points > 0 for reason in scored.reasons)
    assert len({reason.factor for reason in scored.reasons}) == len(scored.reasons)
    assert (scored.points >= 50) == candidate.online


@given(candidate=candidates(), asked=wanted())
def test_what_a_request_adds_does_not_depend_on_what_the_mechanic_has_anyway(
    candidate: Candidate, asked: Wanted
) -> None:
    online = attrs.evolve(candidate, online=True)
    plain = attrs.evolve(
        BEGINNER,
        keywords=online.keywords,
        brands=online.brands,
        country=online.country,
        city=online.city,
    )

    added = score(online, asked).points - score(online, NOTHING_ASKED).points

    assert added == score(plain, asked).points - 50
