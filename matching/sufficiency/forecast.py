"""Forecasts from a history alone: how many children in each kind of care and band of age, day by day, with bands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.codes.ssda903 import PlacementCategory
from matching.errors import Fault, Invalid
from matching.histories import AuthorityHistory, Episode
from matching.sufficiency.evidence import evidence
from matching.sufficiency.grid import AGE_EDGES, Grid
from matching.sufficiency.nights import Ahead, in_care, simulate
from matching.sufficiency.rates import PRIOR_STAYS, rates_from
from matching.sufficiency.stays import KindOf, Stays, stays_of

WINDOW_DAYS = 730
"""How far back rates are estimated from: two years, found by back-tests to err least (docs/forecast.md)."""
LEAST_DAYS = 180
"""Less history than this says too little of anything."""
_CATEGORIES = tuple(PlacementCategory)


def broad_kind(episode: Episode) -> int | None:
    """Fostering, residential, supported or other; series of short breaks are not counted."""
    return None if episode.is_short_break else _CATEGORIES.index(episode.category)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a forecast is made; the defaults are what the back-tests chose."""

    kinds: tuple[str, ...] = tuple(category.value for category in _CATEGORIES)
    kind_of: KindOf = broad_kind
    age_edges: tuple[int, ...] = AGE_EDGES
    window_days: int = WINDOW_DAYS
    prior_stays: float = PRIOR_STAYS


USUAL = Method()


@dataclass(frozen=True, slots=True)
class Forecast:
    """Children in care on each night from the first, by kind and band of age: shape (kinds, ages, days)."""

    first: date
    kinds: tuple[str, ...]
    ages: tuple[str, ...]
    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    """The 5th per cent of the replicates."""
    middle: NDArray[np.float64]
    high: NDArray[np.float64]
    """The 95th per cent."""
    window_days: int
    """How many days of history the rates were taken from."""

    @property
    def days(self) -> int:
        """How many nights."""
        return int(self.mean.shape[2])


def forecast(
    history: AuthorityHistory, from_: date, days: int, replicates: int, seed: int, method: Method = USUAL
) -> Forecast:
    """What is to be expected from a day on, from what was known on its morning. Pure: same arguments, same answer.

    Raises Invalid when the history before the day is shorter than LEAST_DAYS.
    """
    stays = stays_of(history, len(method.kinds), method.kind_of)
    return forecast_of_stays(stays, history.known_from, from_, days, replicates, seed, method)


def forecast_of_stays(
    stays: Stays, known_from: date, from_: date, days: int, replicates: int, seed: int, method: Method = USUAL
) -> Forecast:
    """As forecast, from stays that were read once."""
    grid = Grid(method.kinds, method.age_edges)
    day = from_.toordinal()
    known = stays.as_known_on(day, len(method.kinds))
    first = max(known_from.toordinal(), day - method.window_days)
    if day - first < LEAST_DAYS:
        wrong = f"Only {max(0, day - first)} days of history come before this day"
        raise Invalid([Fault("from", wrong, f"Give a day at least {LEAST_DAYS} days after {known_from}")])
    rates = rates_from(evidence(grid, known, first, day), method.prior_stays)
    ahead = Ahead(first=from_, days=days, replicates=replicates, seed=seed, marks=tuple(range(days)))
    nights = simulate(in_care(grid, known, day), rates, ahead)
    low, middle, high = np.percentile(nights.by_age, (5, 50, 95), axis=0)
    mean = nights.by_age.mean(axis=0)
    return Forecast(from_, method.kinds, grid.age_labels, mean, low, middle, high, day - first)
