"""Commands of the content room: take in the national export, load the starter library."""

import json
import time
from pathlib import Path

import click
from flask import current_app

from content import importing, library_loading
from content.dead_link_commands import check_links
from content.errors import BadFile
from content.importing import Outcome
from content.instrument_commands import end_instrument
from portal import clock
from portal.commands import Commands
from portal.config import HOME
from portal.database import database
from portal.profile import profile

LIBRARY = HOME / "content" / "library"
ERRORS_SHOWN = 20
INDEX_APART = (
    "Trang đang chạy tự đưa vào tìm kiếm trong chốc lát; nếu trang đang tắt, hãy chạy "
    "flask index refresh."
)

cli = Commands("content", help="Nội dung: thủ tục, hướng dẫn, tin tức, trang giới thiệu.")
cli.add_command(end_instrument)
cli.add_command(check_links)


@cli.command("import-procedures")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Chỉ xem kết quả, không ghi gì.")
@click.option("--draft", is_flag=True, help="Nạp nhưng chưa công bố.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def import_procedures(file: Path, *, dry_run: bool, draft: bool, as_json: bool) -> None:
    """Nạp thủ tục từ tệp xuất của Cơ sở dữ liệu quốc gia (JSONL, JSONL.GZ hoặc CSV)."""
    started = time.monotonic()
    with database().write() as db:
        try:
            outcome = importing.import_procedures(
                db,
                file,
                now=clock.now(),
                serves=profile().is_local_or_national,
                draft=draft,
            )
        except BadFile as refusal:
            raise click.ClickException(str(refusal)) from refusal
        if not dry_run:
            db.commit()
    seconds = time.monotonic() - started
    if as_json:
        click.echo(json.dumps(outcome.as_json(), ensure_ascii=False))
    else:
        _say(outcome, seconds, dry_run=dry_run)
        if not dry_run and not draft:
            click.echo(INDEX_APART)
    if outcome.errors:
        raise SystemExit(1)


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


def _say(outcome: Outcome, seconds: float, *, dry_run: bool) -> None:
    for line, reason in outcome.errors[:ERRORS_SHOWN]:
        click.echo(f"Dòng {line}: {reason}", err=True)
    if outcome.rejected > ERRORS_SHOWN:
        click.echo(f"… và {outcome.rejected - ERRORS_SHOWN} dòng khác (xem bằng --json).", err=True)
    for finding in outcome.findings:
        click.echo(f"Lưu ý, dòng {finding.line}, mã {finding.code}: {finding.reason}")
    click.echo(
        f"{'Thử' if dry_run else 'Đã nạp'} {outcome.read} bản ghi: {outcome.created} mới, "
        f"{outcome.updated} đổi, {outcome.unchanged} như cũ, {outcome.rejected} không nhận; "
        f"{outcome.elsewhere} của tỉnh khác chỉ giữ để tham khảo; {seconds:.1f} giây."
    )


def _refresh_index() -> None:
    """Bring search up to date at once; where a worker is at it, it does the rest."""
    from search_index import indexing

    started = time.monotonic()
    indexing.refresh(database(), current_app.extensions["portal"].settings.index)
    click.echo(f"Chỉ mục tìm kiếm: {time.monotonic() - started:.1f} giây.")
