"""Changes the domain a little, a thousand times, and counts how often its tests notice.

`python tools/mutants.py [context ...]`: each context is copied to a folder of its own, beside
its unit tests, and mutmut runs there. State machines are left out, because they are slow and the
plain tests have to notice by themselves; so are assertions, which are about our own bugs.
Survivors are told with their change; those written down in docs/mutants.md are known. Fails when
a context falls below `LEAST_PERCENT`, or a survivor is new.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KNOWN = ROOT / "docs" / "mutants.md"
CONTEXTS = ("sessions", "matching", "revenue", "workshops")
LEAST_PERCENT = 90
AT_ONCE = 2
KILLED = ("killed", "timeout", "segfault")
SLOW = ("test_session_life.py", "test_ledger_states.py", "test_quote_states.py")
PROJECT = """
[tool.pytest.ini_options]
addopts = "--import-mode=importlib -p no:cacheprovider"

[tool.mutmut]
source_paths = ["src"]
only_mutate = ["src/autodoctor/domain/{context}/*.py"]
do_not_mutate_patterns = ['^\\s*assert ']
pytest_add_cli_args = ["--hypothesis-seed=1"]
pytest_add_cli_args_test_selection = ["tests/unit/{context}"]
"""


def copied(context: str, into: Path) -> None:
    """The domain, what tests it, and that context's tests."""
    package = Path("src") / "autodoctor"
    skipped = shutil.ignore_patterns("__pycache__", *SLOW)
    for folder in (package / "domain", package / "testing", Path("tests") / "unit" / context):
        shutil.copytree(ROOT / folder, into / folder, ignore=skipped)
    shutil.copy(ROOT / package / "__init__.py", into / package)
    (into / "pyproject.toml").write_text(PROJECT.format(context=context))


def mutmut(*arguments: str, where: Path) -> str:
    command = [sys.executable, "-m", "mutmut", *arguments]
    ran = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{ran.stdout[-3000:]}\n{ran.stderr[-3000:]}")
    return ran.stdout


def change(name: str, where: Path) -> str:
    """What the mutant does: its function, and the lines taken away and put in their place."""
    *_, module, mangled = name.split(".")
    function = mangled.partition("__mutmut_")[0].removeprefix("x").strip("_ǁ").replace("ǁ", ".")
    lines = mutmut("show", name, where=where).splitlines()
    changed = [line for line in lines if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")]
    return "\n".join(
        (f"{module}.{function}", *(f"{each[0]} {each[1:].strip()}" for each in changed))
    )


def run(context: str) -> bool:
    """Tells how it went; whether it went well enough."""
    with tempfile.TemporaryDirectory(prefix=f"mutants-{context}-") as folder:
        where = Path(folder)
        copied(context, where)
        mutmut("run", "--max-children", str(AT_ONCE), where=where)
        told = mutmut("results", "--all", "true", where=where).split("\n")
        results = dict(line.strip().split(": ", 1) for line in told if ": " in line)
        survivors = [
            (status, change(name, where))
            for name, status in sorted(results.items())
            if status not in KILLED
        ]
    killed = len(results) - len(survivors)
    percent = 100 * killed / len(results)
    new = list((Counter(text for _, text in survivors) - known()).elements())
    print(
        f"{context}: {killed} of {len(results)} killed, {percent:.1f} %; {len(new)} new", flush=True
    )
    for status, text in survivors:
        mark = "NEW " if text in new else ""
        print(f"  {mark}{status}: " + text.replace("\n", "\n    "))
    return percent >= LEAST_PERCENT and not new


def known() -> Counter[str]:
    """The changes in the code blocks of docs/mutants.md."""
    blocks = KNOWN.read_text(encoding="utf-8").split("```diff\n")[1:] if KNOWN.exists() else []
    return Counter(block.partition("\n```")[0] for block in blocks)


if __name__ == "__main__":
    os.nice(10)
    asked = tuple(sys.argv[1:]) or CONTEXTS
    sys.exit(sum(not run(context) for context in asked))
