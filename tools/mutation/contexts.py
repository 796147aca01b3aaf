"""The contexts of the domain, their files, and which of them somebody means."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
DOMAIN: Final = Path("src/autodoctor/domain")
TESTS: Final = Path("tests/unit")
DECISIVE: Final = ("sessions", "matching", "revenue")
"""Where money and states are decided: the first to be run, and every survivor is explained."""


def contexts(root: Path = ROOT) -> tuple[str, ...]:
    """Every context of the domain, the decisive ones first."""
    named = sorted(
        each.name for each in (root / DOMAIN).iterdir() if (each / "__init__.py").exists()
    )
    return tuple(sorted(named, key=lambda name: name not in DECISIVE))


def chosen(words: Iterable[str], root: Path = ROOT) -> dict[str, tuple[str, ...]]:
    """The modules to change for each context named by `words`; none of them means all modules.

    A word is a context (`workshops`), one of its modules (`workshops/quote`), or the path of
    either. Raises ValueError, naming the word that is neither.
    """
    modules: dict[str, set[str]] = {}
    whole: set[str] = set()
    for word in words:
        context, _, module = _relative(word).partition("/")
        file = root / DOMAIN / context / f"{module or '__init__'}.py"
        if not context or not file.exists():
            raise ValueError(f"{word} is no context of the domain and none of its modules.")
        modules.setdefault(context, set())
        if module:
            modules[context].add(module)
        else:
            whole.add(context)
    return {
        context: () if context in whole else tuple(sorted(modules[context]))
        for context in contexts(root)
        if context in modules
    }


def _relative(word: str) -> str:
    return word.removesuffix("/").removesuffix(".py").removeprefix(f"{DOMAIN.as_posix()}/")


def of_paths(paths: Iterable[str], root: Path = ROOT) -> tuple[str, ...]:
    """The contexts that changed with these files: their own, or what tests them."""
    changed = tuple(paths)
    return tuple(
        context
        for context in contexts(root)
        if any(path.startswith(f"{folder}/") for path in changed for folder in _folders(context))
    )


def _folders(context: str) -> tuple[str, str]:
    return (DOMAIN / context).as_posix(), (TESTS / context).as_posix()


def fingerprint(context: str, root: Path = ROOT) -> str:
    """Another one as soon as a file of the context, or of what tests it, is another."""
    digest = hashlib.sha256()
    for folder in _folders(context):
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def unproved(record: Mapping[str, str], root: Path = ROOT) -> tuple[str, ...]:
    """The contexts that are not as they were when `record` (their fingerprints) was made."""
    return tuple(name for name in contexts(root) if record.get(name) != fingerprint(name, root))
