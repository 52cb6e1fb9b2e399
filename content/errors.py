"""What the content room refuses, each with a sentence for the person who tried."""

from portal.errors import Gone, Moved, NotFound, RefusedInput

__all__ = ["BadFile", "BadRecord", "Moved", "NoSuchPage", "Withdrawn"]


class BadFile(RefusedInput):
    """A file that cannot be taken in as a whole."""


class BadRecord(RefusedInput):
    """One line of an export that cannot be taken in; the others can."""


class ImportRefused(RefusedInput):
    """What cannot be done with an import as it now stands."""


class NoSuchPage(NotFound):
    """There is no published page at this address."""


class Withdrawn(Gone):
    """There was a page here; its sentence says why it was taken away."""
