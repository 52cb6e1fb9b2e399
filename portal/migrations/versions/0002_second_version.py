"""Drafts and their review, files, links, imports, quarantine; new kinds and states."""

import sqlalchemy as sa
from alembic import op

from portal.database import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEFORE = {
    "content_items": {
        "ck_content_items_kind": "kind IN ('procedure', 'guide', 'news', 'page', 'question', 'life-event')",
        "ck_content_items_state": "state IN ('draft', 'published', 'unpublished', 'withdrawn')",
    },
    "content_versions": {"ck_content_versions_origin": "origin IN ('library', 'import')"},
    "procedure_sources": {
        "ck_procedure_sources_source": "source IN ('library', 'detailed', 'catalogue')"
    },
}
AFTER = {
    "content_items": {
        "ck_content_items_kind": "kind IN ('procedure', 'guide', 'news', 'notice', 'page', 'question', 'life-event', 'consultation', 'form', 'legal-document')",
        "ck_content_items_state": "state IN ('draft', 'published', 'unpublished', 'withdrawn', 'superseded')",
    },
    "content_versions": {"ck_content_versions_origin": "origin IN ('library', 'import', 'editor')"},
    "procedure_sources": {
        "ck_procedure_sources_source": "source IN ('edited', 'library', 'detailed', 'catalogue')"
    },
}


def upgrade() -> None:
    op.create_table(
        "case_waiting_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("came_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_waiting_files")),
        sa.UniqueConstraint("nonce", "sha256", name=op.f("uq_case_waiting_files_nonce_sha256")),
    )
    with op.batch_alter_table("case_waiting_files", schema=None) as batch_op:
        batch_op.create_index("ix_case_waiting_files_came_at", ["came_at"], unique=False)

    op.create_table(
        "content_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), server_default="", nullable=False),
        sa.Column("approver", sa.Text(), server_default="", nullable=False),
        sa.Column("approved_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("forced_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("rolled_back_to", sa.Integer(), nullable=True),
        sa.Column("publish_at", UtcDateTime(), nullable=True),
        sa.Column("unpublish_at", UtcDateTime(), nullable=True),
        sa.Column("editing_by", sa.Text(), server_default="", nullable=False),
        sa.Column("editing_until", UtcDateTime(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_drafts")),
    )
    with op.batch_alter_table("content_drafts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_content_drafts_stage_publish_at", ["stage", "publish_at"], unique=False
        )
        batch_op.create_index(
            "uq_content_drafts_open",
            ["kind", "key", "language"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "demonstration",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("batches", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_demonstration_only_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demonstration")),
    )
    op.create_table(
        "desk_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("field", sa.String(length=120), server_default="", nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("officer", sa.String(length=60), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_contacts")),
        sa.UniqueConstraint("nonce", name=op.f("uq_desk_contacts_nonce")),
    )
    with op.batch_alter_table("desk_contacts", schema=None) as batch_op:
        batch_op.create_index("ix_desk_contacts_day", ["day", "channel"], unique=False)

    op.create_table(
        "import_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), server_default="", nullable=False),
        sa.Column("partial", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("problems", sa.Text(), server_default="[]", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rejected", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unchanged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("elsewhere", sa.Integer(), server_default="0", nullable=False),
        sa.Column("known", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("applied_by", sa.Text(), server_default="", nullable=False),
        sa.Column("held_until", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_runs")),
    )
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.create_index("ix_import_runs_state", ["state"], unique=False)

    op.create_table(
        "outbox_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("trouble", sa.String(length=300), server_default="", nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "standing IN ('waiting', 'sent', 'dead')", name=op.f("ck_outbox_letters_standing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_letters")),
        sa.UniqueConstraint("nonce", name=op.f("uq_outbox_letters_nonce")),
    )
    with op.batch_alter_table("outbox_letters", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_letters_standing_next_at", ["standing", "next_at"], unique=False
        )

    op.create_table(
        "outside_links",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        sa.Column("failed_days", sa.Integer(), server_default="0", nullable=False),
        sa.Column("first_failed_at", UtcDateTime(), nullable=True),
        sa.Column("last_failed_at", UtcDateTime(), nullable=True),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("failed_days >= 0", name=op.f("ck_outside_links_failed_days")),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_outside_links")),
    )
    with op.batch_alter_table("outside_links", schema=None) as batch_op:
        batch_op.create_index("ix_outside_links_checked_at", ["checked_at"], unique=False)

    op.create_table(
        "page_votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asker", sa.String(length=64), nullable=True),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_votes")),
        sa.UniqueConstraint("path", "day", "asker", name=op.f("uq_page_votes_path_day_asker")),
    )
    with op.batch_alter_table("page_votes", schema=None) as batch_op:
        batch_op.create_index("ix_page_votes_day", ["day"], unique=False)

    op.create_table(
        "procedure_old_words",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_procedure_old_words")),
    )
    op.create_table(
        "search_judged",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("query", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_judged")),
    )
    op.create_table(
        "stored_files",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_files_size")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_files")),
    )
    op.create_table(
        "case_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_files_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_files")),
        sa.UniqueConstraint("case_id", "sha256", name=op.f("uq_case_files_case_id_sha256")),
    )
    with op.batch_alter_table("case_files", schema=None) as batch_op:
        batch_op.create_index("ix_case_files_case_id", ["case_id"], unique=False)

    op.create_table(
        "case_past_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafter", sa.String(length=60), nullable=False),
        sa.Column("approver", sa.String(length=60), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("sent_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_past_answers_case_id_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_past_answers")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_past_answers_case_id_number")),
    )
    op.create_table(
        "case_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.Column("replied_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_questions_case_id_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_questions")),
    )
    with op.batch_alter_table("case_questions", schema=None) as batch_op:
        batch_op.create_index("ix_case_questions_case_id", ["case_id"], unique=False)

    op.create_table(
        "case_ratings",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("rated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_case_ratings_score")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_ratings_case_id_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_ratings")),
    )
    op.create_table(
        "content_draft_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("uploaded_by", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["content_drafts.id"],
            name=op.f("fk_content_draft_files_draft_id_content_drafts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_draft_files")),
        sa.UniqueConstraint("draft_id", "sha256", name="uq_content_draft_files_file"),
    )
    with op.batch_alter_table("content_draft_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_content_draft_files_sha256"), ["sha256"], unique=False)

    op.create_table(
        "content_draft_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["content_drafts.id"],
            name=op.f("fk_content_draft_revisions_draft_id_content_drafts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_draft_revisions")),
        sa.UniqueConstraint(
            "draft_id", "number", name="uq_content_draft_revisions_draft_id_number"
        ),
    )
    op.create_table(
        "content_expert_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("expert", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["content_drafts.id"],
            name=op.f("fk_content_expert_links_draft_id_content_drafts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_expert_links")),
        sa.UniqueConstraint("nonce", name=op.f("uq_content_expert_links_nonce")),
    )
    op.create_table(
        "content_files",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["content_items.id"],
            name=op.f("fk_content_files_item_id_content_items"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", "sha256", "name", name=op.f("pk_content_files")),
    )
    with op.batch_alter_table("content_files", schema=None) as batch_op:
        batch_op.create_index("ix_content_files_sha256", ["sha256"], unique=False)

    op.create_table(
        "import_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("elsewhere", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("rescinded", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("parts", sa.Text(), server_default="", nullable=False),
        sa.Column("beneath", sa.Text(), server_default="", nullable=False),
        sa.Column("flags", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("before", sa.Text(), server_default="", nullable=False),
        sa.Column("after", sa.Text(), server_default="", nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["import_runs.id"],
            name=op.f("fk_import_changes_run_id_import_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_changes")),
        sa.UniqueConstraint("run_id", "code", name="uq_import_changes_run_id_code"),
    )
    with op.batch_alter_table("import_changes", schema=None) as batch_op:
        batch_op.create_index("ix_import_changes_run_id_found", ["run_id", "found"], unique=False)

    op.create_table(
        "unit_contacts",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "part IN ('dia-chi', 'dien-thoai', 'thu-dien-tu', 'gio-lam-viec', 'toa-do', 'viec-lam-tai-day')",
            name=op.f("ck_unit_contacts_part"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["units.code"], name=op.f("fk_unit_contacts_unit_code_units")
        ),
        sa.PrimaryKeyConstraint("unit_code", "part", name=op.f("pk_unit_contacts")),
    )
    op.create_table(
        "content_remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["content_drafts.id"],
            name=op.f("fk_content_remarks_draft_id_content_drafts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["content_expert_links.id"],
            name=op.f("fk_content_remarks_link_id_content_expert_links"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_remarks")),
    )
    with op.batch_alter_table("content_remarks", schema=None) as batch_op:
        batch_op.create_index("ix_content_remarks_draft_id", ["draft_id"], unique=False)

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("outcome", sa.String(length=30), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("locked", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("alarm", sa.String(length=20), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("waiting_since", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("paused_days", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("reopened", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.alter_column("register_year", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("register_number", existing_type=sa.INTEGER(), nullable=True)

    with op.batch_alter_table("content_items", schema=None) as batch_op:
        batch_op.add_column(sa.Column("keeper", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("review_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("escalated_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("unpublish_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("ending", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("leads_to", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))

    with op.batch_alter_table("content_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("author", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("approver", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("forced_reason", sa.Text(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("note", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("rolled_back_to", sa.Integer(), nullable=True))
    _check(BEFORE, AFTER)


def downgrade() -> None:
    _forget_what_is_new()
    with op.batch_alter_table("content_versions", schema=None) as batch_op:
        batch_op.drop_column("rolled_back_to")
        batch_op.drop_column("note")
        batch_op.drop_column("forced_reason")
        batch_op.drop_column("approver")
        batch_op.drop_column("author")

    with op.batch_alter_table("content_items", schema=None) as batch_op:
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("leads_to")
        batch_op.drop_column("ending")
        batch_op.drop_column("unpublish_at")
        batch_op.drop_column("escalated_at")
        batch_op.drop_column("review_on")
        batch_op.drop_column("keeper")

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.alter_column("register_number", existing_type=sa.INTEGER(), nullable=False)
        batch_op.alter_column("register_year", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("reopened")
        batch_op.drop_column("paused_days")
        batch_op.drop_column("waiting_since")
        batch_op.drop_column("alarm")
        batch_op.drop_column("locked")
        batch_op.drop_column("outcome")

    with op.batch_alter_table("content_remarks", schema=None) as batch_op:
        batch_op.drop_index("ix_content_remarks_draft_id")

    op.drop_table("content_remarks")
    op.drop_table("unit_contacts")
    with op.batch_alter_table("import_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_import_changes_run_id_found")

    op.drop_table("import_changes")
    with op.batch_alter_table("content_files", schema=None) as batch_op:
        batch_op.drop_index("ix_content_files_sha256")

    op.drop_table("content_files")
    op.drop_table("content_expert_links")
    op.drop_table("content_draft_revisions")
    with op.batch_alter_table("content_draft_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_content_draft_files_sha256"))

    op.drop_table("content_draft_files")
    op.drop_table("case_ratings")
    with op.batch_alter_table("case_questions", schema=None) as batch_op:
        batch_op.drop_index("ix_case_questions_case_id")

    op.drop_table("case_questions")
    op.drop_table("case_past_answers")
    with op.batch_alter_table("case_files", schema=None) as batch_op:
        batch_op.drop_index("ix_case_files_case_id")

    op.drop_table("case_files")
    op.drop_table("stored_files")
    op.drop_table("search_judged")
    op.drop_table("procedure_old_words")
    with op.batch_alter_table("page_votes", schema=None) as batch_op:
        batch_op.drop_index("ix_page_votes_day")

    op.drop_table("page_votes")
    with op.batch_alter_table("outside_links", schema=None) as batch_op:
        batch_op.drop_index("ix_outside_links_checked_at")

    op.drop_table("outside_links")
    with op.batch_alter_table("outbox_letters", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_letters_standing_next_at")

    op.drop_table("outbox_letters")
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_index("ix_import_runs_state")

    op.drop_table("import_runs")
    with op.batch_alter_table("desk_contacts", schema=None) as batch_op:
        batch_op.drop_index("ix_desk_contacts_day")

    op.drop_table("desk_contacts")
    op.drop_table("demonstration")
    with op.batch_alter_table("content_drafts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_content_drafts_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_content_drafts_stage_publish_at")

    op.drop_table("content_drafts")
    with op.batch_alter_table("case_waiting_files", schema=None) as batch_op:
        batch_op.drop_index("ix_case_waiting_files_came_at")

    op.drop_table("case_waiting_files")
    _check(AFTER, BEFORE)


def _check(was: dict[str, dict[str, str]], now: dict[str, dict[str, str]]) -> None:
    """Put other rules on columns."""
    for table, rules in now.items():
        with op.batch_alter_table(table) as batch_op:
            for name in was[table]:
                batch_op.drop_constraint(op.f(name), type_="check")
            for name, text in rules.items():
                batch_op.create_check_constraint(op.f(name), text)


NEW_KINDS = ("consultation", "form", "legal-document")
NEW_MOVES = (
    "release",
    "set_aside",
    "ask",
    "reply",
    "add_files",
    "take_back",
    "reopen",
    "rate",
)
OLD_STATES = {"quarantined": "registered", "waiting": "assigned", "reopened": "classified"}


def _forget_what_is_new() -> None:
    """Kinds, states, sources and moves that the version before does not know."""
    items = _table("content_items", "id", "kind", "state")
    gone = sa.select(items.c.id).where(items.c.kind.in_(NEW_KINDS))
    for name in (
        "content_files",
        "content_versions",
        "articles",
        "article_procedures",
        "instrument_citations",
    ):
        child = _table(name, "item_id")
        op.execute(child.delete().where(child.c.item_id.in_(gone)))
    op.execute(items.delete().where(items.c.kind.in_(NEW_KINDS)))
    _rename(_table("articles", "kind"), "kind", {"notice": "news"})
    _rename(items, "kind", {"notice": "news"})
    _rename(items, "state", {"superseded": "withdrawn"})
    _rename(_table("content_versions", "origin"), "origin", {"editor": "library"})
    sources = _table("procedure_sources", "source")
    op.execute(sources.delete().where(sources.c.source == "edited"))
    for name in ("cases", "case_events"):
        _rename(_table(name, "state"), "state", OLD_STATES)
    _rename(_table("case_events", "move"), "move", dict.fromkeys(NEW_MOVES, "note"))
    _register_everything()


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *map(sa.column, columns))


def _rename(table: sa.TableClause, column: str, words: dict[str, str]) -> None:
    for new, old in words.items():
        op.execute(table.update().where(table.c[column] == new).values({column: old}))


def _register_everything() -> None:
    """A quarantined case gets the next number of its year: the version before numbers them all."""
    db = op.get_bind()
    found = sa.text("SELECT id, received_at FROM cases WHERE register_number IS NULL ORDER BY id")
    for case_id, received_at in db.execute(found).all():
        year = int(str(received_at)[:4])
        last = sa.text("SELECT max(register_number) FROM cases WHERE register_year = :year")
        number = (db.execute(last, {"year": year}).scalar() or 0) + 1
        numbered = (
            "UPDATE cases SET register_year = :year, register_number = :number WHERE id = :id"
        )
        db.execute(sa.text(numbered), {"year": year, "number": number, "id": case_id})
        kept = "UPDATE case_registers SET last_number = :number WHERE year = :year"
        db.execute(sa.text(kept), {"year": year, "number": number})
