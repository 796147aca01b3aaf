"""Mechanics as the scorer sees them, and what requests ask of them.

Values lie close together on purpose, so that ties and thresholds are common.
"""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from autodoctor.domain.matching.candidate import Candidate, Wanted
from autodoctor.domain.matching.keywords import BY_SLUG
from autodoctor.domain.shared.ids import MechanicId

SLUGS = tuple(BY_SLUG)[:6]
BRANDS = ("BMW", "Tesla", "toyota")
COUNTRIES = ("CA", "US", "")
CITIES = ("London", "Toronto", "")
CLOCKED_IN_AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def keywords() -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(SLUGS), max_size=4)


def candidates() -> st.SearchStrategy[Candidate]:
    """On and off shift, on both sides of every threshold."""
    return st.builds(
        Candidate,
        mechanic_id=st.uuids(version=4).map(MechanicId),
        online=st.sampled_from([True, True, True, False]),
        keywords=keywords(),
        brands=st.frozensets(st.sampled_from(BRANDS), max_size=2),
        years_of_experience=st.sampled_from([0, 4, 5, 9, 10, 30]),
        rating=st.none() | st.sampled_from([100, 390, 400, 440, 450, 500]),
        red_seal=st.booleans(),
        profile_completion=st.sampled_from([80, 94, 95, 100]),
        completed_sessions=st.sampled_from([0, 19, 20, 49, 50, 500]),
        country=st.sampled_from(COUNTRIES),
        city=st.sampled_from(CITIES),
        waiting_since=st.none()
        | st.integers(0, 3).map(lambda hours: CLOCKED_IN_AT + timedelta(hours=hours)),
    )


def wanted() -> st.SearchStrategy[Wanted]:
    return st.builds(
        Wanted,
        keywords=keywords(),
        brand=st.none() | st.sampled_from(BRANDS),
        country=st.sampled_from(COUNTRIES),
        city=st.sampled_from(CITIES),
    )
