"""Which mutants a run is about, and whether its figures are good enough."""

import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tools import mutants
from tools.mutation.contexts import chosen, contexts, fingerprint, of_paths, unproved
from tools.mutation.running import text_of
from tools.mutation.verdict import Mutant, explanations, judge


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A tree with three contexts, one of which decides about money."""
    for context, modules in {"garage": ("car",), "plans": ("plan",), "revenue": ("split",)}.items():
        folder = tmp_path / "src/autodoctor/domain" / context
        folder.mkdir(parents=True)
        (tmp_path / "tests/unit" / context).mkdir(parents=True)
        for module in ("__init__", *modules):
            (folder / f"{module}.py").write_text("")
    return tmp_path


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Test", "-c", "user.email=test@test.example"]
    command = ["git", *who, *arguments]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return told.stdout.strip()


class TestChosen:
    def test_what_decides_comes_first(self, root: Path) -> None:
        assert contexts(root) == ("revenue", "garage", "plans")

    def test_every_context_of_the_domain_takes_part(self) -> None:
        assert {"workshops", "accounts", "shared", "operations"} < set(contexts())

    @pytest.mark.parametrize(
        "word", ["garage/car", "src/autodoctor/domain/garage/car.py", "garage/car.py"]
    )
    def test_a_module_is_named_in_its_context_or_by_its_path(self, root: Path, word: str) -> None:
        assert chosen([word], root) == {"garage": ("car",)}

    @pytest.mark.parametrize("word", ["garage", "garage/", "src/autodoctor/domain/garage/"])
    def test_a_context_is_all_its_modules_whatever_else_is_named(
        self, root: Path, word: str
    ) -> None:
        assert chosen(["garage/car", word], root) == {"garage": ()}

    @pytest.mark.parametrize("word", ["", "garages", "garage/bike", "tools/mutants.py"])
    def test_what_is_neither_is_named(self, root: Path, word: str) -> None:
        with pytest.raises(ValueError, match=f"^{word} is no context"):
            chosen(["plans", word], root)


class TestChanged:
    def test_a_context_changes_with_its_files_and_its_tests(self, root: Path) -> None:
        changed = ["src/autodoctor/domain/garage/car.py", "tests/unit/revenue/test_split.py"]

        assert of_paths(changed, root) == ("revenue", "garage")

    def test_nothing_else_changes_one(self, root: Path) -> None:
        changed = ["README.md", "tests/unit/garages/test_a.py", "src/autodoctor/ports/garage.py"]

        assert of_paths(changed, root) == ()

    def test_what_was_written_down_is_proved_until_a_file_or_test_changes(self, root: Path) -> None:
        record = {name: fingerprint(name, root) for name in contexts(root)}
        assert unproved(record, root) == ()

        (root / "tests/unit/plans/test_plan.py").write_text("# another test")
        (root / "src/autodoctor/domain/garage/car.py").rename(
            root / "src/autodoctor/domain/garage/vehicle.py"
        )

        assert unproved(record, root) == ("garage", "plans")

    def test_what_was_never_written_down_is_not_proved(self, root: Path) -> None:
        assert unproved({}, root) == contexts(root)

    def test_a_commit_says_what_changed_since(self, root: Path) -> None:
        git(root, "init", "--quiet")
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--message", "all")
        base = git(root, "rev-parse", "HEAD")
        (root / "src/autodoctor/domain/plans/plan.py").write_text("PRICE = 1\n")

        assert mutants.changed_contexts(base, root) == ("plans",)

        git(root, "commit", "--quiet", "--all", "--message", "plans")

        assert mutants.changed_contexts(base, root) == ("plans",)
        assert mutants.changed_contexts("HEAD", root) == ()

    @pytest.mark.parametrize("base", ["", "0" * 40])
    def test_without_a_commit_that_is_known_the_record_says_it(self, root: Path, base: str) -> None:
        git(root, "init", "--quiet")
        (root / ".ci").mkdir()
        record = {name: fingerprint(name, root) for name in ("revenue", "plans")}
        (root / ".ci/mutants.json").write_text(json.dumps(record))

        assert mutants.changed_contexts(base, root) == ("garage",)

    def test_only_what_is_a_context_still_stays_written_down(self, tmp_path: Path) -> None:
        record = tmp_path / "mutants.json"
        record.write_text('{"gone": "0123", "plans": "old"}')

        mutants.write_down("plans", record)

        assert mutants.read_record(record) == {"plans": fingerprint("plans")}


def test_what_there_is_no_time_for_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    wanted: dict[str, tuple[str, ...]] = {"revenue": (), "plans": ()}

    assert mutants.check_all(wanted, seconds=-1, is_kept=False)

    assert "NOT RUN" in (told := capsys.readouterr().out)
    assert 'make mutants ONLY="revenue plans"' in told


KILLED, SURVIVED = Mutant("killed", ""), Mutant("survived", "split.share\n- a\n+ b")


def several(killed: int, *survivors: Mutant) -> list[Mutant]:
    return [KILLED] * killed + list(survivors)


class TestVerdict:
    @pytest.mark.parametrize(("killed", "survived", "is_good"), [(95, 5, True), (94, 6, False)])
    def test_ninety_five_of_a_hundred_is_the_least(
        self, killed: int, survived: int, is_good: bool
    ) -> None:
        verdict = judge("garage", several(killed, *[SURVIVED] * survived), Counter())

        assert (verdict.killed, verdict.total, verdict.is_good) == (killed, 100, is_good)
        assert str(verdict).startswith(f"garage: {killed}/100 killed")
        assert str(verdict).endswith("FAILED") == (not is_good)

    def test_where_money_is_decided_no_survivor_is_left_unexplained(self) -> None:
        survivors = several(99, SURVIVED)

        assert not judge("revenue", survivors, Counter()).is_good
        assert judge("revenue", survivors, Counter([SURVIVED.text])).is_good

    def test_an_explanation_covers_one_survivor(self) -> None:
        verdict = judge("revenue", several(8, SURVIVED, SURVIVED), Counter([SURVIVED.text]))

        assert (verdict.killed, len(verdict.explained), len(verdict.unexplained)) == (8, 1, 1)

    def test_what_makes_no_difference_does_not_count(self) -> None:
        explained = Counter({SURVIVED.text: 10})

        assert judge("garage", several(10, *[SURVIVED] * 10), explained).percent == 100
        assert judge("garage", [SURVIVED], explained).percent == 100

    def test_a_function_that_no_test_calls_has_survived(self) -> None:
        untested = Mutant("no tests", "split.share\n- a\n+ b")

        assert not judge("garage", [untested], Counter()).is_good
        assert (untested.is_untested, untested.function) == (True, "split.share")


def test_a_change_is_told_by_its_function_and_its_lines() -> None:
    diff = "--- a.py\n+++ a.py\n@@ -1 +1 @@\n def of(self):\n-    return 1\n+    return 2"

    assert text_of("autodoctor.domain.revenue.split.xǁSplitǁof__mutmut_3", diff) == (
        "split.Split.of\n- return 1\n+ return 2"
    )
    assert text_of("autodoctor.domain.revenue.split.x_share__mutmut_12", diff).startswith(
        "split.share\n"
    )


def test_every_explanation_names_a_function_and_a_change() -> None:
    for text in explanations():
        function, *lines = text.split("\n")
        assert function.count(".") >= 1
        assert {line[0] for line in lines} <= {"+", "-"}
        assert lines
