"""Notices and draft consultations, as everybody may read them."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from content import dated_articles, reading
from content.dated_articles import DatedEntry, Standing
from content.models import Kind
from content.shapes import Article
from portal import clock
from portal.database import session
from portal.languages import language
from portal.paging import paginate
from portal.showing import local_day
from portal.staff.access import public

ENTRIES_PER_PAGE = 30
NOTICES_ON_HOME = 2
COMMENT_KIND = "sang-kien"
# Tag tones: what one can still act on stands out, what is over steps back.
NOTICE_WORDS = {
    Standing.COMING: (_l("Chưa đến ngày áp dụng"), "warn"),
    Standing.NOW: (_l("Đang áp dụng"), "good"),
    Standing.PAST: (_l("Đã hết hạn"), "neutral"),
}
CONSULTATION_WORDS = {
    Standing.COMING: (_l("Chưa mở"), "warn"),
    Standing.NOW: (_l("Đang lấy ý kiến"), "good"),
    Standing.PAST: (_l("Đã kết thúc"), "neutral"),
}

bp = Blueprint("content_articles", __name__)


@bp.get("/thong-bao")
@public
def notices() -> ResponseReturnValue:
    return _list("content/notices.html", Kind.NOTICE)


@bp.get("/thong-bao/<slug>")
@public
def notice(slug: str) -> ResponseReturnValue:
    found = reading.article(session(), Kind.NOTICE, slug, language())
    shown = dated_articles.entry(found.article, _today())
    return render_template(
        "content/notice.html",
        found=found,
        article=found.article,
        entry=shown,
        words=NOTICE_WORDS,
        days=days,
    )


@bp.get("/lay-y-kien")
@public
def consultations() -> ResponseReturnValue:
    return _list("content/consultations.html", Kind.CONSULTATION)


@bp.get("/lay-y-kien/<slug>")
@public
def consultation(slug: str) -> ResponseReturnValue:
    found = reading.article(session(), Kind.CONSULTATION, slug, language())
    shown = dated_articles.entry(found.article, _today())
    return render_template(
        "content/consultation.html",
        found=found,
        article=found.article,
        entry=shown,
        words=CONSULTATION_WORDS,
        days=days,
        time_left=time_left(shown),
        comment=comment_arguments(found.article, shown.path),
    )


@bp.app_template_global("current_notices")
def current_notices() -> tuple[DatedEntry, ...]:
    """The notices that hold today and say until when: what the home page must not hide."""
    found = dated_articles.entries(session(), Kind.NOTICE, language(), _today())
    told = [one for one in found if one.standing is Standing.NOW and one.days_left is not None]
    return tuple(told[:NOTICES_ON_HOME])


def days(article: Article) -> str:
    """From when to when, as far as it is said; empty where nothing is."""
    first, last = local_day(article.starts_on), local_day(article.ends_on)
    if first and last:
        return str(_("Từ ngày %(first)s đến hết ngày %(last)s", first=first, last=last))
    if first:
        return str(_("Từ ngày %(first)s", first=first))
    return str(_("Đến hết ngày %(last)s", last=last)) if last else ""


def time_left(entry: DatedEntry) -> str:
    """How long one can still comment; empty where that is not known or over."""
    if entry.standing is not Standing.NOW or entry.days_left is None:
        return ""
    if entry.days_left == 0:
        return str(_("Hôm nay là ngày cuối"))
    return str(ngettext("Còn %(num)d ngày", "Còn %(num)d ngày", entry.days_left))


def comment_arguments(article: Article, path: str) -> dict[str, str]:
    """The feedback form, filled in so far that the comment names its draft."""
    begun = _("Góp ý dự thảo “%(title)s” (%(path)s):", title=article.title, path=path)
    return {"loai": COMMENT_KIND, "noi-dung": f"{begun}\n\n", "trang": path}


def _list(template: str, kind: Kind) -> ResponseReturnValue:
    found = dated_articles.entries(session(), kind, language(), _today())
    page = paginate(len(found), request.args.get("trang"), ENTRIES_PER_PAGE)
    return render_template(
        template,
        entries=found[page.offset : page.offset + page.size],
        page_of=page,
        words=CONSULTATION_WORDS if kind is Kind.CONSULTATION else NOTICE_WORDS,
        days=days,
        time_left=time_left,
    )


def _today() -> date:
    return clock.local_date(clock.now())
