"""Opens the register of units to machines."""

from flask import Flask

from agencies import api


def join(app: Flask) -> None:
    app.register_blueprint(api.bp)
