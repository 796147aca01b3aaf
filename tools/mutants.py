"""Changes the domain a little, thousands of times, and counts how often its unit tests notice.

`python -m tools.mutants [--changed] [context | context/module | path ...]`; all contexts without
a word. Prints what survived, and what was killed of how many for each context. Fails where a
context is below 95 %, or where one that decides about money or states has a survivor that
docs/mutants.md does not explain. A whole context that is good is written down in RECORD.

`--changed` is for CI: the contexts whose files or tests changed since the commit CI_BASE or, when
that is not set or unknown, since they were written down. It starts none after MUTANTS_SECONDS
(300) and says which were left.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tools.mutation.contexts import ROOT, chosen, contexts, fingerprint, of_paths, unproved
from tools.mutation.running import CouldNotRun, run
from tools.mutation.verdict import Verdict, explanations, judge

RECORD: Final = ROOT / ".ci" / "mutants.json"


def tell(line: str) -> None:
    print(line, flush=True)


def read_record(path: Path = RECORD) -> dict[str, str]:
    record: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return record


def write_down(context: str, path: Path = RECORD) -> None:
    record = read_record(path) | {context: fingerprint(context)}
    kept = {name: record[name] for name in sorted(record) if name in contexts()}
    path.write_text(json.dumps(kept, indent=2) + "\n")


def changed_contexts(base: str, root: Path = ROOT) -> tuple[str, ...]:
    """Since the commit `base`; since they were written down when there is none, or this clone
    does not know it."""
    if base:
        command = ["git", "diff", "--name-only", "--no-renames", base, "--"]
        told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        if not told.returncode:
            return of_paths(told.stdout.splitlines(), root)
        tell(f"mutants: CI_BASE is no commit here: {told.stderr.strip()}")
    return unproved(read_record(root / RECORD.relative_to(ROOT)), root)


def check(context: str, modules: tuple[str, ...]) -> bool:
    """Tells how it went; whether it went well."""
    try:
        verdict = judge(context, run(context, modules), explanations())
    except CouldNotRun as fault:
        tell(f"{context}: could not run. {fault}")
        return False
    tell_of(verdict)
    return verdict.is_good


def tell_of(verdict: Verdict) -> None:
    never = Counter(each.function for each in verdict.unexplained if each.is_untested)
    for function, count in sorted(never.items()):
        tell(f"  no test calls {function} ({count})")
    for mutant in verdict.unexplained:
        if not mutant.is_untested:
            tell(f"  {mutant.status}: " + mutant.text.replace("\n", "\n    "))
    tell(str(verdict))


def check_all(wanted: Mapping[str, tuple[str, ...]], *, seconds: float, is_kept: bool) -> bool:
    """Whether all went well that were started within these seconds."""
    started, went_well = time.monotonic(), True
    for number, (context, modules) in enumerate(wanted.items()):
        if time.monotonic() - started > seconds:
            left = " ".join(list(wanted)[number:])
            tell(f'mutants: NOT RUN, {seconds:.0f} s are over: make mutants ONLY="{left}"')
            break
        is_good = check(context, modules)
        went_well &= is_good
        if is_good and is_kept and not modules:
            write_down(context)
    return went_well


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants")
    parser.add_argument("--changed", action="store_true")
    parser.add_argument("words", nargs="*")
    given = parser.parse_args()
    os.nice(10)
    if not given.changed:
        try:
            wanted = chosen(given.words or contexts())
        except ValueError as unknown:
            parser.error(str(unknown))
        return not check_all(wanted, seconds=float("inf"), is_kept=True)
    changed = changed_contexts(os.environ.get("CI_BASE", ""))
    tell(f"mutants: {', '.join(changed) or 'no context'} changed")
    seconds = float(os.environ.get("MUTANTS_SECONDS", "300"))
    return not check_all(dict.fromkeys(changed, ()), seconds=seconds, is_kept=False)


if __name__ == "__main__":
    sys.exit(main())
