"""What may happen only so often."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Text

from autodoctor.adapters.postgres.tables.base import instant, metadata

tallies = Table(
    "tallies",
    metadata,
    Column("key", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    instant("ends_at"),
    CheckConstraint("count >= 0", name="count"),
    Index("ix_tallies_ends_at", "ends_at"),
    comment="Counts in windows. A key says what is counted and for whom, as a digest.",
)
