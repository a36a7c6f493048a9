"""A fan chart: the middle course of several futures as lines, and the band of the first as an area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, BELOW, TOP = 480, 230, 46, 26, 10


@dataclass(frozen=True, slots=True)
class Course:
    """One future: name, and low, middle and high on each day told."""

    name: str
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class FanTick:
    """One mark of a scale."""

    at: int
    says: str


@dataclass(frozen=True, slots=True)
class FanLine:
    """The middle course of one future."""

    name: str
    points: str
    look: int
    """0 for the first, and so on: each has its own stroke."""
    last: FanTick
    """Where it ends, and at how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """The drawing."""

    title: str
    description: str
    area: str
    lines: tuple[FanLine, ...]
    numbers: tuple[FanTick, ...]
    days: tuple[FanTick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - 40


def fan(title: str, days: Sequence[str], courses: Sequence[Course]) -> Fan:
    """Courses over the same days, told in words too; `days` are named at their first and last and in between."""
    most = max((value for one in courses for value in one.high), default=1) or 1
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 50_000) if most <= 5 * n)
    top = -(-int(most + 0.999) // step) * step
    ground, right = HEIGHT - BELOW, WIDTH - 40

    def x(at: int) -> int:
        return LEFT + (right - LEFT) * at // max(1, len(days) - 1)

    def y(value: float) -> int:
        return round(ground - (ground - TOP) * value / top)

    def points(values: Sequence[float]) -> list[str]:
        return [f"{x(at)},{y(value)}" for at, value in enumerate(values)]

    first = courses[0]
    named = sorted({0, len(days) // 2, len(days) - 1})
    return Fan(
        title=title,
        description=" ".join(_says(one) for one in courses),
        area=" ".join([*points(first.high), *reversed(points(first.low))]),
        lines=tuple(
            FanLine(
                one.name,
                " ".join(points(one.middle)),
                at,
                FanTick(y(one.middle[-1]), f"{one.middle[-1]:,.0f}"),
            )
            for at, one in enumerate(courses)
        ),
        numbers=tuple(FanTick(y(at), f"{at:,}") for at in range(0, top + 1, step)),
        days=tuple(FanTick(x(at), days[at]) for at in named),
    )


def _says(one: Course) -> str:
    return (
        f"{one.name}: {one.middle[0]:,.0f} at first and {one.middle[-1]:,.0f} at last in the middle, "
        f"{one.low[-1]:,.0f} to {one.high[-1]:,.0f} in nine futures of ten."
    )
