"""Cells of tables that leave us and come back: no spreadsheet takes one for a formula."""

from typing import Final

FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
GUARD: Final = "'"


def harmless(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would work out, and before what looks as if it
    had been given one: leading blanks hide nothing, and reading takes one away."""
    return f"{GUARD}{cell}" if _worked_out(cell) else cell


def as_told(cell: str) -> str:
    """What `harmless` was given: a table that we wrote reads back as it was."""
    guarded = cell.startswith(GUARD) and _worked_out(cell[len(GUARD) :])
    return cell[len(GUARD) :] if guarded else cell


def _worked_out(cell: str) -> bool:
    bare = cell.lstrip(GUARD)
    return bare.startswith(FORMULAS) or bare.lstrip().startswith(FORMULAS)
