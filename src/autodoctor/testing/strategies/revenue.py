"""Rates within their bounds, and the terms of a session."""

from hypothesis import strategies as st

from autodoctor.domain.revenue.rates import (
    PLATFORM_MAX,
    PLATFORM_MIN,
    WORKSHOP_MAX,
    WORKSHOP_MIN,
    Rates,
)
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.testing.strategies.money import rates


def agreed_rates() -> st.SearchStrategy[Rates]:
    """Every pair of rates that can be agreed."""
    return st.builds(
        Rates,
        platform=rates(low=PLATFORM_MIN, high=PLATFORM_MAX),
        workshop=rates(low=WORKSHOP_MIN, high=WORKSHOP_MAX),
    )


def terms() -> st.SearchStrategy[Terms]:
    """Terms with and without a workshop."""
    return st.builds(
        Terms,
        mechanic_id=st.uuids(version=4).map(MechanicId),
        workshop_id=st.none() | st.uuids(version=4).map(WorkshopId),
        rates=agreed_rates(),
    )
