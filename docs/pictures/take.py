"""Takes the pictures of this folder from a real site: starts one, uses it, photographs it."""

import publishing
from playwright.sync_api import Browser, Page, sync_playwright
from studio import DESK, PHONE, Site, chromium, first_sign_in, shoot, site

PROCEDURE = "/tim-kiem?q=dang+ky+khai+sinh"
PEOPLE_TYPE_MILLISECONDS = 3500
MESSAGES = (
    ("tre-han", "Hồ sơ tách thửa hẹn trả ngày 16/11 đến nay chưa có kết quả."),
    ("cach-phuc-vu", "Cán bộ yêu cầu thêm giấy tờ không có trong danh mục đã niêm yết."),
    ("quy-dinh", "Hai tờ khai có nội dung giống nhau, đề nghị gộp làm một."),
    ("khen-ngoi", "Cảm ơn cán bộ quầy số 4 đã hướng dẫn rất tận tình."),
    ("cau-hoi", "Đăng ký khai sinh cho con ở nơi tạm trú có được không?"),
)


def main() -> None:
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        with site() as plain:
            take_public_pictures(browser, plain.url)
            take_desk_pictures(browser, plain)
        with site() as shown:
            publishing.take_pictures(browser, shown)
        browser.close()


def take_public_pictures(browser: Browser, url: str) -> None:
    for name, size in (("360", PHONE), ("1280", DESK)):
        page = browser.new_page(viewport=size, locale="vi-VN")
        page.goto(f"{url}/")
        shoot(page, f"home-{name}")
        page.goto(f"{url}{PROCEDURE}")
        shoot(page, f"search-{name}")
        page.locator("main h2 a, main h3 a, main .plain a").first.click()
        shoot(page, f"procedure-{name}", whole=True)
        page.goto(f"{url}/phan-anh-kien-nghi")
        shoot(page, f"feedback-{name}", whole=True)
        page.goto(f"{url}/en/")
        shoot(page, f"home-en-{name}")
    for kind, text in MESSAGES:
        page = browser.new_page(viewport=PHONE, locale="vi-VN")
        send(page, url, kind, text)
    shoot(page, "receipt-360", whole=True)


def send(page: Page, url: str, kind: str, text: str) -> None:
    page.goto(f"{url}/phan-anh-kien-nghi?loai={kind}")
    page.get_by_label("Nội dung", exact=True).fill(text)
    page.get_by_label("Họ và tên").fill("Trần Thị Mẫu")
    page.get_by_label("Địa chỉ").fill("12 đường Trần Phú")
    page.get_by_label("Số điện thoại").fill("0905000000")
    # A message filled in faster than anybody types is marked for a second look.
    page.wait_for_timeout(PEOPLE_TYPE_MILLISECONDS)
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_role("button", name="Gửi", exact=True).click()


def take_desk_pictures(browser: Browser, fresh: Site) -> None:
    page, url = first_sign_in(browser, fresh), fresh.url
    for words in ("Cán bộ yêu cầu thêm", "Hồ sơ tách thửa"):
        page.goto(f"{url}/quan-tri/")
        page.get_by_role("row").filter(has_text=words).get_by_role("link").click()
        page.get_by_label("Lớp (Nghị định").select_option(label="K1: về hành vi")
        page.get_by_role("button", name="Phân loại").click()
    shoot(page, "case-1280", whole=True)
    page.goto(f"{url}/quan-tri/")
    shoot(page, "queue-1280")
    page.goto(f"{url}/quan-tri/bao-cao")
    page.get_by_label("Kỳ", exact=True).select_option(label="Quý IV")
    page.get_by_role("button", name="Lập báo cáo").click()
    shoot(page, "report-1280", whole=True)
    page.goto(f"{url}/so-lieu")
    shoot(page, "figures-1280", whole=True)


if __name__ == "__main__":
    main()
