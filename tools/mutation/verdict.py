"""Whether a context's tests noticed enough of the changes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.mutation.contexts import DECISIVE, ROOT

LEAST_PERCENT: Final = 95
EXPLAINED: Final = ROOT / "docs" / "mutants.md"
_KILLED: Final = frozenset({"killed", "timeout", "segfault"})


@dataclass(frozen=True)
class Mutant:
    """One change: what became of it, and its text as docs/mutants.md shows it."""

    status: str
    text: str

    @property
    def is_killed(self) -> bool:
        return self.status in _KILLED

    @property
    def is_untested(self) -> bool:
        """Whether no test calls its function at all."""
        return self.status == "no tests"

    @property
    def function(self) -> str:
        return self.text.partition("\n")[0]


@dataclass(frozen=True)
class Verdict:
    context: str
    total: int
    explained: tuple[Mutant, ...]
    unexplained: tuple[Mutant, ...]

    @property
    def killed(self) -> int:
        return self.total - len(self.explained) - len(self.unexplained)

    @property
    def percent(self) -> float:
        """Of the changes that make a difference; 100 where there are none."""
        counted = self.total - len(self.explained)
        return 100 * self.killed / counted if counted else 100.0

    @property
    def is_good(self) -> bool:
        if self.context in DECISIVE and self.unexplained:
            return False
        return self.percent >= LEAST_PERCENT

    def __str__(self) -> str:
        parts = [f"{self.context}: {self.killed}/{self.total} killed, {self.percent:.1f} %"]
        parts += [f"{len(self.explained)} explained"] if self.explained else []
        parts += [f"{len(self.unexplained)} survived"] if self.unexplained else []
        return ", ".join(parts) + ("" if self.is_good else "  FAILED")


def judge(context: str, mutants: Iterable[Mutant], explanations: Counter[str]) -> Verdict:
    """Each explanation covers one survivor of its text."""
    left = explanations.copy()
    explained, unexplained, total = [], [], 0
    for mutant in mutants:
        total += 1
        if mutant.is_killed:
            continue
        is_explained = left[mutant.text] > 0
        left[mutant.text] -= is_explained
        (explained if is_explained else unexplained).append(mutant)
    return Verdict(context, total, tuple(explained), tuple(unexplained))


def explanations(document: Path = EXPLAINED) -> Counter[str]:
    """The changes in the code blocks of docs/mutants.md."""
    blocks = document.read_text(encoding="utf-8").split("```diff\n")[1:]
    return Counter(block.partition("\n```")[0] for block in blocks)
