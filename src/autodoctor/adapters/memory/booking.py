"""Plans, intakes, waivers, checkouts and free sessions in memory."""

from uuid import UUID

import attrs

from autodoctor.adapters.memory.rows import MemoryStore, provider_id
from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.booking.checkout import Checkout, CheckoutStatus
from autodoctor.domain.booking.free_session import FreeSessions
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.waiver import Waiver
from autodoctor.domain.plans.plan import Plan, PlanUnknown
from autodoctor.domain.shared.ids import CheckoutId, CustomerId, IntakeId, PlanSlug
from autodoctor.ports.stores import Stale


@attrs.frozen
class MemoryPlans:
    _tables: Tables

    def get(self, slug: PlanSlug, /) -> Plan:
        if slug not in self._tables.plans:
            raise PlanUnknown(slug)
        return self._tables.plans[slug]

    def listed(self) -> tuple[Plan, ...]:
        offered = (plan for plan in self._tables.plans.values() if plan.active)
        return tuple(sorted(offered, key=lambda plan: plan.display_order))

    def put(self, plan: Plan, /) -> None:
        self._tables.plans[plan.slug] = plan


class MemoryIntakes(MemoryStore[Intake]):
    kind = "intake"

    def newest_of(self, customer_id: CustomerId, /) -> Intake | None:
        own = (each for each in self._rows.values() if each.customer_id == customer_id)
        return max(own, key=lambda each: (each.created_at, each.id), default=None)


@attrs.frozen
class MemoryWaivers:
    _tables: Tables

    def add(self, waiver: Waiver, /) -> Waiver:
        return self._tables.waivers.setdefault(waiver.intake_id, waiver)

    def of(self, intake_id: IntakeId, /) -> Waiver | None:
        return self._tables.waivers.get(intake_id)


def _open_intake(checkout: Checkout) -> object:
    return checkout.intake_id if checkout.status is CheckoutStatus.OPEN else None


def _payment(checkout: Checkout) -> object:
    return checkout.payment_id


class MemoryCheckouts(MemoryStore[Checkout]):
    kind = "checkout"
    unique = (_open_intake, provider_id, _payment)

    def open_of(self, intake_id: IntakeId, /) -> Checkout | None:
        return next((row for row in self._rows.values() if _open_intake(row) == intake_id), None)

    def by_provider(self, provider_id: str, /) -> Checkout | None:
        rows = self._rows.values()
        return next((row for row in rows if row.provider_id == provider_id), None)

    def settled_after(self, after: UUID | None, /, *, most: int) -> tuple[CheckoutId, ...]:
        settled = sorted(row.id for row in self._rows.values() if row.settled)
        return tuple(each for each in settled if after is None or each > after)[:most]

    def by_charge(self, charge_id: str, /) -> Checkout | None:
        return next((row for row in self._rows.values() if row.charge_id == charge_id), None)


@attrs.frozen
class MemoryFreeSessions:
    _tables: Tables

    def get(self, customer_id: CustomerId, /, *, lock: bool = False) -> FreeSessions:  # noqa: ARG002 - a transaction in memory locks everything
        return self._tables.free_sessions.get(customer_id, FreeSessions(customer_id))

    def save(self, book: FreeSessions, /) -> FreeSessions:
        if self.get(book.customer_id).version != book.version:
            raise Stale("free_session")
        after = attrs.evolve(book, version=book.version + 1)
        self._tables.free_sessions[book.customer_id] = after
        return after
