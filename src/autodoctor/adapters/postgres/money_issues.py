"""Money that needs a person, and what payout accounts sent to banks, in PostgreSQL."""

from typing import Any

import attrs
from sqlalchemy import Connection, RowMapping, bindparam, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.booking import money_of, money_row, plain
from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore
from autodoctor.adapters.postgres.tables.mechanics import mechanics, workshops
from autodoctor.adapters.postgres.tables.money import money_checks, money_issues, payouts
from autodoctor.domain.revenue.accounts import Account, AccountKind
from autodoctor.domain.revenue.bank_payout import Payout, PayoutStatus
from autodoctor.domain.revenue.issue import Issue, IssueKind, Resolution
from autodoctor.domain.revenue.money_check import Difference, DifferenceKind, MoneyCheck
from autodoctor.domain.shared.ids import CheckoutId


def _money_row(thing: Any) -> Row:
    return money_row(plain(thing), "amount")


def issue_of(row: RowMapping) -> Issue:
    values = dict(row)
    values["kind"] = IssueKind(values["kind"])
    values["resolution"] = Resolution(values["resolution"]) if values["resolution"] else None
    return Issue(amount=money_of(values, "amount"), **values)


def payout_of(row: RowMapping) -> Payout:
    values = dict(row)
    values["account"] = AccountKind(values["account"])
    values["status"] = PayoutStatus(values["status"])
    return Payout(amount=money_of(values, "amount"), **values)


class PostgresIssues(RowStore[Issue]):
    mapped = Mapped(money_issues, _money_row, issue_of)

    def open(self, issue: Issue, /) -> bool:
        row = _money_row(issue) | {"version": 0}
        statement = upsert(money_issues).on_conflict_do_nothing(
            index_elements=["kind", "subject_id"]
        )
        return self._connection.execute(statement, row).rowcount == 1

    def open_of(self, checkout_id: CheckoutId, kind: IssueKind, /) -> tuple[Issue, ...]:
        return self._all(_OPEN_OF, {"checkout_id": checkout_id, "kind": kind})


_OPEN_OF = (
    select(money_issues)
    .where(
        money_issues.c.resolution.is_(None),
        money_issues.c.checkout_id == bindparam("checkout_id"),
        money_issues.c.kind == bindparam("kind"),
    )
    .order_by(money_issues.c.opened_at, money_issues.c.id)
)


class PostgresPayouts(RowStore[Payout]):
    mapped = Mapped(payouts, _money_row, payout_of)

    def by_provider(self, provider_id: str, /) -> Payout | None:
        return self._one(_BY_PROVIDER, {"provider_id": provider_id})

    def owner_of(self, provider_account: str, /) -> Account | None:
        for table, account in ((mechanics, Account.mechanic), (workshops, Account.workshop)):
            theirs = select(table.c.id).where(table.c.payout_account == provider_account)
            found = self._connection.execute(theirs).scalar()
            if found is not None:
                return account(found)
        return None


_BY_PROVIDER = select(payouts).where(payouts.c.provider_id == bindparam("provider_id"))


def check_of(row: RowMapping) -> MoneyCheck:
    values = dict(row)
    values["differences"] = tuple(
        Difference(DifferenceKind(each["kind"]), each["subject"], each["text"])
        for each in values["differences"]
    )
    return MoneyCheck(**values)


@attrs.frozen
class PostgresMoneyChecks:
    _connection: Connection

    def add(self, check: MoneyCheck, /) -> None:
        row = attrs.asdict(check, recurse=False)
        row["differences"] = [attrs.asdict(each) for each in check.differences]
        self._connection.execute(insert(money_checks), row)
