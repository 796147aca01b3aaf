"""Workshops and the places of mechanics in them in PostgreSQL."""

from datetime import time
from typing import Any

import attrs
from sqlalchemy import RowMapping, bindparam, delete, func, select

from autodoctor.adapters.postgres.booking import plain
from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore
from autodoctor.adapters.postgres.tables.mechanics import memberships, workshops
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.shared.money import Rate
from autodoctor.domain.workshops.membership import Membership, MembershipStatus
from autodoctor.domain.workshops.profile import Hours, Profile
from autodoctor.domain.workshops.workshop import Workshop

PROFILE = tuple(field.name for field in attrs.fields(Profile))


def workshop_row(workshop: Workshop) -> Row:
    values = plain(workshop)
    told: Profile = values.pop("profile")
    return values | {
        **attrs.asdict(told, recurse=False),
        "coverage": list(told.coverage),
        "hours": [_day(each) for each in told.hours],
        "platform_rate": workshop.platform_rate.basis_points,
        "workshop_rate": workshop.workshop_rate.basis_points,
    }


def _day(hours: Hours) -> list[Any]:
    return [hours.weekday, f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}"]


def workshop_of(row: RowMapping) -> Workshop:
    values = dict(row)
    told = {name: values.pop(name) for name in PROFILE}
    told["coverage"] = tuple(told["coverage"])
    told["hours"] = tuple(
        Hours(day, time.fromisoformat(opens), time.fromisoformat(closes))
        for day, opens, closes in told["hours"]
    )
    for name in ("platform_rate", "workshop_rate"):
        values[name] = Rate(values[name])
    return Workshop(profile=Profile(**told), **values)


def membership_row(membership: Membership) -> Row:
    return plain(membership) | {"areas": list(membership.areas)}


def membership_of(row: RowMapping) -> Membership:
    status, areas = MembershipStatus(row["status"]), tuple(row["areas"])
    return Membership(**{**row, "status": status, "areas": areas})


class PostgresWorkshops(RowStore[Workshop]):
    mapped = Mapped(workshops, workshop_row, workshop_of)


class PostgresMemberships(RowStore[Membership]):
    mapped = Mapped(memberships, membership_row, membership_of)

    def of_mechanic(self, mechanic_id: MechanicId, /) -> Membership | None:
        return self._one(_OF_MECHANIC, {"mechanic_id": mechanic_id})

    def count(self, workshop_id: WorkshopId, /) -> int:
        return self._connection.execute(_COUNT, {"workshop_id": workshop_id}).scalar_one()

    def remove(self, mechanic_id: MechanicId, /) -> None:
        self._connection.execute(delete(memberships).where(memberships.c.id == mechanic_id))


_OF_MECHANIC = select(memberships).where(memberships.c.id == bindparam("mechanic_id"))
_COUNT = (
    select(func.count())
    .select_from(memberships)
    .where(memberships.c.workshop_id == bindparam("workshop_id"))
)
