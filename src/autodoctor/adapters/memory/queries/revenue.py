"""What was earned, over what was committed in memory."""

from collections import Counter
from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.adapters.memory.queries.session_money import money_of
from autodoctor.adapters.memory.queries.sessions import first_name
from autodoctor.adapters.memory.tables import Posted, Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.revenue.accounts import Account, AccountKind
from autodoctor.domain.revenue.funds import EARNING_ACCOUNTS, EARNING_KINDS
from autodoctor.domain.revenue.ledger import Entry, EntryKind, Posting, balance
from autodoctor.domain.revenue.movements import NOT_MADE
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.ids import CheckoutId, CustomerId, SessionId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.money_views import EarningView, PaymentView


def _ended(session: Session) -> datetime:
    return session.ended_at or session.created_at


PAID_AND_RETURNED = (EntryKind.CHARGE, EntryKind.REFUND, EntryKind.REFUND_FAILED)


def _customers(entry: Entry) -> Money | None:
    """What the entry moves between the customer and us or their bank: paid is positive."""
    for posting in entry.postings:
        if entry.kind in PAID_AND_RETURNED and posting.account.kind is AccountKind.PROCESSOR:
            return posting.amount
        if entry.kind is EntryKind.SETTLEMENT and posting.account.kind is AccountKind.OWED:
            return -posting.amount
        lost = entry.kind is EntryKind.DISPUTE_LOST
        if lost and posting.account.kind is AccountKind.DISPUTED:
            return posting.amount
    return None


@attrs.frozen
class MemoryRevenueQueries:
    _kept: MemoryTransactions

    def earnings(
        self, owner_id: UUID, /, *, since: datetime, until: datetime
    ) -> tuple[EarningView, ...]:
        tables = self._kept.tables
        sessions = [s for s in tables.sessions.values() if since <= _ended(s) < until]
        earned = ((s, _earning_postings(tables, s.id)) for s in sessions)
        mine = [
            _earning(tables, session, postings, owner_id)
            for session, postings in earned
            if any(posting.account.owner == owner_id for posting in postings)
        ]
        return tuple(sorted(mine, key=lambda view: view.at, reverse=True))

    def spent_by(self, customer_id: CustomerId, /) -> Money:
        tables = self._kept.tables
        theirs = {s.id for s in tables.sessions.values() if s.customer_id == customer_id}
        mine = (p.entry for p in tables.ledger.values() if p.entry.session_id in theirs)
        moved = (_customers(entry) for entry in mine)
        return sum((amount for amount in moved if amount is not None), Money.zero())

    def payments_of(self, customer_id: CustomerId, /) -> tuple[PaymentView, ...]:
        tables = self._kept.tables
        moved = [(each, _customers(each.entry)) for each in tables.ledger.values()]
        found = [
            PaymentView(
                at=posted.entry.at,
                kind=posted.entry.kind,
                plan_name=tables.plans[_booked(tables, posted)[1]].name,
                amount=amount,
                session_id=None if posted.checkout_id else posted.entry.session_id,
                receipt=_receipt(tables, posted),
                note=_note(tables, posted.entry),
                owed=_owed(tables, posted.entry.session_id),
                disputed=_disputed(tables, _receipt(tables, posted)),
            )
            for posted, amount in moved
            if amount is not None and _booked(tables, posted)[0] == customer_id
        ]
        return tuple(reversed(found))

    def trial_balance(self) -> tuple[tuple[str, Money], ...]:
        sums: Counter[tuple[AccountKind, Currency]] = Counter()
        for posted in self._kept.tables.ledger.values():
            for posting in posted.entry.postings:
                sums[posting.account.kind, posting.amount.currency] += posting.amount.minor
        return tuple((kind.value, Money(sums[kind, of], of)) for kind, of in sorted(sums))

    def disputes_open(self) -> int:
        return sum(each.closed_at is None for each in self._kept.tables.disputes.values())


def _booked(tables: Tables, posted: Posted) -> tuple[CustomerId, str]:
    """Whose money it is, and the plan it was for."""
    if posted.checkout_id is not None:
        checkout = tables.checkouts[posted.checkout_id]
        return checkout.customer_id, checkout.plan
    assert posted.entry.session_id is not None, "an entry is about a session or a checkout"
    session = tables.sessions[posted.entry.session_id]
    return session.customer_id, session.terms.plan


def _receipt(tables: Tables, posted: Posted) -> CheckoutId:
    if posted.checkout_id is not None:
        return posted.checkout_id
    assert posted.entry.session_id is not None, "an entry is about a session or a checkout"
    receipt = tables.sessions[posted.entry.session_id].checkout_id
    assert receipt is not None, "what was paid has a checkout"
    return receipt


def _note(tables: Tables, entry: Entry) -> str:
    """How a refund was paid another way; empty for every other entry."""
    issues = tables.money_issues.values()
    return next((each.note for each in issues if entry.key == f"settlement:{each.id}"), "")


def _owed(tables: Tables, pot: SessionId | None) -> Money:
    assert pot is not None, "an entry is about a session or a checkout"
    return -balance((each.entry for each in tables.ledger.values()), Account.owed(pot))


def _disputed(tables: Tables, receipt: CheckoutId) -> bool:
    disputes = tables.disputes.values()
    return any(each.checkout_id == receipt and each.closed_at is None for each in disputes)


def _earning_postings(tables: Tables, session_id: SessionId) -> list[Posting]:
    posted = (each for each in tables.ledger.values() if each.checkout_id is None)
    entries: list[Entry] = [each.entry for each in posted if each.entry.session_id == session_id]
    return [p for entry in entries if entry.kind in EARNING_KINDS for p in entry.postings]


def _earning(
    tables: Tables, session: Session, postings: list[Posting], owner_id: UUID
) -> EarningView:
    def earned(*kinds: AccountKind) -> Money:
        amounts = (-p.amount for p in postings if p.account.kind in kinds)
        return sum(amounts, Money.zero(session.terms.price.currency))

    transfers = (t for t in tables.transfers.values() if t.session_id == session.id)
    newest = sorted((t for t in transfers if t.owner_id == owner_id), key=lambda t: t.created_at)
    own = newest[-1] if newest else None
    reversed_ = (
        each.amount
        for each in tables.reversals.values()
        if each.transfer_id in {one.id for one in newest} and each.status not in NOT_MADE
    )
    mine = (-p.amount for p in postings if p.account.owner == owner_id)
    money = money_of(tables, session)
    return EarningView(
        session_id=session.id,
        at=_ended(session),
        plan_name=tables.plans[session.terms.plan].name,
        kind=session.terms.kind,
        customer_first_name=first_name(tables, session.customer_id),
        gross=earned(*EARNING_ACCOUNTS),
        platform=earned(AccountKind.PLATFORM),
        workshop=earned(AccountKind.WORKSHOP),
        net=sum(mine, Money.zero(session.terms.price.currency)),
        transfer_status=own.status if own else "",
        refunded=money.refunded,
        bank_returned=money.bank_returned,
        taken_back=sum(reversed_, Money.zero(session.terms.price.currency)),
    )
