"""Whose an API key is, over what was committed in memory."""

import attrs

from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.corporate.api_key import ApiKey
from autodoctor.domain.corporate.organization import Organization


@attrs.frozen
class MemoryApiKeyQueries:
    _kept: MemoryTransactions

    def find(self, secret_hash: bytes, /) -> tuple[ApiKey, Account, Organization] | None:
        tables = self._kept.tables
        for key in tables.api_keys.values():
            if key.secret_hash == secret_hash:
                maker, company = key.created_by, key.organization_id
                return key, tables.accounts[maker], tables.organizations[company]
        return None
