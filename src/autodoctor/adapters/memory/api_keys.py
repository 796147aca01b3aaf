"""API keys of companies, in memory."""

from datetime import datetime

import attrs

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.domain.corporate.api_key import ApiKey
from autodoctor.domain.shared.ids import ApiKeyId, OrganizationId


class MemoryApiKeys(MemoryStore[ApiKey]):
    kind = "api_key"
    unique = (lambda each: each.secret_hash,)

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[ApiKey, ...]:
        mine = [row for row in self._rows.values() if row.organization_id == organization_id]
        return tuple(sorted(mine, key=lambda row: (row.created_at, row.id), reverse=True))

    def touch(self, key_id: ApiKeyId, /, *, at: datetime) -> None:
        if key_id in self._rows:
            self._rows[key_id] = attrs.evolve(self._rows[key_id], used_at=at)
