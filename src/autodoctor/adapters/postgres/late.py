"""What a transaction writes at its end: all of it with one statement, however many rows it has.

Rows that nobody reads back in the same transaction need not cost a round trip each, and locks
taken last are held shortest.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, Protocol

from sqlalchemy import Connection, TextClause, text

Rows = dict[str, list[Any]]
"""A list for each column, as `unnest` takes them."""


class KeptBack(Protocol):
    """A store that has written nothing yet of what it was given."""

    @property
    def writes(self) -> str:
        """What of `_WRITES` is its own."""

    def take(self) -> Rows:
        """What was kept back, once; nothing if there is nothing to write."""


def write(connection: Connection, stores: Iterable[KeptBack]) -> None:
    taken = {store.writes: rows for store in stores if (rows := store.take())}
    if taken:
        values = {name: column for rows in taken.values() for name, column in rows.items()}
        connection.execute(_statement(*taken), values)


def columns(names: Iterable[str], rows: Sequence[Sequence[Any]]) -> Rows:
    """Rows turned into columns."""
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


_WRITES: Final = {
    "agreements": {
        "agreed": """
            INSERT INTO agreements
                (session_id, mechanic_id, workshop_id, platform_rate, workshop_rate)
            SELECT * FROM unnest(
                CAST(:agreed_session_id AS uuid[]), CAST(:mechanic_id AS uuid[]),
                CAST(:workshop_id AS uuid[]), CAST(:platform_rate AS integer[]),
                CAST(:workshop_rate AS integer[]))
            ON CONFLICT (session_id) DO UPDATE SET
                mechanic_id = excluded.mechanic_id, workshop_id = excluded.workshop_id,
                platform_rate = excluded.platform_rate, workshop_rate = excluded.workshop_rate""",
    },
    "events": {
        "recorded": """
            INSERT INTO events (id, session_id, kind, data, actor_id, actor_role, at)
            SELECT * FROM unnest(
                CAST(:event_id AS uuid[]), CAST(:event_session_id AS uuid[]),
                CAST(:event_kind AS text[]), CAST(:event_data AS jsonb[]),
                CAST(:actor_id AS uuid[]), CAST(:actor_role AS text[]),
                CAST(:event_at AS timestamptz[]))""",
        "delivered": """
            INSERT INTO deliveries (event_id, consumer, due_at)
            SELECT * FROM unnest(
                CAST(:delivered_id AS uuid[]), CAST(:consumer AS text[]),
                CAST(:delivery_due_at AS timestamptz[]))""",
    },
    "timers": {
        "cleared": """
            DELETE FROM timers WHERE (kind, subject_id) IN (
                SELECT * FROM unnest(
                    CAST(:gone_kind AS text[]), CAST(:gone_subject_id AS uuid[])))""",
        "due": """
            INSERT INTO timers (kind, subject_id, due_at)
            SELECT * FROM unnest(
                CAST(:timer_kind AS text[]), CAST(:subject_id AS uuid[]),
                CAST(:timer_due_at AS timestamptz[]))
            ON CONFLICT (kind, subject_id) DO UPDATE SET due_at = excluded.due_at""",
    },
    "live": {
        "told": """
            INSERT INTO live (audience, kind, data, at)
            SELECT audience, kind, data, now() FROM unnest(
                CAST(:audience AS text[]), CAST(:live_kind AS text[]), CAST(:live_data AS jsonb[])
            ) AS told (audience, kind, data)""",
    },
}


@cache
def _statement(*writes: str) -> TextClause:
    """The parts of one statement see the same state and not each other's rows; what they refer to
    is checked at its end."""
    parts = {name: part for each in writes for name, part in _WRITES[each].items()}
    _, last = parts.popitem()
    before = ",".join(f"{name} AS ({part})" for name, part in parts.items())
    return text(f"WITH {before} {last}" if before else last)
