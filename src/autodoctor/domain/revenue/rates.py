"""At which rates a session's money is shared, and the same told in shares of the total.

The platform takes its rate of the total, a workshop its rate of the rest, and the mechanic
what remains. The platform's rate lies between 15 and 25 %, a workshop's between 5 and 15 % of
the rest. Together they promise the mechanic at least 75 % of the total without a workshop,
and at least 85 % of the rest with one; nothing else needs checking for that.
"""

from fractions import Fraction
from typing import Self

import attrs

from autodoctor.domain.shared.errors import Invalid
from autodoctor.domain.shared.money import BASIS_POINTS_WHOLE, Rate, half_up

PLATFORM_MIN, PLATFORM_DEFAULT, PLATFORM_MAX = Rate(1500), Rate(2000), Rate(2500)
WORKSHOP_MIN, WORKSHOP_DEFAULT, WORKSHOP_MAX = Rate(500), Rate(1000), Rate(1500)


@attrs.frozen
class PlatformRateOutOfBounds(Invalid):
    """The platform's rate lies between 15 and 25 % of the total."""

    rate: Rate


@attrs.frozen
class WorkshopRateOutOfBounds(Invalid):
    """A workshop's rate lies between 5 and 15 % of what the platform leaves."""

    rate: Rate


@attrs.frozen
class Shares:
    """Who gets which fraction of the total; the three sum to one."""

    platform: Fraction
    workshop: Fraction
    mechanic: Fraction

    @property
    def percents(self) -> tuple[int, int, int]:
        """(platform, workshop, mechanic) in whole percents, half up, that sum to 100.

        As with the money, the mechanic's is what remains.
        """
        platform, workshop = half_up(self.platform * 100), half_up(self.workshop * 100)
        return platform, workshop, 100 - platform - workshop


@attrs.frozen(kw_only=True)
class Rates:
    """The platform's rate of the total and a workshop's rate of the rest.

    Raises PlatformRateOutOfBounds before WorkshopRateOutOfBounds.
    """

    platform: Rate = PLATFORM_DEFAULT
    workshop: Rate = WORKSHOP_DEFAULT

    def __attrs_post_init__(self) -> None:
        _check_platform(self.platform)
        if not WORKSHOP_MIN <= self.workshop <= WORKSHOP_MAX:
            raise WorkshopRateOutOfBounds(self.workshop)

    @classmethod
    def from_shares(cls, *, platform: Rate, workshop: Rate) -> Self:
        """Rates from shares of the total: 20 and 10 % give 20 % and 12.5 % of the rest.

        The workshop's rate is rounded half up to a basis point.
        """
        _check_platform(platform)
        rest = BASIS_POINTS_WHOLE - platform.basis_points
        of_rest = half_up(Fraction(workshop.basis_points * BASIS_POINTS_WHOLE, rest))
        if of_rest > WORKSHOP_MAX.basis_points:
            raise WorkshopRateOutOfBounds(workshop)
        return cls(platform=platform, workshop=Rate(of_rest))

    def shares(self, *, with_workshop: bool) -> Shares:
        """The same in exact shares of the total: 20 % and 10 % of the rest give 20, 8, 72 %."""
        platform = _fraction(self.platform)
        workshop = (1 - platform) * _fraction(self.workshop) if with_workshop else Fraction(0)
        return Shares(platform, workshop, 1 - platform - workshop)


def _check_platform(rate: Rate) -> None:
    if not PLATFORM_MIN <= rate <= PLATFORM_MAX:
        raise PlatformRateOutOfBounds(rate)


def _fraction(rate: Rate) -> Fraction:
    return Fraction(rate.basis_points, BASIS_POINTS_WHOLE)
