"""What became of a session's price, as columns beside a statement about `sessions`."""

from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from autodoctor.adapters.postgres.tables.money import entries, money_issues, postings, refunds
from autodoctor.adapters.postgres.tables.operations import events
from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.issue import IssueKind, Resolution
from autodoctor.domain.revenue.ledger import EntryKind
from autodoctor.domain.revenue.movements import NOT_MADE, MovementStatus
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.shared.money import Currency, Money


def _refunds(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return (
        select(func.coalesce(func.sum(refunds.c.amount_minor), 0))
        .where(refunds.c.session_id == sessions.c.id, *conditions)
        .correlate(sessions)
        .scalar_subquery()
    )


def _moved(account: AccountKind, *kinds: EntryKind) -> ColumnElement[int]:
    """The balance of the session's own account, by entries of these kinds or all of them."""
    of_kind = [entries.c.kind.in_(kinds)] if kinds else []
    return (
        select(func.coalesce(func.sum(postings.c.amount_minor), 0))
        .join(entries, entries.c.id == postings.c.entry_id)
        .where(postings.c.account == account, postings.c.owner_id == sessions.c.id, *of_kind)
        .correlate(sessions)
        .scalar_subquery()
    )


def _called_off(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return (
        select(column)
        .where(
            events.c.session_id == sessions.c.id,
            events.c.kind.in_(("SessionCancelled", "SessionExpired")),
        )
        .order_by(events.c.position.desc())
        .limit(1)
        .correlate(sessions)
        .scalar_subquery()
    )


_NOTES = (
    select(
        func.string_agg(
            money_issues.c.note,
            aggregate_order_by(literal_column("'; '"), money_issues.c.closed_at),
        )
    )
    .where(
        money_issues.c.session_id == sessions.c.id,
        money_issues.c.kind == IssueKind.REFUND_FAILED,
        money_issues.c.resolution == Resolution.SETTLED,
    )
    .correlate(sessions)
    .scalar_subquery()
)
SETTLED: Final = _moved(AccountKind.OWED, EntryKind.SETTLEMENT)
REFUNDED: Final = _refunds(refunds.c.status.not_in(NOT_MADE)) + SETTLED
BANK_RETURNED: Final = -_moved(AccountKind.DISPUTED, EntryKind.DISPUTE_LOST)
LEFT: Final = func.greatest(sessions.c.price_minor - REFUNDED - BANK_RETURNED, 0)
"""As `SessionMoney.left`."""

_AMOUNTS: Final = {
    "price": sessions.c.price_minor,
    "refunded": REFUNDED,
    "refund_arrived": _refunds(refunds.c.status == MovementStatus.DONE) + SETTLED,
    "refund_owed": -_moved(AccountKind.OWED),
    "refund_settled": SETTLED,
    "disputed": _moved(AccountKind.DISPUTED),
    "bank_returned": BANK_RETURNED,
    "promised": _called_off(cast(events.c.data["refund"]["minor"].astext, BigInteger)),
}
COLUMNS: Final = (
    *(column.label(f"{name}_minor") for name, column in _AMOUNTS.items()),
    func.coalesce(_NOTES, "").label("settled_note"),
    _called_off(events.c.data["cause"].astext).label("cause"),
    sessions.c.checkout_id.label("receipt"),
)


def money_from(values: dict[str, Any], currency: Currency) -> dict[str, Any]:
    """Takes its columns out of `values` and returns the fields of a SessionMoney."""
    minors = {name: values.pop(f"{name}_minor") for name in _AMOUNTS}
    amounts = {
        name: None if minor is None else Money(int(minor), currency)
        for name, minor in minors.items()
    }
    cause = values.pop("cause")
    return amounts | {
        "cause": Cause(cause) if cause else None,
        "settled_note": values.pop("settled_note"),
        "receipt": values.pop("receipt"),
    }
