"""Bars for one row of numbers, measured here so that the template only writes them down."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 240
TOP, BOTTOM = 28, 32
GAP = 0.35


@dataclass(frozen=True)
class Bar:
    """One bar in whole units of the picture; `middle` is where its label is centred."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    label: str
    value: int


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    floor: int
    bars: tuple[Bar, ...]


def bars(values: Sequence[tuple[str, int]], places: int) -> Chart:
    """A chart with room for `places` bars, the highest as high as the picture allows."""
    floor, step = HEIGHT - BOTTOM, WIDTH // max(places, len(values), 1)
    highest = max((value for _label, value in values), default=0) or 1
    width = round(step * (1 - GAP))
    made = []
    for number, (label, value) in enumerate(values):
        height = value * (floor - TOP) // highest
        if value and not height:
            height = 1
        x = number * step + (step - width) // 2
        made.append(Bar(x, floor - height, width, height, x + width // 2, label, value))
    return Chart(WIDTH, HEIGHT, floor, tuple(made))
