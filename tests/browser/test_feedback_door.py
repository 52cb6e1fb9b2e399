"""The door of the feedback room in Chromium: with photographs, without JavaScript, when busy."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import delete, select

from feedback import doubt
from feedback.models import Case, CaseFile
from feedback.states import State
from portal import clock
from portal.limits import Hit
from tests.browser.watching import EVERYTHING, Watched
from tests.support import good_files as good
from tests.support.running import Running

DOOR = "/phan-anh-kien-nghi"
PHOTO = {"name": "biên nhận.jpg", "mimeType": "image/jpeg", "buffer": good.jpeg()}
PAPER = {"name": "đơn.pdf", "mimeType": "application/pdf", "buffer": good.pdf()}
LIST = {"name": "bảng kê.xlsx", "mimeType": "application/zip", "buffer": good.office("xlsx")}


def files_of(site: Running, code: str) -> tuple[Case, list[str]]:
    with site.store.read() as db:
        case = db.scalars(select(Case).where(Case.code == code)).one()
        names = select(CaseFile.name).where(CaseFile.case_id == case.id).order_by(CaseFile.id)
        return case, list(db.scalars(names))


def put(page: Page, *files: dict[str, object]) -> None:
    page.get_by_label("Tệp gửi kèm").set_input_files(list(files))  # type: ignore[arg-type] # as Playwright documents it


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def code_on(page: Page) -> str:
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận nội dung của ông/bà")
    return page.locator(".receipt .code").first.inner_text()


def unhurried(site: Running) -> None:
    """Forget who sent how much: every test of this machine comes from one address."""
    with site.store.write() as db:
        db.execute(delete(Hit).where(Hit.scope == doubt.SCOPE))
        db.commit()


def test_a_citizen_sends_a_photo_from_a_small_phone_without_javascript(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    unhurried(site)
    watched = Watched(window(360, java_script_enabled=False), site.url)
    page = watched.open(f"{DOOR}?loai=cau-hoi")
    page.get_by_label("Nội dung", exact=True).fill("Giấy biên nhận này ghi gì?")
    page.get_by_label("Cơ quan, đơn vị").fill("xa duy thu")
    put(page, PHOTO, PAPER)
    press(page, "Xem lại trước khi gửi")
    main = page.get_by_role("main")
    expect(main).to_contain_text("nay là đơn vị này")
    page.get_by_role("button", name="Bỏ tệp đơn.pdf").click()
    expect(main).not_to_contain_text("đơn.pdf")
    press(page, "Sửa lại")
    expect(page.get_by_label("Nội dung", exact=True)).to_have_value("Giấy biên nhận này ghi gì?")
    press(page, "Xem lại trước khi gửi")
    press(page, "Gửi")
    case, names = files_of(site, code_on(page))
    assert (names, case.about_unit) == (["biên nhận.jpg"], "Xã Duy Tân")


def test_a_business_sends_two_files_and_every_page_is_accessible(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    unhurried(site)
    for width in (360, 1280):
        watched = Watched(window(width), site.url)
        page = watched.open(f"{DOOR}?loai=quy-dinh")
        page.get_by_label("Nội dung", exact=True).fill("Đơn tố cáo: cán bộ vòi tiền doanh nghiệp.")
        put(page, PAPER, LIST)
        page.get_by_label("Doanh nghiệp, tổ chức", exact=True).check()
        page.locator("summary", has_text="Nếu là doanh nghiệp").click()
        page.get_by_label("Tên doanh nghiệp").fill("Công ty Sông Thu")
        page.get_by_label("Mã số thuế").fill("0100109106")
        page.get_by_label("Họ và tên").fill("Trần Văn Cường")
        page.get_by_label("Địa chỉ", exact=True).fill("12 Trần Phú")
        page.get_by_label("Số điện thoại").fill("0905123456")
        assert not watched.check()
        press(page, "Xem lại trước khi gửi")
        expect(page.get_by_role("link", name="113")).to_be_visible()
        assert not watched.check(EVERYTHING)
        press(page, "Gửi")
        case, names = files_of(site, code_on(page))
        assert not watched.check()
        assert (names, case.locked) == (["đơn.pdf", "bảng kê.xlsx"], True)


def test_a_draft_stays_in_the_browser_until_it_is_sent(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    unhurried(site)
    context = window(360)
    page = context.new_page()
    page.goto(f"{site.url}{DOOR}?loai=cau-hoi")
    page.get_by_label("Nội dung", exact=True).fill("Tôi hỏi về thẻ xanh.")
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Bưởi")
    page.goto(f"{site.url}{DOOR}?loai=cau-hoi")
    expect(page.get_by_label("Nội dung", exact=True)).to_have_value("Tôi hỏi về thẻ xanh.")
    expect(page.get_by_label("Họ và tên")).to_have_value("")
    kept = str(page.evaluate("JSON.stringify(localStorage)"))
    assert "thẻ xanh" in kept
    assert "Bưởi" not in kept
    press(page, "Xem lại trước khi gửi")
    press(page, "Gửi")
    code_on(page)
    assert page.evaluate("localStorage.length") == 0


def test_names_of_procedures_are_offered_while_one_is_typed(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    watched = Watched(window(360), site.url)
    page = watched.open(f"{DOOR}?loai=cau-hoi")
    page.get_by_label("Thủ tục được nhắc đến").press_sequentially("khai sinh")
    offered = page.locator("#ten-thu-tuc option", has_text=re.compile("khai sinh", re.IGNORECASE))
    expect(offered.first).to_be_attached()
    assert not watched.check()


def test_on_a_busy_network_the_browser_solves_the_puzzle_unseen(
    site: Running, window: Callable[..., BrowserContext]
) -> None:
    unhurried(site)
    now, ring = clock.now(), site.app.extensions["portal"].ring
    with site.store.write() as db:
        for _n in range(doubt.SENDINGS_BEFORE_PROOF):
            doubt.count(db, ring.address("127.0.0.1", clock.local_date(now)), now)
        db.commit()
    watched = Watched(window(360), site.url)
    page = watched.open(f"{DOOR}?loai=cau-hoi")
    page.get_by_label("Nội dung", exact=True).fill("Mạng ở đây đông người.")
    press(page, "Xem lại trước khi gửi")
    expect(page.get_by_role("status")).to_have_text(re.compile("Đã kiểm tra xong"), timeout=20_000)
    assert not watched.check()
    press(page, "Gửi")
    case, _names = files_of(site, code_on(page))
    unhurried(site)
    assert case.state == State.REGISTERED
    assert not watched.check()
