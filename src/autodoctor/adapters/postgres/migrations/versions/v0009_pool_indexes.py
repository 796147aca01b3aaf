"""Finding mechanics on shift by city and by brand"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_pool_country_city", "pool", ["country", "city"])
    op.create_index("ix_pool_brands", "pool", ["brands"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("ix_pool_brands", table_name="pool")
    op.drop_index("ix_pool_country_city", table_name="pool")
