"""Programs of brands, and who applies to them"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requirements", sa.Text(), nullable=False),
        sa.Column("perks", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("audiences", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "audiences <@ ARRAY['mechanics', 'workshops']::text[]",
            name=op.f("ck_programs_audiences"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programs")),
    )
    _applications()


def _applications() -> None:
    op.create_table(
        "program_applications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("program_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "audience IN ('mechanics', 'workshops')", name=op.f("ck_program_applications_audience")
        ),
        sa.CheckConstraint(
            "status IN ('accepted', 'declined', 'submitted')",
            name=op.f("ck_program_applications_status"),
        ),
        sa.CheckConstraint(
            "(status = 'submitted') = (decided_at IS NULL)",
            name=op.f("ck_program_applications_decided"),
        ),
        sa.CheckConstraint(
            "status <> 'declined' OR reason <> ''", name=op.f("ck_program_applications_reason")
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_program_applications_program_id")
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["accounts.id"], name=op.f("fk_program_applications_applicant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_applications")),
        sa.UniqueConstraint(
            "program_id", "subject_id", name=op.f("uq_program_applications_program_id_subject_id")
        ),
    )
    for column in ("program_id", "subject_id", "applicant_id"):
        name = op.f(f"ix_program_applications_{column}")
        op.create_index(name, "program_applications", [column])


def downgrade() -> None:
    op.drop_table("program_applications")
    op.drop_table("programs")
