"""The options of a choice in a form, as this version of WTForms wants them."""

from collections.abc import Iterable
from typing import Any

import wtforms


def options(pairs: Iterable[tuple[str, Any]]) -> list[Any]:
    """From (value sent, words shown); the words may be lazy translations."""
    made: Any = wtforms.SelectChoice  # type: ignore[attr-defined] # newer than the published types
    return [made(value=value, label=words) for value, words in pairs]
