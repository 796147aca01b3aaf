"""API keys of companies in PostgreSQL."""

from datetime import datetime

from sqlalchemy import RowMapping, bindparam, select, update

from autodoctor.adapters.postgres.booking import plain
from autodoctor.adapters.postgres.rows import Mapped, RowStore
from autodoctor.adapters.postgres.tables.api_keys import api_keys
from autodoctor.domain.corporate.api_key import ApiKey, Scope
from autodoctor.domain.shared.ids import ApiKeyId, OrganizationId


def api_key_of(row: RowMapping) -> ApiKey:
    return ApiKey(**{**row, "scope": Scope(row["scope"])})


class PostgresApiKeys(RowStore[ApiKey]):
    mapped = Mapped(api_keys, plain, api_key_of)

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[ApiKey, ...]:
        return self._all(_OF_ORGANIZATION, {"organization_id": organization_id})

    def touch(self, key_id: ApiKeyId, /, *, at: datetime) -> None:
        self._connection.execute(_TOUCH, {"key": key_id, "at": at})


_OF_ORGANIZATION = (
    select(api_keys)
    .where(api_keys.c.organization_id == bindparam("organization_id"))
    .order_by(api_keys.c.created_at.desc(), api_keys.c.id.desc())
)
_TOUCH = update(api_keys).where(api_keys.c.id == bindparam("key")).values(used_at=bindparam("at"))
