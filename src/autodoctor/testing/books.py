"""One session's ledger, driven step by step: it makes up ids and times, and posts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs

from autodoctor.domain.revenue import disputes, entries, payouts, refunds, settlements
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ids import DisputeId, IssueId, ReversalId
from autodoctor.domain.revenue.ledger import Entry
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.ids import (
    CheckoutId,
    EntryId,
    MechanicId,
    RefundId,
    SessionId,
    TransferId,
    WorkshopId,
)
from autodoctor.domain.shared.money import Money

OPENED_AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
SESSION = SessionId(UUID(int=1))
MECHANIC = MechanicId(UUID(int=2))
WORKSHOP = WorkshopId(UUID(int=3))
WITH_WORKSHOP = Terms(mechanic_id=MECHANIC, workshop_id=WORKSHOP)


@attrs.define
class Books:
    """Every method posts one entry and returns it, or raises what the domain raises. Where
    entries are kept is `keep`'s to say: override it to keep them in a store."""

    terms: Terms = WITH_WORKSHOP
    funds: Funds = Funds(SESSION)
    ids: int = 1000

    def charge(self, amount: Money, *, checkout_id: UUID | None = None) -> Entry:
        checkout = CheckoutId(checkout_id or self.new_id())
        return self._post(entries.charge, checkout_id=checkout, amount=amount)

    def split(self) -> Entry:
        return self._post(entries.split, terms=self.terms)

    def release(self) -> Entry:
        return self._post(entries.release, terms=self.terms)

    def transfer(self, to: Account, amount: Money, *, transfer_id: UUID | None = None) -> Entry:
        transfer = TransferId(transfer_id or self.new_id())
        return self._post(payouts.transfer, to=to, amount=amount, transfer_id=transfer)

    def transfer_failed(self, transfer_id: UUID) -> Entry:
        return self._post(payouts.transfer_failed, transfer_id=TransferId(transfer_id))

    def reverse(
        self, transfer_id: UUID, amount: Money, *, reversal_id: UUID | None = None
    ) -> Entry:
        return self._post(
            payouts.reversal,
            transfer_id=TransferId(transfer_id),
            amount=amount,
            reversal_id=ReversalId(reversal_id or self.new_id()),
        )

    def reversal_failed(self, transfer_id: UUID, reversal_id: UUID) -> Entry:
        return self._post(
            payouts.reversal_failed,
            transfer_id=TransferId(transfer_id),
            reversal_id=ReversalId(reversal_id),
        )

    def refund(self, amount: Money, *, refund_id: UUID | None = None) -> Entry:
        refund = RefundId(refund_id or self.new_id())
        return self._post(refunds.refund, refund_id=refund, amount=amount, terms=self.terms)

    def find_refund(self, amount: Money, *, refund_id: UUID) -> Entry:
        refund = RefundId(refund_id)
        return self._post(refunds.refund_found, refund_id=refund, amount=amount, terms=self.terms)

    def withdraw(self, refund_id: UUID) -> Entry:
        return self._post(refunds.refund_withdrawn, refund_id=RefundId(refund_id), terms=self.terms)

    def refund_failed(self, refund_id: UUID) -> Entry:
        return self._post(refunds.refund_failed, refund_id=RefundId(refund_id))

    def settle(self, account: Account, amount: Money, *, issue_id: UUID | None = None) -> Entry:
        issue = IssueId(issue_id or self.new_id())
        return self._post(settlements.settlement, account=account, amount=amount, issue_id=issue)

    def dispute(self, amount: Money, *, dispute_id: UUID | None = None) -> Entry:
        dispute = DisputeId(dispute_id or self.new_id())
        return self._post(disputes.dispute_opened, dispute_id=dispute, amount=amount)

    def win(self, dispute_id: UUID) -> Entry:
        return self._post(disputes.dispute_won, dispute_id=DisputeId(dispute_id))

    def lose(self, dispute_id: UUID) -> Entry:
        return self._post(disputes.dispute_lost, dispute_id=DisputeId(dispute_id), terms=self.terms)

    def new_id(self) -> UUID:
        self.ids += 1
        return UUID(int=self.ids)

    def _post(self, build: Callable[..., Entry], **facts: object) -> Entry:
        at = OPENED_AT + timedelta(minutes=len(self.funds.entries))
        entry_id = EntryId(self.new_id())
        entry = build(self.funds, **facts, entry_id=entry_id, at=at)
        assert (entry.id, entry.at) == (entry_id, at), f"{entry.key} is not as it was asked for"
        assert entry.session_id == self.funds.session_id, f"{entry.key} is another session's"
        self.funds = self.keep(entry)
        return entry

    def keep(self, entry: Entry) -> Funds:
        """The funds with that entry."""
        return self.funds.with_entry(entry)
