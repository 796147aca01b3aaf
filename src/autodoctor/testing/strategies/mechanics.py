"""Mechanics, and what their customers think of them."""

from datetime import UTC, date, datetime, timedelta

import attrs
from hypothesis import strategies as st

from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.testing.strategies.matching import CITIES, COUNTRIES, keywords


@st.composite
def reputations(draw: st.DrawFn) -> Reputation:
    """A count, and a sum of stars that so many ratings can give."""
    count = draw(st.integers(0, 400))
    return Reputation(draw(st.integers(count, 5 * count)), count)


SHIFT_BEGAN = datetime(2026, 3, 2, 8, tzinfo=UTC)


def mechanics() -> st.SearchStrategy[Mechanic]:
    """On and off shift, approved and not, with and without a workshop."""
    return st.tuples(_mechanics(), st.booleans()).map(lambda made: _freed(*made))


def _freed(mechanic: Mechanic, freed: bool) -> Mechanic:
    """On shift, with a session done or none."""
    free = SHIFT_BEGAN + timedelta(hours=1) if freed and mechanic.on_shift else None
    return attrs.evolve(mechanic, free_since=free)


def _mechanics() -> st.SearchStrategy[Mechanic]:
    return st.builds(
        Mechanic,
        id=st.uuids(version=4).map(MechanicId),
        name=st.sampled_from(["Alex Roy", "Zoé Tremblay"]),
        approved=st.booleans(),
        profile_completion=st.sampled_from([0, 79, 80, 95, 100]),
        papers_expire_on=st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
        workshop_id=st.none() | st.uuids(version=4).map(WorkshopId),
        workshop_approved=st.booleans(),
        years_of_experience=st.integers(0, 50),
        red_seal=st.booleans(),
        keywords=keywords(),
        brands=st.frozensets(st.sampled_from(["BMW", "Tesla"])),
        specializations=st.sampled_from([(), ("Diagnostics",)]),
        country=st.sampled_from(COUNTRIES),
        city=st.sampled_from(CITIES),
        reputation=reputations(),
        completed_sessions=st.integers(0, 900),
        on_shift_since=st.none() | st.just(SHIFT_BEGAN),
        payout_account=st.none() | st.just("acct_1"),
        payouts_ready=st.booleans(),
    )
