"""Days that contradict each other, and those without which a page makes no sense."""

from collections.abc import Iterator

from flask_babel import gettext as _

from content.editorial.checks_text import Finding
from content.shapes import Article, Procedure, Shape


def findings(shape: Shape) -> Iterator[Finding]:
    if isinstance(shape, Article):
        yield from _article(shape)
    if isinstance(shape, Procedure):
        for number, fact in enumerate(shape.local):
            if fact.since and fact.until and fact.until < fact.since:
                yield Finding(
                    f"local-{number}-until", _("Quy định của địa phương hết hạn trước khi bắt đầu.")
                )


def _article(article: Article) -> Iterator[Finding]:
    if article.kind == "consultation" and article.ends_on is None:
        yield Finding(
            "ends_on", _("Chưa có ngày hết hạn góp ý; người dân cần biết góp ý đến khi nào.")
        )
    if article.starts_on and article.ends_on and article.ends_on < article.starts_on:
        yield Finding("ends_on", _("Ngày kết thúc sớm hơn ngày bắt đầu."))
    if article.kind == "notice" and article.ends_on and not article.starts_on:
        yield Finding("starts_on", _("Thông báo có ngày kết thúc nhưng chưa có ngày bắt đầu."))
