"""Vehicles with right numbers, and intakes."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from autodoctor.domain.booking.concern import ConcernCategory
from autodoctor.domain.booking.intake import Intake, Place
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.shared.ids import (
    CustomerId,
    FileId,
    IntakeId,
    MechanicId,
    PlanSlug,
    WorkshopId,
)

_SIGNS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VALUES = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ"
"""49 CFR 565.15, table III: a sign's place in this line, modulo 10, is its value."""

_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def check_digit(vin: str) -> str:
    """The ninth sign that the other sixteen ask for."""
    total = sum(
        _VALUES.index(sign) % 10 * weight for sign, weight in zip(vin, _WEIGHTS, strict=True)
    )
    return "0123456789X"[total % 11]


def vins() -> st.SearchStrategy[str]:
    """With the right check digit."""
    signs = st.text(st.sampled_from(_SIGNS), min_size=17, max_size=17)
    return signs.map(lambda vin: f"{vin[:8]}{check_digit(vin)}{vin[9:]}")


def vehicles() -> st.SearchStrategy[Vehicle]:
    return st.builds(
        Vehicle,
        year=st.integers(1900, 2026),
        make=st.sampled_from(["Toyota", "BMW", "Škoda"]),
        model=st.sampled_from(["Corolla", "M3", "Octavia"]),
        vin=st.none() | vins(),
        odometer_km=st.none() | st.integers(0, 2_000_000),
        plate=st.none() | st.sampled_from(["ABCD 123", "CA 7"]),
    )


def places() -> st.SearchStrategy[Place]:
    known = Place("Toronto", "ON", "CA", "M5V 2T6")
    return st.sampled_from([Place(), known, Place("London", "ON", "CA", "N6A 1B2")])


def intakes() -> st.SearchStrategy[Intake]:
    """As they are when they are started: nothing signed, paid or opened yet."""
    started = datetime(2026, 3, 2, 15, tzinfo=UTC)
    return st.builds(
        Intake,
        id=st.uuids(version=4).map(IntakeId),
        customer_id=st.uuids(version=4).map(CustomerId),
        plan=st.sampled_from(["free", "quick-chat", "full-diagnostic"]).map(PlanSlug),
        vehicle=st.none() | vehicles(),
        concern=st.sampled_from(["It squeals when I brake.", "Le moteur chauffe"]),
        category=st.sampled_from(ConcernCategory),
        created_at=st.just(started),
        keywords=st.sampled_from([(), ("brakes",), ("brakes", "tires")]),
        urgent=st.booleans(),
        file_ids=st.lists(st.uuids(version=4).map(FileId), max_size=5).map(tuple),
        place=places(),
        routing=st.sampled_from(["broadcast", "hybrid", "workshop_only"]),
        workshop_id=st.uuids(version=4).map(WorkshopId),
        chosen_mechanic_id=st.none() | st.uuids(version=4).map(MechanicId),
        specialist_brand=st.none() | st.sampled_from(["BMW", "Tesla"]),
        scheduled_for=st.none() | st.integers(3, 90).map(lambda h: started + timedelta(hours=h)),
    )
