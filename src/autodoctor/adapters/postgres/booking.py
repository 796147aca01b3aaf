"""Plans, intakes, waivers, checkouts and free sessions in PostgreSQL."""

from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, RowMapping, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.rows import Guards, Mapped, Row, RowStore
from autodoctor.adapters.postgres.tables.booking import checkouts, free_sessions, intakes, waivers
from autodoctor.adapters.postgres.tables.plans import plans
from autodoctor.domain.booking.checkout import Checkout, CheckoutStatus
from autodoctor.domain.booking.concern import ConcernCategory
from autodoctor.domain.booking.free_session import FreeSessions
from autodoctor.domain.booking.intake import Intake, IntakeStatus, Place
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.booking.waiver import Waiver
from autodoctor.domain.plans.plan import Plan, PlanCategory, PlanUnknown, SessionKind
from autodoctor.domain.shared.ids import CheckoutId, CustomerId, IntakeId, PlanSlug
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.stores import Stale

VEHICLE = ("year", "make", "model", "vin", "odometer_km", "plate")
PLACE = ("city", "province", "country", "postal_code")


def money_of(values: dict[str, Any], name: str) -> Money:
    """Takes an amount and its currency out of a row's values."""
    return Money(values.pop(f"{name}_minor"), Currency(values.pop("currency")))


def money_row(values: Row, name: str) -> Row:
    """Puts a Money's two columns in its place."""
    money: Money = values.pop(name)
    return values | {f"{name}_minor": money.minor, "currency": money.currency}


def plain(thing: Any) -> Row:
    """A frozen thing's own fields, without its version."""
    values: Row = attrs.asdict(thing, recurse=False)
    values.pop("version", None)
    return values


def plan_row(plan: Plan) -> Row:
    return money_row(plain(plan) | {"perks": list(plan.perks)}, "price")


def plan_of(row: RowMapping) -> Plan:
    values = dict(row)
    values["perks"] = tuple(values["perks"])
    values["kind"] = SessionKind(values["kind"])
    values["category"] = PlanCategory(values["category"])
    return Plan(price=money_of(values, "price"), **values)


def intake_row(intake: Intake) -> Row:
    values = plain(intake)
    vehicle: Vehicle | None = values.pop("vehicle")
    place: Place = values.pop("place")
    parts = {f"vehicle_{name}": getattr(vehicle, name, None) for name in VEHICLE}
    lists = {"keywords": list(intake.keywords), "file_ids": list(intake.file_ids)}
    return values | parts | attrs.asdict(place) | lists


def intake_of(row: RowMapping) -> Intake:
    values = dict(row)
    parts = {name: values.pop(f"vehicle_{name}") for name in VEHICLE}
    place = Place(**{name: values.pop(name) for name in PLACE})
    vehicle = Vehicle(**parts) if parts["year"] is not None else None
    values["keywords"] = tuple(values["keywords"])
    values["file_ids"] = tuple(values["file_ids"])
    values["category"] = ConcernCategory(values["category"])
    values["status"] = IntakeStatus(values["status"])
    return Intake(vehicle=vehicle, place=place, **values)


def checkout_row(checkout: Checkout) -> Row:
    values = money_row(plain(checkout), "price")
    received: Money | None = values.pop("received")
    minor, currency = (received.minor, received.currency) if received else (None, None)
    return values | {"received_minor": minor, "received_currency": currency}


def checkout_of(row: RowMapping) -> Checkout:
    values = dict(row)
    values["status"] = CheckoutStatus(values["status"])
    minor, currency = values.pop("received_minor"), values.pop("received_currency")
    received = None if minor is None else Money(minor, Currency(currency))
    return Checkout(price=money_of(values, "price"), received=received, **values)


@attrs.frozen
class PostgresPlans:
    _connection: Connection

    def get(self, slug: PlanSlug, /) -> Plan:
        found = self._connection.execute(_PLAN, {"slug": slug}).mappings().first()
        if found is None:
            raise PlanUnknown(slug)
        return plan_of(found)

    def listed(self) -> tuple[Plan, ...]:
        return tuple(map(plan_of, self._connection.execute(_LISTED).mappings()))

    def put(self, plan: Plan, /) -> None:
        row = plan_row(plan)
        statement = upsert(plans).on_conflict_do_update(index_elements=["slug"], set_=row)
        self._connection.execute(statement, row)


_PLAN = select(plans).where(plans.c.slug == bindparam("slug"))
_LISTED = select(plans).where(plans.c.active).order_by(plans.c.display_order)


class PostgresIntakes(RowStore[Intake]):
    mapped = Mapped(intakes, intake_row, intake_of)

    def newest_of(self, customer_id: CustomerId, /) -> Intake | None:
        return self._one(_NEWEST, {"customer_id": customer_id})


_NEWEST = (
    select(intakes)
    .where(intakes.c.customer_id == bindparam("customer_id"))
    .order_by(intakes.c.created_at.desc(), intakes.c.id.desc())
    .limit(1)
)


@attrs.frozen
class PostgresWaivers:
    _connection: Connection

    def add(self, waiver: Waiver, /) -> Waiver:
        statement = upsert(waivers).on_conflict_do_nothing(index_elements=["intake_id"])
        self._connection.execute(statement, attrs.asdict(waiver))
        counting = self.of(waiver.intake_id)
        assert counting is not None, "a waiver is never deleted"
        return counting

    def of(self, intake_id: IntakeId, /) -> Waiver | None:
        found = self._connection.execute(_WAIVER, {"intake_id": intake_id}).mappings().first()
        return None if found is None else Waiver(**found)


_WAIVER = select(waivers).where(waivers.c.intake_id == bindparam("intake_id"))


class PostgresCheckouts(RowStore[Checkout]):
    mapped = Mapped(checkouts, checkout_row, checkout_of)

    def open_of(self, intake_id: IntakeId, /) -> Checkout | None:
        return self._one(_OPEN, {"intake_id": intake_id})

    def by_provider(self, provider_id: str, /) -> Checkout | None:
        return self._one(_BY_PROVIDER, {"provider_id": provider_id})

    def by_charge(self, charge_id: str, /) -> Checkout | None:
        return self._one(_BY_CHARGE, {"charge_id": charge_id})

    def settled_after(self, after: UUID | None, /, *, most: int) -> tuple[CheckoutId, ...]:
        values = {"after": after or UUID(int=0), "most": most}
        return tuple(self._connection.execute(_SETTLED, values).scalars())


_SETTLED = (
    select(checkouts.c.id)
    .where(
        checkouts.c.status.in_([CheckoutStatus.FULFILLED, CheckoutStatus.RETURNED]),
        checkouts.c.id > bindparam("after"),
    )
    .order_by(checkouts.c.id)
    .limit(bindparam("most"))
)
_OPEN = select(checkouts).where(
    checkouts.c.intake_id == bindparam("intake_id"), checkouts.c.status == CheckoutStatus.OPEN
)
_BY_PROVIDER = select(checkouts).where(checkouts.c.provider_id == bindparam("provider_id"))
_BY_CHARGE = select(checkouts).where(checkouts.c.charge_id == bindparam("charge_id"))


@attrs.frozen
class PostgresFreeSessions:
    _connection: Connection
    _guards: Guards

    def get(self, customer_id: CustomerId, /, *, lock: bool = False) -> FreeSessions:
        statement = (
            _FREE.with_for_update(key_share=True) if lock and self._guards.row_locks else _FREE
        )
        values = {"customer_id": customer_id}
        found = self._connection.execute(statement, values).mappings().first()
        return FreeSessions(customer_id) if found is None else FreeSessions(**found)

    def save(self, book: FreeSessions, /) -> FreeSessions:
        after = attrs.evolve(book, version=book.version + 1)
        row = attrs.asdict(after)
        if book.version == 0:
            statement = upsert(free_sessions).on_conflict_do_nothing()
            changed = self._connection.execute(statement, row).rowcount
        else:
            mine = (free_sessions.c.customer_id == book.customer_id) & (
                free_sessions.c.version == book.version
            )
            changed = self._connection.execute(
                update(free_sessions).where(mine).values(row)
            ).rowcount
        if changed != 1:
            raise Stale("free_session")
        return after


_FREE = select(free_sessions).where(free_sessions.c.customer_id == bindparam("customer_id"))
