"""Looking after the installation from the command line: `flask portal …`."""

import json

import click
from flask import current_app

from portal import digests, migrating
from portal.build import newest_migration
from portal.chain import Broken
from portal.commands import Commands
from portal.database import database
from portal.keys import ring
from portal.migrating import BadDatabase

cli = Commands("portal", help="Chăm sóc bản cài đặt.")


@cli.command("upgrade")
def upgrade() -> None:
    """Bring the database to this version."""
    try:
        ran = migrating.upgrade(database())
    except BadDatabase as reason:
        raise click.ClickException(str(reason)) from reason
    click.echo(f"Đã nâng cấp đến {newest_migration()}." if ran else "Cơ sở dữ liệu đã đúng bản.")


@cli.command("verify")
@click.option("--json", "as_json", is_flag=True, help="In kết quả cho máy đọc.")
def verify(as_json: bool) -> None:  # noqa: FBT001 # a command-line flag
    """Walk every chain of records and compare it with the daily lines."""
    folder = current_app.extensions["portal"].settings.digests
    with database().read() as db:
        try:
            lengths = digests.verify(db, folder, ring())
        except Broken as reason:
            raise click.ClickException(f"Sổ nhật ký không nguyên vẹn: {reason}") from reason
    total = sum(lengths.values())
    if as_json:
        click.echo(json.dumps({"chains": lengths, "links": total}, sort_keys=True))
    else:
        click.echo(f"Sổ nhật ký nguyên vẹn: {len(lengths)} chuỗi, {total} mắt xích.")
