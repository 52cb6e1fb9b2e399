"""Tells from an agency's name at which level it works, where nobody has recorded it."""

import re

from search_index.analysis import fold

# Only for the order of near equals: what is not recorded is never shown or filtered by.
_TELLING = (
    ("commune", r"\b(?:cap xa|xa|phuong|cap huyen|huyen)\b"),
    ("province", r"\b(?:cap tinh|tinh|so|chi cuc|thanh pho)\b"),
    ("ministry", r"^(?:bo|cuc|vu|tong cuc|thanh tra bo|uy ban chung khoan|ngan hang nha nuoc)\b"),
    ("abroad", r"\b(?:o nuoc ngoai|dai su quan|lanh su quan)\b"),
)


def likely_levels(agency: str) -> list[str]:
    """The levels an agency's name speaks of; none where it does not tell."""
    parts = [fold(part) for part in re.split(r"[,;]", agency)]
    return [level for level, words in _TELLING if any(re.search(words, part) for part in parts)]
