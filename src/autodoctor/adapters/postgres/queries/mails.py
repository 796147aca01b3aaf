"""Mails that did not go out, from PostgreSQL."""

import attrs
from sqlalchemy import Engine, bindparam, func, select

from autodoctor.adapters.postgres.tables.operations import mails
from autodoctor.ports.queries import MailView

_TROUBLED = (
    select(
        mails.c.id,
        mails.c.recipient,
        mails.c.subject,
        mails.c.created_at.label("queued_at"),
        mails.c.attempts,
        mails.c.last_error,
        mails.c.due_at,
        mails.c.given_up_at,
    )
    .where(mails.c.last_error.is_not(None), mails.c.sent_at.is_(None))
    .order_by(mails.c.created_at.desc(), mails.c.id)
    .limit(bindparam("most"))
)
_GIVEN_UP = (
    select(func.count())
    .select_from(mails)
    .where(mails.c.last_error.is_not(None), mails.c.given_up_at.is_not(None))
)


@attrs.frozen
class PostgresMailQueries:
    _engine: Engine

    def troubled(self, *, most: int) -> tuple[MailView, ...]:
        with self._engine.connect() as connection:
            rows = connection.execute(_TROUBLED, {"most": most}).mappings()
            return tuple(MailView(**row) for row in rows)

    def given_up(self) -> int:
        with self._engine.connect() as connection:
            return connection.execute(_GIVEN_UP).scalar_one()
