"""The table that `make bench` prints."""

import sys

import attrs


@attrs.frozen
class Measured:
    """`goal` is met when `ok`; `how` says what was compared."""

    what: str
    value: str
    goal: str
    ok: bool
    how: str


def show(row: Measured) -> None:
    """As soon as it is known: what is measured next may take minutes."""
    mark = "✓" if row.ok else "✗"
    line = f"  {mark} {row.what:<26}  {row.value:>11}  {row.goal:<18}  {row.how}\n"
    sys.stdout.write(line)
    sys.stdout.flush()


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
