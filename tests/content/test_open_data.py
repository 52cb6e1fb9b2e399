"""Open data as people download it."""

import csv
import io
from datetime import datetime

from sqlalchemy.orm import Session

from agencies import register
from portal.spreadsheets import as_csv
from tests.content.exports import Publish, a_record
from tests.support.pages import StrictClient


def rows(client: StrictClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert path.rpartition("/")[2] in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_procedures_can_be_taken_away_as_csv_and_json(
    client: StrictClient, publish: Publish
) -> None:
    publish(
        a_record("1.000001", levels=["Cấp Xã", "Cấp Tỉnh"]),
        a_record("1.000002", name="Ưu đãi", field=""),
        a_record("1.000003", issuing_agency="UBND tỉnh Gia Lai"),
    )
    found = rows(client, "/du-lieu-mo/thu-tuc.csv")
    assert [row["code"] for row in found] == ["1.000001", "1.000002"]
    assert found[0]["levels"] == "commune|province"
    assert found[0]["url"].startswith("http://localhost/thu-tuc/1.000001")
    assert (found[1]["field_slug"], found[1]["field_name"]) == ("", "")
    whole = client.get("/du-lieu-mo/thu-tuc.json").json
    assert whole["total"] == len(whole["items"]) == 2
    assert whole["items"][1]["field"] is None
    assert whole["changed_on"] == "2026-11-23"
    assert whole["licence_url"].startswith("https://creativecommons.org/")


def test_units_come_whole_with_those_that_have_ended(
    client: StrictClient, publishing: Session, now: datetime
) -> None:
    register.load(publishing, "quangnam", now)
    publishing.commit()
    found = rows(client, "/du-lieu-mo/don-vi.csv")
    assert len(found) == client.get("/du-lieu-mo/don-vi.json").json["total"]
    assert len(found) > client.get("/api/v1/units").json["total"]
    assert [row for row in found if row["valid_to"]]


def test_no_cell_becomes_a_formula(client: StrictClient, publish: Publish) -> None:
    publish(a_record(name='=HYPERLINK("http://x")', implementing_agency="@SUM(1)"))
    row = rows(client, "/du-lieu-mo/thu-tuc.csv")[0]
    assert row["name"].startswith("'=")
    assert row["agency"].startswith("'@")
    assert (
        as_csv(["+a"], [["-1", None, 3, 'a"b']]).decode("utf-8-sig") == '+a\r\n\'-1,,3,"a""b"\r\n'
    )


def test_the_page_offers_all_files_with_licence_and_day(
    client: StrictClient, publish: Publish
) -> None:
    assert client.get("/du-lieu-mo").status_code == 200
    publish(a_record())
    for prefix in ("", "/en"):
        page = client.get(f"{prefix}/du-lieu-mo").page
        files = [url for url in page.links() if url.endswith((".csv", ".json"))]
        assert len(files) == 4
        assert {client.get(url).status_code for url in files} == {200}
        assert "23/11/2026" in page.text
        assert "Creative Commons" in page.text
    assert client.get("/du-lieu-mo/thu-tuc.xlsx").status_code == 404
    assert client.get("/du-lieu-mo/khac.csv").status_code == 404


def test_an_empty_site_gives_empty_files(client: StrictClient) -> None:
    for path in ("/du-lieu-mo/thu-tuc.csv", "/du-lieu-mo/don-vi.csv"):
        assert rows(client, path) == []
    assert client.get("/du-lieu-mo/thu-tuc.json").json["items"] == []
