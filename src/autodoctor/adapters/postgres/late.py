"""What a transaction writes at its end, each kind with one statement however many rows it has.

Rows that nobody reads back in the same transaction need not cost a round trip each, and locks
taken last are held shortest.
"""

from sqlalchemy import text

RECORD = text(
    """
    WITH recorded AS (
        INSERT INTO events (id, session_id, kind, data, actor_id, actor_role, at)
        SELECT * FROM unnest(
            CAST(:id AS uuid[]), CAST(:session_id AS uuid[]), CAST(:kind AS text[]),
            CAST(:data AS jsonb[]), CAST(:actor_id AS uuid[]), CAST(:actor_role AS text[]),
            CAST(:at AS timestamptz[]))
    )
    INSERT INTO deliveries (event_id, consumer, due_at)
    SELECT * FROM unnest(
        CAST(:delivered_id AS uuid[]), CAST(:consumer AS text[]), CAST(:due_at AS timestamptz[]))
    """
)

SET_TIMERS = text(
    """
    WITH cleared AS (
        DELETE FROM timers WHERE (kind, subject_id) IN (
            SELECT * FROM unnest(CAST(:gone_kind AS text[]), CAST(:gone_subject_id AS uuid[])))
    )
    INSERT INTO timers (kind, subject_id, due_at)
    SELECT * FROM unnest(
        CAST(:kind AS text[]), CAST(:subject_id AS uuid[]), CAST(:due_at AS timestamptz[]))
    ON CONFLICT (kind, subject_id) DO UPDATE SET due_at = excluded.due_at
    """
)

TELL = text(
    """
    INSERT INTO live (audience, kind, data, at)
    SELECT audience, kind, data, now() FROM unnest(
        CAST(:audience AS text[]), CAST(:kind AS text[]), CAST(:data AS jsonb[])
    ) AS told (audience, kind, data)
    """
)
