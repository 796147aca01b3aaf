"""The tables, a module per context; `metadata` knows them all once this is imported."""

from autodoctor.adapters.postgres.tables import (
    accounts,
    api_keys,
    booking,
    corporate,
    enrolments,
    garage,
    identity,
    joining,
    mechanics,
    money,
    operations,
    plans,
    programs,
    room,
    sessions,
    tallies,
    vetting,
)
from autodoctor.adapters.postgres.tables.base import metadata

__all__ = [
    "accounts",
    "api_keys",
    "booking",
    "corporate",
    "enrolments",
    "garage",
    "identity",
    "joining",
    "mechanics",
    "metadata",
    "money",
    "operations",
    "plans",
    "programs",
    "room",
    "sessions",
    "tallies",
    "vetting",
]
