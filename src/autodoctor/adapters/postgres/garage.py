"""Customers' vehicles and favourites in PostgreSQL."""

import attrs
from sqlalchemy import Connection, RowMapping, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.booking import plain
from autodoctor.adapters.postgres.rows import Mapped, RowStore
from autodoctor.adapters.postgres.tables.garage import favorites, vehicles
from autodoctor.domain.garage.favorite import AlreadyFavorite, Favorite
from autodoctor.domain.garage.saved_vehicle import SavedVehicle
from autodoctor.domain.shared.ids import CustomerId, FavoriteId, VehicleId


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
