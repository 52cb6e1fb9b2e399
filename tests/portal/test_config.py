"""Settings: sensible without any, refused with a sentence when wrong."""

from pathlib import Path

import pytest

from portal import config
from portal.config import WrongSetting


def test_nothing_set_is_an_embedded_site_on_this_machine() -> None:
    settings = config.read({})
    assert (settings.host, settings.port, settings.tenant) == ("127.0.0.1", 8000, "quangnam")
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.embedded
    assert not settings.secure


def test_a_second_site_lives_in_its_own_folder(tmp_path: Path) -> None:
    settings = config.read({"VAR": str(tmp_path), "PORT": "8010"})
    assert settings.database_url == f"sqlite:///{tmp_path.resolve() / 'portal.sqlite3'}"
    assert settings.keys.parent == settings.index.parent == tmp_path.resolve()


def test_a_public_address_decides_host_names_and_cookies() -> None:
    settings = config.read({"PUBLIC_URL": "https://dvc.example.gov.vn/", "HOSTS": "a.vn b.vn"})
    assert settings.secure
    assert {"dvc.example.gov.vn", "a.vn", "b.vn", "127.0.0.1"} <= set(settings.trusted_hosts)


def test_listening_everywhere_trusts_no_unknown_name() -> None:
    settings = config.read({"HOST": "0.0.0.0"})
    assert settings.public_url == "http://127.0.0.1:8000"
    assert "0.0.0.0" not in settings.trusted_hosts


def test_outside_links_are_looked_after_where_the_site_is_public_or_somebody_says_so() -> None:
    public = {"PUBLIC_URL": "https://dvc.example.gov.vn"}
    assert config.read(public).outside_links
    assert not config.read({**public, "OUTSIDE_LINKS": "off"}).outside_links
    assert not config.read({}).outside_links
    assert config.read({"OUTSIDE_LINKS": "on"}).outside_links


@pytest.mark.parametrize("place", ["", "unix:/run/clamav/clamd.ctl", "clamav:3310", "[::1]:3310"])
def test_a_scanner_listens_in_a_file_or_at_a_port(place: str) -> None:
    assert config.read({"CLAMD": place}).clamd == place


def test_a_database_server_is_not_embedded() -> None:
    assert not config.read({"DATABASE_URL": "postgresql+psycopg://x/y"}).embedded


@pytest.mark.parametrize(
    "environ",
    [{"PORT": "abc"}, {"PORT": "70000"}, {"PORT": "-1"}, {"PORT": "٣"}, {"PUBLIC_URL": "ftp://x"},
     {"PUBLIC_URL": "x"}, {"PROXIES": "many"}, {"OUTSIDE_LINKS": "maybe"},
     {"CLAMD": "clamd.ctl"}, {"CLAMD": ":3310"}, {"CLAMD": "unix:clamd"}, {"CLAMD": "host:port"}],
)  # fmt: skip
def test_a_wrong_setting_is_said_in_one_sentence(environ: dict[str, str]) -> None:
    with pytest.raises(WrongSetting, match=r"phải là"):
        config.read(environ)
