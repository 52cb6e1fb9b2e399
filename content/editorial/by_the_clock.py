"""What happens at the editing desk by itself, and what it answers when somebody leaves."""

from datetime import datetime, timedelta

from flask import Flask

from content.editorial import handing_over, reviewing, scheduling
from portal import chores, events
from portal.database import database
from portal.staff.accounts import HANDED_OVER, OPEN_WORK

LOOK_FOR_DUE_EVERY = timedelta(seconds=1)


def join(app: Flask) -> None:
    def publish(now: datetime) -> None:
        scheduling.publish_due(database(), now)
        scheduling.unpublish_due(database(), now)

    def review(now: datetime) -> None:
        with database().write() as db:
            reviewing.look(db, now)
            db.commit()

    chores.add(app, "scheduled pages", LOOK_FOR_DUE_EVERY, publish)
    chores.add(app, "pages to review", reviewing.LOOK_EVERY, review)
    events.connect(OPEN_WORK, handing_over.tell)
    events.connect(HANDED_OVER, handing_over.handed_over)
