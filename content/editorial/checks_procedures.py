"""What a procedure must not be published without."""

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.editorial.checks_text import Finding, left_over
from content.models import ArticleRow, Kind, ProcedureRow
from content.shapes import Online, Procedure


def findings(db: Session, procedure: Procedure) -> Iterator[Finding]:
    """Decree 224/2026/NĐ-CP, Article 14 for the partial service; 63/2010/NĐ-CP, Article 15."""
    if procedure.online is Online.PARTIAL and not procedure.online_reason:
        yield Finding(
            "online_reason",
            _("Dịch vụ trực tuyến một phần phải nói rõ vì sao; hãy ghi lý do."),
        )
    if procedure.online is Online.PARTIAL and not procedure.online_basis:
        yield Finding(
            "online_basis",
            _("Dịch vụ trực tuyến một phần phải nêu căn cứ pháp lý; hãy ghi số, ký hiệu văn bản."),
        )
    if not procedure.legal_basis:
        yield Finding("legal_basis", _("Chưa có căn cứ pháp lý; hãy ghi ít nhất một văn bản."))
    for part in ("title", "summary"):
        if words := left_over(getattr(procedure, part)):
            yield Finding(part, _("Còn chữ để tạm “%(words)s”.", words=words))
    yield from _methods(procedure)
    yield from _forms(db, procedure)
    yield from _successor(db, procedure)


def _methods(procedure: Procedure) -> Iterator[Finding]:
    for number, method in enumerate(procedure.methods):
        if (method.amount is None) != (method.unit is None):
            yield Finding(
                f"methods-{number}-amount",
                _("Thời hạn bằng số cần cả con số và đơn vị; thiếu một thì để trống cả hai."),
            )


def _forms(db: Session, procedure: Procedure) -> Iterator[Finding]:
    """Every form that a paper names has its page."""
    named = {
        paper.form_slug: f"papers-{group_number}-papers-{number}-form_slug"
        for group_number, group in enumerate(procedure.papers)
        for number, paper in enumerate(group.papers)
        if paper.form_slug
    }
    chosen = select(ArticleRow.slug).where(ArticleRow.kind == Kind.FORM, ArticleRow.slug.in_(named))
    published = set(db.scalars(chosen)) if named else set()
    for slug, where in named.items():
        if slug not in published:
            yield Finding(
                where, _("Biểu mẫu “%(slug)s” chưa được đăng; hãy đăng biểu mẫu trước.", slug=slug)
            )


def _successor(db: Session, procedure: Procedure) -> Iterator[Finding]:
    code = procedure.replaced_by
    if code and not db.scalar(select(ProcedureRow.code).where(ProcedureRow.code == code)):
        yield Finding("replaced_by", _("Không có thủ tục mã “%(code)s” trên trang này.", code=code))
