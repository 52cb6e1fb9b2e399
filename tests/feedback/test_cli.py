"""`flask feedback list` and `flask feedback verify`."""

import json

from flask import Flask
from sqlalchemy import update

from feedback.cli import cli
from feedback.models import CaseEvent
from tests.feedback.makers import a_case, answered


def _fill(app: Flask) -> str:
    portal = app.extensions["portal"]
    with app.app_context(), portal.database.write() as db:
        case = a_case(db, portal.ring)
        answered(db, a_case(db, portal.ring, text="Xong"), portal.ring)
        db.commit()
        return case.code


def test_open_cases_are_listed_without_their_senders(app: Flask) -> None:
    code = _fill(app)
    shown = app.test_cli_runner().invoke(cli, ["list"])
    assert shown.exit_code == 0
    assert code in shown.output
    assert shown.output.endswith("1 phản ánh.\n")
    assert "Bưởi" not in shown.output
    everything = app.test_cli_runner().invoke(cli, ["list", "--all", "--json"])
    assert len(json.loads(everything.output)) == 2


def test_a_whole_history_is_said_to_be_whole(app: Flask) -> None:
    _fill(app)
    shown = app.test_cli_runner().invoke(cli, ["verify"])
    assert (shown.exit_code, shown.output) == (0, "Lịch sử nguyên vẹn: 7 bước.\n")


def test_a_changed_history_is_exit_code_1(app: Flask) -> None:
    _fill(app)
    with app.extensions["portal"].database.write() as db:
        db.execute(update(CaseEvent).where(CaseEvent.id == 1).values(state="closed"))
        db.commit()
    shown = app.test_cli_runner().invoke(cli, ["verify"])
    assert shown.exit_code == 1
    assert "không còn nguyên vẹn" in shown.output
    as_json = app.test_cli_runner().invoke(cli, ["verify", "--json"])
    assert as_json.exit_code == 1
    assert json.loads(as_json.output)["ok"] is False
