"""What a measure is: its sentence, unit, statutory meaning and sources, and how its value on a month is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from matching.homes import Home
from matching.people import Child, SiblingGroup
from matching.placements import Placement
from matching.sufficiency.measures.lines import Line, Lived, Source
from matching.values import AuthorityCode, ChildId


class Unit(StrEnum):
    """What a value counts."""

    CHILDREN = "children"
    PER_TEN_THOUSAND = "children per 10,000 aged 0 to 17"
    PER_CENT = "per cent"
    DAYS = "days"
    NIGHTS = "bed-nights"
    HOUSEHOLDS = "households"
    BEDS = "beds"
    MOVES = "moves"
    YOUNG_PEOPLE = "young people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A measure in one month: a number, or why there is none. A number that was not computed is never shown as nought."""

    number: float | None = None
    of: int | None = None
    """What it is out of: the denominator, in children, placements or nights."""
    count: int | None = None
    """The numerator of a share."""
    note: str | None = None
    """What was left out of the number and why, or why there is no number."""


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, as far as it has gone on the day looked from."""

    first: date
    last: date
    """The last day of the month, or the day looked from in the month that it lies in."""
    whole: bool

    @property
    def year_before(self) -> date:
        """The first day of the twelve months that end on the last day."""
        return self.last - timedelta(days=365 - 1)


@dataclass(frozen=True)
class Measured:
    """Everything that measures are read from, for one source."""

    source: Source
    as_of: date
    area: AuthorityCode | None
    lines: Sequence[Line]
    known_from: date
    """Before this day the source says too little."""
    known_until: date
    population: int | None = None
    """Children aged 0 to 17 who live in the area, when somebody gave the number."""
    children: Mapping[ChildId, Child] = field(default_factory=dict)
    groups: Sequence[SiblingGroup] = ()
    homes: Sequence[Home] = ()
    placements: Sequence[Placement] = ()
    """The authority's own; empty when the source is returns."""

    @cached_property
    def _kept(self) -> dict[date, tuple[Line, ...]]:
        return {}

    def in_care(self, night: date) -> tuple[Line, ...]:
        """Children looked after on a night; kept, for many measures ask."""
        if night not in self._kept:
            self._kept[night] = tuple(line for line in self.lines if line.in_care(night))
        return self._kept[night]

    def placed(self, night: date) -> Iterator[tuple[Line, Lived]]:
        """Children looked after on a night with the placement they live in; those without one are left out."""
        for line in self.in_care(night):
            lived = line.placement(night)
            if lived is not None:
                yield line, lived


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure."""

    id: str
    name: str
    says: str
    """The definition: what is counted, on which day or over which days."""
    unit: Unit
    statutory: str
    """What it is in statute or guidance, or that it is local; '(memory)' where nobody checked it against the text."""
    sources: frozenset[Source] = frozenset(Source)
    back_days: int = 0
    """Days before the month that must be known."""
    by: Callable[[Measured, Month], Value] | None = field(compare=False, repr=False)
    """Computes it; None when nothing on record tells it."""


def share(count: int, of: int, note: str | None = None) -> Value:
    """So many of so many in per cent, one decimal; without anybody to count there is no per cent."""
    if of == 0:
        return Value(of=0, count=count, note=note or "Nobody to count")
    return Value(number=round(100 * count / of, 1), count=count, of=of, note=note)


def months_until(as_of: date, count: int) -> tuple[Month, ...]:
    """So many months up to the one that holds the day, the oldest first."""
    found = []
    year, month = as_of.year, as_of.month
    for _ in range(count):
        first = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        last = min(following - timedelta(days=1), as_of)
        found.append(Month(first, last, whole=last == following - timedelta(days=1)))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return tuple(reversed(found))
