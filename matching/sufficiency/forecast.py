"""Forecasts from a history alone: how many children in each kind of care and band of age, day by day, with bands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.codes.ssda903 import PlacementCategory
from matching.histories import AuthorityHistory, Episode
from matching.sufficiency.estimates import estimates
from matching.sufficiency.grid import AGE_EDGES, Grid
from matching.sufficiency.nights import Ahead, in_care, simulate
from matching.sufficiency.rates import PRIOR_STAYS
from matching.sufficiency.stays import KindOf, Stays, stays_of

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
    window_days: int | None = None
    """How far back rates are estimated from; as far as the past has foretold what followed, when left out."""
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
    coming_days: int
    """How many days of history say who comes into care."""
    leaving_days: int
    """How many say how soon stays end, and where children go."""


def forecast(
    history: AuthorityHistory, from_: date, days: int, replicates: int, seed: int, method: Method = USUAL
) -> Forecast:
    """What is to be expected from a day on, from what was known on its morning. Pure: same arguments, same answer.

    Raises Invalid when less than estimates.LEAST_DAYS of history come before the day.
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
    found = estimates(grid, known, known_from, from_, method.window_days, method.prior_stays)
    ahead = Ahead(first=from_, days=days, replicates=replicates, seed=seed, marks=tuple(range(days)))
    nights = simulate(in_care(grid, known, day), found.rates, ahead)
    low, middle, high = np.percentile(nights.by_age, (5, 50, 95), axis=0)
    mean = nights.by_age.mean(axis=0)
    return Forecast(
        from_, method.kinds, grid.age_labels, mean, low, middle, high, found.coming_days, found.leaving_days
    )
