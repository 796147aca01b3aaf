"""Runs all tests; those that need a browser, a race or a kill get a second try if they fail.

What they wait for depends on what else the machine does, so each is tried once more, alone, after
all others, and the summary names it. Any other test that fails has failed. What is not ours to
decide goes to pytest: `tools/run_tests.py -k room`.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

TESTS_FAILED = 1


def pytest(*arguments: str, failures: Path) -> int:
    environment = os.environ | {"FAILURES_FILE": str(failures)}
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    with subprocess.Popen(command, env=environment) as running:
        while True:
            # Ctrl-C is pytest's as well: it stops what the tests have started, and we wait for it.
            with suppress(KeyboardInterrupt):
                return running.wait()


def main(chosen: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        failures = Path(folder) / "failures.json"
        code = pytest("-n", "3", "--dist", "loadgroup", *chosen, failures=failures)
        if code != TESTS_FAILED:
            return code
        failed: dict[str, bool] = json.loads(failures.read_text())
        final = [test for test, has_second_try in failed.items() if not has_second_try]
        if final or not failed:
            return code
        sys.stdout.write(f"\n{len(failed)} failed and are tried once more, alone.\n\n")
        code = pytest(*failed, failures=failures)
        sys.stdout.write("\n".join(("", "Needed a second try:", *failed, "")))
        return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
