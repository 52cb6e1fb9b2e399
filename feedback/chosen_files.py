"""Takes in the files chosen in the form, each in a short transaction of its own."""

from flask import request
from flask_babel import gettext as _

from feedback import waiting_files
from feedback.forms import FeedbackForm
from portal import clock
from portal.database import Database, database
from portal.files import keeping, sending
from portal.files.errors import FileRefused
from portal.keys import ring

DROPPED = ("drop", "remove")


def take(form: FeedbackForm) -> None:
    """Have what was chosen wait, drop what was taken out; refusals stand by the field.

    A file is looked at and drawn anew before the transaction begins, so that no other sending
    waits for a picture.
    """
    chosen = [file for file in request.files.getlist(form.files.name) if file.filename]
    dropped = [text for name in DROPPED for text in request.form.getlist(name)]
    nonce, said = form.nonce, []
    if not nonce or not (chosen or dropped):
        return
    store = database()
    _drop(store, nonce, dropped)
    for file in chosen:
        try:
            _keep(store, nonce, file.stream.read(waiting_files.LARGEST_BYTES + 1), file.filename)
        except FileRefused as refusal:
            name = (file.filename or "")[:60]
            said.append(_("%(name)s: %(why)s", name=name, why=refusal))
    if said:
        form.files.errors = [*form.files.errors, *said[: waiting_files.MOST_FILES]]


def _keep(store: Database, nonce: str, data: bytes, name: str | None) -> None:
    now = clock.now()
    address = ring().address(request.remote_addr or "", clock.local_date(now))
    with store.read() as db:
        waiting_files.check_room(db, nonce, address, len(data), now=now)
    with store.write() as db:
        limit = waiting_files.LARGEST_BYTES
        kept = keeping.keep(db, sending.cabinet(), data, name or "", limit=limit, now=now)
        waiting_files.add(db, nonce, address, kept, now=now)
        db.commit()


def _drop(store: Database, nonce: str, dropped: list[str]) -> None:
    numbers = [int(text) for text in dropped if text.isascii() and text.isdigit()]
    if not numbers:
        return
    with store.write() as db:
        for number in numbers[: waiting_files.MOST_FILES]:
            if number < waiting_files.LARGEST_ID:
                waiting_files.remove(db, nonce, number)
        db.commit()
