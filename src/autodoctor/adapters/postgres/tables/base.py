"""What every table leans on: names of constraints, common columns, checks from enums."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Text,
    Uuid,
)
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.schema import SchemaItem

from autodoctor.domain.room.file import FilePurpose

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def key() -> Column[object]:
    return Column("id", Uuid, primary_key=True)


def link(name: str, to: str, *, optional: bool = False, unique: bool = False) -> Column[object]:
    """A foreign key to `to`'s id, indexed: deleting or joining the other side looks it up."""
    return Column(
        name,
        Uuid,
        ForeignKey(to if "." in to else f"{to}.id"),
        nullable=optional,
        unique=unique,
        index=not unique,
    )


def file_link(name: str, purpose: FilePurpose, *, optional: bool = False) -> tuple[SchemaItem, ...]:
    """A file that is used here and nowhere else: its purpose is part of the key."""
    used_as = f"{name.removesuffix('_id')}_purpose"
    return (
        Column(name, Uuid, nullable=optional, unique=True),
        Column(used_as, Text, Computed(f"'{purpose}'::text", persisted=True)),
        ForeignKeyConstraint([name, used_as], ["files.id", "files.purpose"]),
    )


def instant(name: str, *, optional: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=optional)


def text(name: str, *, optional: bool = False) -> Column[object]:
    return Column(name, Text, nullable=optional)


def tries(*, where: str = "true") -> tuple[SchemaItem, ...]:
    """The columns of a queue whose rows may fail, and the index of those that did; `where` says
    which rows still are to be done. An attempt is counted when it begins."""
    return (
        Column("attempts", Integer, nullable=False, server_default="0"),
        text("last_error", optional=True),
        instant("failing_since", optional=True),
        instant("given_up_at", optional=True),
        Index(None, "failing_since", postgresql_where=sql(f"last_error IS NOT NULL AND {where}")),
    )


def minor(name: str) -> Column[object]:
    """An amount in minor units; its currency stands in the same row."""
    return Column(name, BigInteger, nullable=False)


def version() -> Column[object]:
    return Column("version", Integer, nullable=False)


def quoted(values: Iterable[StrEnum]) -> str:
    return ", ".join(f"'{value.value}'" for value in sorted(values))


def one_of(column: str, values: Iterable[StrEnum]) -> CheckConstraint:
    """The column holds one of a domain enum's values."""
    rule = f"{column} IN ({quoted(values)})"
    return CheckConstraint(rule, name=column, info={FROM_ENUM: True})


FROM_ENUM: Final = "from_enum"
"""Marks a check that is made of the enum by which its column is written."""
