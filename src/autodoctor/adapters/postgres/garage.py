"""Customers' vehicles, favourites and what they told about themselves, in PostgreSQL."""

import attrs
from sqlalchemy import Connection, Executable, RowMapping, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.booking import plain
from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore
from autodoctor.adapters.postgres.tables.garage import customer_details, favorites, vehicles
from autodoctor.domain.garage.details import CustomerDetails, Home
from autodoctor.domain.garage.favorite import AlreadyFavorite, Favorite
from autodoctor.domain.garage.saved_vehicle import SavedVehicle
from autodoctor.domain.shared.ids import CustomerId, FavoriteId, FileId, VehicleId
from autodoctor.ports.stores import Stale


def vehicle_of(row: RowMapping) -> SavedVehicle:
    return SavedVehicle(**row)


class PostgresVehicles(RowStore[SavedVehicle]):
    mapped = Mapped(vehicles, plain, vehicle_of)

    def of_customer(self, customer_id: CustomerId, /) -> tuple[SavedVehicle, ...]:
        return self._all(_VEHICLES, {"customer_id": customer_id})

    def remove(self, vehicle_id: VehicleId, /) -> None:
        self._connection.execute(delete(vehicles).where(vehicles.c.id == vehicle_id))


_VEHICLES = (
    select(vehicles)
    .where(vehicles.c.customer_id == bindparam("customer_id"))
    .order_by(vehicles.c.primary.desc(), vehicles.c.created_at.desc(), vehicles.c.id)
)
_FAVORITES = (
    select(favorites)
    .where(favorites.c.customer_id == bindparam("customer_id"))
    .order_by(favorites.c.created_at.desc(), favorites.c.id)
)


@attrs.frozen
class PostgresFavorites:
    _connection: Connection

    def add(self, favorite: Favorite, /) -> None:
        statement = upsert(favorites).on_conflict_do_nothing()
        if self._connection.execute(statement, attrs.asdict(favorite)).rowcount == 0:
            raise AlreadyFavorite(favorite.of)

    def of_customer(self, customer_id: CustomerId, /) -> tuple[Favorite, ...]:
        rows = self._connection.execute(_FAVORITES, {"customer_id": customer_id}).mappings()
        return tuple(Favorite(**row) for row in rows)

    def remove(self, customer_id: CustomerId, favorite_id: FavoriteId, /) -> bool:
        mine = (favorites.c.id == favorite_id) & (favorites.c.customer_id == customer_id)
        return self._connection.execute(delete(favorites).where(mine)).rowcount == 1


_HOME = ("street", "city", "province", "postal_code", "country")


def details_row(details: CustomerDetails) -> Row:
    home = {name: getattr(details.home, name) for name in _HOME}
    return home | {"id": details.id, "photo_id": details.photo_id, "version": details.version}


def details_of(row: RowMapping) -> CustomerDetails:
    photo_id = row["photo_id"]
    return CustomerDetails(
        id=CustomerId(row["id"]),
        home=Home(**{name: row[name] for name in _HOME}),
        photo_id=None if photo_id is None else FileId(photo_id),
        version=row["version"],
    )


@attrs.frozen
class PostgresCustomerDetails:
    _connection: Connection

    def get(self, customer_id: CustomerId, /) -> CustomerDetails:
        found = self._connection.execute(_DETAILS, {"key": customer_id}).mappings().first()
        return CustomerDetails(id=customer_id) if found is None else details_of(found)

    def save(self, details: CustomerDetails, /) -> CustomerDetails:
        after = attrs.evolve(details, version=details.version + 1)
        if self._connection.execute(_changing(details), details_row(after)).rowcount != 1:
            raise Stale("customer_details")
        return after


_DETAILS = select(customer_details).where(customer_details.c.id == bindparam("key"))


def _changing(before: CustomerDetails) -> Executable:
    if before.version == 0:
        return upsert(customer_details).on_conflict_do_nothing()
    table = customer_details.c
    mine = (table.id == before.id) & (table.version == before.version)
    return update(customer_details).where(mine)
