"""Customers' vehicles, favourites and what they told about themselves, in memory."""

import attrs

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.garage.details import CustomerDetails
from autodoctor.domain.garage.favorite import AlreadyFavorite, Favorite
from autodoctor.domain.garage.saved_vehicle import SavedVehicle
from autodoctor.domain.shared.ids import CustomerId, FavoriteId, VehicleId
from autodoctor.ports.stores import Stale


class MemoryVehicles(MemoryStore[SavedVehicle]):
    kind = "vehicle"
    unique = (lambda each: each.customer_id if each.primary else None,)

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables.vehicles)
        self._intakes = tables.intakes

    def of_customer(self, customer_id: CustomerId, /) -> tuple[SavedVehicle, ...]:
        mine = [row for row in self._rows.values() if row.customer_id == customer_id]
        mine.sort(key=lambda row: row.id)
        mine.sort(key=lambda row: (row.primary, row.created_at), reverse=True)
        return tuple(mine)

    def remove(self, vehicle_id: VehicleId, /) -> None:
        self._rows.pop(vehicle_id, None)
        for key, intake in tuple(self._intakes.items()):
            if intake.vehicle_id == vehicle_id:
                self._intakes[key] = attrs.evolve(intake, vehicle_id=None)


@attrs.frozen
class MemoryFavorites:
    _tables: Tables

    def add(self, favorite: Favorite, /) -> None:
        if any(each.of == favorite.of for each in self.of_customer(favorite.customer_id)):
            raise AlreadyFavorite(favorite.of)
        self._tables.favorites[favorite.id] = favorite

    def of_customer(self, customer_id: CustomerId, /) -> tuple[Favorite, ...]:
        mine = [row for row in self._tables.favorites.values() if row.customer_id == customer_id]
        mine.sort(key=lambda row: row.id)
        return tuple(sorted(mine, key=lambda row: row.created_at, reverse=True))

    def remove(self, customer_id: CustomerId, favorite_id: FavoriteId, /) -> bool:
        found = self._tables.favorites.get(favorite_id)
        if found is None or found.customer_id != customer_id:
            return False
        del self._tables.favorites[favorite_id]
        return True


@attrs.frozen
class MemoryCustomerDetails:
    _tables: Tables

    def get(self, customer_id: CustomerId, /) -> CustomerDetails:
        return self._tables.customer_details.get(customer_id) or CustomerDetails(id=customer_id)

    def save(self, details: CustomerDetails, /) -> CustomerDetails:
        if self.get(details.id).version != details.version:
            raise Stale("customer_details")
        after = attrs.evolve(details, version=details.version + 1)
        self._tables.customer_details[details.id] = after
        return after
