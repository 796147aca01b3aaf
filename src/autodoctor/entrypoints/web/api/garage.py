"""A customer's vehicles and favourites, their figures, and the plan they chose."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs
from flask import session

from autodoctor.application.access.booking import START
from autodoctor.application.access.garage import FAVORITES, VEHICLES
from autodoctor.application.access.sessions import LIST
from autodoctor.application.garage.favorites import (
    Liked,
    add_favorite,
    favorites_of,
    remove_favorite,
)
from autodoctor.application.garage.figures import CustomerFigures, customer_figures
from autodoctor.application.garage.vehicles import (
    GarageFull,
    VehicleForm,
    add_vehicle,
    change_vehicle,
    remove_vehicle,
    vehicles_of,
)
from autodoctor.domain.garage.favorite import AlreadyFavorite
from autodoctor.domain.garage.saved_vehicle import SavedVehicle
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FavoriteId, MechanicId, VehicleId, WorkshopId
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import Done, SessionAnswer, SessionRow
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.logins import PLAN
from autodoctor.ports.stores import Missing

garage = Endpoints("Garage")


class SavedVehicleBody(Body):
    year: int
    make: str
    model: str
    vin: str = ""
    odometer_km: int | None = None
    plate: str = ""
    colour: str = ""
    nickname: str = ""
    primary: bool = False


@attrs.frozen(kw_only=True)
class VehicleAnswer:
    id: UUID
    year: int
    make: str
    model: str
    vin: str | None
    odometer_km: int | None
    plate: str | None
    colour: str
    nickname: str
    primary: bool
    created_at: datetime

    @classmethod
    def of(cls, vehicle: SavedVehicle) -> Self:
        shown = attrs.asdict(vehicle)
        del shown["customer_id"], shown["version"]
        return cls(**shown)


@attrs.frozen
class VehiclesAnswer:
    vehicles: tuple[VehicleAnswer, ...]


def form_of(body: SavedVehicleBody) -> VehicleForm:
    return VehicleForm(**{name: getattr(body, name) for name in body.__struct_fields__})


@garage.route("GET", "/api/customer/vehicles", action=VEHICLES, answer=VehiclesAnswer)
def list_vehicles(call: Call) -> VehiclesAnswer:
    """One's saved vehicles, the primary one first."""
    found = vehicles_of(call.ports, actor=call.who)
    return VehiclesAnswer(tuple(map(VehicleAnswer.of, found)))


@garage.route(
    "POST",
    "/api/customer/vehicles",
    action=VEHICLES,
    body=SavedVehicleBody,
    answer=VehicleAnswer,
    status=201,
    refusals=(InvalidField, GarageFull),
)
def save_vehicle(call: Call, *, body: SavedVehicleBody) -> VehicleAnswer:
    """Save a vehicle; the first one is the primary one."""
    return VehicleAnswer.of(add_vehicle(call.ports, actor=call.who, form=form_of(body)))


@garage.route(
    "PUT",
    "/api/customer/vehicles/{vehicle_id}",
    action=VEHICLES,
    body=SavedVehicleBody,
    answer=VehicleAnswer,
    refusals=(Missing, InvalidField),
)
def put_vehicle(call: Call, *, vehicle_id: VehicleId, body: SavedVehicleBody) -> VehicleAnswer:
    """Change a vehicle; bookings it was used in keep what it was."""
    form = form_of(body)
    changed = change_vehicle(call.ports, actor=call.who, vehicle_id=vehicle_id, form=form)
    return VehicleAnswer.of(changed)


@garage.route("DELETE", "/api/customer/vehicles/{vehicle_id}", action=VEHICLES, refusals=(Missing,))
def delete_vehicle(call: Call, *, vehicle_id: VehicleId) -> None:
    """Remove a vehicle."""
    remove_vehicle(call.ports, actor=call.who, vehicle_id=vehicle_id)


class FavoriteBody(Body):
    """One of the two."""

    mechanic_id: UUID | None = None
    workshop_id: UUID | None = None


@attrs.frozen(kw_only=True)
class FavoriteAnswer:
    """`online` is None for a workshop."""

    id: UUID
    mechanic_id: UUID | None
    workshop_id: UUID | None
    name: str
    rating: str
    online: bool | None
    created_at: datetime

    @classmethod
    def of(cls, liked: Liked) -> Self:
        someone = liked.mechanic or liked.workshop
        assert someone is not None, "a favourite is somebody"
        return cls(
            id=liked.favorite.id,
            mechanic_id=liked.favorite.mechanic_id,
            workshop_id=liked.favorite.workshop_id,
            name=someone.name,
            rating=liked.mechanic.reputation.told if liked.mechanic else "",
            online=liked.mechanic.on_shift if liked.mechanic else None,
            created_at=liked.favorite.created_at,
        )


@attrs.frozen
class FavoritesAnswer:
    favorites: tuple[FavoriteAnswer, ...]


@garage.route("GET", "/api/customer/favorites", action=FAVORITES, answer=FavoritesAnswer)
def list_favorites(call: Call) -> FavoritesAnswer:
    """One's favourites, newest first."""
    found = favorites_of(call.ports, actor=call.who)
    return FavoritesAnswer(tuple(map(FavoriteAnswer.of, found)))


@garage.route(
    "POST",
    "/api/customer/favorites",
    action=FAVORITES,
    body=FavoriteBody,
    answer=FavoriteAnswer,
    status=201,
    refusals=(InvalidField, Missing, AlreadyFavorite),
)
def like(call: Call, *, body: FavoriteBody) -> FavoriteAnswer:
    """Make a mechanic or a workshop a favourite."""
    mechanic, workshop = body.mechanic_id, body.workshop_id
    liked = add_favorite(
        call.ports,
        actor=call.who,
        mechanic_id=MechanicId(mechanic) if mechanic else None,
        workshop_id=WorkshopId(workshop) if workshop else None,
    )
    return FavoriteAnswer.of(liked)


@garage.route(
    "DELETE", "/api/customer/favorites/{favorite_id}", action=FAVORITES, refusals=(Missing,)
)
def unlike(call: Call, *, favorite_id: FavoriteId) -> None:
    """Remove a favourite."""
    remove_favorite(call.ports, actor=call.who, favorite_id=favorite_id)


@attrs.frozen(kw_only=True)
class CustomerStats:
    """`spent` is what was paid less what went back, by the ledger."""

    sessions: int
    spent: Money
    free_session_used: bool
    active: SessionAnswer | None
    recent: tuple[SessionRow, ...]
    favorites: int
    mechanics_online: int

    @classmethod
    def of(cls, figures: CustomerFigures, *, at: datetime) -> Self:
        return cls(
            sessions=figures.sessions,
            spent=figures.spent,
            free_session_used=figures.free_session_used,
            active=SessionAnswer.of(figures.active, at=at) if figures.active else None,
            recent=tuple(map(SessionRow.of, figures.recent)),
            favorites=figures.favorites,
            mechanics_online=figures.mechanics_online,
        )


@garage.route(
    "GET",
    "/api/customer/dashboard/stats",
    action=LIST.by(Role.CUSTOMER),
    answer=CustomerStats,
)
def stats(call: Call) -> CustomerStats:
    """The figures of one's dashboard."""
    figures = customer_figures(call.ports, actor=call.who)
    return CustomerStats.of(figures, at=call.ports.now())


@garage.route("POST", "/api/customer/clear-plan", action=START, answer=Done)
def clear_plan(_call: Call) -> Done:
    """Forget the plan chosen in this browser; without one nothing happens."""
    session.pop(PLAN, None)
    return Done(message="No plan is chosen in this browser.")
