"""Whether a series of samples grows, as a leak does, or only moves up and down."""

from itertools import combinations
from statistics import median

import attrs

WARM_UP = 0.25
"""The first part of a run fills caches and pools, and is left out."""


@attrs.frozen
class Trend:
    """`start` and `end` are of the line through the samples, `grows_by` between them."""

    start: float
    end: float
    per_hour: float

    @property
    def grows_by(self) -> float:
        return self.end - self.start


def trend(samples: list[tuple[float, float]]) -> Trend:
    """Of (seconds, value) samples, by the median of all slopes, which a few outliers do not move
    (Theil 1950, Sen 1968)."""
    begin, last = samples[0][0], samples[-1][0]
    warm = [each for each in samples if each[0] >= begin + WARM_UP * (last - begin)]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(warm, 2) if b[0] > a[0]]
    slope = median(slopes)
    level = median(value - slope * at for at, value in warm)
    start, end = (level + slope * at for at in (warm[0][0], last))
    return Trend(start, end, slope * 3600)


def leaks(found: Trend, *, share: float, least: float) -> bool:
    """Growth counts when it is more than `share` of the beginning, and more than `least`."""
    return found.grows_by > max(found.start * share, least)
