"""Which pages machines should know: every room tells its own, one map shows them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from urllib.parse import quote

from flask.sansio.app import App
from sqlalchemy.orm import Session

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Address:
    """A public page; `languages` are those in which its text itself exists, not only its frame."""

    path: str
    changed_on: date | None = None
    languages: tuple[str, ...] = ("vi",)

    def within(self, language: str) -> str:
        """The path under a language."""
        return quote(self.path if language == "vi" else f"/{language}{self.path}")


Provider = Callable[[Session], Iterable[Address]]


def provide(app: App, provider: Provider) -> None:
    """Have `provider` asked for a room's pages each time a map is drawn."""
    _providers(app).append(provider)


def addresses(app: App, db: Session) -> list[Address]:
    """The pages of all rooms."""
    return list(chain.from_iterable(provider(db) for provider in _providers(app)))


def _providers(app: App) -> list[Provider]:
    found: list[Provider] = app.extensions.setdefault("site_map", [])
    return found
