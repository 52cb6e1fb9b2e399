"""Gives templates the words and the clean HTML of the content room."""

from flask import Flask, request
from markupsafe import Markup

from content import (
    api,
    dead_link_commands,
    article_views,
    feeds,
    forms_views,
    instrument_commands,
    instrument_views,
    labels,
    life_event_views,
    open_data,
    page_facts,
    rendering,
    site_map,
)
from portal.site_map import provide


def join(app: Flask) -> None:
    app.jinja_env.filters["imported_text"] = rendering.imported
    app.jinja_env.filters["article_text"] = article_text
    app.jinja_env.filters.update(xml_text=feeds.xml_text, xml_moment=feeds.xml_moment)
    app.jinja_env.filters["linked_json"] = page_facts.linked_json
    app.jinja_env.filters["iso_day"] = page_facts.iso_day
    app.jinja_env.globals.update(
        content_labels=labels,
        shown_version=page_facts.shown_version,
        last_changed_on=page_facts.last_changed_on,
        procedure_data=page_facts.procedure_data,
        article_data=page_facts.article_data,
        organisation_data=page_facts.organisation_data,
        breadcrumb_data=page_facts.breadcrumb_data,
    )
    for room in (
        api, article_views, feeds, forms_views, instrument_views, life_event_views, open_data,
        site_map,
    ):  # fmt: skip
        app.register_blueprint(room.bp)
    provide(app, site_map.addresses)
    provide(app, instrument_views.addresses)
    instrument_commands.join(app)
    dead_link_commands.join(app)


def article_text(text: str) -> Markup:
    """A text of ours as HTML; its links stay in the reader's language."""
    return rendering.article(text, root=request.script_root)
