"""Answers under their keys in memory."""

from datetime import UTC, datetime
from uuid import UUID

import attrs

from autodoctor.adapters.memory.tables import KeptAnswer, Tables
from autodoctor.ports.answers import Answer, Asked, KeyLost, Known

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@attrs.frozen
class MemoryAnswers:
    _tables: Tables

    def hold(self, asked: Asked, /, *, new_id: UUID, at: datetime, lease: datetime) -> Known:
        found = self._of(asked)
        if found is None:
            self._tables.answers[new_id] = KeptAnswer(asked, lease)
            return Known(id=new_id, asked=asked, lease=lease, mine=True)
        key, kept = found
        over = kept.answer is None and not kept.performed and kept.lease <= at
        free = over and kept.asked == asked
        if free:
            kept = KeptAnswer(asked, lease)
            self._tables.answers[key] = kept
        return Known(
            id=key,
            asked=kept.asked,
            lease=kept.lease,
            mine=free,
            answer=kept.answer,
            performed=kept.performed,
        )

    def _of(self, asked: Asked) -> tuple[UUID, KeptAnswer] | None:
        mine = (asked.account_id, asked.key)
        rows = self._tables.answers.items()
        return next((r for r in rows if (r[1].asked.account_id, r[1].asked.key) == mine), None)

    def perform(self, held: Known, /) -> None:
        kept = self._tables.answers.get(held.id)
        if kept is None or kept.lease != held.lease:
            raise KeyLost(held.asked.key)
        self._tables.answers[held.id] = attrs.evolve(kept, performed=True)

    def keep(self, held: Known, answer: Answer, /) -> None:
        kept = self._tables.answers.get(held.id)
        if kept is not None and kept.answer is None:
            self._tables.answers[held.id] = attrs.evolve(kept, answer=answer)

    def let_go(self, held: Known, /) -> None:
        kept = self._tables.answers.get(held.id)
        if kept is None or kept.answer is not None or kept.lease != held.lease:
            return
        if kept.performed:
            self._tables.answers[held.id] = attrs.evolve(kept, lease=_LONG_AGO)
        else:
            del self._tables.answers[held.id]

    def forget(self, answer_id: UUID, /) -> None:
        self._tables.answers.pop(answer_id, None)
