"""What a transaction writes at its end: all of it with one statement, however many rows it has.

Rows that nobody reads back in the same transaction need not cost a round trip each, and locks
taken last are held shortest. They travel as JSON: psycopg needs ten times as long for arrays.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final, Protocol

import msgspec
from sqlalchemy import Connection, TextClause, text

Rows = dict[str, list[dict[str, Any]]]
"""By the name of their part of the statement."""


class KeptBack(Protocol):
    """A store that has written nothing yet of what it was given."""

    def take(self) -> Rows:
        """What was kept back, once; nothing if there is nothing to write."""


def write(connection: Connection, stores: Iterable[KeptBack]) -> None:
    parts = {part: rows for store in stores for part, rows in store.take().items() if rows}
    if parts:
        values = {part: msgspec.json.encode(rows).decode() for part, rows in parts.items()}
        connection.execute(_statement(*parts), values)


_PARTS: Final = {
    "agreed": """
        INSERT INTO agreements (session_id, mechanic_id, workshop_id, platform_rate, workshop_rate)
        SELECT * FROM jsonb_to_recordset(CAST(:agreed AS jsonb)) AS row (
            session_id uuid, mechanic_id uuid, workshop_id uuid,
            platform_rate integer, workshop_rate integer)
        ON CONFLICT (session_id) DO UPDATE SET
            mechanic_id = excluded.mechanic_id, workshop_id = excluded.workshop_id,
            platform_rate = excluded.platform_rate, workshop_rate = excluded.workshop_rate""",
    "recorded": """
        INSERT INTO events (id, session_id, kind, data, actor_id, actor_role, at)
        SELECT * FROM jsonb_to_recordset(CAST(:recorded AS jsonb)) AS row (
            id uuid, session_id uuid, kind text, data jsonb,
            actor_id uuid, actor_role text, at timestamptz)""",
    "delivered": """
        INSERT INTO deliveries (event_id, consumer, due_at)
        SELECT * FROM jsonb_to_recordset(CAST(:delivered AS jsonb)) AS row (
            event_id uuid, consumer text, due_at timestamptz)""",
    "cleared": """
        DELETE FROM timers WHERE (kind, subject_id) IN (
            SELECT * FROM jsonb_to_recordset(CAST(:cleared AS jsonb)) AS row (
                kind text, subject_id uuid))""",
    "due": """
        INSERT INTO timers (kind, subject_id, due_at)
        SELECT * FROM jsonb_to_recordset(CAST(:due AS jsonb)) AS row (
            kind text, subject_id uuid, due_at timestamptz)
        ON CONFLICT (kind, subject_id) DO UPDATE SET
            due_at = excluded.due_at, attempts = 0, last_error = NULL,
            failing_since = NULL, given_up_at = NULL""",
    "told": """
        INSERT INTO live (audience, kind, data, at)
        SELECT audience, kind, data, now()
        FROM jsonb_to_recordset(CAST(:told AS jsonb)) AS row (
            audience text, kind text, data jsonb)""",
}


@cache
def _statement(*names: str) -> TextClause:
    """The parts of one statement see the same state and not each other's rows; what they refer to
    is checked at its end."""
    *before, (_, last) = [(name, _PARTS[name]) for name in names]
    first = ",".join(f"{name} AS ({part})" for name, part in before)
    return text(f"WITH {first} {last}" if first else last)
