"""Telling PostgreSQL for whom a transaction works: row-level security shows nothing before."""

from sqlalchemy import Connection, bindparam, func, select

from autodoctor.domain.shared.actor import Actor

_IDENTIFY = select(
    func.set_config("autodoctor.account", bindparam("account"), True),
    func.set_config("autodoctor.role", bindparam("role"), True),
)


def identify(connection: Connection, actor: Actor) -> Connection:
    """Until the transaction ends."""
    who = {"account": str(actor.account_id), "role": actor.role.value}
    connection.execute(_IDENTIFY, who)
    return connection
