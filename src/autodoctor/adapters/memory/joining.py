"""What mechanics tell of themselves on the way in, in memory."""

import attrs

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.mechanics.draft import Draft
from autodoctor.domain.mechanics.particulars import Particulars
from autodoctor.domain.shared.ids import AccountId, DraftId, MechanicId
from autodoctor.ports.stores import Stale


@attrs.frozen
class MemoryParticulars:
    _tables: Tables

    def get(self, mechanic_id: MechanicId, /) -> Particulars:
        return self._tables.particulars.get(mechanic_id) or Particulars(id=mechanic_id)

    def save(self, particulars: Particulars, /) -> Particulars:
        if self.get(particulars.id).version != particulars.version:
            raise Stale("particulars")
        after = attrs.evolve(particulars, version=particulars.version + 1)
        self._tables.particulars[particulars.id] = after
        return after


class MemoryDrafts(MemoryStore[Draft]):
    kind = "draft"
    unique = (lambda each: each.account_id, lambda each: each.sign_up_id)

    def of_account(self, account_id: AccountId, /) -> Draft | None:
        return next((row for row in self._rows.values() if row.account_id == account_id), None)

    def of_sign_up(self, sign_up_id: AccountId, /) -> Draft | None:
        free = (row for row in self._rows.values() if row.account_id is None)
        return next((row for row in free if row.sign_up_id == sign_up_id), None)

    def remove(self, draft_id: DraftId, /) -> None:
        self._rows.pop(draft_id, None)
