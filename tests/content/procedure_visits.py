"""A procedure to look at, and what a visitor sees on its pages."""

from collections.abc import Callable
from datetime import date

from content.shapes import (
    Channel,
    Citation,
    Method,
    Paper,
    PaperGroup,
    Procedure,
)
from tests.support.pages import Page, StrictClient, text_of

CODE = "1.001193"
HERE = f"/thu-tuc/{CODE}"
TODAY = date(2026, 11, 23)
Show = Callable[..., None]


def a_procedure(**parts: object) -> Procedure:
    given: dict[str, object] = {
        "code": CODE,
        "name": "Đăng ký tạm trú",
        "levels": ("commune",),
        "issuing_agency": "Bộ Công an",
        "implementing_agency": "Công an cấp xã",
        "methods": (Method(channel=Channel.DIRECT, time="3 ngày làm việc", fee="15.000 đồng"),),
        "papers": (
            PaperGroup(papers=(Paper(name="Tờ khai", originals=1),)),
            PaperGroup(title="Trường hợp thuê nhà", papers=(Paper(name="Hợp đồng thuê"),)),
            PaperGroup(title="Trường hợp ở nhờ", papers=(Paper(name="Giấy cho ở nhờ"),)),
        ),
        "results": ("Giấy xác nhận",),
        "legal_basis": (Citation(number="68/2020/QH14", title="Luật Cư trú"),),
    }
    return Procedure.model_validate(given | parts)


def opened(client: StrictClient, path: str = HERE, status: int = 200) -> Page:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == status
    page: Page = answer.page
    return page


def told(page: Page) -> dict[str, str]:
    pairs = [part for part in page.all("div") if part.find("dt") is not None]
    return {text_of(pair.find("dt")): text_of(pair.find("dd")) for pair in pairs}


def papers(page: Page) -> list[str]:
    return [text_of(one) for one in page.one("main").iter("legend")]
