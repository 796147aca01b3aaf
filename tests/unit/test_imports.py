"""The domain is importable alone, whatever else is installed."""

import json
import pkgutil
import subprocess
import sys

import pytest

import autodoctor.domain

CONTEXTS = sorted(module.name for module in pkgutil.iter_modules(autodoctor.domain.__path__))

LOADED = """
import importlib, json, pkgutil, sys
before = set(sys.modules)
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before})))
"""


def loaded_by(module: str) -> set[str]:
    """The top-level packages that a fresh interpreter loads for it, the standard library's
    left out."""
    told = subprocess.run(
        [sys.executable, "-I", "-c", LOADED, module], capture_output=True, text=True, check=True
    )
    names = set(json.loads(told.stdout)) - sys.stdlib_module_names
    return {name for name in names if not name.startswith("_sysconfigdata")}


@pytest.mark.parametrize("context", CONTEXTS)
def test_a_context_of_the_domain_loads_attrs_and_nothing_else(context: str) -> None:
    assert loaded_by(f"autodoctor.domain.{context}") <= {"autodoctor", "attr", "attrs"}


def test_the_whole_domain_loads_attrs_and_nothing_else() -> None:
    assert loaded_by("autodoctor.domain") == {"autodoctor", "attr", "attrs"}


def test_what_helps_to_test_the_domain_loads_hypothesis_and_no_server() -> None:
    loaded = loaded_by("autodoctor.testing")

    assert "hypothesis" in loaded
    assert not loaded & {"flask", "sqlalchemy", "redis", "stripe", "psycopg", "dramatiq", "pytest"}
