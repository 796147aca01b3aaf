"""A mechanic: what they can do, where, and whether they are on shift."""

from datetime import date, datetime

import attrs

from autodoctor.domain.mechanics.completion import Item, counted_anew
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.shared.ids import MechanicId, WorkshopId


@attrs.frozen(kw_only=True)
class Mechanic:
    """`keywords` are service keyword slugs; `country` is ISO 3166-1 alpha-2. `on_shift_since` is
    when the present shift began, and `free_since` when its last session was over."""

    id: MechanicId
    name: str
    approved: bool = False
    profile_completion: int = 0
    papers_expire_on: date | None = None
    workshop_id: WorkshopId | None = None
    workshop_approved: bool = True
    years_of_experience: int = 0
    red_seal: bool = False
    keywords: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    specializations: tuple[str, ...] = ()
    country: str = "CA"
    city: str = ""
    bio: str = ""
    reputation: Reputation = Reputation()
    completed_sessions: int = 0
    on_shift_since: datetime | None = None
    free_since: datetime | None = None
    payout_account: str | None = None
    payouts_ready: bool = False
    version: int = 0

    @property
    def on_shift(self) -> bool:
        return self.on_shift_since is not None

    @property
    def waiting_since(self) -> datetime | None:
        """When they clocked in or last became free; None off shift."""
        return self.free_since or self.on_shift_since

    def clock_in(self, *, at: datetime) -> "Mechanic":
        return self if self.on_shift else attrs.evolve(self, on_shift_since=at)

    def clock_out(self) -> "Mechanic":
        return attrs.evolve(self, on_shift_since=None, free_since=None)

    def can_be_paid(self, *, ready: bool) -> "Mechanic":
        """Whether the payment provider pays them out; it counts for the profile."""
        percent = counted_anew(
            self.profile_completion, Item.PAYOUTS, before=self.payouts_ready, after=ready
        )
        return attrs.evolve(self, payouts_ready=ready, profile_completion=percent)

    def rated(self, stars: int) -> "Mechanic":
        before = self.reputation
        return attrs.evolve(self, reputation=Reputation(before.stars + stars, before.count + 1))

    def completed(self, *, at: datetime) -> "Mechanic":
        """One more session done; on shift, they are waiting again from now, and the shift goes
        on."""
        free = at if self.on_shift else None
        return attrs.evolve(self, completed_sessions=self.completed_sessions + 1, free_since=free)
