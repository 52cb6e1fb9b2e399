"""Joins all rooms into one application."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec

import click
from flask import Flask
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session
from werkzeug.middleware.proxy_fix import ProxyFix

import portal.cli
import portal.health
import portal.mail.joining
import portal.mail.views
import portal.staff.audit_views
import portal.staff.cli
import portal.staff.handing_over_views
import portal.staff.views
import portal.workdays_cli
from portal import (
    build,
    clock,
    commands,
    config,
    database,
    demonstration,
    errors,
    headers,
    housekeeping,
    keys,
    languages,
    multipart,
    revisions,
    showing,
)
from portal.keys import KeyRing
from portal.page_cache import PageCache
from portal.profile import Profile
from portal.profile import load as load_profile
from portal.staff import accounts
from portal.staff.models import Role
from portal.staff.sessions import DeskSessions

ROOMS = ("search_index", "agencies", "content", "feedback", "reports")
TABLES = (
    "portal.chain",
    "portal.chores",
    "portal.demonstration",
    "portal.files.models",
    "portal.limits",
    "portal.mail.models",
    "portal.revisions",
    "portal.staff.models",
    "portal.tasks",
    "portal.workdays",
    *(f"{room}.models" for room in ROOMS),
)
FIRST_ACCOUNT = "quantri"
LARGEST_REQUEST_BYTES = 2 * 1024 * 1024
LARGEST_FORM_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Portal:
    """What a running application carries, found at `app.extensions["portal"]`."""

    settings: config.Settings
    database: database.Database
    ring: KeyRing
    profile: Profile
    unit_choices: Callable[[Session], list[tuple[str, str]]]


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application for these settings, or for the environment's.

    Raises WrongSetting, KeyMissing or ValueError (unknown tenant), each with one sentence; a
    command line says the sentence and ends.
    """
    try:
        return _create_app(settings or config.read())
    except Exception as error:
        said = commands.sentence(error)
        if said is None or click.get_current_context(silent=True) is None:
            raise
        raise click.ClickException(said) from error


def _create_app(settings: config.Settings) -> Flask:
    app = Flask(
        "portal",
        template_folder=str(config.SITE / "templates"),
        static_folder=str(config.SITE / "static"),
    )
    store = database.Database(settings.database_url)
    ring = keys.load(settings.keys, create=settings.is_new)
    app.config.update(
        SECRET_KEY=ring.purposes["session"],
        SESSION_COOKIE_SECURE=settings.secure,
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM_BYTES,
        TRUSTED_HOSTS=settings.trusted_hosts,
        WTF_CSRF_TIME_LIMIT=None,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.extensions["portal"] = Portal(
        settings=settings,
        database=store,
        ring=ring,
        profile=load_profile(settings.tenant),
        unit_choices=_unit_choices,
    )
    app.session_interface = DeskSessions(store)
    _join_floor(app, settings)
    for room in ROOMS:
        _join_room(app, room)
    app.wsgi_app = PageCache(  # type: ignore[method-assign] # Flask's documented way to wrap
        app.wsgi_app, partial(_published, store), lambda: revisions.Committed.here
    )
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign] # Flask's documented way to wrap
    return app


def _join_floor(app: Flask, settings: config.Settings) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    database.join(app)
    errors.join(app)
    headers.join(app, secure=settings.secure)
    housekeeping.join(app, settings)
    portal.mail.joining.join(app, settings)
    languages.join(app, config.SITE)
    multipart.join()
    showing.join(app)
    app.register_blueprint(portal.health.bp)
    app.register_blueprint(portal.mail.views.bp)
    app.register_blueprint(portal.staff.views.bp)
    app.register_blueprint(portal.staff.audit_views.bp)
    app.register_blueprint(portal.staff.handing_over_views.bp)
    app.cli.add_command(portal.cli.cli)
    app.cli.add_command(portal.workdays_cli.cli)
    app.cli.add_command(portal.staff.cli.cli)
    app.jinja_env.globals.update(public_url=settings.public_url, csrf_token=generate_csrf)
    app.jinja_env.globals["csrf_token"] = generate_csrf

    @app.context_processor
    def frame() -> dict[str, object]:
        from portal.staff.access import current_staff

        found: Portal = app.extensions["portal"]
        return {
            "profile": found.profile,
            "staff": current_staff,
            "today": _today,
            "invented": demonstration.is_shown,
        }


def _published(store: database.Database) -> tuple[object, ...]:
    """What a public page can depend on besides its address: build, revisions, the local day."""
    with store.read() as db:
        return build.identity(), _today(), *revisions.current(db).values()


def know_all_tables() -> None:
    """Import every module that declares tables, so that the metadata is whole."""
    for module in TABLES:
        importlib.import_module(module)


def _today() -> object:
    return clock.local_date(clock.now())


def _join_room(app: Flask, room: str) -> None:
    for name, attribute in (("views", "bp"), ("desk", "bp"), ("cli", "cli"), ("joining", "join")):
        if find_spec(f"{room}.{name}") is None:
            continue
        found = getattr(importlib.import_module(f"{room}.{name}"), attribute)
        if attribute == "bp":
            app.register_blueprint(found)
        elif attribute == "cli":
            app.cli.add_command(found)
        else:
            found(app)


def _unit_choices(db: Session) -> list[tuple[str, str]]:
    from agencies import register

    return [(unit.code, unit.name) for unit in register.current(db, clock.local_date(clock.now()))]


def preparations(app: Flask) -> list[tuple[str, Callable[[], object]]]:
    """What a start on a new or changed build does once, with the words to print; in order."""
    from agencies import register
    from content import library_loading
    from search_index import indexing

    found: Portal = app.extensions["portal"]

    def load_units() -> None:
        with found.database.write() as db:
            register.load(db, found.settings.tenant, clock.now())
            db.commit()

    def load_library() -> None:
        with found.database.write() as db:
            library_loading.load(db, config.HOME / "content" / "library", now=clock.now())
            db.commit()

    return [
        ("danh mục đơn vị", load_units),
        ("thư viện nội dung", load_library),
        ("chỉ mục tìm kiếm", lambda: indexing.refresh(found.database, found.settings.index)),
        ("tài khoản đầu tiên", lambda: _first_account(found.database)),
    ]


def _first_account(store: database.Database) -> None:
    """One account with every role, its password printed here and nowhere else."""
    with store.write() as db:
        if accounts.everyone(db):
            return
        account, password = accounts.create(
            db,
            username=FIRST_ACCOUNT,
            name="Quản trị trang",
            roles=tuple(Role),
            by="lần khởi động đầu",
            now=clock.now(),
        )
        db.commit()
    print(
        f"\nTài khoản cán bộ: {account.username}\nMật khẩu dùng lần đầu: {password}\n"
        "(đăng nhập tại /quan-tri/, phải đổi ngay; mật khẩu này không được lưu ở đâu khác)\n",
        flush=True,
    )
