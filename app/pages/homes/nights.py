"""Vacancies as a calendar that reads at a glance, and as a strip of nights in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from app.pages.words import counted, short_day


@dataclass(frozen=True, slots=True)
class Night:
    """One cell of a calendar."""

    day: str
    says: str
    look: str
    """free, full or shut: its colour; the words say the same."""


@dataclass(frozen=True, slots=True)
class Week:
    """One row of a calendar, Monday first; None before the first night."""

    starts: str
    nights: tuple[Night | None, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Nights in a row that are alike, in a strip."""

    x: int
    width: int
    look: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The nights ahead as a drawing one line high."""

    says: str
    width: int
    runs: tuple[Run, ...]


_STEP = 6
"""Width of one night in a strip."""


def calendar(first: date, free: Sequence[int | None]) -> tuple[Week, ...]:
    """The nights from a day, week by week."""
    before = first.weekday()
    cells: list[Night | None] = [None] * before
    cells += [_night(first + timedelta(days=n), beds) for n, beds in enumerate(free)]
    cells += [None] * (-len(cells) % 7)
    monday = first - timedelta(days=before)
    return tuple(
        Week(f"{short_day(monday + timedelta(days=at))[4:]}", tuple(cells[at : at + 7]))
        for at in range(0, len(cells), 7)
    )


def _night(day: date, beds: int | None) -> Night:
    if beds is None:
        return Night(str(day.day), "not available", "shut")
    if beds > 0:
        return Night(str(day.day), f"{beds} free", "free")
    return Night(str(day.day), "full" if beds == 0 else f"{-beds} too many", "full")


def strip(first: date, free: Sequence[int]) -> Strip:
    """The nights from a day in one line, with the words for those who do not see it."""
    runs, at = [], 0
    for is_free, group in groupby(free, key=lambda beds: beds > 0):
        length = len(list(group))
        runs.append(Run(at * _STEP, length * _STEP, "free" if is_free else "full"))
        at += length
    return Strip(in_words(first, free), len(free) * _STEP, tuple(runs))


def in_words(first: date, free: Sequence[int]) -> str:
    """What is free when: tonight, or from which night on, and for how many of the nights looked at."""
    nights = sum(1 for beds in free if beds > 0)
    if not nights:
        return f"no bed free in {counted(len(free), 'night')}"
    at = next(n for n, beds in enumerate(free) if beds > 0)
    start = "tonight" if at == 0 else f"from {short_day(first + timedelta(days=at))}"
    how_long = "and every night after" if all(beds > 0 for beds in free[at:]) else f"{nights} of {len(free)} nights"
    return f"{counted(free[at], 'bed')} free {start}, {how_long}"
