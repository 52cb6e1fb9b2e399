"""Reads forms with files without losing an empty field where two pieces of the request meet."""

from werkzeug import formparser
from werkzeug.sansio.multipart import NEED_DATA, Event, MultipartDecoder, State

# Line break, two dashes, the boundary, two dashes more, line break.
AROUND_A_BOUNDARY = 8


class PatientDecoder(MultipartDecoder):
    """Waits for enough of a part to tell whether it is empty.

    Werkzeug 3.1.9 reads in pieces of 64 KB. Where one ends within the boundary behind an empty
    field, the field gets the next one's head and text, and the next one is gone.
    """

    def next_event(self) -> Event:
        enough = len(self.buffer) > len(self.boundary) + AROUND_A_BOUNDARY
        if self.state == State.DATA_START and not (self.complete or enough):
            return NEED_DATA
        return super().next_event()


def join() -> None:
    formparser.MultipartDecoder = PatientDecoder  # type: ignore[attr-defined] # the one place it is made
