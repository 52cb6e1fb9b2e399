"""Turns a period and the cases behind it into figures, a form, a report and a lasting record."""
