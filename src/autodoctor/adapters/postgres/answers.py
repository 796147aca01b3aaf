"""Answers under their keys in PostgreSQL."""

from datetime import UTC, datetime
from uuid import UUID

import attrs
from sqlalchemy import Connection, RowMapping, bindparam, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.tables.operations import answers
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.answers import Answer, Asked, KeyLost, Known


def known_of(row: RowMapping, *, mine: bool) -> Known:
    asked = Asked(AccountId(row["account_id"]), row["key"], row["fingerprint"])
    answer = None
    if row["status"] is not None:
        answer = Answer(row["status"], row["media_type"] or "", row["body"])
    return Known(
        id=row["id"],
        asked=asked,
        lease=row["lease"],
        mine=mine,
        answer=answer,
        performed=row["performed"],
    )


@attrs.frozen
class PostgresAnswers:
    _connection: Connection

    def hold(self, asked: Asked, /, *, new_id: UUID, at: datetime, lease: datetime) -> Known:
        values = attrs.asdict(asked)
        row = values | {"id": new_id, "lease": lease}
        if self._connection.execute(_NEW, row).rowcount == 1:
            return Known(id=new_id, asked=asked, lease=lease, mine=True)
        found = self._connection.execute(_FOUND, values).mappings().one()
        kept = known_of(found, mine=False)
        taken = kept.answer is not None or kept.performed or kept.lease > at
        if taken or kept.asked != asked:
            return kept
        self._connection.execute(update(answers).where(answers.c.id == kept.id).values(lease=lease))
        return attrs.evolve(kept, lease=lease, mine=True)

    def perform(self, held: Known, /) -> None:
        if not self._connection.execute(_HAS_CHANGED).scalar():
            return
        if self._connection.execute(_PERFORM, {"mine": held.id, "held": held.lease}).rowcount == 0:
            raise KeyLost(held.asked.key)

    def keep(self, held: Known, answer: Answer, /) -> None:
        unanswered = (answers.c.id == held.id) & answers.c.status.is_(None)
        values = attrs.asdict(answer)
        self._connection.execute(update(answers).where(unanswered).values(**values))

    def let_go(self, held: Known, /) -> None:
        mine = (answers.c.id == held.id) & (answers.c.lease == held.lease)
        unanswered = mine & answers.c.status.is_(None)
        self._connection.execute(delete(answers).where(unanswered & ~answers.c.performed))
        self._connection.execute(update(answers).where(unanswered).values(lease=_LONG_AGO))

    def forget(self, answer_id: UUID, /) -> None:
        self._connection.execute(delete(answers).where(answers.c.id == answer_id))


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_HAS_CHANGED = text("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
_PERFORM = (
    update(answers)
    .where(answers.c.id == bindparam("mine"), answers.c.lease == bindparam("held"))
    .values(performed=True)
)
_NEW = upsert(answers).on_conflict_do_nothing()
_FOUND = (
    select(answers)
    .where(
        answers.c.account_id == bindparam("account_id"),
        answers.c.key == bindparam("key"),
    )
    .with_for_update(key_share=True)
)
