"""`make bench`: everything, one table."""

import sys
from pathlib import Path

from benchmarks import accepting, imports, matching, people, streams
from benchmarks.running import Running, temporary
from benchmarks.table import Measured, show


def system() -> list[Measured]:
    with temporary() as name:
        running = Running(Path(name))
        cold = running.start()
        running.stop()
        running = Running(Path(name))
        warm = running.start()
        try:
            rows = people.measure(running)
            rows += accepting.measure(running)
            rows += streams.measure(running, accepting.FIRST)
        finally:
            running.stop()
    how = f"all eight parts; the first start {cold:.1f} s"
    return [Measured("warm start", f"{warm:.1f} s", "≤ 5 s", warm <= 5, how), *rows]


def main() -> None:
    sys.stdout.write("One run on this machine; compare within it.\n\n")
    rows = [*imports.measure(), *matching.measure(), *system()]
    show(rows)
    sys.exit(not all(row.ok for row in rows))


main()
