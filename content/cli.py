"""Commands of the content room: take in the national export, load the starter library."""

import time
from pathlib import Path

import click
from flask import current_app

from content import library_loading
from content.dead_link_commands import check_links
from content.errors import BadFile
from content.import_commands import import_procedures
from content.instrument_commands import end_instrument
from portal import clock
from portal.commands import Commands
from portal.config import HOME
from portal.database import database

LIBRARY = HOME / "content" / "library"

cli = Commands("content", help="Nội dung: thủ tục, hướng dẫn, tin tức, trang giới thiệu.")
cli.add_command(end_instrument)
cli.add_command(check_links)
cli.add_command(import_procedures)


@cli.command("load-library")
@click.option("--folder", type=click.Path(path_type=Path), default=LIBRARY)
def load_library(folder: Path) -> None:
    """Nạp thư viện nội dung có sẵn; nạp lại không đổi gì."""
    with database().write() as db:
        try:
            loaded = library_loading.load(db, folder, now=clock.now())
        except BadFile as refusal:
            raise click.ClickException(str(refusal)) from refusal
        db.commit()
    click.echo(
        f"{loaded.procedures} thủ tục, {loaded.articles} bài; {loaded.changed} mục mới hoặc đổi."
    )
    _refresh_index()


def _refresh_index() -> None:
    """Bring search up to date at once; where a worker is at it, it does the rest."""
    from search_index import indexing

    started = time.monotonic()
    indexing.refresh(database(), current_app.extensions["portal"].settings.index)
    click.echo(f"Chỉ mục tìm kiếm: {time.monotonic() - started:.1f} giây.")
