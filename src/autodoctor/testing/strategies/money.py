"""Money, rates and weights."""

from hypothesis import strategies as st

from autodoctor.domain.shared.money import BASIS_POINTS_WHOLE, CAD, Currency, Money, Rate

MINOR_MAX = 10**9
"""Ten million dollars: far beyond any price, far below any integer limit."""
NOTHING, WHOLE = Rate(0), Rate(BASIS_POINTS_WHOLE)


def amounts(
    *, minor_min: int = 0, minor_max: int = MINOR_MAX, currency: Currency = CAD
) -> st.SearchStrategy[Money]:
    """Money of one currency, cents and bounds preferred."""
    return st.integers(minor_min, minor_max).map(lambda minor: Money(minor, currency))


def prices() -> st.SearchStrategy[Money]:
    """What a session may cost: the plans' prices, single cents, and anything between."""
    plans = st.sampled_from([499, 999, 2999, 4999]).map(Money)
    return plans | amounts(minor_min=1, minor_max=100_000)


def rates(*, low: Rate = NOTHING, high: Rate = WHOLE) -> st.SearchStrategy[Rate]:
    """Rates to the basis point, bounds included."""
    return st.integers(low.basis_points, high.basis_points).map(Rate)


def weights() -> st.SearchStrategy[list[int]]:
    """Weights to allocate by: not negative, not all zero."""
    return st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any)
