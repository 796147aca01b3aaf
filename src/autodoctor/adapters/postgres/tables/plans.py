"""What can be bought."""

from sqlalchemy import ARRAY, Boolean, CheckConstraint, Column, Integer, Table, Text

from autodoctor.adapters.postgres.tables.base import metadata, minor, one_of, text
from autodoctor.domain.plans.plan import PlanCategory, SessionKind

plans = Table(
    "plans",
    metadata,
    Column("slug", Text, primary_key=True),
    text("name"),
    minor("price_minor"),
    text("currency"),
    Column("minutes", Integer, nullable=False),
    text("kind"),
    text("description"),
    Column("perks", ARRAY(Text), nullable=False),
    text("recommended_for"),
    text("category"),
    Column("attachments_max", Integer, nullable=False),
    Column("report", Boolean, nullable=False),
    Column("display_order", Integer, nullable=False),
    Column("popular", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    one_of("kind", SessionKind),
    one_of("category", PlanCategory),
    CheckConstraint("price_minor >= 0", name="price"),
    CheckConstraint("minutes BETWEEN 1 AND 240", name="minutes"),
)
