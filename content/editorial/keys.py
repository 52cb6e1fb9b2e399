"""What a page is called in addresses: which keys may be given, and whether one is free."""

import re

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.editorial.errors import BadKey, KeyTaken
from content.editorial.models import Draft
from content.models import ContentItem, Kind

CODE = re.compile(r"\d\.\d{6}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_KEY = 120

# A standing page stands right under the site's address: these are the sections beside it.
RESERVED = frozenset(
    {
        "api", "bieu-mau", "don-vi", "du-lieu-mo", "en", "gop-y", "healthz", "hoi-dap", "huu-ich",
        "huong-dan", "lay-y-kien", "phan-anh-kien-nghi", "quan-tri", "robots", "sitemap",
        "so-do-trang", "so-lieu", "static", "suc-khoe", "tep", "thong-bao", "thu-tuc",
        "tim-kiem", "tin-tuc", "toi-phai-den-dau", "van-ban", "vi", "viec-doi",
    }
)  # fmt: skip


def item(db: Session, kind: str, key: str, language: str) -> ContentItem | None:
    """The page of this key in one language, whatever its state."""
    return db.scalar(
        select(ContentItem).where(
            ContentItem.kind == kind, ContentItem.key == key, ContentItem.language == language
        )
    )


def check_form(kind: str, key: str) -> None:
    """Raises BadKey where no new page of this kind may have this key."""
    if kind == Kind.PROCEDURE:
        if not CODE.fullmatch(key):
            raise BadKey(_("Mã thủ tục có dạng 1.001193: một chữ số, dấu chấm, sáu chữ số."))
        return
    if not SLUG.fullmatch(key) or len(key) > LONGEST_KEY:
        raise BadKey(
            _("Địa chỉ trang chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối giữa các từ.")
        )
    if kind == Kind.PAGE and key in RESERVED:
        raise BadKey(_("Địa chỉ «/%(key)s» là của một mục trên trang này.", key=key))


def check_free(db: Session, kind: str, key: str, language: str, *, but: int = 0) -> None:
    """Raises BadKey, or KeyTaken where a page or a draft other than `but` has this key."""
    check_form(kind, key)
    if item(db, kind, key, language) is not None:
        raise KeyTaken(_("Đã có trang ở địa chỉ này; hãy mở trang đó để sửa."))
    same = select(Draft.id).where(
        Draft.kind == kind,
        Draft.key == key,
        Draft.language == language,
        Draft.closed_at.is_(None),
        Draft.id != but,
    )
    if db.scalar(same) is not None:
        raise KeyTaken(_("Đã có bản nháp khác ở địa chỉ này."))
