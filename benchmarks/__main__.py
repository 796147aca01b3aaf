"""`make bench`: everything, one table."""

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import accepting, bodies, imports, matching, people, streams
from benchmarks.running import Running, temporary
from benchmarks.table import Measured, show


def system() -> Iterator[Measured]:
    with temporary() as name:
        running = Running(Path(name))
        cold = running.start()
        running.stop()
        running = Running(Path(name))
        warm = running.start()
        try:
            how = f"all eight parts; the first start {cold:.1f} s"
            yield Measured("warm start", f"{warm:.1f} s", "≤ 5 s", warm <= 5, how)
            yield from people.measure(running)
            yield from bodies.measure(running)
            yield from accepting.measure(running)
            yield from streams.measure(running, accepting.FIRST)
        finally:
            running.stop()


def everything() -> Iterator[Measured]:
    yield from imports.measure()
    yield from matching.measure()
    yield from system()


def main() -> None:
    sys.stdout.write("One run on this machine; compare within it.\n\n")
    met = True
    for row in everything():
        show(row)
        met &= row.ok
    sys.exit(not met)


main()
