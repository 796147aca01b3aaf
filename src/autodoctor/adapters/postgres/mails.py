"""Mails and notifications in PostgreSQL: each is there once."""

from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.operations import Wake
from autodoctor.adapters.postgres.tables.operations import mails, notifications
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.operations import Mail, Notification, Outgoing


def mail_of(row: RowMapping) -> Mail:
    return Mail(
        id=row["id"],
        recipient=row["recipient"],
        occasion=row["occasion"],
        reference=row["reference"],
        subject=row["subject"],
        text=row["body_text"],
        html=row["body_html"],
        account_id=row["account_id"],
        attachment=row["attachment"],
        attachment_name=row["attachment_name"],
        secret=row["secret"],
    )


def blank(connection: Connection, mail_id: UUID) -> None:
    """Nothing that opens something stays in the database once a mail is over."""
    carries = (mails.c.id == mail_id) & mails.c.secret
    connection.execute(update(mails).where(carries).values(body_text="", body_html=""))


@attrs.frozen
class PostgresMails:
    _connection: Connection
    _wake: Wake

    def queue(self, mail: Mail, /, *, at: datetime) -> bool:
        row = attrs.asdict(mail)
        row |= {"body_text": row.pop("text"), "body_html": row.pop("html")}
        statement = upsert(mails).on_conflict_do_nothing()
        queued = self._connection.execute(statement, row | {"created_at": at, "due_at": at})
        self._wake("mail")
        return queued.rowcount == 1

    def claim(self, *, at: datetime, lease: datetime) -> Outgoing | None:
        found = self._connection.execute(_WAITING, {"at": at}).mappings().first()
        if found is None:
            return None
        attempts = found["attempts"] + 1
        self._now(found["id"], due_at=lease, attempts=attempts)
        return Outgoing(mail=mail_of(found), queued_at=found["created_at"], attempts=attempts)

    def sent(self, mail_id: UUID, /, *, at: datetime) -> None:
        self._now(mail_id, sent_at=at)
        blank(self._connection, mail_id)

    def withdraw(self, account_id: AccountId, occasion: str, reference: str, /) -> None:
        about = _about(mails, account_id, occasion, reference)
        self._connection.execute(delete(mails).where(about, mails.c.sent_at.is_(None)))

    def withdraw_all(self, occasion: str, reference: str, /) -> None:
        about = _about_all(mails, occasion, reference)
        self._connection.execute(delete(mails).where(about, mails.c.sent_at.is_(None)))

    def _now(self, mail_id: UUID, **values: object) -> None:
        self._connection.execute(update(mails).where(mails.c.id == mail_id).values(**values))


_WAITING: Select[Any] = (
    select(mails)
    .where(
        mails.c.sent_at.is_(None),
        mails.c.given_up_at.is_(None),
        mails.c.due_at <= bindparam("at"),
    )
    .order_by(mails.c.due_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)


def _about(
    table: Table, account_id: AccountId, occasion: str, reference: str
) -> ColumnElement[bool]:
    return and_(table.c.account_id == account_id, _about_all(table, occasion, reference))


def _about_all(table: Table, occasion: str, reference: str) -> ColumnElement[bool]:
    return and_(table.c.occasion == occasion, table.c.reference == reference)


@attrs.frozen
class PostgresNotifications:
    _connection: Connection

    def add(self, notification: Notification, /) -> bool:
        statement = upsert(notifications).on_conflict_do_nothing()
        return self._connection.execute(statement, attrs.asdict(notification)).rowcount == 1

    def of(self, account_id: AccountId, /, *, most: int) -> tuple[Notification, ...]:
        statement = (
            select(notifications)
            .where(notifications.c.account_id == account_id)
            .order_by(notifications.c.read_at.is_not(None), notifications.c.at.desc())
            .limit(most)
        )
        rows = self._connection.execute(statement).mappings()
        return tuple(Notification(**row) for row in rows)

    def mark_read(self, account_id: AccountId, /, *, at: datetime) -> None:
        mine = (notifications.c.account_id == account_id) & notifications.c.read_at.is_(None)
        self._connection.execute(update(notifications).where(mine).values(read_at=at))

    def withdraw(self, account_id: AccountId, occasion: str, reference: str, /) -> None:
        about = _about(notifications, account_id, occasion, reference)
        self._connection.execute(delete(notifications).where(about))

    def withdraw_all(self, occasion: str, reference: str, /) -> None:
        about = _about_all(notifications, occasion, reference)
        self._connection.execute(delete(notifications).where(about))
