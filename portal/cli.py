"""Looking after the installation from the command line: `flask portal …`."""

import json

import click
from flask import current_app
from flask.sansio.app import App

from portal import clock, demonstration, digests, migrating
from portal.build import newest_migration
from portal.chain import Broken
from portal.commands import Commands
from portal.database import database
from portal.errors import PortalError
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


@cli.command("demo")
@click.option("--again", is_flag=True, help="Thêm một đợt phản ánh vào bản trình diễn đã có.")
def demo(*, again: bool) -> None:
    """Fill an empty site with an invented Centre, marked on every page; never a real one."""
    site: App = current_app._get_current_object()  # type: ignore[attr-defined] # the proxied app
    now = clock.now()
    with database().write() as db:
        try:
            batch = demonstration.begin(site, db, now, again=again)
        except PortalError as refusal:
            raise click.ClickException(str(refusal)) from refusal
        units = tuple(code for code, _name in site.extensions["portal"].unit_choices(db))
        passwords = demonstration.people(db, units[-1] if units else None, now)
        stage = demonstration.stage(db, ring(), units, batch, now)
        for line in demonstration.fill(site, db, stage):
            click.echo(line)
        db.commit()
    for username, password in passwords.items():
        click.echo(f"{username}\t{password}")
    if passwords:
        click.echo("Mật khẩu chỉ in ra lần này; đăng nhập tại /quan-tri/ rồi đổi.")
    click.echo("Mọi trang mang dòng «Dữ liệu giả định để trình diễn» và không vào máy tìm kiếm.")


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
