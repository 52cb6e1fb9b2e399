"""A command on an installation that is not whole ends with one sentence and no traceback."""

from dataclasses import replace
from pathlib import Path

import click
import pytest
from flask import Flask
from flask.cli import FlaskGroup, ScriptInfo

from portal.commands import sentence
from portal.config import Settings
from portal.factory import create_app

COMMANDS = [
    ["content", "import-procedures", "{file}"],
    ["index", "rebuild"],
    ["reports", "build", "--kind", "feedback", "--period", "2026-Q3", "--out", "{folder}"],
    ["feedback", "list"],
    ["staff", "list"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_without_a_prepared_database_a_command_says_what_to_do(
    settings: Settings, tmp_path: Path, command: list[str]
) -> None:
    file = tmp_path / "national.csv"
    file.write_text("code,name\n1.000001,Một thủ tục\n", "utf-8")
    bare = create_app(settings)
    words = [word.format(file=file, folder=tmp_path / "out") for word in command]
    outcome = bare.test_cli_runner().invoke(args=words)
    bare.extensions["portal"].database.dispose()
    assert outcome.exit_code in {1, 2}, outcome.output
    assert isinstance(outcome.exception, SystemExit)
    assert "Traceback" not in outcome.output


def test_the_sentence_about_an_unprepared_database_names_the_way_out(settings: Settings) -> None:
    bare = create_app(settings)
    outcome = bare.test_cli_runner().invoke(args=["index", "rebuild"])
    bare.extensions["portal"].database.dispose()
    assert outcome.exit_code == 1
    assert "flask portal upgrade" in outcome.output
    assert "SELECT" not in outcome.output


def test_a_wrong_setting_is_one_sentence_on_the_command_line(settings: Settings) -> None:
    def wrong() -> Flask:
        return create_app(replace(settings, tenant="hanoi"))

    group = FlaskGroup(create_app=wrong)
    with pytest.raises(click.ClickException, match="TENANT «hanoi»"):
        group.main(["index", "rebuild"], obj=ScriptInfo(create_app=wrong), standalone_mode=False)


def test_what_nobody_expected_keeps_its_traceback() -> None:
    assert sentence(KeyError("x")) is None
