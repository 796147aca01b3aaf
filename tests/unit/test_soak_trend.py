"""The soak test's judgement: a leak is found in the noise, and noise is no leak."""

from random import Random

import pytest

from benchmarks.soak.trend import leaks, trend

SECONDS = range(0, 600, 10)


def noisy(at: int, chance: Random) -> float:
    return chance.uniform(-6, 6) + (40 if at % 90 == 0 else 0)


@pytest.mark.parametrize("seed", range(20))
def test_what_grows_steadily_is_a_leak(seed: int) -> None:
    chance = Random(seed)
    growing = [(at, 250 + at * 0.06 + noisy(at, chance)) for at in SECONDS]

    found = trend(growing)

    assert found.per_hour == pytest.approx(216, rel=0.25)
    assert leaks(found, share=0.05, least=8)


@pytest.mark.parametrize("seed", range(20))
def test_what_goes_up_and_down_or_fills_up_in_the_beginning_is_none(seed: int) -> None:
    chance = Random(seed)
    steady = [(at, 250 + min(at, 120) * 0.5 + noisy(at, chance)) for at in SECONDS]

    assert not leaks(trend(steady), share=0.05, least=8)
