"""What workshops tell of themselves, their staff's seats, and the places of mechanics"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXTS = (
    *("contact_name", "email", "phone", "registration_number", "tax_id", "street"),
    *("postal_code", "website", "description", "logo_key", "suspension_reason"),
)
COLUMNS: tuple[tuple[str, sa.types.TypeEngine[Any], str], ...] = (
    *((name, sa.Text(), "''") for name in TEXTS),
    ("country", sa.Text(), "'CA'"),
    ("coverage", postgresql.ARRAY(sa.Text()), "'{}'"),
    ("radius_km", sa.Integer(), "25"),
    ("capacity", sa.Integer(), "10"),
    ("hours", postgresql.JSONB(), "'[]'"),
)
"""Workshops that are there already told nothing yet; new ones tell all of it themselves."""


def upgrade() -> None:
    op.add_column("accounts", sa.Column("workshop_seat", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_accounts_workshop_seat"),
        "accounts",
        "workshop_seat IN ('admin', 'advisor', 'owner', 'viewer')",
    )
    op.execute("UPDATE accounts SET workshop_seat = 'owner' WHERE workshop_id IS NOT NULL")
    for name, kind, default in COLUMNS:
        column: sa.Column[Any] = sa.Column(
            name, kind, nullable=False, server_default=sa.text(default)
        )
        op.add_column("workshops", column)
        op.alter_column("workshops", name, server_default=None)
    op.add_column("workshops", sa.Column("suspended_at", sa.DateTime(timezone=True)))
    op.create_check_constraint(
        op.f("ck_workshops_reach"), "workshops", "capacity > 0 AND radius_km > 0"
    )
    op.create_check_constraint(
        op.f("ck_workshops_reason"),
        "workshops",
        "suspended_at IS NULL OR suspension_reason <> ''",
    )
    op.create_index("ix_workshops_coverage", "workshops", ["coverage"], postgresql_using="gin")
    _memberships()


def _memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("areas", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('active', 'inactive', 'pending')", name=op.f("ck_memberships_status")
        ),
        sa.CheckConstraint(
            "(status = 'pending') = (admitted_at IS NULL)", name=op.f("ck_memberships_admitted")
        ),
        sa.ForeignKeyConstraint(["id"], ["mechanics.id"], name=op.f("fk_memberships_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_memberships_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        comment="A mechanic belongs to one workshop at most: the key is theirs.",
    )
    op.create_index(op.f("ix_memberships_workshop_id"), "memberships", ["workshop_id"])
    op.execute(
        "INSERT INTO memberships (id, workshop_id, asked_at, status, admitted_at, areas, version) "
        "SELECT id, workshop_id, now(), "
        "CASE WHEN workshop_approved THEN 'active' ELSE 'pending' END, "
        "CASE WHEN workshop_approved THEN now() END, '{}', 0 "
        "FROM mechanics WHERE workshop_id IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("memberships")
    op.drop_index("ix_workshops_coverage", table_name="workshops")
    op.drop_constraint(op.f("ck_workshops_reason"), "workshops")
    op.drop_constraint(op.f("ck_workshops_reach"), "workshops")
    op.drop_column("workshops", "suspended_at")
    for name, _kind, _default in reversed(COLUMNS):
        op.drop_column("workshops", name)
    op.drop_constraint(op.f("ck_accounts_workshop_seat"), "accounts")
    op.drop_column("accounts", "workshop_seat")
