"""Carries a message from intake through triage to a published answer."""
