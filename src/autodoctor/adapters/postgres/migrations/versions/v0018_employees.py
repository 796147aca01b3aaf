"""What invited employees will be, and for which department a booking was made"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrolments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid()),
        sa.Column("monthly_sessions_max", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role IN ('admin', 'driver', 'fleet_manager', 'supervisor', 'technician')",
            name=op.f("ck_enrolments_role"),
        ),
        sa.CheckConstraint(
            "monthly_sessions_max >= 0", name=op.f("ck_enrolments_monthly_sessions_max")
        ),
        sa.ForeignKeyConstraint(["id"], ["invitations.id"], name=op.f("fk_enrolments_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_enrolments_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_enrolments_department_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
    )
    for column in ("organization_id", "department_id"):
        op.create_index(op.f(f"ix_enrolments_{column}"), "enrolments", [column])
    op.add_column("intakes", sa.Column("department_id", sa.Uuid()))
    op.create_foreign_key(
        op.f("fk_intakes_department_id"),
        "intakes",
        "departments",
        ["department_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_index(op.f("ix_intakes_department_id"), "intakes", ["department_id"])
    op.create_check_constraint(
        op.f("ck_intakes_department"),
        "intakes",
        "department_id IS NULL OR organization_id IS NOT NULL",
    )


def downgrade() -> None:
    op.drop_column("intakes", "department_id")
    op.drop_table("enrolments")
