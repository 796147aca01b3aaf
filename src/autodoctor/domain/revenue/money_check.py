"""A comparison of sessions, ledger and the provider's objects, and what it found."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import attrs


class DifferenceKind(StrEnum):
    ENTRY_BROKEN = "entry_broken"
    """An entry of the ledger has no postings, or does not balance."""
    BOOKS_UNBALANCED = "books_unbalanced"
    CHARGE_DIFFERS = "charge_differs"
    """The ledger, the booking and the provider disagree about what was paid."""
    HELD_AFTER_END = "held_after_end"
    """A session is over and its money is neither earned nor given back."""
    STATUS_DIFFERS = "status_differs"
    """A session counts as refunded and its price did not arrive, or the other way round."""
    CASH_DIFFERS = "cash_differs"
    """The ledger and the provider disagree about what is left of a payment."""
    CHARGE_UNKNOWN = "charge_unknown"
    """The provider has a payment that is in no book of ours."""
    TRANSFER_UNKNOWN = "transfer_unknown"
    """The provider has made a transfer that is none of ours."""
    OVERDUE = "overdue"
    """The provider was called for money a day ago, and nobody knows whether it has moved."""
    CHARGE_MISSING = "charge_missing"
    """A booking counts as paid, and the provider has no such payment."""


@attrs.frozen(order=True)
class Difference:
    """`subject` is the id of what it is about: ours, or the provider's."""

    kind: DifferenceKind
    subject: str
    text: str


@attrs.frozen(kw_only=True)
class MoneyCheck:
    """`checked` counts the payments that were looked at; `under_way` those of them that were not
    compared with the provider, because a call about them has no answer yet."""

    id: UUID
    at: datetime
    checked: int
    under_way: int
    differences: tuple[Difference, ...]
