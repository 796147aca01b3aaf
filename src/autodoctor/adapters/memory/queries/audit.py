"""The audit log with names, over what was committed in memory."""

from uuid import UUID

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.ports.audit import Deed
from autodoctor.ports.audit_queries import DeedFilter, DeedView


def _fits(deed: Deed, which: DeedFilter) -> bool:
    return (
        which.by in (None, deed.actor_id)
        and which.on in (None, deed.subject_id)
        and (which.before is None or deed.at < which.before)
    )


def _named(tables: Tables, key: UUID) -> str:
    found = tables.accounts.get(key) or tables.workshops.get(key)
    return found.name if found else ""


@attrs.frozen
class MemoryAuditQueries:
    _kept: MemoryTransactions

    def some(self, which: DeedFilter, /) -> tuple[DeedView, ...]:
        tables = self._kept.tables
        found = [deed for deed in reversed(tables.audit.values()) if _fits(deed, which)]
        return tuple(
            DeedView(deed, _named(tables, deed.actor_id), _named(tables, deed.subject_id))
            for deed in found[: which.most]
        )
