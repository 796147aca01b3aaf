"""The ledger and the movements of money in PostgreSQL."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres import late
from autodoctor.adapters.postgres.booking import money_of, money_row, plain
from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore
from autodoctor.adapters.postgres.tables.money import (
    agreements,
    disputes,
    entries,
    postings,
    refunds,
    reversals,
    transfers,
)
from autodoctor.domain.revenue.accounts import Account, AccountKind
from autodoctor.domain.revenue.ledger import Entry, EntryKind, Posting
from autodoctor.domain.revenue.movements import MovementStatus, Refund, Reversal, Transfer
from autodoctor.domain.revenue.rates import Rates
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.ids import CheckoutId, SessionId, TransferId
from autodoctor.domain.shared.money import Currency, Money, Rate
from autodoctor.ports.revenue import Dispute


def entry_of(rows: Iterable[RowMapping]) -> Entry:
    lines = list(rows)
    first = lines[0]
    posted = tuple(
        Posting(
            Account(AccountKind(line["account"]), line["owner_id"]),
            Money(line["amount_minor"], Currency(line["currency"])),
        )
        for line in lines
    )
    return Entry(
        id=first["id"],
        key=first["key"],
        kind=EntryKind(first["kind"]),
        session_id=first["session_id"] or SessionId(first["checkout_id"]),
        at=first["at"],
        postings=posted,
    )


def posting_rows(entry: Entry) -> list[Row]:
    return [
        {
            "entry_id": entry.id,
            "number": number,
            "account": posting.account.kind,
            "owner_id": posting.account.owner,
            "amount_minor": posting.amount.minor,
            "currency": posting.amount.currency,
        }
        for number, posting in enumerate(entry.postings)
    ]


@attrs.frozen
class PostgresLedger:
    """Entries are written at once: whether one was there before decides what follows. Terms that
    are agreed are written at the transaction's end."""

    _connection: Connection
    _terms: dict[SessionId, Terms] = attrs.field(factory=dict)

    def post(self, entry: Entry, /) -> bool:
        return self._post(entry, {"session_id": entry.session_id, "checkout_id": None})

    def post_returned(self, entry: Entry, checkout_id: CheckoutId, /) -> bool:
        return self._post(entry, {"session_id": None, "checkout_id": checkout_id})

    def _post(self, entry: Entry, about: Row) -> bool:
        row = {"id": entry.id, "key": entry.key, "kind": entry.kind, "at": entry.at} | about
        statement = upsert(entries).on_conflict_do_nothing()
        if self._connection.execute(statement, row).rowcount == 0:
            return False
        self._connection.execute(insert(postings), posting_rows(entry))
        return True

    def of_session(self, session_id: SessionId, /) -> tuple[Entry, ...]:
        return self._of(entries.c.session_id == session_id)

    def of_checkout(self, checkout_id: CheckoutId, /) -> tuple[Entry, ...]:
        return self._of(entries.c.checkout_id == checkout_id)

    def _of(self, which: Any) -> tuple[Entry, ...]:
        statement = (
            select(entries, postings)
            .join_from(entries, postings, postings.c.entry_id == entries.c.id)
            .where(which)
            .order_by(entries.c.position, postings.c.number)
        )
        rows = self._connection.execute(statement).mappings()
        return tuple(entry_of(lines) for _, lines in groupby(rows, key=lambda row: row["id"]))

    def agree(self, session_id: SessionId, terms: Terms, /) -> None:
        self._terms[session_id] = terms

    def take(self) -> late.Rows:
        agreed = [_agreement_row(*each) for each in self._terms.items()]
        self._terms.clear()
        return {"agreed": agreed}

    def agreed(self, session_id: SessionId, /) -> Terms | None:
        late.write(self._connection, [self])
        found = self._connection.execute(_AGREED, {"session_id": session_id}).mappings().first()
        if found is None:
            return None
        rates = Rates(platform=Rate(found["platform_rate"]), workshop=Rate(found["workshop_rate"]))
        return Terms(
            mechanic_id=found["mechanic_id"], workshop_id=found["workshop_id"], rates=rates
        )

    def balance(self, account: Account, /) -> Money:
        amount = func.coalesce(func.sum(postings.c.amount_minor), 0)
        mine = (postings.c.account == account.kind) & (
            postings.c.owner_id.is_(None)
            if account.owner is None
            else postings.c.owner_id == account.owner
        )
        return Money(int(self._connection.execute(select(amount).where(mine)).scalar_one()))


def _agreement_row(session_id: SessionId, terms: Terms) -> Row:
    return {
        "session_id": session_id,
        "mechanic_id": terms.mechanic_id,
        "workshop_id": terms.workshop_id,
        "platform_rate": terms.rates.platform.basis_points,
        "workshop_rate": terms.rates.workshop.basis_points,
    }


_AGREED = select(agreements).where(agreements.c.session_id == bindparam("session_id"))


def movement_row(movement: Any) -> Row:
    return money_row(plain(movement), "amount")


def _values(row: RowMapping) -> Row:
    values = dict(row)
    values["status"] = MovementStatus(values["status"])
    values["amount"] = money_of(values, "amount")
    return values


def transfer_of(row: RowMapping) -> Transfer:
    return Transfer(**(_values(row) | {"account": AccountKind(row["account"])}))


def refund_of(row: RowMapping) -> Refund:
    return Refund(**_values(row))


def reversal_of(row: RowMapping) -> Reversal:
    return Reversal(**_values(row))


class PostgresTransfers(RowStore[Transfer]):
    mapped = Mapped(transfers, movement_row, transfer_of)

    def of_session(self, session_id: SessionId, /) -> tuple[Transfer, ...]:
        return self._all(_OF_SESSION, {"session_id": session_id})

    def held_for(self, owner_id: UUID, /) -> tuple[TransferId, ...]:
        rows = self._connection.execute(_HELD_FOR, {"owner_id": owner_id})
        return tuple(rows.scalars())

    def by_provider(self, provider_id: str, /) -> Transfer | None:
        return self._one(_TRANSFER_BY_PROVIDER, {"provider_id": provider_id})


_OF_SESSION = (
    select(transfers)
    .where(transfers.c.session_id == bindparam("session_id"))
    .order_by(transfers.c.account, transfers.c.created_at)
)
_TRANSFER_BY_PROVIDER = select(transfers).where(transfers.c.provider_id == bindparam("provider_id"))
_HELD_FOR = select(transfers.c.id).where(
    transfers.c.owner_id == bindparam("owner_id"), transfers.c.status == MovementStatus.HELD
)


class PostgresRefunds(RowStore[Refund]):
    mapped = Mapped(refunds, movement_row, refund_of)

    def of_checkout(self, checkout_id: CheckoutId, /) -> tuple[Refund, ...]:
        return self._all(_OF_CHECKOUT, {"checkout_id": checkout_id})


_OF_CHECKOUT = (
    select(refunds)
    .where(refunds.c.checkout_id == bindparam("checkout_id"))
    .order_by(refunds.c.created_at)
)


class PostgresReversals(RowStore[Reversal]):
    mapped = Mapped(reversals, movement_row, reversal_of)

    def of_transfer(self, transfer_id: TransferId, /) -> tuple[Reversal, ...]:
        return self._all(_OF_TRANSFER, {"transfer_id": transfer_id})


_OF_TRANSFER = (
    select(reversals)
    .where(reversals.c.transfer_id == bindparam("transfer_id"))
    .order_by(reversals.c.created_at)
)


def dispute_of(row: RowMapping) -> Dispute:
    values = dict(row)
    return Dispute(amount=money_of(values, "amount"), **values)


@attrs.frozen
class PostgresDisputes:
    _connection: Connection

    def add(self, dispute: Dispute, /) -> bool:
        statement = upsert(disputes).on_conflict_do_nothing(index_elements=["provider_id"])
        return (
            self._connection.execute(statement, money_row(plain(dispute), "amount")).rowcount == 1
        )

    def by_provider(self, provider_id: str, /) -> Dispute | None:
        mine = select(disputes).where(disputes.c.provider_id == provider_id)
        found = self._connection.execute(mine).mappings().first()
        return None if found is None else dispute_of(found)

    def open_of(self, session_id: SessionId, /) -> bool:
        mine = (disputes.c.session_id == session_id) & disputes.c.closed_at.is_(None)
        return self._connection.execute(select(disputes.c.id).where(mine)).first() is not None

    def about(self, checkout_id: CheckoutId, /) -> tuple[Dispute, ...]:
        mine = select(disputes).where(disputes.c.checkout_id == checkout_id)
        rows = self._connection.execute(mine.order_by(disputes.c.opened_at)).mappings()
        return tuple(map(dispute_of, rows))

    def close(self, dispute: Dispute, /) -> bool:
        still = (disputes.c.id == dispute.id) & disputes.c.closed_at.is_(None)
        after = {"closed_at": dispute.closed_at, "won": dispute.won}
        return self._connection.execute(update(disputes).where(still).values(after)).rowcount == 1
