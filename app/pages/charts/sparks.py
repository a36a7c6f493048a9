"""A row of small bars, one for each month, for a measure that is told month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT, STEP, GAP = 40, 16, 3


@dataclass(frozen=True, slots=True)
class SparkBar:
    """One month."""

    x: int
    y: int
    height: int
    known: bool


@dataclass(frozen=True, slots=True)
class Spark:
    """The months, the oldest first."""

    description: str
    width: int
    bars: tuple[SparkBar, ...]
    bar: int = STEP - GAP
    height: int = HEIGHT


def spark(numbers: Sequence[float | None], description: str) -> Spark:
    """Bars as high as the numbers are beside the greatest; a month that is not told is a mark on the ground."""
    most = max((one for one in numbers if one is not None), default=0) or 1
    return Spark(
        description,
        STEP * len(numbers),
        tuple(_bar(at, number, most) for at, number in enumerate(numbers)),
    )


def _bar(at: int, number: float | None, most: float) -> SparkBar:
    if number is None:
        return SparkBar(at * STEP, HEIGHT - 2, 2, known=False)
    height = max(1, round(HEIGHT * number / most)) if number > 0 else 1
    return SparkBar(at * STEP, HEIGHT - height, height, known=True)
