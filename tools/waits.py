"""House rule as a check: a test waits for what is to happen, never for a fixed time.

`support.waiting` alone sleeps: `until` and `eventually` between two looks, and `let_pass` where
time that passes is the thing itself. Who may do that is listed here, with the reason.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

WAITING: Final = "tests/support/waiting.py"
SLEEPING: Final = frozenset({"sleep", "wait_for_timeout"})
TAKES_TIME: Final = {
    "tests/integration/stripe_sandbox/test_killing.py": "the instant of a kill",
    "tests/integration/valkey/test_backlog.py": "work that takes time",
    "tests/integration/valkey/test_signals.py": "commits that follow each other closely",
    "tests/races/test_cancelling.py": "the instant of the race",
    "tests/races/test_repeating.py": "a client that comes back when it is told to",
    "tests/support/insistent.py": "a client that tries again",
}


def names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and last name of whatever is called, handed on or imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, alias.name) for alias in node.names)


def complaints(path: str, source: str) -> list[str]:
    if path == WAITING:
        return []
    forbidden = SLEEPING if path in TAKES_TIME else SLEEPING | {"let_pass"}
    found = sorted(set(names(ast.parse(source))))
    return [
        f"{path}:{line}: {name} waits a fixed time" for line, name in found if name in forbidden
    ]


def main() -> int:
    found = [
        complaint
        for path in sorted(Path("tests").rglob("*.py"))
        for complaint in complaints(path.as_posix(), path.read_text(encoding="utf-8"))
    ]
    sys.stdout.write("\n".join([*found, f"waits: {'fine' if not found else len(found)}", ""]))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
