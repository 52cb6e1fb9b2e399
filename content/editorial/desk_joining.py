"""Opens the doors of the editorial desk."""

from flask import Flask

from content.editorial import (
    desk,
    draft_desk,
    expert_desk,
    expert_views,
    page_desk,
    version_desk,
)


def join(app: Flask) -> None:
    for room in (desk, draft_desk, expert_desk, expert_views, page_desk, version_desk):
        app.register_blueprint(room.bp)
