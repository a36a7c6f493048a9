"""What a stretch of history shows: nights lived and stays ended in each cell, where children went, and who came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.sufficiency.grid import EIGHTEEN, Grid
from matching.sufficiency.stays import OPEN, Stays

Numbers = NDArray[np.float64]
_NEARLY = 3
"""Days: who leaves care so near the 18th birthday leaves because of it, and no rate has to say so."""
MONTH = 365.25 / 12
"""Days of a twelfth of a year."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts over some days that end on the day looked from. Axes: kinds, bands of age, bands of stay."""

    grid: Grid
    days: int
    nights: Numbers
    """Nights lived in each cell."""
    ended: Numbers
    """Stays that ended in each cell, but for those that age alone ended."""
    onward: Numbers
    """Where those who ended a stay went, shape (kinds, ages, kinds + 1); the last is out of care."""
    came: Numbers
    """Children who came into care, shape (kinds, ages)."""
    ages: tuple[NDArray[np.float32], ...]
    """Age in days of each child who came, by kind x ages + age."""
    areas: tuple[NDArray[np.int16], ...]
    """The area of each of the same children."""
    days_of_coming: NDArray[np.int32]
    """The day each child came, counted from the first of the days."""
    last_day: int
    """The ordinal of the day after the last."""

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Which kinds anybody of a band of age lived in or came to, shape (kinds, ages): all else is held impossible."""
        return np.asarray((self.nights.sum(axis=2) + self.came) > 0)


def evidence(grid: Grid, stays: Stays, first: int, until: int) -> Evidence:
    """What happened on the days from one ordinal until another (exclusive). Stays must not be known beyond `until`."""
    nights = _nights(grid, stays, first, until)
    ended, onward = _ended(grid, stays, first, until)
    arrived = stays.came & (stays.begins >= first) & (stays.begins < until)
    age = (stays.begins - stays.born)[arrived].astype(np.float32)
    ages = grid.shape[1]
    cell = stays.kind[arrived].astype(np.int64) * ages + grid.age_band(np.maximum(age, 0))
    cells = grid.shape[0] * ages
    came = np.bincount(cell, minlength=cells).astype(float).reshape(grid.shape[:2])
    return Evidence(
        grid=grid,
        days=until - first,
        nights=nights,
        ended=ended,
        onward=onward,
        came=came,
        ages=tuple(np.sort(np.maximum(age[cell == at], 0)) for at in range(cells)),
        areas=tuple(stays.area[arrived][cell == at] for at in range(cells)),
        days_of_coming=(stays.begins[arrived] - first).astype(np.int32),
        last_day=until,
    )


def _nights(grid: Grid, stays: Stays, first: int, until: int) -> Numbers:
    kinds, ages, bands = grid.shape
    nights = np.zeros(grid.shape)
    low, high = np.maximum(stays.begins, first), np.minimum(stays.ends, until)
    for age in range(ages):
        young, old = stays.born + grid.age_starts[age], stays.born + grid.age_ends[age]
        for band in range(bands):
            new, long = stays.begins + grid.stay_starts[band], stays.begins + grid.stay_ends[band]
            lived = np.minimum(np.minimum(high, old), long) - np.maximum(np.maximum(low, young), new)
            nights[:, age, band] = np.bincount(stays.kind, np.maximum(lived, 0.0), minlength=kinds)
    return nights


def _ended(grid: Grid, stays: Stays, first: int, until: int) -> tuple[Numbers, Numbers]:
    kinds, ages, bands = grid.shape
    age = (stays.ends.astype(np.int64) - stays.born).astype(np.float32)
    by_age = (stays.then == kinds) & (age >= EIGHTEEN - _NEARLY)
    chosen = (stays.ends != OPEN) & (stays.ends >= first) & (stays.ends < until) & ~by_age
    kind, then = stays.kind[chosen].astype(np.int64), stays.then[chosen].astype(np.int64)
    at_age = grid.age_band(np.maximum(age[chosen], 0)).astype(np.int64)
    stay = grid.stay_band((stays.ends - stays.begins)[chosen].astype(np.float32)).astype(np.int64)
    ended = np.bincount((kind * ages + at_age) * bands + stay, minlength=kinds * ages * bands)
    onward = np.bincount((kind * ages + at_age) * (kinds + 1) + then, minlength=kinds * ages * (kinds + 1))
    return ended.astype(float).reshape(grid.shape), onward.astype(float).reshape(kinds, ages, kinds + 1)
