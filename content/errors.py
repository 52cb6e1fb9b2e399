"""What the content room refuses, each with a sentence for the person who tried."""

from portal.errors import Gone, NotFound, RefusedInput


class BadFile(RefusedInput):
    """A file that cannot be taken in as a whole."""


class BadRecord(RefusedInput):
    """One line of an export that cannot be taken in; the others can."""


class NoSuchPage(NotFound):
    """There is no published page at this address."""


class Withdrawn(Gone):
    """There was a page here; its sentence says why it was taken away."""
