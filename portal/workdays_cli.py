"""The working-day calendar from the command line: `flask calendar …`, used when a notice comes."""

import json
from datetime import date, datetime

import click
from sqlalchemy import select

from portal import workdays
from portal.commands import Commands
from portal.database import database
from portal.errors import PortalError

cli = Commands("calendar", help="Lịch ngày làm việc.")

DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@cli.command("set")
@click.argument("day", type=DAY)
@click.option("--working/--off", required=True, default=None, help="Làm việc hay nghỉ.")
@click.option("--source", required=True, help="Văn bản, thông báo làm căn cứ.")
@click.option("--note", default="", help="Ghi chú, ví dụ: làm bù cho ngày nào.")
def set_day(day: datetime, source: str, note: str, *, working: bool) -> None:
    """Say whether a day is worked, and by which notice."""
    with database().write() as db:
        try:
            workdays.decide(db, day.date(), working=working, source=source, note=note)
        except PortalError as refusal:
            raise click.ClickException(str(refusal)) from refusal
        db.commit()
    click.echo(f"Ngày {day:%d/%m/%Y}: {_words(working=working)}.")


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="Kết quả cho máy đọc.")
def list_days(*, as_json: bool) -> None:
    """The days decided by notices entered here."""
    with database().read() as db:
        found = select(workdays.CalendarOverride).order_by(workdays.CalendarOverride.day)
        days = [(row.day, row.working, row.note, row.source) for row in db.scalars(found)]
    if as_json:
        click.echo(json.dumps([_as_data(*day) for day in days], ensure_ascii=False))
        return
    for day, working, note, source in days:
        click.echo(f"{day:%d/%m/%Y}\t{_words(working=working)}\t{note}\t{source}")
    click.echo(f"{len(days)} ngày đã ghi theo thông báo.")


def _as_data(day: date, working: bool, note: str, source: str) -> dict[str, object]:  # noqa: FBT001 # a row
    return {"day": day.isoformat(), "working": working, "note": note, "source": source}


def _words(*, working: bool) -> str:
    return "làm việc" if working else "nghỉ"
