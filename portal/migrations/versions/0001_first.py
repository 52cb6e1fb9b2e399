"""Every table of the first version."""

import sqlalchemy as sa
from alembic import op

from portal.database import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_overrides",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_overrides")),
    )
    op.create_table(
        "case_registers",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_case_registers")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("register_year", sa.Integer(), nullable=False),
        sa.Column("register_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("chosen_kind", sa.String(length=20), nullable=False),
        sa.Column("sender_kind", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("about_unit", sa.String(length=200), nullable=False),
        sa.Column("procedure", sa.String(length=300), nullable=False),
        sa.Column("page_url", sa.String(length=500), nullable=False),
        sa.Column("dossier_code", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("triage", sa.String(length=2), nullable=True),
        sa.Column("competence", sa.String(length=10), nullable=False),
        sa.Column("content_types", sa.String(length=20), nullable=False),
        sa.Column("field", sa.String(length=120), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=True),
        sa.Column("officer", sa.String(length=60), nullable=False),
        sa.Column("transferred", sa.Boolean(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_rule", sa.String(length=40), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("stamp_nonce", sa.String(length=64), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("possible_duplicate_of", sa.Integer(), nullable=True),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("publish_name", sa.Boolean(), nullable=False),
        sa.Column("ask_afterwards", sa.Boolean(), nullable=False),
        sa.Column("notice_version", sa.String(length=20), nullable=False),
        sa.Column("quarantine_score", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("register_number > 0", name=op.f("ck_cases_numbered_from_one")),
        sa.ForeignKeyConstraint(
            ["possible_duplicate_of"],
            ["cases.id"],
            name=op.f("fk_cases_possible_duplicate_of_cases"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("code", name=op.f("uq_cases_code")),
        sa.UniqueConstraint(
            "register_year", "register_number", name=op.f("uq_cases_register_year_register_number")
        ),
        sa.UniqueConstraint("stamp_nonce", name=op.f("uq_cases_stamp_nonce")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cases_content_digest"), ["content_digest"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_cases_officer"), ["officer"], unique=False)
        batch_op.create_index("ix_cases_received", ["received_at"], unique=False)
        batch_op.create_index("ix_cases_unit", ["unit_code", "state"], unique=False)
        batch_op.create_index("ix_cases_waiting", ["state", "due_on"], unique=False)

    op.create_table(
        "chain_heads",
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_chain_heads")),
    )
    op.create_table(
        "chain_links",
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "position", name=op.f("pk_chain_links")),
    )
    op.create_table(
        "content_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "kind IN ('procedure', 'guide', 'news', 'page', 'question', 'life-event')",
            name=op.f("ck_content_items_kind"),
        ),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_content_items_language")),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'unpublished', 'withdrawn')",
            name=op.f("ck_content_items_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_items")),
        sa.UniqueConstraint("kind", "key", "language", name="uq_content_items_kind_key_language"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "legal_instruments",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("registered_by", sa.Text(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "evidence IN ('text', 'secondary', 'unchecked')",
            name=op.f("ck_legal_instruments_evidence"),
        ),
        sa.CheckConstraint(
            "registered_by IN ('library', 'citation', 'staff')",
            name=op.f("ck_legal_instruments_registered_by"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR effective_from <= ended_on",
            name=op.f("ck_legal_instruments_dates"),
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_legal_instruments")),
    )
    with op.batch_alter_table("legal_instruments", schema=None) as batch_op:
        batch_op.create_index("ix_legal_instruments_order", ["year", "key"], unique=False)

    op.create_table(
        "limit_hits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_hits")),
    )
    with op.batch_alter_table("limit_hits", schema=None) as batch_op:
        batch_op.create_index("ix_limit_hits_recent", ["scope", "key", "at"], unique=False)

    op.create_table(
        "procedure_sources",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "source IN ('library', 'detailed', 'catalogue')",
            name=op.f("ck_procedure_sources_source"),
        ),
        sa.PrimaryKeyConstraint("code", "source", name=op.f("pk_procedure_sources")),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("by", sa.String(length=10), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=True),
        sa.Column("issued_by", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "(state = 'issued') = (number IS NOT NULL)", name=op.f("ck_reports_issued_is_numbered")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR as_of IS NULL", name=op.f("ck_reports_issued_is_finished")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint(
            "scope",
            "kind",
            "period",
            "by",
            "number",
            name=op.f("uq_reports_scope_kind_period_by_number"),
        ),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_digest"), ["digest"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("frame", sa.Integer(), nullable=False),
        sa.Column("procedures", sa.Integer(), nullable=False),
        sa.Column("guides", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("news", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_revision_only_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_table(
        "search_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("alias", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_aliases")),
    )
    with op.batch_alter_table("search_aliases", schema=None) as batch_op:
        batch_op.create_index("ix_search_aliases_document", ["document"], unique=False)

    op.create_table(
        "search_clicks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_clicks")),
        sa.UniqueConstraint("mark", "key", "day", name=op.f("uq_search_clicks_mark_key_day")),
    )
    op.create_table(
        "search_documents",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("folded_title", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("online", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_search_documents")),
    )
    with op.batch_alter_table("search_documents", schema=None) as batch_op:
        batch_op.create_index("ix_search_documents_revision", ["revision"], unique=False)

    op.create_table(
        "search_pins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("query", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_pins")),
    )
    op.create_table(
        "search_queries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("term", sa.String(length=120), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("asker", sa.String(length=32), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("results", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("clicked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_queries")),
        sa.UniqueConstraint("day", "asker", "mark", name=op.f("uq_search_queries_day_asker_mark")),
    )
    with op.batch_alter_table("search_queries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_queries_term"), ["term"], unique=False)

    op.create_table(
        "search_settled",
        sa.Column("term", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_search_settled")),
    )
    op.create_table(
        "search_synonyms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phrase", sa.String(length=100), nullable=False),
        sa.Column("meaning", sa.String(length=200), nullable=False),
        sa.Column("direction", sa.String(length=4), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_synonyms")),
    )
    op.create_table(
        "staff_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role_names", sa.String(length=120), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_accounts")),
        sa.UniqueConstraint("username", name=op.f("uq_staff_accounts_username")),
    )
    op.create_table(
        "staff_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_actions")),
    )
    with op.batch_alter_table("staff_actions", schema=None) as batch_op:
        batch_op.create_index("ix_staff_actions_at", ["at"], unique=False)

    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index("ix_tasks_open", ["kind", "subject", "closed_at"], unique=False)

    op.create_table(
        "units",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("official_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("office_address", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Text(), nullable=True),
        sa.Column("longitude", sa.Text(), nullable=True),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from < valid_to", name=op.f("ck_units_dates")
        ),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["units.code"], name=op.f("fk_units_parent_code_units")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_units")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index("ix_units_sort_key", ["sort_key"], unique=False)

    op.create_table(
        "articles",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["content_items.id"], name=op.f("fk_articles_item_id_content_items")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_articles")),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index(
            "ix_articles_kind_language_position", ["kind", "language", "position"], unique=False
        )

    op.create_table(
        "case_answers",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafter", sa.String(length=60), nullable=False),
        sa.Column("drafted_at", UtcDateTime(), nullable=False),
        sa.Column("approver", sa.String(length=60), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("approved_digest", sa.String(length=64), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("sent_digest", sa.String(length=64), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("public_question", sa.Text(), nullable=False),
        sa.Column("public_answer", sa.Text(), nullable=False),
        sa.Column("public_field", sa.String(length=120), nullable=False),
        sa.Column("public_name", sa.String(length=200), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("unpublished_at", UtcDateTime(), nullable=True),
        sa.Column("unpublished_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_answers_case_id_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_answers")),
        sa.UniqueConstraint("slug", name=op.f("uq_case_answers_slug")),
    )
    with op.batch_alter_table("case_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_answers_published_at"), ["published_at"], unique=False
        )

    op.create_table(
        "case_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("move", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("triage", sa.String(length=2), nullable=True),
        sa.Column("competence", sa.String(length=10), nullable=False),
        sa.Column("content_types", sa.String(length=20), nullable=False),
        sa.Column("field", sa.String(length=120), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=True),
        sa.Column("officer", sa.String(length=60), nullable=False),
        sa.Column("transferred", sa.Boolean(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
    )
    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.create_index("ix_case_events_at", ["at", "case_id", "id"], unique=False)
        batch_op.create_index("ix_case_events_case", ["case_id", "id"], unique=False)

    op.create_table(
        "case_identities",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("organisation", sa.LargeBinary(), nullable=True),
        sa.Column("tax_code", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("email_index", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_identities_case_id_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_identities")),
    )
    with op.batch_alter_table("case_identities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_identities_email_index"), ["email_index"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_identities_phone_index"), ["phone_index"], unique=False
        )

    op.create_table(
        "content_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "origin IN ('library', 'import')", name=op.f("ck_content_versions_origin")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["content_items.id"],
            name=op.f("fk_content_versions_item_id_content_items"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_versions")),
        sa.UniqueConstraint("item_id", "number", name="uq_content_versions_item_id_number"),
    )
    op.create_table(
        "instrument_citations",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["content_items.id"],
            name=op.f("fk_instrument_citations_item_id_content_items"),
        ),
        sa.PrimaryKeyConstraint("item_id", "key", name=op.f("pk_instrument_citations")),
    )
    with op.batch_alter_table("instrument_citations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_instrument_citations_key_item_id", ["key", "item_id"], unique=False
        )

    op.create_table(
        "procedures",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("field_slug", sa.Text(), nullable=False),
        sa.Column("field_sort_key", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("issuing_agency", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("online", sa.Text(), nullable=False),
        sa.Column("listed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("short", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("featured", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["content_items.id"], name=op.f("fk_procedures_item_id_content_items")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_procedures")),
        sa.UniqueConstraint("code", name=op.f("uq_procedures_code")),
    )
    with op.batch_alter_table("procedures", schema=None) as batch_op:
        batch_op.create_index(
            "ix_procedures_listed_field_slug_sort_key",
            ["listed", "field_slug", "sort_key"],
            unique=False,
        )
        batch_op.create_index(
            "ix_procedures_listed_sort_key", ["listed", "sort_key", "code"], unique=False
        )

    op.create_table(
        "staff_sessions",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["staff_accounts.id"],
            name=op.f("fk_staff_sessions_account_id_staff_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_staff_sessions")),
    )
    op.create_table(
        "unit_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["units.code"], name=op.f("fk_unit_aliases_unit_code_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_aliases")),
        sa.UniqueConstraint("unit_code", "name", name=op.f("uq_unit_aliases_unit_code_name")),
    )
    op.create_table(
        "unit_successions",
        sa.Column("predecessor", sa.Text(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["predecessor"], ["units.code"], name=op.f("fk_unit_successions_predecessor_units")
        ),
        sa.ForeignKeyConstraint(
            ["successor"], ["units.code"], name=op.f("fk_unit_successions_successor_units")
        ),
        sa.PrimaryKeyConstraint("predecessor", "successor", name=op.f("pk_unit_successions")),
    )
    op.create_table(
        "article_procedures",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["articles.item_id"], name=op.f("fk_article_procedures_item_id_articles")
        ),
        sa.PrimaryKeyConstraint("item_id", "code", name=op.f("pk_article_procedures")),
    )
    with op.batch_alter_table("article_procedures", schema=None) as batch_op:
        batch_op.create_index("ix_article_procedures_code", ["code"], unique=False)

    op.create_table(
        "procedure_audiences",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["procedures.item_id"],
            name=op.f("fk_procedure_audiences_item_id_procedures"),
        ),
        sa.PrimaryKeyConstraint("item_id", "audience", name=op.f("pk_procedure_audiences")),
    )
    with op.batch_alter_table("procedure_audiences", schema=None) as batch_op:
        batch_op.create_index(
            "ix_procedure_audiences_audience_item_id", ["audience", "item_id"], unique=False
        )

    op.create_table(
        "procedure_levels",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["procedures.item_id"], name=op.f("fk_procedure_levels_item_id_procedures")
        ),
        sa.PrimaryKeyConstraint("item_id", "level", name=op.f("pk_procedure_levels")),
    )
    with op.batch_alter_table("procedure_levels", schema=None) as batch_op:
        batch_op.create_index(
            "ix_procedure_levels_level_item_id", ["level", "item_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("procedure_levels", schema=None) as batch_op:
        batch_op.drop_index("ix_procedure_levels_level_item_id")

    op.drop_table("procedure_levels")
    with op.batch_alter_table("procedure_audiences", schema=None) as batch_op:
        batch_op.drop_index("ix_procedure_audiences_audience_item_id")

    op.drop_table("procedure_audiences")
    with op.batch_alter_table("article_procedures", schema=None) as batch_op:
        batch_op.drop_index("ix_article_procedures_code")

    op.drop_table("article_procedures")
    op.drop_table("unit_successions")
    op.drop_table("unit_aliases")
    op.drop_table("staff_sessions")
    with op.batch_alter_table("procedures", schema=None) as batch_op:
        batch_op.drop_index("ix_procedures_listed_sort_key")
        batch_op.drop_index("ix_procedures_listed_field_slug_sort_key")

    op.drop_table("procedures")
    with op.batch_alter_table("instrument_citations", schema=None) as batch_op:
        batch_op.drop_index("ix_instrument_citations_key_item_id")

    op.drop_table("instrument_citations")
    op.drop_table("content_versions")
    with op.batch_alter_table("case_identities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_identities_phone_index"))
        batch_op.drop_index(batch_op.f("ix_case_identities_email_index"))

    op.drop_table("case_identities")
    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.drop_index("ix_case_events_case")
        batch_op.drop_index("ix_case_events_at")

    op.drop_table("case_events")
    with op.batch_alter_table("case_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_answers_published_at"))

    op.drop_table("case_answers")
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index("ix_articles_kind_language_position")

    op.drop_table("articles")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index("ix_units_sort_key")

    op.drop_table("units")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_tasks_open")

    op.drop_table("tasks")
    with op.batch_alter_table("staff_actions", schema=None) as batch_op:
        batch_op.drop_index("ix_staff_actions_at")

    op.drop_table("staff_actions")
    op.drop_table("staff_accounts")
    op.drop_table("search_synonyms")
    op.drop_table("search_settled")
    with op.batch_alter_table("search_queries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_queries_term"))

    op.drop_table("search_queries")
    op.drop_table("search_pins")
    with op.batch_alter_table("search_documents", schema=None) as batch_op:
        batch_op.drop_index("ix_search_documents_revision")

    op.drop_table("search_documents")
    op.drop_table("search_clicks")
    with op.batch_alter_table("search_aliases", schema=None) as batch_op:
        batch_op.drop_index("ix_search_aliases_document")

    op.drop_table("search_aliases")
    op.drop_table("revision")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reports_digest"))

    op.drop_table("reports")
    op.drop_table("procedure_sources")
    with op.batch_alter_table("limit_hits", schema=None) as batch_op:
        batch_op.drop_index("ix_limit_hits_recent")

    op.drop_table("limit_hits")
    with op.batch_alter_table("legal_instruments", schema=None) as batch_op:
        batch_op.drop_index("ix_legal_instruments_order")

    op.drop_table("legal_instruments")
    op.drop_table("leases")
    op.drop_table("content_items")
    op.drop_table("chain_links")
    op.drop_table("chain_heads")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_waiting")
        batch_op.drop_index("ix_cases_unit")
        batch_op.drop_index("ix_cases_received")
        batch_op.drop_index(batch_op.f("ix_cases_officer"))
        batch_op.drop_index(batch_op.f("ix_cases_content_digest"))

    op.drop_table("cases")
    op.drop_table("case_registers")
    op.drop_table("calendar_overrides")
