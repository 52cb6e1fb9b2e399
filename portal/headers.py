"""What every answer says to the browser: what it may load, keep, and tell others."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, g, request, url_for

from portal.config import SITE
from portal.languages import base

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
# What other sites' programs may read; only answers to GET carry these.
OPEN_TO_OTHER_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, X-Total-Count",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
TWO_YEARS = "max-age=63072000; includeSubDomains"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, max-age=0, must-revalidate"


def join(app: Flask, *, secure: bool) -> None:
    app.jinja_env.globals["asset"] = asset

    @app.after_request
    def complete(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers["Strict-Transport-Security"] = TWO_YEARS
        if request.endpoint == "static":
            response.headers["Cache-Control"] = FOREVER if request.args.get("v") else ASK_AGAIN
        elif _keep_nothing(response):
            response.headers["Cache-Control"] = "no-store"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = ASK_AGAIN
        return response


def asset(name: str) -> str:
    """The address of a file under site/static, with its fingerprint, the same in every language."""
    address = url_for("static", filename=name, v=_fingerprint(name))
    return base() + address.removeprefix(request.script_root)


@lru_cache(maxsize=256)
def _fingerprint(name: str) -> str:
    file: Path = SITE / "static" / name
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _keep_nothing(response: Response) -> bool:
    if request.method not in {"GET", "HEAD"} or request.path.startswith("/quan-tri"):
        return True
    if g.get("stamped"):
        return True
    return response.status_code not in {200, 206, 301, 304, 308}
