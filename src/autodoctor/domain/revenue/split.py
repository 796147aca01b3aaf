"""How an amount is shared between platform, workshop and mechanic, to the cent.

The platform's share and a workshop's share of the rest are rounded down; the mechanic gets
what remains, and with it every left-over cent: 4999 → 999 + 400 + 3600 at 20 and 10 %, and
4999 → 999 + 4000 without a workshop. What is kept after a partial refund is split in the same
way. A larger amount never means less for anyone, so a refund takes from nobody twice.
"""

import attrs

from autodoctor.domain.revenue.rates import Rates
from autodoctor.domain.shared.errors import Invalid
from autodoctor.domain.shared.money import Money


@attrs.frozen
class SplitOfNegative(Invalid):
    """Only an amount of zero or more can be split."""

    total: Money


@attrs.frozen
class Split:
    """An amount in three parts that sum to it; `workshop` is zero where there is none."""

    platform: Money
    workshop: Money
    mechanic: Money

    @property
    def total(self) -> Money:
        return self.platform + self.workshop + self.mechanic


def split(total: Money, *, rates: Rates, with_workshop: bool) -> Split:
    """Share a total at these rates. Raises SplitOfNegative."""
    if total.minor < 0:
        raise SplitOfNegative(total)
    platform, rest = total.split(rates.platform)
    if not with_workshop:
        return Split(platform, Money.zero(total.currency), rest)
    workshop, mechanic = rest.split(rates.workshop)
    return Split(platform, workshop, mechanic)
