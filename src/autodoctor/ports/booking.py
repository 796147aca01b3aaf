"""Keeping plans, intakes, waivers, checkouts and free sessions."""

from typing import Protocol
from uuid import UUID

from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.booking.free_session import FreeSessions
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.waiver import Waiver
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.shared.ids import CheckoutId, CustomerId, IntakeId, PlanSlug
from autodoctor.ports.stores import Store


class Plans(Protocol):
    def get(self, slug: PlanSlug, /) -> Plan:
        """Raises PlanUnknown."""

    def listed(self) -> tuple[Plan, ...]:
        """Those on offer, in display order."""

    def put(self, plan: Plan, /) -> None:
        """Add it, or replace the one with its slug."""


class Intakes(Store[Intake, IntakeId], Protocol):
    """Booking intakes."""

    def newest_of(self, customer_id: CustomerId, /) -> Intake | None: ...


class Waivers(Protocol):
    def add(self, waiver: Waiver, /) -> Waiver:
        """The waiver that counts: the first one signed for its intake."""

    def of(self, intake_id: IntakeId, /) -> Waiver | None: ...


class Checkouts(Store[Checkout, CheckoutId], Protocol):
    """An intake has at most one open checkout; a second `add` raises Stale."""

    def open_of(self, intake_id: IntakeId, /) -> Checkout | None: ...

    def by_provider(self, provider_id: str, /) -> Checkout | None: ...

    def by_charge(self, charge_id: str, /) -> Checkout | None: ...

    def settled_after(self, after: UUID | None, /, *, most: int) -> tuple[CheckoutId, ...]:
        """Those whose money has found its place, by id, from the one after `after` on."""


class FreeSessionBook(Protocol):
    def get(self, customer_id: CustomerId, /, *, lock: bool = False) -> FreeSessions:
        """What the customer has; everybody begins with one."""

    def save(self, free_sessions: FreeSessions, /) -> FreeSessions:
        """Raises Stale."""
