"""Nights: how many children live how on each night of each replicate, counted from who is in care and who comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.sufficiency.coming import AS_EVER, Demand, coming, together
from matching.sufficiency.evidence import MONTH
from matching.sufficiency.flows import Children, Turns, follow
from matching.sufficiency.grid import Grid
from matching.sufficiency.rates import Rates
from matching.sufficiency.stays import Stays

CHUNK = 50
"""Replicates worked out at a time: few enough to stay near the processor."""

Progress = Callable[[int, int], None]
"""Told how many replicates of how many are done; may raise to stop."""


def nobody_asks(done: int, of: int) -> None:
    """Progress that nobody follows."""


@dataclass(frozen=True, slots=True)
class InCare:
    """Children in care on the morning of day 0, by column: kind, age in days, days of living so, area."""

    kind: NDArray[np.int16]
    age: NDArray[np.float32]
    so_far: NDArray[np.float32]
    area: NDArray[np.int16]

    @property
    def count(self) -> int:
        """How many they are."""
        return int(self.kind.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """How far to look, how often, and with which luck."""

    first: date
    days: int
    replicates: int
    seed: int
    marks: tuple[int, ...] = ()
    """Days, rising from 0, on which children are also counted by age and by area; by default every twelfth of a year."""

    @property
    def marked(self) -> tuple[int, ...]:
        """The marks, or a day of every month when none are given."""
        if self.marks:
            return self.marks
        return tuple(int(MONTH * at) for at in range(int((self.days - 1) / MONTH) + 1))


@dataclass(frozen=True, slots=True)
class Nights:
    """Counts of children; a child counts on a night who is there at the day's start or comes on the day and stays."""

    ahead: Ahead
    grid: Grid
    by_kind: NDArray[np.int16]
    """Shape (replicates, kinds, days)."""
    by_age: NDArray[np.int16]
    """Shape (replicates, kinds, ages, marks)."""
    by_area: NDArray[np.int16]
    """Shape (replicates, kinds, areas, marks)."""


def in_care(grid: Grid, stays: Stays, day: int) -> InCare:
    """Who is in care on the morning of an ordinal, as far as the stays tell; over-18s are left out."""
    there = stays.open_on(day) & (stays.begins < day)
    age = (day - stays.born[there]).astype(np.float32)
    minor = (age < grid.age_ends[-1]) & (age >= 0)
    so_far = (day - stays.begins[there]).astype(np.float32)[minor]
    return InCare(stays.kind[there][minor], age[minor], so_far, stays.area[there][minor])


def simulate(
    start: InCare, rates: Rates, ahead: Ahead, demand: Demand = AS_EVER, progress: Progress = nobody_asks
) -> Nights:
    """Many futures of one authority. The same arguments give the same counts, on any machine."""
    areas = 1 + max(int(start.area.max(initial=0)), max((int(a.max(initial=0)) for a in rates.areas), default=0))
    parts = list(_chunks(start, rates, ahead, demand, areas, progress))
    by_kind, by_age, by_area = (np.concatenate([part[at] for part in parts]) for at in range(3))
    return Nights(ahead, rates.grid, by_kind, by_age, by_area)


Counts = tuple[NDArray[np.int16], NDArray[np.int16], NDArray[np.int16]]


def _chunks(
    start: InCare, rates: Rates, ahead: Ahead, demand: Demand, areas: int, progress: Progress
) -> Iterator[Counts]:
    sizes = [min(CHUNK, ahead.replicates - at) for at in range(0, ahead.replicates, CHUNK)]
    done = 0
    for size, seeds in zip(sizes, np.random.SeedSequence(ahead.seed).spawn(len(sizes)), strict=True):
        yield _chunk(start, rates, ahead, demand, areas, size, seeds)
        done += size
        progress(done, ahead.replicates)


def _chunk(
    start: InCare, rates: Rates, ahead: Ahead, demand: Demand, areas: int, size: int, seeds: np.random.SeedSequence
) -> Counts:
    for_rates, for_start, for_coming = seeds.spawn(3)
    drawn = rates.draw(np.random.Generator(np.random.PCG64(for_rates)), size)
    there = _tiled(start, size, np.random.Generator(np.random.PCG64(for_start)))
    come = coming(rates, demand, ahead.first, ahead.days, size, for_coming)
    turns = follow(rates.grid, together([there, come]), drawn, ahead.days)
    return _counted(rates.grid, turns, ahead, areas, size)


def _tiled(start: InCare, size: int, chance: np.random.Generator) -> Children:
    """Everybody in care, once in each replicate."""
    kind, age, so_far, area = (np.tile(getattr(start, name), size) for name in InCare.__slots__)
    replicate = np.repeat(np.arange(size, dtype=np.int32), start.count)
    keys = chance.integers(0, 2**64, kind.size, np.uint64)
    return Children(replicate, np.zeros(kind.size, np.float32), -age, -so_far, kind, area, keys)


def _counted(grid: Grid, turns: Turns, ahead: Ahead, areas: int, size: int) -> Counts:
    kinds, ages, _ = grid.shape
    marks = np.array(ahead.marked)
    by_kind_row = turns.row // np.int32(ages)
    mark = np.searchsorted(marks, np.arange(ahead.days + 1)).astype(np.int32)[turns.day]
    by_kind = _running(by_kind_row, turns.day, turns.begins, size * kinds, ahead.days)
    by_age = _running(turns.row, mark, turns.begins, size * kinds * ages, marks.size)
    by_area = _running(by_kind_row * np.int32(areas) + turns.area, mark, turns.begins, size * kinds * areas, marks.size)
    return (
        by_kind.reshape(size, kinds, ahead.days),
        by_age.reshape(size, kinds, ages, marks.size),
        by_area.reshape(size, kinds, areas, marks.size),
    )


def _running(row: NDArray[np.int32], day: NDArray[np.int32], begins: int, rows: int, days: int) -> NDArray[np.int16]:
    """How many there are by row and day: what began less what ceased until then, shape (rows, days)."""
    width = days + 1  # whatever happens after the last day falls into one more column
    at = row * np.int32(width) + np.minimum(day, np.int32(days))
    changes = np.bincount(at[:begins], minlength=rows * width)
    changes -= np.bincount(at[begins:], minlength=rows * width)
    return np.cumsum(changes.reshape(rows, width)[:, :days], axis=1, dtype=np.int16)
