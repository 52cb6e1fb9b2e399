"""What has to be mended before publication, and that our own library needs no mending."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from content import library_loading
from content.editorial import checks, texts
from content.leaf_shapes import FileRef, FormFile, LifeEvent, LifeStep, Question
from content.models import ContentItem, ContentVersion, State
from content.shapes import Article, Citation, LocalFact, Method, Online, Procedure, TimeUnit
from portal.config import HOME
from tests.content.editorial.clerks import NOW, an_article, library

# What the national record itself leaves unsaid of procedures in the library.
UNSAID = {"legal_basis", "online_reason", "online_basis"}

GOOD = (
    "Chuẩn bị giấy tờ rồi nộp ở [trang liên hệ](/lien-he).\n\n## Giấy tờ\n\n### Bản chính\n\n"
    "| Giấy | Số bản |\n| --- | --- |\n| Tờ khai | 1 |\n\nXem [mục giấy tờ](#muc-giay-to)."
)


@pytest.fixture
def db(app: Flask) -> Iterator[Session]:
    with app.test_request_context(), app.extensions["portal"].database.write() as session:
        library(session, an_article(kind="page", slug="lien-he"))
        yield session


def words(db: Session, body: str, **parts: object) -> list[str]:
    article = an_article(body=body, **parts)
    return [one.words for one in checks.findings(db, article.kind, article.language, article)]


def test_a_sound_article_has_nothing_to_mend(db: Session) -> None:
    assert words(db, GOOD) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("![](/tep/0123456789abcdef/a.png)", "chưa có lời mô tả"),
        ("![Sơ đồ](https://vi.du/a.png)", "không nằm trên trang này"),
        ("![Sơ đồ](/tep/0123456789abcdef/a.png)", "không có trong kho"),
        ("# Lớn", "cấp 1"),
        ("### Nhỏ", "nhảy cấp"),
        ("## Lớn\n\n#### Nhỏ", "nhảy cấp"),
        ("##\n\nchữ", "đề mục trống"),
        ("Xem [tại đây](/lien-he).", "không nói dẫn tới đâu"),
        ("Xem [**Tại đây**!](/lien-he).", "không nói dẫn tới đâu"),
        ("Xem [ở đây](/lien-he) nhé", "không nói dẫn tới đâu"),
        ("[Xem thêm](/lien-he)", "không nói dẫn tới đâu"),
        ("[Click here](/lien-he)", "không nói dẫn tới đâu"),
        ("[](/lien-he)", "không có chữ"),
        ("<https://dichvucong.gov.vn/p/home>", "chỉ là địa chỉ"),
        ("[https://dichvucong.gov.vn](https://dichvucong.gov.vn)", "chỉ là địa chỉ"),
        ("[trang đã mất](/huong-dan/khong-co)", "không có trên hệ thống"),
        ("[thủ tục](/thu-tuc/9.999999-khong-co)", "không có trên hệ thống"),
        ("[văn bản](/van-ban/khong-co)", "không có trên hệ thống"),
        ("[bàn làm việc](/quan-tri/noi-dung)", "không có trên hệ thống"),
        ("[mục mất](#muc-khong-co)", "không có trên trang này"),
        ("[thư mục](lien-he)", "phải bắt đầu bằng /"),
        ("[máy](//vi.du/x)", "phải bắt đầu bằng /"),
        ("| a | b |\n| c | d |", "thiếu hàng tiêu đề"),
        ("| | b |\n| --- | --- |\n| c | d |", "hàng tiêu đề còn ô trống"),
        ("| a | b |\n| --- | --- |\n| c | d | e |", "không đủ hoặc thừa ô"),
        ("| a | b |\n| --- | --- |\n| c |", "không đủ hoặc thừa ô"),
        ("Bước 2: TODO", "chữ để tạm"),
        ("Nộp tại [điền tên cơ quan].", "chữ để tạm"),
        ("Phí là ???", "chữ để tạm"),
        ("Nộp <b>ngay</b>", "Mã HTML"),
        ("chữ \ufffd hỏng", "bị hỏng"),
        ("chữ \u202e ẩn", "ký tự ẩn"),
        ("tie\u0302\u0301ng", "tổ hợp"),
        ("", "Chưa có nội dung"),
        ("All papers are handed in at the counter of your commune. " * 9, "không có chữ nào"),
    ],
)  # fmt: skip
def test_each_fault_is_said_with_how_to_mend_it(db: Session, body: str, said: str) -> None:
    found = words(db, body)
    assert any(said in one for one in found), found


def test_code_blocks_and_escaped_bars_are_no_faults(db: Session) -> None:
    assert words(db, "```\n# x <b>\nTODO\n```") == []
    assert words(db, "| a \\| b | c |\n| --- | --- |\n| d | e |") == []


def test_a_page_may_link_to_itself_and_to_pages_in_english(db: Session) -> None:
    assert words(db, "[trang này của tôi](/huong-dan/nop-ho-so)") == []
    assert words(db, "[liên hệ](/en/lien-he) và [trang chủ](/en)") == []


def test_an_english_page_in_vietnamese_is_noticed(db: Session) -> None:
    body = "Người dân nộp hồ sơ tại bộ phận tiếp nhận của xã nơi thường trú và nhận kết quả. " * 5
    assert any("tiếng Việt" in one for one in words(db, body, language="en"))
    english = "Hand in the form (*Tờ khai đăng ký khai sinh*) at the People's Committee. " * 5
    assert words(db, english, language="en") == []


def test_days_that_contradict_each_other_are_said(db: Session) -> None:
    days = {"starts_on": date(2026, 12, 2), "ends_on": date(2026, 12, 1)}
    assert any("sớm hơn" in one for one in words(db, GOOD, kind="notice", **days))
    assert any("hết hạn góp ý" in one for one in words(db, GOOD, kind="consultation"))
    assert any("chưa có ngày bắt đầu" in one for one in words(
        db, GOOD, kind="notice", ends_on=date(2026, 12, 1)))  # fmt: skip


def a_procedure(**parts: object) -> Procedure:
    basis = (Citation(number="60/2014/QH13"),)
    return Procedure.model_validate(
        {"code": "1.001193", "name": "Đăng ký khai sinh", "legal_basis": basis, **parts}
    )


def places(db: Session, procedure: Procedure) -> list[str]:
    return [one.where for one in checks.findings(db, "procedure", "vi", procedure)]


def test_a_procedure_needs_its_legal_basis_and_a_partial_one_its_reason(db: Session) -> None:
    assert places(db, a_procedure()) == []
    assert places(db, a_procedure(legal_basis=())) == ["legal_basis"]
    partial = a_procedure(online=Online.PARTIAL)
    assert places(db, partial) == ["online_reason", "online_basis"]
    whole = partial.model_copy(
        update={"online_reason": "Phải đến ký.", "online_basis": partial.legal_basis}
    )
    assert places(db, whole) == []


def test_a_procedure_names_only_what_exists(db: Session) -> None:
    papers = ({"title": "", "papers": ({"name": "Tờ khai", "form_slug": "khong-co"},)},)
    assert places(db, a_procedure(papers=papers)) == ["papers-0-papers-0-form_slug"]
    assert places(db, a_procedure(replaced_by="9.999999")) == ["replaced_by"]
    half = Method(channel="direct", amount=3)
    assert places(db, a_procedure(methods=(half,))) == ["methods-0-amount"]
    sound = half.model_copy(update={"unit": TimeUnit.DAYS})
    assert places(db, a_procedure(methods=(sound,))) == []


def test_a_local_fact_cannot_end_before_it_begins(db: Session) -> None:
    fact = LocalFact(
        part="fee", text="5.000 đồng", source="Nghị quyết của Hội đồng nhân dân",
        since=date(2026, 7, 1), until=date(2026, 6, 30), checked_on=date(2026, 11, 1),
    )  # fmt: skip
    assert places(db, a_procedure(local=(fact,))) == ["local-0-until"]


def test_a_form_needs_its_file(db: Session) -> None:
    file = FileRef(sha256="0" * 64, name="mau.docx", media_type="application/msword", size=1)
    form = FormFile(slug="mau", title="Mẫu", file=file, preview=file)
    found = [one.where for one in checks.findings(db, "form", "vi", form)]
    assert found == ["file", "preview", "preview"]


def test_codes_of_procedures_that_are_not_here_are_said_where_they_stand(db: Session) -> None:
    step = LifeStep(
        title="Khai sinh", text="Đến [trang mất](/huong-dan/mat).", procedures=("9.999999",)
    )
    event = LifeEvent(
        slug="sinh-con",
        title="Sinh con",
        summary="Có con.",
        steps=(step,),
        checked_on=date(2026, 1, 1),
    )
    found = [one.where for one in checks.findings(db, "life-event", "vi", event)]
    assert found == ["steps-0-text", "steps-0-procedures"]
    question = Question(
        slug="a", title="Hỏi?", summary="Đáp", body="Đáp.", source="Luật",
        procedures=("9.999999",), checked_on=date(2026, 1, 1),
    )  # fmt: skip
    assert [one.where for one in checks.findings(db, "question", "vi", question)] == ["procedures"]


def test_everything_in_our_own_library_may_be_published(db: Session) -> None:
    library_loading.load(db, HOME / "content" / "library", now=NOW)
    rows = (
        db.query(ContentItem, ContentVersion)
        .join(ContentVersion, (ContentVersion.item_id == ContentItem.id))
        .filter(ContentVersion.number == ContentItem.version, ContentItem.state == State.PUBLISHED)
        .all()
    )
    assert len(rows) > 180
    faults = [
        f"{item.kind}:{item.key}:{item.language} {one.where}: {one.words}"
        for item, version in rows
        for one in checks.findings(
            db, item.kind, item.language, texts.parse(item.kind, item.language, version.text)
        )
        if not (item.kind == "procedure" and one.where in UNSAID)
    ]
    assert not faults, "\n".join(faults)


def test_an_article_without_a_title_says_so(db: Session) -> None:
    article = Article(kind="news", slug="a", title="", body="Chữ.")
    assert [one.where for one in checks.findings(db, "news", "vi", article)] == ["title"]
