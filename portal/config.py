"""Settings, read once from the environment; a wrong one stops the start with a sentence."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

HOME = Path(__file__).resolve().parent.parent
SITE = HOME / "site"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
DEFAULT_PORT = 8000


class WrongSetting(Exception):
    """A setting that cannot be used, said in one sentence."""


@dataclass(frozen=True)
class Settings:
    """Everything an installation can choose.

    `proxies` is how many reverse proxies stand in front and may be believed about the client's
    address; `embedded` is true where the data folder holds the database. `clamd` is where a ClamAV
    service listens, empty where there is none; `outside_links` whether links that lead out of the
    site are looked after. `smtp` is the mail server (smtp://name:word@host:587, smtps://…), empty:
    letters become files in the outbox folder; `mail_from` the address they come from.
    """

    var: Path
    tenant: str
    database_url: str
    public_url: str
    host: str
    port: int
    proxies: int
    extra_hosts: tuple[str, ...]
    embedded: bool
    testing: bool = False
    clamd: str = ""
    outside_links: bool = False
    smtp: str = ""
    mail_from: str = "khong-tra-loi@localhost"

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def is_new(self) -> bool:
        """An embedded site that has no database yet; only then may keys be made."""
        return self.embedded and not (self.database_file and self.database_file.exists())

    @property
    def database_file(self) -> Path | None:
        """The file of an embedded database."""
        name = self.database_url.partition("sqlite:///")[2]
        return Path(name) if name else None

    @property
    def trusted_hosts(self) -> list[str]:
        own = urlsplit(self.public_url).hostname or ""
        return sorted({*LOOPBACK, self.host, own, *self.extra_hosts} - {"", "0.0.0.0", "::"})

    @property
    def keys(self) -> Path:
        return self.var / "keys"

    @property
    def digests(self) -> Path:
        return self.var / "digests"

    @property
    def index(self) -> Path:
        return self.var / "index"

    @property
    def outbox(self) -> Path:
        return self.var / "outbox"

    @property
    def files(self) -> Path:
        return self.var / "files"


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; raises WrongSetting."""
    var = Path(environ.get("VAR") or HOME / "var").expanduser().resolve()
    host = environ.get("HOST") or LOOPBACK[0]
    port = _number(environ, "PORT", DEFAULT_PORT, 0, 65535)
    public_url = (environ.get("PUBLIC_URL") or f"http://{_in_url(host)}:{port}").rstrip("/")
    if urlsplit(public_url).scheme not in {"http", "https"} or not urlsplit(public_url).hostname:
        raise WrongSetting(
            f"PUBLIC_URL phải là địa chỉ http:// hoặc https://, không phải «{public_url}»."
        )
    url = environ.get("DATABASE_URL", "")
    return Settings(
        var=var,
        tenant=environ.get("TENANT") or "quangnam",
        database_url=url or f"sqlite:///{var / 'portal.sqlite3'}",
        public_url=public_url,
        host=host,
        port=port,
        proxies=_number(environ, "PROXIES", 0, 0, 9),
        extra_hosts=tuple(environ.get("HOSTS", "").split()),
        embedded=not url or url.startswith("sqlite"),
        clamd=_clamd(environ),
        smtp=_smtp(environ),
        mail_from=environ.get("MAIL_FROM") or f"khong-tra-loi@{urlsplit(public_url).hostname}",
        outside_links=_switch(environ, "OUTSIDE_LINKS", default=public_url.startswith("https://")),
    )


def _clamd(environ: Mapping[str, str]) -> str:
    text = environ.get("CLAMD", "")
    host, _colon, port = text.rpartition(":")
    if text and not (text.startswith("unix:/") or (host and port.isascii() and port.isdigit())):
        raise WrongSetting(f"CLAMD phải là unix:/đường/dẫn hoặc máy:cổng, không phải «{text}».")
    return text


def _smtp(environ: Mapping[str, str]) -> str:
    text = environ.get("SMTP", "")
    if text and (urlsplit(text).scheme not in {"smtp", "smtps"} or not urlsplit(text).hostname):
        raise WrongSetting("SMTP phải có dạng smtp://máy:cổng hoặc smtps://tên:mật-khẩu@máy.")
    return text


def _switch(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(name, "").lower()
    if text not in {"", "on", "off"}:
        raise WrongSetting(f"{name} phải là on hoặc off, không phải «{text}».")
    return text == "on" if text else default


def _number(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environ.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise WrongSetting(f"{name} phải là số từ {least} đến {most}, không phải «{text}».")
    return int(text)


def _in_url(host: str) -> str:
    if host in {"0.0.0.0", "::"}:
        return LOOPBACK[0]
    return f"[{host}]" if ":" in host else host
