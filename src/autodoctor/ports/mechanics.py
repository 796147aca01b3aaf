"""Keeping mechanics, and finding the best of those on shift."""

from datetime import date, datetime
from typing import Protocol

from autodoctor.domain.matching.candidate import Wanted
from autodoctor.domain.matching.ranking import Ranked
from autodoctor.domain.mechanics.draft import Draft
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.particulars import Particulars
from autodoctor.domain.shared.ids import AccountId, DraftId, MechanicId
from autodoctor.ports.stores import Store


class Mechanics(Store[Mechanic, MechanicId], Protocol):
    """`add` and `save` keep the pool of those on shift in step."""

    def best(self, wanted: Wanted, /, *, most: int, today: date) -> tuple[Ranked, ...]:
        """Exactly what ranking every mechanic on shift would give whose papers are good
        `today`, their last day included."""

    def on_shift_count(self) -> int:
        """How many are on shift and approved."""


class Shifts(Protocol):
    """The log of who was on shift, when. One runs at a time for each mechanic."""

    def begin(self, mechanic_id: MechanicId, /, *, at: datetime) -> None: ...

    def end(self, mechanic_id: MechanicId, /, *, at: datetime) -> None: ...


class ParticularsBook(Protocol):
    def get(self, mechanic_id: MechanicId, /) -> Particulars:
        """Everybody begins with blank ones."""

    def save(self, particulars: Particulars, /) -> Particulars:
        """Raises Stale."""


class Drafts(Store[Draft, DraftId], Protocol):
    """An account has at most one; a second that is claimed for it raises Stale."""

    def of_account(self, account_id: AccountId, /) -> Draft | None: ...

    def of_sign_up(self, sign_up_id: AccountId, /) -> Draft | None:
        """What was being written when that account was asked for, while it is nobody's."""

    def remove(self, draft_id: DraftId, /) -> None:
        """Again changes nothing."""
