"""the foundation"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from autodoctor.adapters.postgres.types import Xid8

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.create_table(
        "beats",
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column(
            "beat_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("process", name=op.f("pk_beats")),
        comment="When a process without a port last said that it is alive; the database's time.",
    )
    op.create_table(
        "live",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "transaction", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False
        ),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_live")),
        comment="What streams tell. Read in order of transaction, and only below the oldest open one: positions alone can appear out of order, and a reader would miss the late one.",
    )
    op.create_index("ix_live_transaction", "live", ["transaction", "position"], unique=False)
    op.create_table(
        "plans",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("perks", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("recommended_for", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("attachments_max", sa.Integer(), nullable=False),
        sa.Column("report", sa.Boolean(), nullable=False),
        sa.Column("display_order", sa.Integer(), nullable=False),
        sa.Column("popular", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "category IN ('diagnostic', 'quick', 'standard', 'trial')",
            name=op.f("ck_plans_category"),
        ),
        sa.CheckConstraint("kind IN ('chat', 'video')", name=op.f("ck_plans_kind")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 240", name=op.f("ck_plans_minutes")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_plans_price")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_plans")),
    )
    op.create_table(
        "timers",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject_id", name=op.f("pk_timers")),
    )
    op.create_index("ix_timers_due", "timers", ["due_at"], unique=False)
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
        comment="The payment provider's events under its own ids: the second copy is no news.",
    )
    op.create_table(
        "workshops",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("platform_rate", sa.Integer(), nullable=False),
        sa.Column("workshop_rate", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("payout_account", sa.Text(), nullable=True),
        sa.Column("payouts_ready", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "platform_rate BETWEEN 1500 AND 2500", name=op.f("ck_workshops_platform_rate")
        ),
        sa.CheckConstraint(
            "workshop_rate BETWEEN 500 AND 1500", name=op.f("ck_workshops_workshop_rate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshops")),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "roles <@ ARRAY['admin', 'corporate', 'customer', 'mechanic', 'system', 'workshop']::text[]",
            name=op.f("ck_accounts_roles"),
        ),
        sa.CheckConstraint(
            "standing IN ('active', 'banned', 'suspended')", name=op.f("ck_accounts_standing")
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_accounts_email_lower")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_accounts_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
    )
    op.create_index(op.f("ix_accounts_workshop_id"), "accounts", ["workshop_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('adult', 'marketing', 'marketplace', 'privacy', 'terms')",
            name=op.f("ck_consents_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_consents_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "kind", "version", name=op.f("pk_consents")),
    )
    op.create_table(
        "free_sessions",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("used BETWEEN 0 AND granted", name=op.f("ck_free_sessions_used")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_free_sessions_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_free_sessions")),
    )
    op.create_table(
        "logins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('admin', 'corporate', 'customer', 'mechanic', 'system', 'workshop')",
            name=op.f("ck_logins_role"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_logins_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_logins_token_hash")),
    )
    op.create_index(op.f("ix_logins_account_id"), "logins", ["account_id"], unique=False)
    op.create_table(
        "mails",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body_text", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attachment", sa.LargeBinary(), nullable=True),
        sa.Column("attachment_name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_mails_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint(
            "recipient", "occasion", "reference", name=op.f("uq_mails_recipient_occasion_reference")
        ),
    )
    op.create_index(op.f("ix_mails_account_id"), "mails", ["account_id"], unique=False)
    op.create_index(
        "ix_mails_unsent",
        "mails",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "mechanics",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("profile_completion", sa.SmallInteger(), nullable=False),
        sa.Column("papers_expire_on", sa.Date(), nullable=True),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.Column("workshop_approved", sa.Boolean(), nullable=False),
        sa.Column("years_of_experience", sa.SmallInteger(), nullable=False),
        sa.Column("red_seal", sa.Boolean(), nullable=False),
        sa.Column("keywords", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("brands", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("specializations", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("rating_stars", sa.Integer(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("completed_sessions", sa.Integer(), nullable=False),
        sa.Column("on_shift_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payout_account", sa.Text(), nullable=True),
        sa.Column("payouts_ready", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "profile_completion BETWEEN 0 AND 100", name=op.f("ck_mechanics_profile_completion")
        ),
        sa.CheckConstraint(
            "rating_stars BETWEEN rating_count AND 5 * rating_count",
            name=op.f("ck_mechanics_rating"),
        ),
        sa.ForeignKeyConstraint(["id"], ["accounts.id"], name=op.f("fk_mechanics_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_mechanics_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mechanics")),
    )
    op.create_index(op.f("ix_mechanics_workshop_id"), "mechanics", ["workshop_id"], unique=False)
    op.create_table(
        "notifications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_notifications_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint(
            "account_id",
            "occasion",
            "reference",
            name=op.f("uq_notifications_account_id_occasion_reference"),
        ),
    )
    op.create_index(
        op.f("ix_notifications_account_id"), "notifications", ["account_id"], unique=False
    )
    op.create_table(
        "tokens",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_tokens_account_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_tokens")),
    )
    op.create_index(op.f("ix_tokens_account_id"), "tokens", ["account_id"], unique=False)
    op.create_table(
        "intakes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("vehicle_year", sa.Integer(), nullable=True),
        sa.Column("vehicle_make", sa.Text(), nullable=True),
        sa.Column("vehicle_model", sa.Text(), nullable=True),
        sa.Column("vehicle_vin", sa.Text(), nullable=True),
        sa.Column("vehicle_odometer_km", sa.Integer(), nullable=True),
        sa.Column("vehicle_plate", sa.Text(), nullable=True),
        sa.Column("concern", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("keywords", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("file_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("routing", sa.Text(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.Column("chosen_mechanic_id", sa.Uuid(), nullable=True),
        sa.Column("specialist_brand", sa.Text(), nullable=True),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "category IN ('air_conditioning', 'battery_charging', 'body_interior', 'brakes', 'diagnostic_help', 'diy', 'electrical', 'engine', 'exhaust_emissions', 'leak', 'maintenance', 'noise', 'other', 'pre_purchase', 'second_opinion', 'steering_suspension', 'tires_wheels', 'transmission', 'warning_lights')",
            name=op.f("ck_intakes_category"),
        ),
        sa.CheckConstraint(
            "routing IN ('broadcast', 'hybrid', 'workshop_only')", name=op.f("ck_intakes_routing")
        ),
        sa.CheckConstraint(
            "status IN ('awaiting_customer', 'cancelled', 'in_progress', 'in_review', 'new', 'pending', 'resolved')",
            name=op.f("ck_intakes_status"),
        ),
        sa.CheckConstraint("cardinality(file_ids) <= 5", name=op.f("ck_intakes_files")),
        sa.CheckConstraint(
            "char_length(concern) BETWEEN 5 AND 5000", name=op.f("ck_intakes_concern")
        ),
        sa.ForeignKeyConstraint(
            ["chosen_mechanic_id"], ["mechanics.id"], name=op.f("fk_intakes_chosen_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_intakes_customer_id")
        ),
        sa.ForeignKeyConstraint(["plan"], ["plans.slug"], name=op.f("fk_intakes_plan")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_intakes_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intakes")),
    )
    op.create_index(op.f("ix_intakes_customer_id"), "intakes", ["customer_id"], unique=False)
    op.create_index(op.f("ix_intakes_workshop_id"), "intakes", ["workshop_id"], unique=False)
    op.create_table(
        "pool",
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("own_points", sa.SmallInteger(), nullable=False),
        sa.Column("keyword_mask", sa.BigInteger(), nullable=False),
        sa.Column("brands", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=False),
        sa.Column("completed_sessions", sa.Integer(), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("papers_expire_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_pool_mechanic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mechanic_id", name=op.f("pk_pool")),
        comment="One narrow row for each mechanic on shift: what the score reads, nothing else.",
    )
    op.create_table(
        "shifts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_shifts_mechanic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_index(op.f("ix_shifts_mechanic_id"), "shifts", ["mechanic_id"], unique=False)
    op.create_index(
        "uq_shifts_running",
        "shifts",
        ["mechanic_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "checkouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("provider_url", sa.Text(), nullable=True),
        sa.Column("payment_id", sa.Text(), nullable=True),
        sa.Column("charge_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('expired', 'fulfilled', 'open', 'paid', 'returned')",
            name=op.f("ck_checkouts_status"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_checkouts_customer_id")
        ),
        sa.ForeignKeyConstraint(["intake_id"], ["intakes.id"], name=op.f("fk_checkouts_intake_id")),
        sa.ForeignKeyConstraint(["plan"], ["plans.slug"], name=op.f("fk_checkouts_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkouts")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_checkouts_payment_id")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_checkouts_provider_id")),
    )
    op.create_index(op.f("ix_checkouts_customer_id"), "checkouts", ["customer_id"], unique=False)
    op.create_index(op.f("ix_checkouts_intake_id"), "checkouts", ["intake_id"], unique=False)
    op.create_index(
        "uq_checkouts_open_intake",
        "checkouts",
        ["intake_id"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "waivers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_waivers_customer_id")
        ),
        sa.ForeignKeyConstraint(["intake_id"], ["intakes.id"], name=op.f("fk_waivers_intake_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waivers")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_waivers_intake_id")),
    )
    op.create_index(op.f("ix_waivers_customer_id"), "waivers", ["customer_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("checkout_id", sa.Uuid(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("report", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=True),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scheduled_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("timer_allowed", sa.Interval(), nullable=False),
        sa.Column("timer_used", sa.Interval(), nullable=False),
        sa.Column("timer_running_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mechanic_joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("present", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("mechanic_no_shows", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("mechanic_id"), "="),
            (sa.text("tstzrange(scheduled_for, scheduled_until)"), "&&"),
            where=sa.text("status = 'scheduled'"),
            using="gist",
            name="ex_sessions_appointments",
        ),
        sa.CheckConstraint("kind IN ('chat', 'video')", name=op.f("ck_sessions_kind")),
        sa.CheckConstraint(
            "mechanic_id IS NOT NULL OR status NOT IN ('live', 'matched', 'reconnecting', 'scheduled', 'completed', 'escalated')",
            name=op.f("ck_sessions_mechanic_known"),
        ),
        sa.CheckConstraint(
            "present <@ ARRAY['customer', 'mechanic']::text[]", name=op.f("ck_sessions_present")
        ),
        sa.CheckConstraint(
            "status IN ('archived', 'cancelled', 'completed', 'escalated', 'expired', 'live', 'matched', 'pending', 'reconnecting', 'refunded', 'scheduled', 'waiting')",
            name=op.f("ck_sessions_status"),
        ),
        sa.CheckConstraint(
            "timer_used BETWEEN interval '0' AND timer_allowed", name=op.f("ck_sessions_timer")
        ),
        sa.ForeignKeyConstraint(
            ["checkout_id"], ["checkouts.id"], name=op.f("fk_sessions_checkout_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_sessions_customer_id")
        ),
        sa.ForeignKeyConstraint(["intake_id"], ["intakes.id"], name=op.f("fk_sessions_intake_id")),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_sessions_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_sessions_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("checkout_id", name=op.f("uq_sessions_checkout_id")),
    )
    op.create_index(
        "ix_sessions_customer_created", "sessions", ["customer_id", "created_at"], unique=False
    )
    op.create_index(op.f("ix_sessions_customer_id"), "sessions", ["customer_id"], unique=False)
    op.create_index(op.f("ix_sessions_intake_id"), "sessions", ["intake_id"], unique=False)
    op.create_index(
        "ix_sessions_mechanic_created", "sessions", ["mechanic_id", "created_at"], unique=False
    )
    op.create_index(op.f("ix_sessions_mechanic_id"), "sessions", ["mechanic_id"], unique=False)
    op.create_index(op.f("ix_sessions_workshop_id"), "sessions", ["workshop_id"], unique=False)
    op.create_index(
        "uq_sessions_one_per_customer",
        "sessions",
        ["customer_id"],
        unique=True,
        postgresql_where=sa.text(
            "status IN ('live', 'matched', 'pending', 'reconnecting', 'waiting')"
        ),
    )
    op.create_index(
        "uq_sessions_one_per_mechanic",
        "sessions",
        ["mechanic_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('live', 'matched', 'reconnecting')"),
    )
    op.create_table(
        "agreements",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.Column("platform_rate", sa.Integer(), nullable=False),
        sa.Column("workshop_rate", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_agreements_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_agreements_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_agreements_workshop_id")
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_agreements")),
        comment="Who earns in a session and at which rates (basis points), whatever they become.",
    )
    op.create_index(op.f("ix_agreements_mechanic_id"), "agreements", ["mechanic_id"], unique=False)
    op.create_index(op.f("ix_agreements_workshop_id"), "agreements", ["workshop_id"], unique=False)
    op.create_table(
        "disputes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("checkout_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("won", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["checkout_id"], ["checkouts.id"], name=op.f("fk_disputes_checkout_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_disputes_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_disputes_provider_id")),
    )
    op.create_index(op.f("ix_disputes_checkout_id"), "disputes", ["checkout_id"], unique=False)
    op.create_index(
        "ix_disputes_open",
        "disputes",
        ["session_id"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(op.f("ix_disputes_session_id"), "disputes", ["session_id"], unique=False)
    op.create_table(
        "entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("checkout_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('charge', 'dispute_lost', 'dispute_opened', 'dispute_won', 'refund', 'release', 'reversal', 'split', 'transfer')",
            name=op.f("ck_entries_kind"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(session_id, checkout_id) = 1", name=op.f("ck_entries_about_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["checkout_id"], ["checkouts.id"], name=op.f("fk_entries_checkout_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_entries_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("key", name=op.f("uq_entries_key")),
        sa.UniqueConstraint("position", name=op.f("uq_entries_position")),
    )
    op.create_index(op.f("ix_entries_checkout_id"), "entries", ["checkout_id"], unique=False)
    op.create_index(op.f("ix_entries_session_id"), "entries", ["session_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_role", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_events_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("position", name=op.f("uq_events_position")),
        comment="What happened, in order: the outbox and a session's timeline are one.",
    )
    op.create_index(op.f("ix_events_session_id"), "events", ["session_id"], unique=False)
    op.create_table(
        "files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("intake_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("storage_key", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('document', 'image', 'video')", name=op.f("ck_files_kind")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_files_size")),
        sa.ForeignKeyConstraint(["intake_id"], ["intakes.id"], name=op.f("fk_files_intake_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["accounts.id"], name=op.f("fk_files_owner_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_files_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
    )
    op.create_index(op.f("ix_files_intake_id"), "files", ["intake_id"], unique=False)
    op.create_index(op.f("ix_files_owner_id"), "files", ["owner_id"], unique=False)
    op.create_index(op.f("ix_files_session_id"), "files", ["session_id"], unique=False)
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party IN ('customer', 'mechanic')", name=op.f("ck_messages_party")),
        sa.CheckConstraint("char_length(text) <= 4000", name=op.f("ck_messages_text")),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_messages_author_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_messages_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("position", name=op.f("uq_messages_position")),
        sa.UniqueConstraint(
            "session_id",
            "author_id",
            "client_id",
            name=op.f("uq_messages_session_id_author_id_client_id"),
        ),
    )
    op.create_index(op.f("ix_messages_author_id"), "messages", ["author_id"], unique=False)
    op.create_index(op.f("ix_messages_session_id"), "messages", ["session_id"], unique=False)
    op.create_index(
        "ix_messages_session_position", "messages", ["session_id", "position"], unique=False
    )
    op.create_table(
        "notes",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_notes_mechanic_id")
        ),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_notes_session_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_mechanic_id"), "notes", ["mechanic_id"], unique=False)
    op.create_table(
        "presence",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party IN ('customer', 'mechanic')", name=op.f("ck_presence_party")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_presence_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "party", name=op.f("pk_presence")),
        comment="A lease: who has an open room, refreshed by the stream, lapsing by itself.",
    )
    op.create_table(
        "ratings",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("stars", sa.SmallInteger(), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("char_length(review) <= 2000", name=op.f("ck_ratings_review")),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_ratings_stars")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_ratings_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_ratings_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_ratings_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_ratings")),
    )
    op.create_index(op.f("ix_ratings_customer_id"), "ratings", ["customer_id"], unique=False)
    op.create_index(op.f("ix_ratings_mechanic_id"), "ratings", ["mechanic_id"], unique=False)
    op.create_table(
        "read_marks",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("party IN ('customer', 'mechanic')", name=op.f("ck_read_marks_party")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_read_marks_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "party", name=op.f("pk_read_marks")),
    )
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkout_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('done', 'due', 'held', 'void')", name=op.f("ck_refunds_status")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refunds_amount")),
        sa.ForeignKeyConstraint(
            ["checkout_id"], ["checkouts.id"], name=op.f("fk_refunds_checkout_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_refunds_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("checkout_id", "reason", name=op.f("uq_refunds_checkout_id_reason")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_refunds_provider_id")),
    )
    op.create_index(op.f("ix_refunds_checkout_id"), "refunds", ["checkout_id"], unique=False)
    op.create_index(op.f("ix_refunds_session_id"), "refunds", ["session_id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("steps_taken", sa.Text(), nullable=False),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.Column("parts_needed", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_reports_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_reports_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_mechanic_id"), "reports", ["mechanic_id"], unique=False)
    op.create_table(
        "requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("routing", sa.Text(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.Column("chosen_mechanic_id", sa.Uuid(), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'accepted') <= (accepted_by IS NOT NULL)",
            name=op.f("ck_requests_accepted_by_somebody"),
        ),
        sa.CheckConstraint(
            "routing IN ('broadcast', 'hybrid', 'workshop_only')", name=op.f("ck_requests_routing")
        ),
        sa.CheckConstraint(
            "status IN ('accepted', 'cancelled', 'expired', 'waiting')",
            name=op.f("ck_requests_status"),
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["mechanics.id"], name=op.f("fk_requests_accepted_by")
        ),
        sa.ForeignKeyConstraint(
            ["chosen_mechanic_id"], ["mechanics.id"], name=op.f("fk_requests_chosen_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_requests_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_requests_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_requests_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    op.create_index(op.f("ix_requests_accepted_by"), "requests", ["accepted_by"], unique=False)
    op.create_index(op.f("ix_requests_customer_id"), "requests", ["customer_id"], unique=False)
    op.create_index(op.f("ix_requests_session_id"), "requests", ["session_id"], unique=False)
    op.create_index(
        "ix_requests_waiting",
        "requests",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index(op.f("ix_requests_workshop_id"), "requests", ["workshop_id"], unique=False)
    op.create_index(
        "uq_requests_one_open",
        "requests",
        ["session_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('waiting', 'accepted')"),
    )
    op.create_table(
        "transfers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "account IN ('mechanic', 'workshop')", name=op.f("ck_transfers_account")
        ),
        sa.CheckConstraint(
            "status IN ('done', 'due', 'held', 'void')", name=op.f("ck_transfers_status")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_transfers_amount")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_transfers_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_transfers_provider_id")),
        sa.UniqueConstraint("session_id", "account", name=op.f("uq_transfers_session_id_account")),
    )
    op.create_index(op.f("ix_transfers_owner_id"), "transfers", ["owner_id"], unique=False)
    op.create_index(op.f("ix_transfers_session_id"), "transfers", ["session_id"], unique=False)
    op.create_table(
        "amendments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["reports.session_id"], name=op.f("fk_amendments_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
    )
    op.create_index(op.f("ix_amendments_session_id"), "amendments", ["session_id"], unique=False)
    op.create_table(
        "declines",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_declines_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_declines_request_id")
        ),
        sa.PrimaryKeyConstraint("request_id", "mechanic_id", name=op.f("pk_declines")),
    )
    op.create_table(
        "deliveries",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_deliveries_event_id")),
        sa.PrimaryKeyConstraint("event_id", "consumer", name=op.f("pk_deliveries")),
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "postings",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "account IN ('disputed', 'held', 'losses', 'mechanic', 'platform', 'processor', 'workshop')",
            name=op.f("ck_postings_account"),
        ),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_postings_amount")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_postings_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "number", name=op.f("pk_postings")),
    )
    op.create_index("ix_postings_account", "postings", ["account", "owner_id"], unique=False)
    op.create_table(
        "reversals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('done', 'due', 'held', 'void')", name=op.f("ck_reversals_status")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_reversals_amount")),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name=op.f("fk_reversals_refund_id")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfers.id"], name=op.f("fk_reversals_transfer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reversals")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_reversals_provider_id")),
    )
    op.create_index(op.f("ix_reversals_refund_id"), "reversals", ["refund_id"], unique=False)
    op.create_index(op.f("ix_reversals_transfer_id"), "reversals", ["transfer_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_reversals_transfer_id"), table_name="reversals")
    op.drop_index(op.f("ix_reversals_refund_id"), table_name="reversals")
    op.drop_table("reversals")
    op.drop_index("ix_postings_account", table_name="postings")
    op.drop_table("postings")
    op.drop_index(
        "ix_deliveries_due", table_name="deliveries", postgresql_where=sa.text("done_at IS NULL")
    )
    op.drop_table("deliveries")
    op.drop_table("declines")
    op.drop_index(op.f("ix_amendments_session_id"), table_name="amendments")
    op.drop_table("amendments")
    op.drop_index(op.f("ix_transfers_session_id"), table_name="transfers")
    op.drop_index(op.f("ix_transfers_owner_id"), table_name="transfers")
    op.drop_table("transfers")
    op.drop_index(
        "uq_requests_one_open",
        table_name="requests",
        postgresql_where=sa.text("status IN ('waiting', 'accepted')"),
    )
    op.drop_index(op.f("ix_requests_workshop_id"), table_name="requests")
    op.drop_index(
        "ix_requests_waiting", table_name="requests", postgresql_where=sa.text("status = 'waiting'")
    )
    op.drop_index(op.f("ix_requests_session_id"), table_name="requests")
    op.drop_index(op.f("ix_requests_customer_id"), table_name="requests")
    op.drop_index(op.f("ix_requests_accepted_by"), table_name="requests")
    op.drop_table("requests")
    op.drop_index(op.f("ix_reports_mechanic_id"), table_name="reports")
    op.drop_table("reports")
    op.drop_index(op.f("ix_refunds_session_id"), table_name="refunds")
    op.drop_index(op.f("ix_refunds_checkout_id"), table_name="refunds")
    op.drop_table("refunds")
    op.drop_table("read_marks")
    op.drop_index(op.f("ix_ratings_mechanic_id"), table_name="ratings")
    op.drop_index(op.f("ix_ratings_customer_id"), table_name="ratings")
    op.drop_table("ratings")
    op.drop_table("presence")
    op.drop_index(op.f("ix_notes_mechanic_id"), table_name="notes")
    op.drop_table("notes")
    op.drop_index("ix_messages_session_position", table_name="messages")
    op.drop_index(op.f("ix_messages_session_id"), table_name="messages")
    op.drop_index(op.f("ix_messages_author_id"), table_name="messages")
    op.drop_table("messages")
    op.drop_index(op.f("ix_files_session_id"), table_name="files")
    op.drop_index(op.f("ix_files_owner_id"), table_name="files")
    op.drop_index(op.f("ix_files_intake_id"), table_name="files")
    op.drop_table("files")
    op.drop_index(op.f("ix_events_session_id"), table_name="events")
    op.drop_table("events")
    op.drop_index(op.f("ix_entries_session_id"), table_name="entries")
    op.drop_index(op.f("ix_entries_checkout_id"), table_name="entries")
    op.drop_table("entries")
    op.drop_index(op.f("ix_disputes_session_id"), table_name="disputes")
    op.drop_index(
        "ix_disputes_open", table_name="disputes", postgresql_where=sa.text("closed_at IS NULL")
    )
    op.drop_index(op.f("ix_disputes_checkout_id"), table_name="disputes")
    op.drop_table("disputes")
    op.drop_index(op.f("ix_agreements_workshop_id"), table_name="agreements")
    op.drop_index(op.f("ix_agreements_mechanic_id"), table_name="agreements")
    op.drop_table("agreements")
    op.drop_index(
        "uq_sessions_one_per_mechanic",
        table_name="sessions",
        postgresql_where=sa.text("status IN ('live', 'matched', 'reconnecting')"),
    )
    op.drop_index(
        "uq_sessions_one_per_customer",
        table_name="sessions",
        postgresql_where=sa.text(
            "status IN ('live', 'matched', 'pending', 'reconnecting', 'waiting')"
        ),
    )
    op.drop_index(op.f("ix_sessions_workshop_id"), table_name="sessions")
    op.drop_index(op.f("ix_sessions_mechanic_id"), table_name="sessions")
    op.drop_index("ix_sessions_mechanic_created", table_name="sessions")
    op.drop_index(op.f("ix_sessions_intake_id"), table_name="sessions")
    op.drop_index(op.f("ix_sessions_customer_id"), table_name="sessions")
    op.drop_index("ix_sessions_customer_created", table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(op.f("ix_waivers_customer_id"), table_name="waivers")
    op.drop_table("waivers")
    op.drop_index(
        "uq_checkouts_open_intake",
        table_name="checkouts",
        postgresql_where=sa.text("status = 'open'"),
    )
    op.drop_index(op.f("ix_checkouts_intake_id"), table_name="checkouts")
    op.drop_index(op.f("ix_checkouts_customer_id"), table_name="checkouts")
    op.drop_table("checkouts")
    op.drop_index(
        "uq_shifts_running", table_name="shifts", postgresql_where=sa.text("ended_at IS NULL")
    )
    op.drop_index(op.f("ix_shifts_mechanic_id"), table_name="shifts")
    op.drop_table("shifts")
    op.drop_table("pool")
    op.drop_index(op.f("ix_intakes_workshop_id"), table_name="intakes")
    op.drop_index(op.f("ix_intakes_customer_id"), table_name="intakes")
    op.drop_table("intakes")
    op.drop_index(op.f("ix_tokens_account_id"), table_name="tokens")
    op.drop_table("tokens")
    op.drop_index(op.f("ix_notifications_account_id"), table_name="notifications")
    op.drop_table("notifications")
    op.drop_index(op.f("ix_mechanics_workshop_id"), table_name="mechanics")
    op.drop_table("mechanics")
    op.drop_index(
        "ix_mails_unsent", table_name="mails", postgresql_where=sa.text("sent_at IS NULL")
    )
    op.drop_index(op.f("ix_mails_account_id"), table_name="mails")
    op.drop_table("mails")
    op.drop_index(op.f("ix_logins_account_id"), table_name="logins")
    op.drop_table("logins")
    op.drop_table("free_sessions")
    op.drop_table("consents")
    op.drop_index(op.f("ix_accounts_workshop_id"), table_name="accounts")
    op.drop_table("accounts")
    op.drop_table("workshops")
    op.drop_table("webhooks")
    op.drop_index("ix_timers_due", table_name="timers")
    op.drop_table("timers")
    op.drop_table("plans")
    op.drop_index("ix_live_transaction", table_name="live")
    op.drop_table("live")
    op.drop_table("beats")
