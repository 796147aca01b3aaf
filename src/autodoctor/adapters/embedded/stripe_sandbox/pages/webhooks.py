"""Events, their deliveries and tries, as the overview and the event's page show them."""

import attrs

from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.pages.rendering import instant

STATES = {
    "due": "waiting to be sent",
    "delivered": "delivered",
    "lost": "lost on purpose",
    "given_up": "given up",
}


@attrs.frozen(kw_only=True)
class EventRow:
    id: str
    type: str
    created: str
    deliveries: str


@attrs.frozen(kw_only=True)
class AttemptRow:
    at: str
    answer: str
    milliseconds: int


def event_rows(books: Books, *, rows_max: int) -> tuple[EventRow, ...]:
    """The newest first."""
    return tuple(
        EventRow(
            id=event["id"],
            type=event["type"],
            created=instant(event["created"]),
            deliveries=deliveries(books, event["id"]),
        )
        for event in books.listed("event", limit=rows_max)
    )


def deliveries(books: Books, event_id: str) -> str:
    """For example "delivered after 2 tries, waiting to be sent"."""
    rows = books.sql.execute(
        "SELECT state, tries FROM deliveries WHERE event_id = ? ORDER BY id", (event_id,)
    )
    return ", ".join(_delivery(row["state"], row["tries"]) for row in rows)


def _delivery(state: str, tries: int) -> str:
    if tries <= 1:
        return STATES[state]
    return f"{STATES[state]} after {tries} tries"


def attempt_rows(books: Books, event_id: str) -> tuple[AttemptRow, ...]:
    rows = books.sql.execute(
        "SELECT at, status, problem, milliseconds FROM attempts"
        " JOIN deliveries ON deliveries.id = delivery_id WHERE event_id = ? ORDER BY attempts.id",
        (event_id,),
    )
    return tuple(
        AttemptRow(
            at=instant(row["at"]),
            answer=row["problem"] or f"HTTP {row['status']}",
            milliseconds=row["milliseconds"],
        )
        for row in rows
    )
