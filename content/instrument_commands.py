"""The register of legal instruments from the command line, and the daily look for ended ones."""

from datetime import datetime, timedelta

import click
from flask import Flask
from flask.cli import with_appcontext

from content import instruments
from portal import chores, clock
from portal.database import database
from portal.errors import PortalError
from portal.showing import local_day

LOOK_FOR_ENDED_EVERY = timedelta(hours=1)


@click.command("end-instrument")
@click.argument("number")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True,
              help="Ngày đầu tiên văn bản không còn hiệu lực.")  # fmt: skip
@click.option("--successor", default="", help="Số hiệu văn bản thay thế.")
@with_appcontext
def end_instrument(number: str, day: datetime, successor: str) -> None:
    """Ghi ngày một văn bản hết hiệu lực; trang nào trích dẫn thì thành việc cần kiểm tra."""
    with database().write() as db:
        try:
            row, pages = instruments.end(
                db, number, on=day.date(), successor=successor, now=clock.now()
            )
        except PortalError as refusal:
            raise click.ClickException(str(refusal)) from refusal
        db.commit()
        click.echo(
            f"{row.name} hết hiệu lực từ ngày {local_day(row.ended_on)}; "
            f"{pages} trang trích dẫn văn bản này."
        )


def join(app: Flask) -> None:
    def tell(now: datetime) -> None:
        with database().write() as db:
            instruments.tell(db, now)
            db.commit()

    chores.add(app, "ended instruments", LOOK_FOR_ENDED_EVERY, tell)
