"""Accounts from the command line: `flask staff …`."""

import click

from portal import clock
from portal.commands import Commands
from portal.database import database
from portal.errors import PortalError
from portal.staff import accounts
from portal.staff.models import Role

cli = Commands("staff", help="Tài khoản cán bộ.")


@cli.command("create")
@click.argument("username")
@click.argument("name")
@click.option("--role", "roles", multiple=True, type=click.Choice([r.value for r in Role]))
@click.option("--unit", "unit_code", default=None, help="Mã đơn vị; để trống là Trung tâm.")
def create(username: str, name: str, roles: tuple[str, ...], unit_code: str | None) -> None:
    """Make an account and print its first password."""
    with database().write() as db:
        try:
            account, password = accounts.create(
                db,
                username=username,
                name=name,
                roles=[Role(role) for role in roles],
                unit_code=unit_code,
                by="dòng lệnh",
                now=clock.now(),
            )
        except PortalError as refusal:
            raise click.ClickException(str(refusal)) from refusal
        db.commit()
    click.echo(f"Đã tạo {account.username}; mật khẩu dùng lần đầu: {password}")
