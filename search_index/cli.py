"""Making, bringing up to date and measuring the search index: `flask index …`."""

import json
from datetime import datetime
from pathlib import Path

import click
from flask import current_app

from portal.commands import Commands
from portal.database import database
from search_index import evaluation, indexing, settling
from search_index.indexing import Outcome
from search_index.searching import Engine

cli = Commands("index", help="Chỉ mục tìm kiếm.")


def _folder() -> Path:
    folder: Path = current_app.extensions["portal"].settings.index
    return folder


def _say(done: Outcome) -> None:
    if done.skipped:
        raise click.ClickException("Một tiến trình khác đang cập nhật chỉ mục này.")
    verb = "Đã lập lại" if done.rebuilt else "Đã cập nhật"
    click.echo(
        f"{verb} chỉ mục: {done.documents} trang, {done.changed} thay đổi, "
        f"phiên bản {done.revision}, {done.seconds:.1f} giây."
    )


@cli.command("rebuild")
def rebuild() -> None:
    """Make the index anew beside the old one, then put it in force."""
    _say(indexing.rebuild(database(), _folder()))


@cli.command("refresh")
def refresh() -> None:
    """Index what was published since the last run."""
    _say(indexing.refresh(database(), _folder()))


@cli.command("evaluate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def evaluate(file: Path, *, as_json: bool) -> None:
    """Measure search on a file of judged queries."""
    try:
        queries = evaluation.read(file)
    except evaluation.BadQueries as refusal:
        raise click.ClickException(str(refusal)) from refusal
    engine: Engine = current_app.extensions["search"]
    ranker = engine.ranker()
    if ranker is None:
        raise click.ClickException("Chưa có chỉ mục dùng được: hãy chạy flask index rebuild.")
    with database().read() as db:
        report = evaluation.evaluate(db, ranker, queries)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    click.echo(f"{'loại câu hỏi':<22}{'số câu':>8}{'R@1':>8}{'R@10':>8}{'MRR':>8}")
    for kind, found in report.kinds.items():
        click.echo(f"{kind:<22}{found.n:>8}{found.r1:>8.3f}{found.r10:>8.3f}{found.mrr:>8.3f}")
    times = ", ".join(f"{name} {value} ms" for name, value in report.latency_ms.items())
    click.echo(f"Thời gian: {times}. Bỏ qua {report.left_out} câu không có trang trả lời.")


@cli.command("figures")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Từ ngày.")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Đến ngày.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def figures(since: datetime, until: datetime, *, as_json: bool) -> None:
    """Counts of searches in a period, for the report on the website."""
    if since > until:
        raise click.ClickException("Ngày đầu của kỳ phải trước ngày cuối.")
    with database().read() as db:
        counted = settling.figures(db, since.date(), until.date())
    told = {**vars(counted.totals), "nothing_share": counted.nothing_share}
    if as_json:
        click.echo(json.dumps(told | {"terms": counted.terms}, ensure_ascii=False))
        return
    totals = counted.totals
    click.echo(
        f"{totals.searches} lượt tìm từ {totals.askers} nơi, {counted.nothing_share} % không thấy "
        f"gì, {totals.repaired} lượt đã sửa lỗi gõ, {totals.clicks} lượt mở kết quả."
    )
