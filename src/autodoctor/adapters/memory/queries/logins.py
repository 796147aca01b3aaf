"""Whose a cookie is, over what was committed in memory."""

import attrs

from autodoctor.adapters.memory.accounts import MemoryLogins
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.login import Login


@attrs.frozen
class MemoryLoginQueries:
    _kept: MemoryTransactions

    def find(self, token_hash: bytes, /) -> tuple[Login, Account] | None:
        return MemoryLogins(self._kept.tables).find(token_hash)
