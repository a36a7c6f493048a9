"""Back-tests: years that are known are forecast from what was known before them, and the error is stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from matching.errors import Fault, Invalid
from matching.histories import AuthorityHistory
from matching.sufficiency.forecast import USUAL, Method, forecast_of_stays
from matching.sufficiency.grid import EIGHTEEN, Grid
from matching.sufficiency.stays import Stays, stays_of

HORIZONS = (91, 182, 274, 364)
"""Days ahead at which a forecast is held against what came: about each quarter of a year."""
LEAST_KNOWN = 365
"""Days of history before the first year that is held out."""


@dataclass(frozen=True, slots=True)
class HeldCell:
    """Children of one kind and age on the last day: what was foretold, and what came."""

    kind: str
    ages: str
    foretold: float
    low: float
    high: float
    came: int


@dataclass(frozen=True, slots=True)
class HeldOut:
    """One year held out, forecast from what was known on its first morning."""

    first: date
    mean_absolute_error: float
    """Children, over kinds, ages and the four quarters."""
    if_nothing_changed: float
    """The same error of saying that all stays as it is on the first day."""
    covered: float
    """The share of kinds, ages and quarters, where any child was or was foretold, within their 5-95 band."""
    foretold: float
    """Children in all on the last day."""
    came: int
    coming_days: int
    leaving_days: int
    cells: tuple[HeldCell, ...]


@dataclass(frozen=True, slots=True)
class BackTest:
    """Every year that could be held out."""

    years: tuple[HeldOut, ...]
    mean_absolute_error: float
    if_nothing_changed: float
    covered: float


def back_test(history: AuthorityHistory, replicates: int = 300, seed: int = 1, method: Method = USUAL) -> BackTest:
    """Each half year from which a whole year is known, forecast from what came before. Deterministic.

    Raises Invalid where the history is too short to hold a year out.
    """
    stays = stays_of(history, len(method.kinds), method.kind_of)
    years = tuple(_held_out(stays, history.known_from, day, replicates, seed, method) for day in _days(history))
    if not years:
        wrong = "Less than two years are on record: no year can be held out"
        raise Invalid([Fault("returns", wrong, "Read more collection years in")])
    return BackTest(
        years=years,
        mean_absolute_error=fmean(year.mean_absolute_error for year in years),
        if_nothing_changed=fmean(year.if_nothing_changed for year in years),
        covered=fmean(year.covered for year in years),
    )


def _days(history: AuthorityHistory) -> Iterator[date]:
    """The first of April and of October, as far as a year before and a year after are known."""
    first, last = history.known_from + timedelta(days=LEAST_KNOWN), history.known_until - timedelta(days=364)
    for year in range(first.year, last.year + 1):
        for month in (4, 10):
            if first <= date(year, month, 1) <= last:
                yield date(year, month, 1)


def _held_out(stays: Stays, known_from: date, first: date, replicates: int, seed: int, method: Method) -> HeldOut:
    told = forecast_of_stays(stays, known_from, first, HORIZONS[-1] + 1, replicates, seed, method)
    grid = Grid(method.kinds, method.age_edges)
    day = first.toordinal()
    truth = np.stack([counted(grid, stays, day + ahead) for ahead in HORIZONS], axis=-1)
    at = list(HORIZONS)
    mean, low, high = told.mean[..., at], told.low[..., at], told.high[..., at]
    before = counted(grid, stays, day - 1)[..., None]
    anybody = (truth > 0) | (high > 0)
    inside = ((truth >= low) & (truth <= high))[anybody]
    return HeldOut(
        first=first,
        mean_absolute_error=float(np.abs(mean - truth).mean()),
        if_nothing_changed=float(np.abs(before - truth).mean()),
        covered=float(inside.mean()) if inside.size else 1.0,
        foretold=float(mean[..., -1].sum()),
        came=int(truth[..., -1].sum()),
        coming_days=told.coming_days,
        leaving_days=told.leaving_days,
        cells=tuple(_cells(told.kinds, told.ages, mean[..., -1], low[..., -1], high[..., -1], truth[..., -1])),
    )


def counted(grid: Grid, stays: Stays, day: int) -> NDArray[np.float64]:
    """Children under 18 by kind and band of age on the night of an ordinal."""
    there = stays.open_on(day)
    age = (day - stays.born[there]).astype(np.float32)
    minors = (age >= 0) & (age < EIGHTEEN)
    counts = np.zeros(grid.shape[:2])
    np.add.at(counts, (stays.kind[there][minors], grid.age_band(age[minors])), 1)
    return counts


def _cells(
    kinds: tuple[str, ...],
    ages: tuple[str, ...],
    mean: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    truth: NDArray[np.float64],
) -> Iterator[HeldCell]:
    for at, kind in enumerate(kinds):
        for band, age in enumerate(ages):
            where = (at, band)
            foretold = round(float(mean[where]), 2)
            yield HeldCell(kind, age, foretold, float(low[where]), float(high[where]), int(truth[where]))
