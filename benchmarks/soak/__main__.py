"""Runs it, prints what grew, and exits with 1 when something leaks."""

import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.running import Running, temporary
from benchmarks.soak.load import Load
from benchmarks.soak.sampling import sample
from benchmarks.soak.trend import Trend, leaks, trend
from benchmarks.table import Measured, show

MINUTES = float(os.environ.get("MINUTES", "10"))
EVERY_SECONDS = 10.0
LIMITS = {"memory": (0.05, 8.0), "descriptors": (0.10, 8.0), "connections": (0.10, 8.0)}
"""How much something may grow, as a share and at least (megabytes, or how many)."""

FEW: Final = {"WEB_THREADS": "3", "WORKER_THREADS": "2"}
"""What leaks does so for each request. What a thread and its connection have for themselves, which
fills up to a bound (PostgreSQL keeps a connection's plans), is full the sooner the fewer they are."""

Series = dict[str, list[tuple[float, float]]]


def measure(running: Running, load: Load) -> Series:
    series: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    began = time.monotonic()
    load.start()
    try:
        while (at := time.monotonic() - began) < MINUTES * 60:
            for name, value in sample(running).items():
                series[name].append((at, value))
            time.sleep(EVERY_SECONDS)
    finally:
        load.stop()
    return dict(series)


def judged(name: str, found: Trend, samples: list[tuple[float, float]]) -> Measured:
    share, least = LIMITS[name.split(" ", maxsplit=1)[0]]
    most = max(value for _, value in samples)
    value = f"{found.per_hour:+.1f}/h"
    goal = f"≤ +{max(found.start * share, least):.0f} in the run"
    how = f"from {found.start:.0f} to {found.end:.0f}, at most {most:.0f}"
    return Measured(name, value, goal, not leaks(found, share=share, least=least), how)


def course(samples: list[tuple[float, float]], *, parts: int = 12) -> str:
    """How it went, in so many values: whether it goes on, or comes to an end."""
    size = max(1, -(-len(samples) // parts))
    pieces = (samples[at : at + size] for at in range(0, len(samples), size))
    return " ".join(f"{median(value for _, value in piece):.0f}" for piece in pieces)


def main() -> None:
    sys.stdout.write(f"{MINUTES:g} minutes of mixed load; the first quarter warms up.\n\n")
    with temporary() as name:
        running = Running(Path(name), **FEW)
        running.start()
        load = Load(running)
        try:
            series = measure(running, load)
        finally:
            running.stop()
    rows = [judged(name, trend(samples), samples) for name, samples in sorted(series.items())]
    for row in rows:
        show(row)
        if not row.ok:
            sys.stdout.write(f"      {course(series[row.what])}\n")
    rounds = ", ".join(f"{count} {name}" for name, count in sorted(load.done.items()))
    sys.stdout.write(f"\n  rounds: {rounds}\n")
    for why, count in load.failed.most_common(10):
        sys.stdout.write(f"  ✗ {count} × {why}\n")
    sys.exit(bool(load.failed) or not all(row.ok for row in rows))


main()
