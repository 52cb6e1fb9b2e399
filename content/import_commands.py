"""Takes files of the national database in from the command line, or has them looked at first."""

import json
import time
from pathlib import Path

import click
from flask.cli import with_appcontext

from content import import_applying, import_runs, import_work, importing
from content.errors import BadFile
from content.import_models import ImportRun, RunState
from content.importing import Outcome
from portal import clock
from portal.database import database
from portal.profile import profile

BY = "máy chủ"
LINES_SHOWN = 20
INDEX_APART = (
    "Trang đang chạy tự đưa vào tìm kiếm trong chốc lát; nếu trang đang tắt, hãy chạy "
    "flask index refresh."
)


@click.command("import-procedures")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help="Chỉ xem trước; quyết định ở bàn làm việc.")
@click.option("--partial", is_flag=True, help="Tệp chỉ là một phần: không kết luận gì về mã vắng.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem kết quả, không ghi gì.")
@click.option("--draft", is_flag=True, help="Nạp nhưng chưa công bố.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@with_appcontext
def import_procedures(
    file: Path, *, preview: bool, partial: bool, dry_run: bool, draft: bool, as_json: bool
) -> None:
    """Nạp thủ tục từ tệp của Cơ sở dữ liệu quốc gia (JSONL, JSONL.GZ, CSV hoặc XLSX)."""
    if preview:
        _look(file, partial=partial, as_json=as_json)
        return
    started = time.monotonic()
    outcome = _take(file, partial=partial, dry_run=dry_run, draft=draft)
    if as_json:
        click.echo(json.dumps(outcome.as_json(), ensure_ascii=False))
    else:
        _say(outcome, time.monotonic() - started, dry_run=dry_run)
        if not dry_run and not draft:
            click.echo(INDEX_APART)
    if outcome.errors:
        raise SystemExit(1)


def _take(file: Path, *, partial: bool, dry_run: bool, draft: bool) -> Outcome:
    """Take the file in, and leave to a person what it no longer names."""
    now, serves = clock.now(), profile().is_local_or_national
    with database().write() as db:
        try:
            outcome = importing.import_procedures(
                db, file, now=now, serves=serves, draft=draft, partial=partial
            )
        except BadFile as refusal:
            raise click.ClickException(str(refusal)) from refusal
        if not dry_run:
            run = import_runs.keep_applied(
                db, outcome, by=BY, file_name=file.name, now=now, partial=partial
            )
            import_applying.propose_withdrawals(db, run, now)
            db.commit()
    return outcome


def _look(file: Path, *, partial: bool, as_json: bool) -> None:
    store, now = database(), clock.now()
    with store.write() as db:
        run_id = import_runs.begin(db, by=BY, file_name=file.name, now=now, partial=partial).id
        db.commit()
    import_runs.preview(
        store,
        run_id,
        file,
        now=now,
        serves=profile().is_local_or_national,
        districts=import_work.has_districts(now),
    )
    with store.read() as db:
        run = db.get_one(ImportRun, run_id)
        counts = import_runs.counts(db, run)
    if run.state == RunState.FAILED:
        raise click.ClickException(run.problem)
    if as_json:
        click.echo(json.dumps({"run": run_id, **counts}))
        return
    click.echo(
        f"Đã xem trước {run.done} bản ghi: {counts['new']} mới, {counts['changed']} đổi, "
        f"{counts['beneath']} chỉ đổi ở nguồn, {counts['gone']} không còn, "
        f"{counts['unchanged']} như cũ, {counts['rejected']} không nhận. "
        f"Quyết định ở /quan-tri/nhap-thu-tuc/{run_id}."
    )


def _say(outcome: Outcome, seconds: float, *, dry_run: bool) -> None:
    for line, reason in outcome.errors[:LINES_SHOWN]:
        click.echo(f"Dòng {line}: {reason}", err=True)
    if outcome.rejected > LINES_SHOWN:
        click.echo(f"… và {outcome.rejected - LINES_SHOWN} dòng khác (xem bằng --json).", err=True)
    for finding in outcome.findings:
        click.echo(f"Lưu ý, dòng {finding.line}, mã {finding.code}: {finding.reason}")
    for one in outcome.gone[:LINES_SHOWN]:
        click.echo(f"Không còn trong nguồn: {one.code} {one.name}")
    if outcome.gone:
        click.echo(
            f"{len(outcome.gone)} thủ tục không còn trong nguồn; chưa gỡ gì, quyết định ở "
            "/quan-tri/nhap-thu-tuc."
        )
    click.echo(
        f"{'Thử' if dry_run else 'Đã nạp'} {outcome.read} bản ghi: {outcome.created} mới, "
        f"{outcome.updated} đổi, {outcome.unchanged} như cũ, {outcome.rejected} không nhận; "
        f"{outcome.elsewhere} của tỉnh khác chỉ giữ để tham khảo; {seconds:.1f} giây."
    )
