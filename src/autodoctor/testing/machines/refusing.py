"""Steps that have to be refused."""

from collections.abc import Callable

from autodoctor.domain.shared.errors import Refusal


def is_refused(step: Callable[[], object], *refusals: type[Refusal]) -> None:
    """Fails unless the step raises one of these."""
    try:
        step()
    except refusals:
        return
    raise AssertionError(f"not refused by {[each.__name__ for each in refusals]}")
