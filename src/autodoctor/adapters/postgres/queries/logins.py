"""Whose a cookie is, from PostgreSQL: one read, without a transaction around it."""

import attrs
from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from autodoctor.adapters.postgres.accounts import find_login
from autodoctor.adapters.postgres.transactions import DatabaseUnavailable
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.login import Login


@attrs.frozen
class PostgresLoginQueries:
    _engine: Engine

    def find(self, token_hash: bytes, /) -> tuple[Login, Account] | None:
        """Raises DatabaseUnavailable."""
        try:
            with self._engine.connect() as connection:
                return find_login(connection, token_hash)
        except (OperationalError, InterfaceError) as error:
            raise DatabaseUnavailable() from error
