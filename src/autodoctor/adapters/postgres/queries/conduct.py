"""Sessions called off after contact, from PostgreSQL."""

from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    BigInteger,
    Engine,
    Select,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
)

from autodoctor.adapters.postgres.identify import identify
from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.operations import events
from autodoctor.adapters.postgres.tables.room import files, messages
from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.domain.sessions.conduct import CAUSES, MESSAGES_MIN, CalledOff
from autodoctor.domain.shared.actor import SYSTEM

_customer, _mechanic = accounts.alias("customer"), accounts.alias("mechanic")
_SAID = (
    select(func.count())
    .where(messages.c.session_id == events.c.session_id)
    .correlate(events)
    .scalar_subquery()
)
_OWN_WORDS = (
    select(messages.c.id)
    .where(messages.c.session_id == events.c.session_id, messages.c.canned.is_(None))
    .correlate(events)
    .exists()
)
_FILES = (
    select(files.c.id).where(files.c.session_id == events.c.session_id).correlate(events).exists()
)
_MECHANIC = cast(events.c.data["mechanic_id"].astext, sessions.c.mechanic_id.type)
_BACK = cast(events.c.data["refund"]["minor"].astext, BigInteger)
_CALLED_OFF: Select[Any] = (
    select(
        sessions.c.id.label("session_id"),
        sessions.c.customer_id,
        _customer.c.name.label("customer_name"),
        _mechanic.c.id.label("mechanic_id"),
        _mechanic.c.name.label("mechanic_name"),
        _SAID.label("messages"),
        events.c.at,
    )
    .join_from(events, sessions, sessions.c.id == events.c.session_id)
    .join(_customer, _customer.c.id == sessions.c.customer_id)
    .join(_mechanic, _mechanic.c.id == _MECHANIC)
    .where(
        events.c.kind == literal_column("'SessionCancelled'"),
        events.c.at >= bindparam("since"),
        events.c.data["cause"].astext.in_(sorted(CAUSES)),
        or_(_BACK > 0, sessions.c.price_minor == 0),
        or_(_OWN_WORDS, _FILES, _SAID >= MESSAGES_MIN),
    )
    .order_by(events.c.at.desc(), sessions.c.id.desc())
    .limit(bindparam("most", type_=None))
)
_OF_ONE = _CALLED_OFF.where(
    or_(sessions.c.customer_id == bindparam("who"), _mechanic.c.id == bindparam("who"))
)


@attrs.frozen
class PostgresConductQueries:
    """`_engine` is one with transactions: who reads messages has to say for whom."""

    _engine: Engine

    def called_off(
        self, *, since: datetime, most: int, person_id: UUID | None = None
    ) -> tuple[CalledOff, ...]:
        statement = _CALLED_OFF if person_id is None else _OF_ONE
        values = {"since": since, "most": most} | ({"who": person_id} if person_id else {})
        with self._engine.begin() as connection:
            identify(connection, SYSTEM)
            rows = connection.execute(statement, values).mappings()
            return tuple(CalledOff(**row) for row in rows)
