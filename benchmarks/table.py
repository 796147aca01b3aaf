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


def show(rows: list[Measured]) -> None:
    widths = [max(len(getattr(row, name)) for row in rows) for name in ("what", "value", "goal")]
    for row in rows:
        mark = "✓" if row.ok else "✗"
        cells = (row.what.ljust(widths[0]), row.value.rjust(widths[1]), row.goal.ljust(widths[2]))
        sys.stdout.write(f"  {mark} {cells[0]}  {cells[1]}  {cells[2]}  {row.how}\n")
    sys.stdout.flush()


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
