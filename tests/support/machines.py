"""Running state machines on stores, and showing that they can fail."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

BOUNDED = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
"""The same examples each time: what is random runs on memory, in the unit tests."""

SEARCH = settings(BOUNDED, max_examples=3000, phases=[Phase.generate], report_multiple_bugs=False)
"""It ends with the first fault. That takes up to three hundred examples, and which they are changes
with the code: hypothesis tries what it reads there."""


def holds(machine: type[RuleBasedStateMachine], bounds: settings = BOUNDED) -> None:
    run_state_machine_as_test(machine, settings=bounds)  # type: ignore[no-untyped-call]


def is_found_out(machine: type[RuleBasedStateMachine], match: str) -> None:
    """A machine whose guard was taken away finds what follows from it."""
    with pytest.raises(AssertionError, match=match):
        holds(machine, SEARCH)
