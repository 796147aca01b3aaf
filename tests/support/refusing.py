"""What stands in the way of something, one thing after the other."""

from collections.abc import Callable

from autodoctor.domain.shared.errors import Refusal

Step = Callable[[], object]


def refusal(step: Step) -> type[Refusal] | None:
    """What kind of refusal the step meets; None when it is done."""
    try:
        step()
    except Refusal as refused:
        return type(refused)
    return None


def in_the_way(step: Step, *mends: Step) -> list[type[Refusal] | None]:
    """What the step meets at first and after each mend: with everything in the way at once,
    that is the order of its refusals."""
    met = [refusal(step)]
    for mend in mends:
        mend()
        met.append(refusal(step))
    return met
