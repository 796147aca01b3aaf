"""What people would rather not be told, in PostgreSQL."""

import attrs
from sqlalchemy import Connection, delete, insert, select

from autodoctor.adapters.postgres.tables.operations import muted
from autodoctor.domain.notifications.choices import Choice
from autodoctor.domain.notifications.table import Channel, Occasion
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId


@attrs.frozen
class PostgresChoices:
    _connection: Connection

    def muted(self, account_id: AccountId, role: Role, /) -> frozenset[Choice]:
        mine = (muted.c.account_id == account_id) & (muted.c.role == role)
        rows = self._connection.execute(select(muted.c.occasion, muted.c.channel).where(mine))
        return frozenset(Choice(Occasion(row.occasion), Channel(row.channel)) for row in rows)

    def mute(self, account_id: AccountId, role: Role, off: frozenset[Choice], /) -> None:
        mine = (muted.c.account_id == account_id) & (muted.c.role == role)
        self._connection.execute(delete(muted).where(mine))
        whose = {"account_id": account_id, "role": role}
        rows = [
            whose | {"occasion": each.occasion, "channel": each.channel} for each in sorted(off)
        ]
        if rows:
            self._connection.execute(insert(muted), rows)
