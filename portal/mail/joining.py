"""Has the worker carry letters, by the mail server of the settings or into a folder."""

from datetime import datetime, timedelta

from flask import Flask

from portal import chores
from portal.config import Settings
from portal.database import database
from portal.keys import ring
from portal.mail import outbox
from portal.mail.carriers import Carrier, FolderCarrier, MailServer
from portal.profile import profile


def carrier_for(settings: Settings) -> Carrier:
    if settings.smtp:
        return MailServer(settings.smtp, settings.mail_from)
    return FolderCarrier(settings.outbox, settings.mail_from)


def join(app: Flask, settings: Settings) -> None:
    carriers = {outbox.EMAIL: carrier_for(settings)}

    def carry(now: datetime) -> None:
        outbox.carry_due(
            database(),
            carriers,
            ring=ring(),
            sender_name=profile().organisation.name_for("vi"),
            now=now,
        )

    chores.add(app, "mail", timedelta(seconds=2), carry)
