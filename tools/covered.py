"""Runs all tests and counts the lines and branches they run, in every process they start.

Two figures have to be reached: all of what [tool.autodoctor.coverage] in pyproject.toml names as
`complete`, and `least_percent` of everything. `python tools/covered.py tests/unit tests/contract`
runs a part; `--report` counts once more what was run last.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def coverage(*arguments: str) -> int:
    command = [sys.executable, "-m", "coverage", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def measure(chosen: list[str]) -> int:
    """Whether the tests passed. What they ran counts even if they did not."""
    coverage("erase")
    failed = coverage("run", "tools/run_tests.py", *chosen)
    coverage("combine", "--quiet")
    return failed


def report() -> int:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["autodoctor"]["coverage"]
    shown = ("--show-missing", "--skip-covered", "--skip-empty", "--precision=1")
    print("Everything:", flush=True)
    overall = coverage("report", *shown, f"--fail-under={wanted['least_percent']}")
    print("\nThe domain, money and access, which the tests run to the last branch:", flush=True)
    included = f"--include={','.join(wanted['complete'])}"
    complete = coverage("report", *shown, included, "--fail-under=100")
    return overall or complete


if __name__ == "__main__":
    is_failed = 0 if sys.argv[1:] == ["--report"] else measure(sys.argv[1:])
    sys.exit(report() or is_failed)
