"""Keeping customers' vehicles, favourites, and what they told about themselves."""

from typing import Protocol

from autodoctor.domain.garage.details import CustomerDetails
from autodoctor.domain.garage.favorite import Favorite
from autodoctor.domain.garage.saved_vehicle import SavedVehicle
from autodoctor.domain.shared.ids import CustomerId, FavoriteId, VehicleId
from autodoctor.ports.stores import Store


class Vehicles(Store[SavedVehicle, VehicleId], Protocol):
    """A customer has at most one primary vehicle; a second one raises Stale."""

    def of_customer(self, customer_id: CustomerId, /) -> tuple[SavedVehicle, ...]:
        """The primary one first, then newest first."""

    def remove(self, vehicle_id: VehicleId, /) -> None:
        """Again changes nothing; bookings it was used in stay as they are."""


class Favorites(Protocol):
    def add(self, favorite: Favorite, /) -> None:
        """Raises AlreadyFavorite."""

    def of_customer(self, customer_id: CustomerId, /) -> tuple[Favorite, ...]:
        """Newest first."""

    def remove(self, customer_id: CustomerId, favorite_id: FavoriteId, /) -> bool:
        """False when it is not there, or not this customer's."""


class DetailsBook(Protocol):
    def get(self, customer_id: CustomerId, /) -> CustomerDetails:
        """Everybody begins with blank ones."""

    def save(self, details: CustomerDetails, /) -> CustomerDetails:
        """Raises Stale."""
