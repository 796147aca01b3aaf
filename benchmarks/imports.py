"""How long it takes to import the domain, against an empty interpreter."""

import subprocess
import sys
import time

from benchmarks.table import Measured, percentile

TIMES = 11


def measure() -> list[Measured]:
    empty = _median("pass")
    domain = _median("import autodoctor.domain")
    everything = "; ".join(
        [
            "import autodoctor.domain.sessions.acceptance, autodoctor.domain.sessions.ending",
            "import autodoctor.domain.matching.ranking, autodoctor.domain.revenue.refunds",
        ]
    )
    whole = _median(everything)
    took = domain - empty
    how = f"empty interpreter {empty:.0f} ms; sessions, matching and revenue {whole - empty:.0f} ms"
    return [Measured("import autodoctor.domain", f"{took:.0f} ms", "≤ 60 ms", took <= 60, how)]


def _median(code: str) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        took.append((time.perf_counter() - began) * 1000)
    return percentile(took, 0.5)
