"""Sessions called off after contact, over what was committed in memory."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.sessions.conduct import CAUSES, CalledOff, in_contact
from autodoctor.domain.sessions.events import SessionCancelled
from autodoctor.domain.shared.ids import AccountId


@attrs.frozen
class MemoryConductQueries:
    _kept: MemoryTransactions

    def called_off(
        self, *, since: datetime, most: int, person_id: UUID | None = None
    ) -> tuple[CalledOff, ...]:
        found = (each for each in _called_off(self._kept.tables) if each.at >= since)
        theirs = (
            each
            for each in found
            if person_id is None or person_id in (each.customer_id, each.mechanic_id)
        )
        newest = sorted(theirs, key=lambda each: (each.at, each.session_id), reverse=True)
        return tuple(newest[:most])


def _called_off(tables: Tables) -> Iterator[CalledOff]:
    for recorded in tables.events.values():
        event = recorded.event
        if not isinstance(event, SessionCancelled) or event.cause not in CAUSES:
            continue
        session = tables.sessions[event.session_id]
        said = [each for each in tables.messages.values() if each.session_id == session.id]
        shown = any(each.session_id == session.id for each in tables.files.values())
        contact = in_contact(messages=len(said), own=shown or any(each.free for each in said))
        given_back = event.refund.minor > 0 or not session.terms.price
        if event.mechanic_id is not None and given_back and contact:
            yield CalledOff(
                session_id=session.id,
                customer_id=event.customer_id,
                customer_name=tables.accounts[AccountId(event.customer_id)].name,
                mechanic_id=event.mechanic_id,
                mechanic_name=tables.accounts[AccountId(event.mechanic_id)].name,
                messages=len(said),
                at=recorded.at,
            )
