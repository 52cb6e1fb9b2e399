"""Named events by which rooms tell each other what happened, without knowing each other."""

from collections import defaultdict
from typing import Any, Protocol

from sqlalchemy.orm import Session


class Handler(Protocol):
    """Called at once, in the transaction of whoever emitted; an error undoes both."""

    def __call__(self, db: Session, **payload: Any) -> None: ...


_handlers: dict[str, list[Handler]] = defaultdict(list)


def connect(name: str, handler: Handler) -> None:
    """Have `handler` called for every event of this name; connecting twice changes nothing."""
    if handler not in _handlers[name]:
        _handlers[name].append(handler)


def emit(db: Session, name: str, **payload: Any) -> None:
    """Tell every subscriber, in the order in which they connected."""
    for handler in tuple(_handlers[name]):
        handler(db, **payload)
