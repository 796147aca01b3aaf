"""An issue about a refund that failed closes when the debt is paid"""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

BEFORE = "'noted', 'retried', 'settled'"


def upgrade() -> None:
    _check("resolution", "resolution IN ('noted', 'paid', 'retried', 'settled')")
    _check(
        "closed",
        "num_nulls(resolution, closed_at) IN (0, 2) AND "
        "(closed_by IS NULL) = (resolution IS NULL OR resolution = 'paid')",
    )


def downgrade() -> None:
    """Those that nobody closed are open again."""
    op.execute(
        "UPDATE money_issues SET resolution = NULL, closed_at = NULL WHERE closed_by IS NULL"
    )
    _check("resolution", f"resolution IN ({BEFORE})")
    _check("closed", "num_nulls(resolution, closed_at, closed_by) IN (0, 3)")


def _check(name: str, condition: str) -> None:
    op.drop_constraint(op.f(f"ck_money_issues_{name}"), "money_issues", type_="check")
    op.create_check_constraint(op.f(f"ck_money_issues_{name}"), "money_issues", condition)
