"""Keeping the ledger and the movements of money."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.bank_payout import Payout
from autodoctor.domain.revenue.ids import DisputeId, IssueId, ReversalId
from autodoctor.domain.revenue.issue import Issue, IssueKind
from autodoctor.domain.revenue.ledger import Entry
from autodoctor.domain.revenue.money_check import MoneyCheck
from autodoctor.domain.revenue.movements import Refund, Reversal, Transfer
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.ids import (
    CheckoutId,
    RefundId,
    SessionId,
    TransferId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.ports.stores import Store


class Ledger(Protocol):
    """Append-only. An entry's key is unique: posting it again changes nothing."""

    def post(self, entry: Entry, /) -> bool:
        """False when the key was posted before."""

    def post_returned(self, entry: Entry, checkout_id: CheckoutId, /) -> bool:
        """For money that never became a session: the entry is the checkout's."""

    def of_session(self, session_id: SessionId, /) -> tuple[Entry, ...]:
        """In the order they were posted."""

    def of_checkout(self, checkout_id: CheckoutId, /) -> tuple[Entry, ...]:
        """Those posted as returned, in order; their session_id is the checkout's id."""

    def balance(self, account: Account, /) -> Money: ...

    def agree(self, session_id: SessionId, terms: Terms, /) -> None:
        """Who earns in the session, at which rates, from when its mechanic took it. The last
        agreement counts."""

    def agreed(self, session_id: SessionId, /) -> Terms | None: ...


class Transfers(Store[Transfer, TransferId], Protocol):
    """A session has one per party, besides failed and void ones; a second `add` raises Stale."""

    def of_session(self, session_id: SessionId, /) -> tuple[Transfer, ...]:
        """The mechanic's, then the workshop's, oldest first."""

    def by_provider(self, provider_id: str, /) -> Transfer | None: ...

    def held_for(self, owner_id: UUID, /) -> tuple[TransferId, ...]:
        """Those that wait for this mechanic's or workshop's account to be ready."""


class Refunds(Store[Refund, RefundId], Protocol):
    """A checkout has one per reason, besides void ones; a second `add` raises Stale."""

    def of_checkout(self, checkout_id: CheckoutId, /) -> tuple[Refund, ...]:
        """Oldest first."""


class Reversals(Store[Reversal, ReversalId], Protocol):
    def of_transfer(self, transfer_id: TransferId, /) -> tuple[Reversal, ...]:
        """Oldest first."""


@attrs.frozen(kw_only=True)
class Dispute:
    """A customer's bank asks for its money back. `won` is for us, None while it is open."""

    id: DisputeId
    provider_id: str
    session_id: SessionId | None
    checkout_id: CheckoutId
    amount: Money
    opened_at: datetime
    closed_at: datetime | None = None
    won: bool | None = None


class Disputes(Protocol):
    def add(self, dispute: Dispute, /) -> bool:
        """False when the provider's id is known."""

    def by_provider(self, provider_id: str, /) -> Dispute | None: ...

    def open_of(self, session_id: SessionId, /) -> bool: ...

    def about(self, checkout_id: CheckoutId, /) -> tuple[Dispute, ...]:
        """All about its payment, oldest first."""

    def close(self, dispute: Dispute, /) -> bool:
        """False when it is closed already, or was never added."""


class Issues(Store[Issue, IssueId], Protocol):
    """Money that needs a person."""

    def open(self, issue: Issue, /) -> bool:
        """Adds it; False when one of its kind was opened for its subject before."""

    def open_of(self, checkout_id: CheckoutId, kind: IssueKind, /) -> tuple[Issue, ...]:
        """Those about a payment that nobody has dealt with, oldest first."""


class Payouts(Store[Payout, UUID], Protocol):
    """What payout accounts sent to their owners' banks."""

    def by_provider(self, provider_id: str, /) -> Payout | None: ...

    def owner_of(self, provider_account: str, /) -> Account | None:
        """The ledger's account of the mechanic or workshop that is paid there."""


class MoneyChecks(Protocol):
    def add(self, check: MoneyCheck, /) -> None: ...
