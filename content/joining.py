"""Gives templates the words and the clean HTML of the content room."""

from functools import partial

from flask import Flask, g, request
from markupsafe import Markup

from content import (
    api,
    article_views,
    dead_link_commands,
    demo,
    feeds,
    forms_views,
    import_desk,
    import_work,
    instrument_commands,
    instrument_desk,
    instrument_views,
    labels,
    life_event_views,
    open_data,
    page_facts,
    part_labels,
    procedure_views,
    rendering,
    site_map,
)
from content.editorial import by_the_clock, desk_joining, editing, media, media_views
from content.publishing import PUBLISHED_EVENT
from portal import demonstration, events
from portal.database import session
from portal.languages import base
from portal.site_map import provide

BEFORE_PUBLICATION = "/quan-tri/noi-dung"


def join(app: Flask) -> None:
    app.jinja_env.filters["imported_text"] = rendering.imported
    app.jinja_env.filters["article_text"] = article_text
    app.jinja_env.filters.update(xml_text=feeds.xml_text, xml_moment=feeds.xml_moment)
    app.jinja_env.filters["linked_json"] = page_facts.linked_json
    app.jinja_env.filters["iso_day"] = page_facts.iso_day
    app.jinja_env.globals.update(
        content_labels=labels,
        content_parts=part_labels,
        shown_version=page_facts.shown_version,
        last_changed_on=page_facts.last_changed_on,
        procedure_data=page_facts.procedure_data,
        article_data=page_facts.article_data,
        organisation_data=page_facts.organisation_data,
        breadcrumb_data=page_facts.breadcrumb_data,
    )
    for room in (
        api, article_views, feeds, forms_views, instrument_desk, instrument_views, life_event_views,
        open_data, procedure_views, site_map,
    ):  # fmt: skip
        app.register_blueprint(room.bp)
    app.register_blueprint(editing.bp)
    desk_joining.join(app)
    by_the_clock.join(app)
    app.register_blueprint(import_desk.bp)
    import_work.join(app)
    app.register_blueprint(media_views.bp)
    events.connect(PUBLISHED_EVENT, media.note_published)
    provide(app, site_map.addresses)
    provide(app, instrument_views.addresses)
    instrument_commands.join(app)
    demonstration.provide(app, demo.fill)
    dead_link_commands.join(app)


def article_text(text: str) -> Markup:
    """A text of ours as HTML; its links stay in the reader's language.

    Before publication its pictures are shown to staff alone, from an address of the desk, and to
    an outside expert from below the expert's link.
    """
    is_public = not (g.get("preview") or request.path.startswith("/quan-tri"))
    return rendering.article(
        text,
        root=request.script_root,
        files=base() + ("" if is_public else g.get("files_at", BEFORE_PUBLICATION)),
        sizes=partial(media.size_of, session()),
    )
