"""Cells that spreadsheets read as text, and that we read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.shared.cells import FORMULAS, as_told, harmless


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "'=1", "' =1"]
)
def test_nothing_is_worked_out(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Casey", "a=b", "4.5", "a@b.example", "'quoted'", "1='"])
def test_what_is_text_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == as_told(cell) == cell


CELLS = st.text(st.sampled_from([*FORMULAS, " ", "a", "1"]))


@given(CELLS)
def test_a_cell_reads_back_as_it_was_told(cell: str) -> None:
    assert as_told(harmless(cell)) == cell


@given(CELLS)
def test_no_harmless_cell_begins_like_a_formula(cell: str) -> None:
    assert not harmless(cell).lstrip().startswith(FORMULAS)
