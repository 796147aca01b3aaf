"""The ledger and the movements of money in memory."""

from uuid import UUID

import attrs

from autodoctor.adapters.memory.rows import MemoryStore, provider_id
from autodoctor.adapters.memory.tables import Posted, Tables
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.bank_payout import Payout
from autodoctor.domain.revenue.issue import Issue, IssueKind
from autodoctor.domain.revenue.ledger import Entry, balance
from autodoctor.domain.revenue.money_check import MoneyCheck
from autodoctor.domain.revenue.movements import (
    NOT_MADE,
    MovementStatus,
    Refund,
    Reversal,
    Transfer,
)
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.ids import CheckoutId, SessionId, TransferId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.revenue import Dispute


@attrs.frozen
class MemoryLedger:
    _tables: Tables

    def post(self, entry: Entry, /) -> bool:
        return self._post(Posted(entry, None))

    def post_returned(self, entry: Entry, checkout_id: CheckoutId, /) -> bool:
        about = attrs.evolve(entry, session_id=SessionId(checkout_id))
        return self._post(Posted(about, checkout_id))

    def _post(self, posted: Posted) -> bool:
        ledger = self._tables.ledger
        known = posted.entry.id in {each.entry.id for each in ledger.values()}
        if known or posted.entry.key in ledger:
            return False
        ledger[posted.entry.key] = posted
        return True

    def of_session(self, session_id: SessionId, /) -> tuple[Entry, ...]:
        mine = (each for each in self._tables.ledger.values() if each.checkout_id is None)
        return tuple(each.entry for each in mine if each.entry.session_id == session_id)

    def of_checkout(self, checkout_id: CheckoutId, /) -> tuple[Entry, ...]:
        posted = self._tables.ledger.values()
        return tuple(each.entry for each in posted if each.checkout_id == checkout_id)

    def balance(self, account: Account, /) -> Money:
        return balance((each.entry for each in self._tables.ledger.values()), account)

    def agree(self, session_id: SessionId, terms: Terms, /) -> None:
        self._tables.agreements[session_id] = terms

    def agreed(self, session_id: SessionId, /) -> Terms | None:
        return self._tables.agreements.get(session_id)


def _party(transfer: Transfer) -> object:
    if transfer.status in NOT_MADE:
        return None
    return transfer.session_id, transfer.account


def _reason(refund: Refund) -> object:
    if refund.status is MovementStatus.VOID:
        return None
    return refund.checkout_id, refund.reason


class MemoryTransfers(MemoryStore[Transfer]):
    kind = "transfer"
    unique = (_party, provider_id)

    def of_session(self, session_id: SessionId, /) -> tuple[Transfer, ...]:
        mine = (row for row in self._rows.values() if row.session_id == session_id)
        return tuple(sorted(mine, key=lambda row: (row.account, row.created_at)))

    def by_provider(self, provider_id: str, /) -> Transfer | None:
        mine = (row for row in self._rows.values() if row.provider_id == provider_id)
        return next(mine, None)

    def held_for(self, owner_id: UUID, /) -> tuple[TransferId, ...]:
        mine = (row for row in self._rows.values() if row.owner_id == owner_id)
        return tuple(row.id for row in mine if row.status is MovementStatus.HELD)


class MemoryRefunds(MemoryStore[Refund]):
    kind = "refund"
    unique = (_reason, provider_id)

    def of_checkout(self, checkout_id: CheckoutId, /) -> tuple[Refund, ...]:
        mine = (row for row in self._rows.values() if row.checkout_id == checkout_id)
        return tuple(sorted(mine, key=lambda row: row.created_at))


class MemoryReversals(MemoryStore[Reversal]):
    kind = "reversal"
    unique = (provider_id,)

    def of_transfer(self, transfer_id: TransferId, /) -> tuple[Reversal, ...]:
        mine = (row for row in self._rows.values() if row.transfer_id == transfer_id)
        return tuple(sorted(mine, key=lambda row: row.created_at))


@attrs.frozen
class MemoryDisputes:
    _tables: Tables

    def add(self, dispute: Dispute, /) -> bool:
        known = dispute.provider_id in self._tables.disputes
        self._tables.disputes.setdefault(dispute.provider_id, dispute)
        return not known

    def by_provider(self, provider_id: str, /) -> Dispute | None:
        return self._tables.disputes.get(provider_id)

    def open_of(self, session_id: SessionId, /) -> bool:
        disputes = self._tables.disputes.values()
        return any(each.session_id == session_id and each.closed_at is None for each in disputes)

    def about(self, checkout_id: CheckoutId, /) -> tuple[Dispute, ...]:
        mine = (d for d in self._tables.disputes.values() if d.checkout_id == checkout_id)
        return tuple(sorted(mine, key=lambda each: each.opened_at))

    def close(self, dispute: Dispute, /) -> bool:
        known = self._tables.disputes.get(dispute.provider_id)
        if known is None or known.id != dispute.id or known.closed_at is not None:
            return False
        closed = attrs.evolve(known, closed_at=dispute.closed_at, won=dispute.won)
        self._tables.disputes[known.provider_id] = closed
        return True


class MemoryIssues(MemoryStore[Issue]):
    kind = "money_issue"

    def open(self, issue: Issue, /) -> bool:
        about = (issue.kind, issue.subject_id)
        if about in {(each.kind, each.subject_id) for each in self._rows.values()}:
            return False
        self.add(issue)
        return True

    def open_of(self, checkout_id: CheckoutId, kind: IssueKind, /) -> tuple[Issue, ...]:
        found = (each for each in self._rows.values() if each.resolution is None)
        mine = (each for each in found if (each.checkout_id, each.kind) == (checkout_id, kind))
        return tuple(sorted(mine, key=lambda each: (each.opened_at, each.id)))


class MemoryPayouts(MemoryStore[Payout]):
    kind = "payout"
    unique = (provider_id,)

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables.payouts)
        self._tables = tables

    def by_provider(self, provider_id: str, /) -> Payout | None:
        mine = (row for row in self._rows.values() if row.provider_id == provider_id)
        return next(mine, None)

    def owner_of(self, provider_account: str, /) -> Account | None:
        for mechanic in self._tables.mechanics.values():
            if mechanic.payout_account == provider_account:
                return Account.mechanic(mechanic.id)
        for workshop in self._tables.workshops.values():
            if workshop.payout_account == provider_account:
                return Account.workshop(workshop.id)
        return None


@attrs.frozen
class MemoryMoneyChecks:
    _tables: Tables

    def add(self, check: MoneyCheck, /) -> None:
        self._tables.money_checks[check.id] = check
