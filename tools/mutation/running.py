"""Has mutmut change a context, in a copy of its own beside that context's unit tests.

Nothing but the tests of the context take part, and pytest loads no plugin but hypothesis's: both
are most of the time of a change. State machines are left out, because they are slow and the plain
tests have to notice by themselves; so are assertions, which are about our own bugs. A hypothesis
test that fails has noticed: no smaller example is looked for.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tools.mutation.contexts import DOMAIN, ROOT, TESTS
from tools.mutation.verdict import Mutant

AT_ONCE: Final = 2
LINES_SHOWN: Final = 40
SPINNER: Final = frozenset("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
PROJECT: Final = """
[tool.pytest.ini_options]
addopts = "--import-mode=importlib -p no:cacheprovider"
pythonpath = ["tests"]

[tool.mutmut]
source_paths = ["src"]
only_mutate = [{mutated}]
do_not_mutate_patterns = ['^\\s*assert ']
pytest_add_cli_args = ["-p", "_hypothesis_pytestplugin"]
pytest_add_cli_args_test_selection = ["{tests}"]
"""
CONFTEST: Final = """
import zoneinfo
from hypothesis import Phase, settings

zoneinfo.reset_tzpath(())
settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("mutants")
"""
READ: Final = """
import json, sys
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

killed, mutants = set(sys.argv[1:]), []
for path in walk_mutatable_files():
    data = SourceFileMutationData(path=path)
    data.load()
    for name, code in sorted(data.exit_code_by_key.items()):
        status = status_by_exit_code[code]
        diff = "" if status in killed else get_diff_for_mutant(name, path=path)
        mutants.append((name, status, diff))
print(json.dumps(mutants))
"""


class CouldNotRun(Exception):
    """mutmut, or a test without any change, failed."""


def run(context: str, modules: Sequence[str] = ()) -> tuple[Mutant, ...]:
    """All changes of these modules, or of the whole context. Raises CouldNotRun."""
    with tempfile.TemporaryDirectory(prefix=f"mutants-{context}-") as folder:
        place = Path(folder)
        _copy(context, modules, place)
        try:
            _python("-m", "mutmut", "run", "--max-children", str(AT_ONCE), place=place)
        except CouldNotRun:
            if _read(place):
                raise
        told = _read(place)
    return tuple(Mutant(status, text_of(name, diff)) for name, status, diff in told)


def _read(place: Path) -> list[tuple[str, str, str]]:
    """Name, status and change of every mutant; none where there is nothing to change."""
    told: list[tuple[str, str, str]] = json.loads(
        _python("-c", READ, "killed", "timeout", "segfault", place=place)
    )
    return told


def _copy(context: str, modules: Sequence[str], place: Path) -> None:
    tests = TESTS / context
    skipped = shutil.ignore_patterns("__pycache__", "static", "templates", *_state_machines(tests))
    for folder in ("src", "tests/support", tests):
        shutil.copytree(ROOT / folder, place / folder, ignore=skipped)
    (place / "tests" / "conftest.py").write_text(CONFTEST)
    files = [f"{DOMAIN / context / module}.py" for module in modules or ("*",)]
    mutated = ", ".join(f'"{file}"' for file in files)
    (place / "pyproject.toml").write_text(PROJECT.format(mutated=mutated, tests=tests))


def _state_machines(tests: Path) -> list[str]:
    return [each.name for each in (ROOT / tests).glob("*.py") if ".TestCase" in each.read_text()]


def _python(*arguments: str, place: Path) -> str:
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, *arguments]
    ran = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        told = [
            line for line in f"{ran.stdout}\n{ran.stderr}".splitlines() if line[:1] not in SPINNER
        ]
        raise CouldNotRun("\n".join(told[-LINES_SHOWN:]))
    return ran.stdout


def text_of(name: str, diff: str) -> str:
    """What the mutant does: its function, and the lines taken away and put in their place."""
    *_, module, mangled = name.split(".")
    function = mangled.partition("__mutmut_")[0].removeprefix("x").strip("_ǁ").replace("ǁ", ".")
    changed = [
        f"{line[0]} {line[1:].strip()}"
        for line in diff.splitlines()
        if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")
    ]
    return "\n".join((f"{module}.{function}", *changed))
