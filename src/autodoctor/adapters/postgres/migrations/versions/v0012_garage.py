"""Vehicles and favourites of customers"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vehicles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("make", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("vin", sa.Text(), nullable=True),
        sa.Column("odometer_km", sa.Integer(), nullable=True),
        sa.Column("plate", sa.Text(), nullable=True),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("nickname", sa.Text(), nullable=False),
        sa.Column("primary", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_vehicles_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicles")),
    )
    op.create_index(op.f("ix_vehicles_customer_id"), "vehicles", ["customer_id"], unique=False)
    op.create_index(
        "uq_vehicles_primary",
        "vehicles",
        ["customer_id"],
        unique=True,
        postgresql_where=sa.text('"primary"'),
    )
    op.create_table(
        "favorites",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=True),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(mechanic_id IS NULL) <> (workshop_id IS NULL)", name=op.f("ck_favorites_one")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_favorites_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_favorites_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_favorites_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_favorites")),
    )
    op.create_index(op.f("ix_favorites_customer_id"), "favorites", ["customer_id"], unique=False)
    op.create_index(op.f("ix_favorites_mechanic_id"), "favorites", ["mechanic_id"], unique=False)
    op.create_index(op.f("ix_favorites_workshop_id"), "favorites", ["workshop_id"], unique=False)
    op.create_index(
        "uq_favorites_mechanic", "favorites", ["customer_id", "mechanic_id"], unique=True
    )
    op.create_index(
        "uq_favorites_workshop", "favorites", ["customer_id", "workshop_id"], unique=True
    )

    op.add_column("intakes", sa.Column("vehicle_id", sa.Uuid(), nullable=True))
    op.create_index("ix_intakes_vehicle_id", "intakes", ["vehicle_id"])
    op.create_foreign_key(
        "fk_intakes_vehicle_id", "intakes", "vehicles", ["vehicle_id"], ["id"], ondelete="SET NULL"
    )


def downgrade() -> None:
    op.drop_constraint("fk_intakes_vehicle_id", "intakes")
    op.drop_index("ix_intakes_vehicle_id", table_name="intakes")
    op.drop_column("intakes", "vehicle_id")
    op.drop_index("uq_favorites_workshop", table_name="favorites")
    op.drop_index("uq_favorites_mechanic", table_name="favorites")
    op.drop_index(op.f("ix_favorites_workshop_id"), table_name="favorites")
    op.drop_index(op.f("ix_favorites_mechanic_id"), table_name="favorites")
    op.drop_index(op.f("ix_favorites_customer_id"), table_name="favorites")
    op.drop_table("favorites")
    op.drop_index(
        "uq_vehicles_primary", table_name="vehicles", postgresql_where=sa.text('"primary"')
    )
    op.drop_index(op.f("ix_vehicles_customer_id"), table_name="vehicles")
    op.drop_table("vehicles")
