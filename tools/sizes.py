"""House rule as a check: files stay small enough to read, functions small enough to hold."""

import ast
import sys
from pathlib import Path

FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 45
EXEMPT = ("adapters/postgres/migrations/versions/",)


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return [(node.name, (node.end_lineno or 0) - node.lineno + 1) for node in found]


def complaints(path: Path) -> list[str]:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    said = [f"{path}: {lines} lines"] if lines > FILE_LINES_MAX else []
    for name, length in functions(path):
        if length > FUNCTION_LINES_MAX:
            said.append(f"{path}: {name} has {length} lines")
    return said


found = [
    complaint
    for path in sorted(Path("src").rglob("*.py"))
    if not any(part in path.as_posix() for part in EXEMPT)
    for complaint in complaints(path)
]
sys.stdout.write("\n".join([*found, f"sizes: {'fine' if not found else len(found)}", ""]))
sys.exit(bool(found))
