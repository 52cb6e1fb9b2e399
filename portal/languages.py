"""Vietnamese first, English under /en/: the prefix is taken off before routing."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Flask, has_request_context, request
from flask_babel import Babel
from werkzeug.wsgi import get_path_info

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DEFAULT = "vi"
OTHERS = ("en",)
KEY = "portal.language"
IN_A_QUERY = "%=&+-._~!$'()*,;:@/?"
PUBLIC_ONLY = ("/quan-tri", "/static", "/api/")


class LanguagePrefix:
    """Moves /en from the path into SCRIPT_NAME, so that every url_for keeps the language."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path = get_path_info(environ)
        for name in OTHERS:
            rest = path.removeprefix(f"/{name}")
            if path != rest and rest[:1] in {"", "/"} and not rest.startswith(PUBLIC_ONLY):
                environ[KEY] = name
                environ["portal.base"] = environ.get("SCRIPT_NAME", "")
                environ["SCRIPT_NAME"] = environ["portal.base"] + f"/{name}"
                environ["PATH_INFO"] = (rest or "/").encode().decode("latin-1")
                break
        return self.app(environ, start_response)


def language() -> str:
    """The language of this request: "vi" or "en"."""
    return request.environ.get(KEY, DEFAULT) if has_request_context() else DEFAULT


def prefix_of(name: str) -> str:
    """What stands before every address in this language: "/en", or nothing."""
    return f"/{name}" if name in OTHERS else ""


def base() -> str:
    """The path before the language prefix, for addresses that have no language."""
    return str(request.environ.get("portal.base", request.script_root))


def in_language(name: str) -> str:
    """The path and query of this page in another language."""
    prefix = "" if name == DEFAULT else f"/{name}"
    query = f"?{quote(request.query_string, safe=IN_A_QUERY)}" if request.query_string else ""
    return f"{base()}{prefix}{quote(request.path)}{query}"


def join(app: Flask, site: Path) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(site / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Ho_Chi_Minh"
    Babel(app, locale_selector=language)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign] # Flask's documented way to wrap

    @app.context_processor
    def words() -> dict[str, Any]:
        if not has_request_context():
            return {"lang": DEFAULT}
        other = "en" if language() == DEFAULT else DEFAULT
        return {
            "lang": language(),
            "other_language_url": in_language(other),
            "this_path": quote(request.path),
        }
