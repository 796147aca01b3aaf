"""Whose an API key is, from PostgreSQL: one read, without a transaction around it."""

from typing import Any

import attrs
from sqlalchemy import Engine, RowMapping, Table, bindparam, select
from sqlalchemy.exc import InterfaceError, OperationalError

from autodoctor.adapters.postgres.accounts import account_of
from autodoctor.adapters.postgres.api_keys import api_key_of
from autodoctor.adapters.postgres.corporate import organization_of
from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.api_keys import api_keys
from autodoctor.adapters.postgres.tables.corporate import organizations
from autodoctor.adapters.postgres.transactions import DatabaseUnavailable
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.corporate.api_key import ApiKey
from autodoctor.domain.corporate.organization import Organization


@attrs.frozen
class PostgresApiKeyQueries:
    _engine: Engine

    def find(self, secret_hash: bytes, /) -> tuple[ApiKey, Account, Organization] | None:
        """Raises DatabaseUnavailable."""
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(_FIND, {"secret_hash": secret_hash}).mappings()
                found = rows.first()
        except (OperationalError, InterfaceError) as error:
            raise DatabaseUnavailable() from error
        return None if found is None else _of(found)


_TABLES = (api_keys, accounts, organizations)


def _of(found: RowMapping) -> tuple[ApiKey, Account, Organization]:
    key, maker, company = (_part(found, table) for table in _TABLES)
    return api_key_of(key), account_of(maker), organization_of(company)


def _part(found: RowMapping, table: Table) -> Any:
    return {name: found[f"{table.name}_{name}"] for name in table.c.keys()}  # noqa: SIM118


_FIND = (
    select(
        *(column.label(f"{table.name}_{column.name}") for table in _TABLES for column in table.c)
    )
    .select_from(api_keys)
    .join(accounts, accounts.c.id == api_keys.c.created_by)
    .join(organizations, organizations.c.id == api_keys.c.organization_id)
    .where(api_keys.c.secret_hash == bindparam("secret_hash"))
)
