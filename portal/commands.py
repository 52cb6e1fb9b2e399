"""What a start or a command says when the site cannot be opened: one sentence, no more."""

import click
from flask.cli import AppGroup


class Commands(AppGroup):
    """A group of commands that ends with a sentence where the installation is at fault."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            # A wrong value inside a command is our own mistake and keeps its traceback.
            said = None if isinstance(error, ValueError) else sentence(error)
            if said is None:
                raise
            raise click.ClickException(said) from error


def sentence(error: Exception) -> str | None:
    """What to say about something that can reasonably go wrong on a machine, else None."""
    # Imported here alone, since a start without trouble needs none of it.
    from sqlalchemy.exc import SQLAlchemyError

    from portal.config import WrongSetting
    from portal.errors import PortalError
    from portal.keys import KeyMissing
    from portal.migrating import BadDatabase

    if isinstance(error, KeyMissing | BadDatabase | PortalError | WrongSetting | ValueError):
        return str(error)
    if isinstance(error, SQLAlchemyError):
        return _about_database(error)
    if isinstance(error, OSError | ImportError):
        return f"thiếu tệp hoặc thư viện hệ thống, hoặc không có quyền dùng: {error}"
    return None


def _about_database(error: Exception) -> str:
    """The driver's first line; never the statement, whose values may be somebody's data."""
    cause = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
    if "no such table" in cause or ("relation" in cause and "does not exist" in cause):
        return (
            "cơ sở dữ liệu này chưa được chuẩn bị cho phiên bản đang dùng; hãy khởi động trang một "
            "lần bằng make run, hoặc chạy flask portal upgrade."
        )
    return f"không mở được cơ sở dữ liệu: {cause}"
