"""Long lists in pages, numbered from 1."""

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Page:
    """Where we are in a list of `total` entries, `size` to a page."""

    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, ceil(self.total / self.size))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


def paginate(total: int, number: int | str | None, size: int) -> Page:
    """The page asked for; nonsense and numbers outside the list lead to the nearest page."""
    try:
        wanted = int(number or 1)
    except ValueError:
        wanted = 1
    last = max(1, ceil(total / size))
    return Page(number=min(max(1, wanted), last), size=size, total=total)
