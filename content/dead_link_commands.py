"""The look at outside links from the command line, and by itself through the day."""

import json
from datetime import datetime, timedelta
from threading import Lock, Thread
from urllib.parse import urlsplit

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from content import dead_links
from portal import chores, clock
from portal.database import database
from portal.fetching import Fetcher
from portal.showing import local_day

LOOK_EVERY = timedelta(minutes=15)


@click.command("check-links")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@with_appcontext
def check_links(*, as_json: bool) -> None:
    """Thử các liên kết ra ngoài trang đã đến lượt; ba ngày liền hỏng thì thành việc cần sửa."""
    store = database()
    done = dead_links.look(store, Fetcher(), own_host=_own_host(), now=clock.now(), at_once=None)
    with store.read() as db:
        listed = [
            {
                "url": link.url,
                "status": link.status,
                "trouble": link.trouble,
                "days": link.failed_days,
                "since": local_day(link.first_failed_at),
            }
            for link in dead_links.troubled(db)
        ]
    if as_json:
        counts = {"links": done.links, "checked": done.checked, "way_out": done.way_out}
        click.echo(json.dumps({**counts, "troubled": listed}, ensure_ascii=False))
        return
    for link in listed:
        click.echo(f"{link['url']}: {link['trouble']}, {link['days']} ngày, từ {link['since']}")
    click.echo(
        f"{done.links} liên kết ra ngoài, thử {done.checked}, {done.troubled} không mở được, "
        f"{done.dead} hỏng từ {dead_links.DEAD_AFTER_DAYS} ngày."
    )
    if not done.way_out:
        click.echo("Không trang nào trả lời: máy này không ra được mạng, nên không ghi gì.")


def join(app: Flask) -> None:
    """The look takes minutes, and the worker has more to do: it has a thread of its own."""
    if not app.extensions["portal"].settings.outside_links:
        return
    looking = Lock()

    def look(now: datetime) -> None:
        store, host = database(), _own_host()

        def one_round() -> None:
            with looking:
                try:
                    dead_links.look(store, Fetcher(), own_host=host, now=now)
                except Exception:
                    app.logger.exception("outside links could not be looked at")

        if not looking.locked():
            Thread(target=one_round, name="outside links", daemon=True).start()

    chores.add(app, "outside links", LOOK_EVERY, look)


def _own_host() -> str:
    settings = current_app.extensions["portal"].settings
    return urlsplit(settings.public_url).hostname or ""
