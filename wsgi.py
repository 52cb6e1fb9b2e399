"""The door the web server knocks on."""

from portal.factory import create_app

app = create_app()
