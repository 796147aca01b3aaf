"""What the guides show is what happens."""

import doctest
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("guide", ["domain.md"])
def test_a_guide_does_what_it_says(guide: str) -> None:
    outcome = doctest.testfile(
        str(DOCS / guide), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8"
    )

    assert outcome.attempted > 30
    assert outcome.failed == 0
