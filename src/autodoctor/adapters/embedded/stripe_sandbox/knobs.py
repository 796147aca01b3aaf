"""Switches that people turn to see how the application bears it."""

import json
from typing import Any

import attrs

from autodoctor.adapters.embedded.stripe_sandbox.books import Books

FAULT_MODES = ("error", "lost", "timeout")
"""error: answers 500 and does nothing. lost: does it, and answers 500 all the same.
timeout: does nothing, and answers only after a while."""


@attrs.frozen
class ApiFault:
    mode: str
    seconds: float


def turn(books: Books, name: str, value: object) -> None:
    books.sql.execute(
        "INSERT INTO knobs (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, json.dumps(value)),
    )


def look(books: Books, name: str) -> Any:
    """None while it was never turned."""
    row = books.sql.execute("SELECT value FROM knobs WHERE name = ?", (name,)).fetchone()
    return json.loads(row["value"]) if row else None


def holding(books: Books) -> bool:
    """Whether webhooks are held back."""
    return bool(look(books, "hold"))


def take_fault(books: Books) -> ApiFault | None:
    """The fault for this call to suffer, if any is left."""
    plan = look(books, "fault")
    if not plan or plan["calls"] <= 0:
        return None
    turn(books, "fault", {**plan, "calls": plan["calls"] - 1})
    return ApiFault(mode=plan["mode"], seconds=plan["seconds"])
