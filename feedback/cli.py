"""Cases from the command line: `flask feedback …`."""

import json
from datetime import datetime

import click
from sqlalchemy import select

from feedback import verifying
from feedback.models import Case
from feedback.states import OPEN, STATE_LABELS, State
from portal import clock
from portal.chain import Broken
from portal.commands import Commands
from portal.database import database
from portal.keys import ring
from portal.showing import local_day

cli = Commands("feedback", help="Phản ánh, kiến nghị.")


@cli.command("list")
@click.option("--all", "everything", is_flag=True, help="Cả những phản ánh đã xong.")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
def list_cases(*, everything: bool, as_json: bool) -> None:
    """List the cases that are open, what is due first on top; nothing of who sent them."""
    wanted = select(Case).order_by(Case.due_on.asc().nulls_last(), Case.id)
    if not everything:
        wanted = wanted.where(Case.state.in_(sorted(OPEN)))
    with database().read() as db:
        found = [_line(case) for case in db.scalars(wanted)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for line in found:
        click.echo("  ".join((line["code"], line["due_on"] or "không hạn", line["state_label"])))
    click.echo(f"{len(found)} phản ánh.")


@cli.command("verify")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
def verify(*, as_json: bool) -> None:
    """Check that no past step was changed; exit code 1 where one was."""
    try:
        with database().read() as db:
            steps, fault = verifying.verify(db, ring()), ""
    except Broken as broken:
        steps, fault = 0, str(broken)
    if as_json:
        click.echo(json.dumps({"events": steps, "ok": not fault, "fault": fault}))
    elif not fault:
        click.echo(f"Lịch sử nguyên vẹn: {steps} bước.")
    if fault and not as_json:
        raise click.ClickException(f"Lịch sử không còn nguyên vẹn. {fault}")
    if fault:
        raise SystemExit(1)


def _line(case: Case) -> dict[str, str]:
    received: datetime = case.received_at
    return {
        "code": case.code,
        "kind": case.kind,
        "state": case.state,
        "state_label": str(STATE_LABELS[State(case.state)]),
        "received_on": local_day(clock.local_date(received)),
        "due_on": local_day(case.due_on),
    }
