"""Customers' vehicles, favourites, and what they told about themselves."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table
from sqlalchemy import text as sql

from autodoctor.adapters.postgres.tables.base import (
    file_link,
    instant,
    key,
    link,
    metadata,
    text,
    version,
)
from autodoctor.domain.room.file import FilePurpose

vehicles = Table(
    "vehicles",
    metadata,
    key(),
    link("customer_id", "accounts"),
    instant("created_at"),
    Column("year", Integer, nullable=False),
    text("make"),
    text("model"),
    text("vin", optional=True),
    Column("odometer_km", Integer),
    text("plate", optional=True),
    text("colour"),
    text("nickname"),
    Column("primary", Boolean, nullable=False),
    version(),
    Index("uq_vehicles_primary", "customer_id", unique=True, postgresql_where=sql('"primary"')),
)

favorites = Table(
    "favorites",
    metadata,
    key(),
    link("customer_id", "accounts"),
    instant("created_at"),
    link("mechanic_id", "mechanics", optional=True),
    link("workshop_id", "workshops", optional=True),
    CheckConstraint("(mechanic_id IS NULL) <> (workshop_id IS NULL)", name="one"),
    Index("uq_favorites_mechanic", "customer_id", "mechanic_id", unique=True),
    Index("uq_favorites_workshop", "customer_id", "workshop_id", unique=True),
)

customer_details = Table(
    "customer_details",
    metadata,
    Column("id", ForeignKey("accounts.id"), primary_key=True),
    text("street"),
    text("city"),
    text("province"),
    text("postal_code"),
    text("country"),
    *file_link("photo_id", FilePurpose.CUSTOMER_PHOTO, optional=True),
    version(),
    CheckConstraint("country ~ '^([A-Z]{2})?$'", name="country"),
    comment="Matching reads the city and the country, mechanics none of it but the photo.",
)
