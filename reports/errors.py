"""What the reports room refuses, each with a sentence for the person who asked."""

from portal.errors import NotFound, RefusedInput


class ReportRefused(RefusedInput):
    """What was asked for cannot be reported."""


class BadPeriod(ReportRefused):
    """No period is written like this."""


class BadDay(ReportRefused):
    """The cut-off day makes no sense for the period."""


class BadForm(ReportRefused):
    """The description of a form contradicts itself."""


class CannotIssue(ReportRefused):
    """A report that is unfinished, or issued already."""


class NoReport(NotFound):
    """There is no such report, or no such cell in it."""
