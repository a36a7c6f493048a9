"""Rates as what is believed of them: each a distribution, so that few children give wide bands and many narrow ones.

Waits: Gamma, shrunk toward what the kind, the age and the stay say apart from one another. Where to: Dirichlet, shrunk
toward the kind at every age. Coming: Gamma from the count alone, with a swing from quarter to quarter when the counts
vary more than chance would have them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.sufficiency.evidence import Evidence, Numbers
from matching.sufficiency.flows import DrawnRates
from matching.sufficiency.grid import Grid

PRIOR_STAYS = 4.0
"""How many ended stays the pooled rate weighs beside those that were seen in a cell."""
_QUARTER = 91
_SEASON_ENOUGH = 730
"""Days: a season is looked for in at least two years."""
_CHI_SQUARE_11 = 24.725
"""The 99th per cent of chi-square with 11 degrees of freedom: beyond it the months differ by more than chance."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What is believed about every rate; `draw` takes one set of rates for each replicate."""

    grid: Grid
    ended: Numbers
    """Gamma shapes of the rate at which stays end, by cell."""
    nights: Numbers
    """Gamma rates of the same: nights, so that shape over rate is a rate a day."""
    onward: Numbers
    """Dirichlet weights, shape (kinds, ages, kinds + 1)."""
    came: Numbers
    """Gamma shapes of children who come, by kind and age; 0 where nobody does."""
    days: float
    """The Gamma rate of the same, in days."""
    swing: float
    """Variance between quarters of the number who come, relative to its mean and beyond chance."""
    season: tuple[float, ...]
    """By month from January: how many come beside the mean; twelve ones when no season shows."""
    ages: tuple[NDArray[np.float32], ...]
    """By kind x ages + age: ages in days that those who come are drawn from."""
    areas: tuple[NDArray[np.int16], ...]
    """The areas that go with them."""

    def draw(self, chance: np.random.Generator, replicates: int) -> DrawnRates:
        """Rates of leaving and where to, one set for each replicate."""
        leaving = chance.standard_gamma(self.ended, (replicates, *self.ended.shape)) / self.nights
        weights = chance.standard_gamma(self.onward, (replicates, *self.onward.shape))
        total = np.maximum(weights.sum(axis=-1, keepdims=True), 1e-300)
        onward = np.cumsum(weights / total, axis=-1)[..., :-1]
        wait = 1 / np.maximum(leaving, 1e-9)
        return DrawnRates(wait.astype(np.float32), onward.astype(np.float32))

    def draw_coming(self, chance: np.random.Generator, replicates: int) -> Numbers:
        """Children who come a day, shape (replicates, kinds x ages)."""
        return chance.standard_gamma(self.came.ravel(), (replicates, self.came.size)) / self.days

    def draw_swings(self, chance: np.random.Generator, replicates: int, quarters: int) -> Numbers:
        """By how much each quarter differs from the mean, shape (replicates, quarters)."""
        if self.swing <= 0:
            return np.ones((replicates, quarters))
        return chance.gamma(1 / self.swing, self.swing, (replicates, quarters))


def rates_from(seen: Evidence, prior_stays: float = PRIOR_STAYS) -> Rates:
    """What the evidence lets one believe. Pure: the same evidence gives the same rates."""
    prior = np.maximum(_pooled(seen), 1e-7)
    return Rates(
        grid=seen.grid,
        ended=seen.ended + prior_stays,
        nights=seen.nights + prior_stays / prior,
        onward=_onward(seen),
        came=seen.came,
        days=float(seen.days),
        swing=_swing(seen),
        season=_season(seen),
        ages=seen.ages,
        areas=seen.areas,
    )


def known_rates(grid: Grid, leaving: Numbers, onward: Numbers, coming: Numbers) -> Rates:
    """Rates that are known and not estimated: a day, by cell; shares, by kind and age; children a day."""
    sure = 1e8
    spans = list(zip(grid.age_starts, grid.age_ends, strict=True))
    ages = [np.linspace(a, b - 1, 64, dtype=np.float32) for _ in grid.kinds for a, b in spans]
    nowhere = tuple(np.zeros(64, np.int16) for _ in ages)
    return Rates(
        grid, np.full(grid.shape, sure), sure / np.maximum(leaving, 1e-9), onward * sure, coming * sure, sure, 0.0,
        (1.0,) * 12, tuple(ages), nowhere,
    )  # fmt: skip


def _pooled(seen: Evidence) -> Numbers:
    """A rate a day for every cell from the kind, the age and the stay, each apart from the others."""
    every = (seen.ended.sum() + 1) / (seen.nights.sum() + 1_000)
    kind = (seen.ended.sum((1, 2)) + 1) / (seen.nights.sum((1, 2)) + 1 / every)
    by_stay = (seen.ended.sum(1) + 2) / (seen.nights.sum(1) + 2 / kind[:, None])
    expected = (seen.nights * by_stay[:, None, :]).sum(2)
    by_age = (seen.ended.sum(2) + 2) / (expected + 2)
    return np.asarray(by_stay[:, None, :] * by_age[:, :, None])


def _onward(seen: Evidence) -> Numbers:
    """Where to by kind and age, shrunk to the kind at every age; never to a kind nobody of that age lives in."""
    kinds, ages, _ = seen.grid.shape
    pooled = seen.onward.sum(axis=1, keepdims=True) + 0.5 / (kinds + 1)
    shares = pooled / pooled.sum(axis=-1, keepdims=True)
    weights = seen.onward + 2.0 * shares
    possible = np.ones((kinds, ages, kinds + 1))
    possible[:, :, :kinds] = seen.seen.T[None]
    possible[np.arange(kinds), :, np.arange(kinds)] = 0
    return np.asarray(weights * possible)


def _swing(seen: Evidence) -> float:
    """How much quarters differ in who comes beyond what chance alone would give, relative to the mean squared."""
    quarters = seen.days // _QUARTER
    if quarters < 4:
        return 0.0
    counts = np.bincount(seen.days_of_coming // _QUARTER, minlength=quarters)[:quarters].astype(float)
    mean = counts.mean()
    return 0.0 if mean == 0 else max(0.0, float((counts.var(ddof=1) - mean) / mean**2))


def _season(seen: Evidence) -> tuple[float, ...]:
    """Twelve factors when the months differ by more than chance (chi-square, 1 per cent), drawn halfway to one."""
    counts = np.zeros(12)
    first = seen.last_day - seen.days
    for day in seen.days_of_coming:
        counts[date.fromordinal(first + int(day)).month - 1] += 1
    expected = counts.sum() / 12
    if seen.days < _SEASON_ENOUGH or expected < 10 or ((counts - expected) ** 2 / expected).sum() < _CHI_SQUARE_11:
        return (1.0,) * 12
    return tuple(float(factor) for factor in (counts / expected + 1) / 2)
