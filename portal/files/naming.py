"""Cleans the names that files come with; a name is only ever shown, never used as a path."""

import re
import unicodedata

from portal.files.kinds import FileKind

LONGEST_NAME = 120
NO_NAME = "tep"
_PATH = re.compile(r"[/\\\u2215\u2044\u29f8\uff0f\uff3c]")
_FORBIDDEN = re.compile(r'[<>:"|?*%;`$&\']+')
_SPACE = re.compile(r"[\s_]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,5}$")


def clean_name(name: str, kind: FileKind) -> str:
    """A name to show and to save under: one line, no path, the ending that fits the kind.

    `..\\..\\Tờ khai.docm.PDF` becomes `Tờ khai.docm.pdf` only if it is a PDF, else with the ending
    of what it is.
    """
    last = _PATH.split(unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if c.isspace() else c for c in last if _is_shown(c))
    plain = _SPACE.sub(" ", _FORBIDDEN.sub(" ", seen)).strip(" .-")
    stem, suffix = plain, kind.suffix
    while found := _SUFFIX.search(stem):
        if found[0].lower() in kind.suffixes and stem == plain:
            suffix = found[0].lower()
        stem = stem[: found.start()].rstrip(" .")
    stem = stem[: LONGEST_NAME - len(suffix)].rstrip(" .") or NO_NAME
    return f"{'_' if _RESERVED.match(stem) else ''}{stem}{suffix}"


def _is_shown(letter: str) -> bool:
    """No control, format (bidi override, zero width), private, unassigned or half characters."""
    return letter.isspace() or not unicodedata.category(letter).startswith("C")
