"""The register from the command line: `flask agencies …`."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from agencies import contact_file, contacts, register
from portal import clock
from portal.commands import Commands
from portal.database import database
from portal.errors import PortalError
from portal.profile import profile

cli = Commands("agencies", help="Danh mục đơn vị.")


@cli.command("load")
@click.option("--json", "as_json", is_flag=True, help="Kết quả cho máy đọc.")
def load(*, as_json: bool) -> None:
    """Bring the shipped register of this tenant into the database."""
    with database().write() as db:
        try:
            done = register.load(db, profile().tenant, clock.now())
        except PortalError as refusal:
            raise click.ClickException(str(refusal)) from refusal
        db.commit()
    if as_json:
        click.echo(json.dumps(asdict(done)))
    else:
        said = f"thêm {done.created}, sửa {done.updated}, giữ nguyên {done.unchanged}"
        click.echo(f"Danh mục đơn vị: {said}.")


@cli.command("import-contacts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Kết quả cho máy đọc.")
def import_contacts(file: Path, *, as_json: bool) -> None:
    """Enter addresses, phones, hours from a CSV file; good lines count, bad ones are listed."""
    with database().write() as db:
        try:
            editor = contacts.Editor("flask agencies", clock.now())
            done = contact_file.read(db, editor, file.read_bytes())
        except PortalError as refusal:
            raise click.ClickException(str(refusal)) from refusal
        db.commit()
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False))
    else:
        click.echo(f"Liên hệ đơn vị: {done.changed} mục mới hoặc sửa, {done.unchanged} giữ nguyên.")
    for number, reason in done.refused:
        click.echo(f"Dòng {number}: {reason}.", err=True)
    if done.refused:
        raise click.ClickException(f"{len(done.refused)} dòng không nhận được.")


@cli.command("export-contacts")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_contacts(file: Path) -> None:
    """Write the contacts of today's units to a CSV file, to be filled in and imported."""
    with database().read() as db:
        file.write_bytes(contact_file.write(db, clock.local_date(clock.now())))
    click.echo(f"Đã ghi {file}.")


@cli.command("find")
@click.argument("text")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Ngày cần tra; mặc định hôm nay.")
@click.option("--json", "as_json", is_flag=True, help="Kết quả cho máy đọc.")
def find(text: str, day: datetime | None, *, as_json: bool) -> None:
    """Say which units a name stands for."""
    on = day.date() if day else clock.local_date(clock.now())
    with database().read() as db:
        found = register.find(db, text, on)
    if as_json:
        click.echo(json.dumps([asdict(unit) for unit in found], ensure_ascii=False))
    elif found:
        for unit in found:
            click.echo(f"{unit.code}\t{unit.name}\t{unit.level}\t{unit.parent or ''}")
    if not found:
        raise click.ClickException(f"Không có đơn vị nào tên «{text}» vào ngày {on:%d/%m/%Y}.")
