"""What people would rather not be told, in memory."""

import attrs

from autodoctor.adapters.memory.tables import Muted, Tables
from autodoctor.domain.notifications.choices import Choice
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId


@attrs.frozen
class MemoryChoices:
    _tables: Tables

    def muted(self, account_id: AccountId, role: Role, /) -> frozenset[Choice]:
        return frozenset(
            Choice(each.occasion, each.channel)
            for each in self._tables.muted
            if (each.account_id, each.role) == (account_id, role)
        )

    def mute(self, account_id: AccountId, role: Role, off: frozenset[Choice], /) -> None:
        kept = self._tables.muted
        for each in tuple(kept):
            if (each.account_id, each.role) == (account_id, role):
                del kept[each]
        for choice in off:
            row = Muted(account_id, role, choice.occasion, choice.channel)
            kept[row] = row
