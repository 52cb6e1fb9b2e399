"""Reports from the command line: `flask reports …`."""

import json
from datetime import date
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from portal import clock
from portal.commands import Commands
from portal.database import database
from portal.errors import PortalError
from portal.profile import profile
from reports import building, periods, wording
from reports.delivering import deliver, for_machines
from reports.errors import ReportRefused
from reports.joining import own_forms
from reports.record import Frozen

cli = Commands("reports", help="Báo cáo định kỳ.")


@cli.command("build")
@click.option("--kind", default="", help="Loại báo cáo: feedback.")
@click.option("--period", default="", help="Kỳ: 2026-Q4, 2026-11, 2026-H1, 2026-9M hoặc 2026.")
@click.option("--by", default="nd09", help="Cách tính kỳ: nd09 (15 đến 14) hoặc calendar.")
@click.option("--as-of", default=None, help="Ngày chốt số liệu, nếu chưa hết kỳ.")
@click.option("--out", default="", help="Thư mục để ghi các tệp.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả cho máy đọc.")
def build(  # noqa: PLR0917 # the options of one command
    kind: str,
    period: str,
    by: str,
    as_of: str | None,
    out: str,
    as_json: bool,  # noqa: FBT001 # a command-line flag
) -> None:
    """Count a period and write the workbook and the covering report."""
    try:
        if not out:
            raise ReportRefused("Hãy cho biết thư mục để ghi: --out THƯ_MỤC.")
        day = periods.parse_day(as_of) if as_of is not None else None
        frozen = _frozen(kind, period, by, day)
        files = deliver(Path(out), building.files(frozen))
    except PortalError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except SQLAlchemyError as error:
        raise click.ClickException(
            "Chưa đọc được cơ sở dữ liệu; hãy chạy make run trước."
        ) from error
    if as_json:
        told = for_machines(frozen, files)
        click.echo(json.dumps(told, ensure_ascii=False, sort_keys=True))
    else:
        click.echo(_said(frozen, files))


def _frozen(kind: str, period: str, by: str, as_of: date | None) -> Frozen:
    form = building.form_of(kind, own_forms())
    found = periods.parse(period, by)
    window = periods.window(found, as_of, clock.local_date(clock.now()))
    with database().read() as db:
        return building.build(db, kind=kind, window=window, form=form, profile=profile())


def _said(frozen: Frozen, files: list[Path]) -> str:
    found = frozen.figures
    names = ", ".join(str(path) for path in files)
    total = wording.number(found.total.values["tn_tong"])
    return f"{found.label}: {total} PAKN trong biểu {found.form.code}. Đã ghi {names}."
