"""Earnings and balances, read from the ledger: one figure everywhere."""

from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    Engine,
    RowMapping,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)

from autodoctor.adapters.postgres.queries.session_money import BANK_RETURNED, REFUNDED
from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.booking import checkouts
from autodoctor.adapters.postgres.tables.money import (
    disputes,
    entries,
    money_issues,
    postings,
    reversals,
    transfers,
)
from autodoctor.adapters.postgres.tables.plans import plans
from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.funds import EARNING_KINDS
from autodoctor.domain.revenue.ledger import EntryKind
from autodoctor.domain.revenue.movements import NOT_MADE
from autodoctor.domain.shared.ids import CustomerId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.money_views import EarningView, PaymentView


def _earned(*kinds: AccountKind) -> Any:
    """Credits are negative: what a party earned is the sum turned round."""
    amount = case((postings.c.account.in_(kinds), -postings.c.amount_minor), else_=0)
    return func.sum(amount)


_MINE = (
    select(entries.c.session_id)
    .join(postings, postings.c.entry_id == entries.c.id)
    .where(postings.c.owner_id == bindparam("owner_id"), entries.c.kind.in_(EARNING_KINDS))
)
_TRANSFER_STATUS = (
    select(transfers.c.status)
    .where(transfers.c.session_id == sessions.c.id, transfers.c.owner_id == bindparam("owner_id"))
    .order_by(transfers.c.created_at.desc())
    .limit(1)
    .scalar_subquery()
)
_TAKEN_BACK = (
    select(func.coalesce(func.sum(reversals.c.amount_minor), 0))
    .join(transfers, transfers.c.id == reversals.c.transfer_id)
    .where(
        transfers.c.session_id == sessions.c.id,
        transfers.c.owner_id == bindparam("owner_id"),
        reversals.c.status.not_in(NOT_MADE),
    )
    .correlate(sessions)
    .scalar_subquery()
)
_EARNINGS: Select[Any] = (
    select(
        sessions.c.id.label("session_id"),
        func.coalesce(sessions.c.ended_at, sessions.c.created_at).label("at"),
        plans.c.name.label("plan_name"),
        sessions.c.kind,
        func.split_part(accounts.c.name, " ", 1).label("customer_first_name"),
        sessions.c.currency,
        _earned(AccountKind.PLATFORM, AccountKind.WORKSHOP, AccountKind.MECHANIC).label("gross"),
        _earned(AccountKind.PLATFORM).label("platform"),
        _earned(AccountKind.WORKSHOP).label("workshop"),
        func.sum(
            case((postings.c.owner_id == bindparam("owner_id"), -postings.c.amount_minor), else_=0)
        ).label("net"),
        func.coalesce(_TRANSFER_STATUS, "").label("transfer_status"),
        REFUNDED.label("refunded"),
        BANK_RETURNED.label("bank_returned"),
        _TAKEN_BACK.label("taken_back"),
    )
    .select_from(entries)
    .join(postings, postings.c.entry_id == entries.c.id)
    .join(sessions, sessions.c.id == entries.c.session_id)
    .join(plans, plans.c.slug == sessions.c.plan)
    .join(accounts, accounts.c.id == sessions.c.customer_id)
    .where(
        entries.c.kind.in_(EARNING_KINDS),
        sessions.c.id.in_(_MINE),
        func.coalesce(sessions.c.ended_at, sessions.c.created_at) >= bindparam("since"),
        func.coalesce(sessions.c.ended_at, sessions.c.created_at) < bindparam("until"),
    )
    .group_by(sessions.c.id, plans.c.name, accounts.c.name)
    .order_by(func.coalesce(sessions.c.ended_at, sessions.c.created_at).desc())
)
_BALANCES = (
    select(postings.c.account, postings.c.currency, func.sum(postings.c.amount_minor).label("sum"))
    .group_by(postings.c.account, postings.c.currency)
    .order_by(postings.c.account)
)

_DISPUTES_OPEN = select(func.count()).where(disputes.c.closed_at.is_(None))


_AMOUNTS = ("gross", "platform", "workshop", "net", "refunded", "bank_returned", "taken_back")


def earning_of(row: RowMapping) -> EarningView:
    values: dict[str, Any] = dict(row)
    currency = Currency(values.pop("currency"))
    values |= {name: Money(int(values[name]), currency) for name in _AMOUNTS}
    return EarningView(**values)


_PAID_AND_RETURNED = and_(
    postings.c.account == AccountKind.PROCESSOR,
    entries.c.kind.in_([EntryKind.CHARGE, EntryKind.REFUND, EntryKind.REFUND_FAILED]),
)
_SETTLED = and_(postings.c.account == AccountKind.OWED, entries.c.kind == EntryKind.SETTLEMENT)
_BY_THE_BANK = and_(
    postings.c.account == AccountKind.DISPUTED, entries.c.kind == EntryKind.DISPUTE_LOST
)
_MOVED = or_(_PAID_AND_RETURNED, _SETTLED, _BY_THE_BANK)
_BY_CUSTOMER = case((_SETTLED, -postings.c.amount_minor), else_=postings.c.amount_minor)
"""What an entry moves between the customer and us or their bank: paid is positive."""
_SPENT = (
    select(func.coalesce(func.sum(_BY_CUSTOMER), 0))
    .select_from(entries)
    .join(postings, postings.c.entry_id == entries.c.id)
    .join(sessions, sessions.c.id == entries.c.session_id)
    .where(
        sessions.c.customer_id == bindparam("customer_id"),
        _MOVED,
    )
)

_POT = func.coalesce(entries.c.session_id, entries.c.checkout_id)
_RECEIPT = func.coalesce(sessions.c.checkout_id, entries.c.checkout_id)
_own = postings.alias("own")
_OWED = (
    select(func.coalesce(-func.sum(_own.c.amount_minor), 0))
    .where(_own.c.account == AccountKind.OWED, _own.c.owner_id == _POT)
    .correlate(entries)
    .scalar_subquery()
)
_NOTE = (
    select(money_issues.c.note)
    .where(entries.c.key == func.concat("settlement:", cast(money_issues.c.id, Text)))
    .correlate(entries)
    .scalar_subquery()
)
_DISPUTED = (
    select(disputes.c.id)
    .where(disputes.c.checkout_id == _RECEIPT, disputes.c.closed_at.is_(None))
    .correlate(entries, sessions)
    .exists()
)
_THEIR_SESSIONS = select(sessions.c.id).where(sessions.c.customer_id == bindparam("customer_id"))
_THEIR_CHECKOUTS = select(checkouts.c.id).where(checkouts.c.customer_id == bindparam("customer_id"))
_PAYMENTS = (
    select(
        entries.c.at,
        plans.c.name.label("plan_name"),
        _BY_CUSTOMER.label("amount_minor"),
        postings.c.currency,
        entries.c.session_id,
        entries.c.kind,
        _RECEIPT.label("receipt"),
        func.coalesce(_NOTE, "").label("note"),
        _OWED.label("owed_minor"),
        _DISPUTED.label("disputed"),
    )
    .select_from(entries)
    .join(postings, postings.c.entry_id == entries.c.id)
    .outerjoin(sessions, sessions.c.id == entries.c.session_id)
    .outerjoin(checkouts, checkouts.c.id == entries.c.checkout_id)
    .join(plans, plans.c.slug == func.coalesce(sessions.c.plan, checkouts.c.plan))
    .where(
        entries.c.session_id.in_(_THEIR_SESSIONS) | entries.c.checkout_id.in_(_THEIR_CHECKOUTS),
        _MOVED,
    )
    .order_by(entries.c.position.desc())
)


def payment_of(row: RowMapping) -> PaymentView:
    values: dict[str, Any] = dict(row)
    currency = Currency(values.pop("currency"))
    amount, owed = (
        Money(int(values.pop(f"{name}_minor")), currency) for name in ("amount", "owed")
    )
    values["kind"] = EntryKind(values["kind"])
    return PaymentView(**values, amount=amount, owed=owed)


@attrs.frozen
class PostgresRevenueQueries:
    _engine: Engine

    def earnings(
        self, owner_id: UUID, /, *, since: datetime, until: datetime
    ) -> tuple[EarningView, ...]:
        values = {"owner_id": owner_id, "since": since, "until": until}
        with self._engine.connect() as connection:
            return tuple(map(earning_of, connection.execute(_EARNINGS, values).mappings()))

    def spent_by(self, customer_id: CustomerId, /) -> Money:
        with self._engine.connect() as connection:
            spent = connection.execute(_SPENT, {"customer_id": customer_id}).scalar_one()
        return Money(int(spent))

    def payments_of(self, customer_id: CustomerId, /) -> tuple[PaymentView, ...]:
        with self._engine.connect() as connection:
            rows = connection.execute(_PAYMENTS, {"customer_id": customer_id}).mappings()
            return tuple(map(payment_of, rows))

    def trial_balance(self) -> tuple[tuple[str, Money], ...]:
        with self._engine.connect() as connection:
            rows = connection.execute(_BALANCES).all()
        return tuple((row.account, Money(int(row.sum), Currency(row.currency))) for row in rows)

    def disputes_open(self) -> int:
        with self._engine.connect() as connection:
            return int(connection.execute(_DISPUTES_OPEN).scalar_one())
