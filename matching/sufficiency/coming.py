"""Who comes into care: drawn month by month for every replicate, and what a scenario adds to or takes from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matching.sufficiency.evidence import MONTH, Numbers
from matching.sufficiency.flows import Children
from matching.sufficiency.rates import Rates

_MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """So many more children within some days, of some ages, spread evenly; each is like those who usually come so."""

    count: int
    first_day: int = 0
    days: int = 1
    ages: tuple[int, int] = (0, 17)
    """Whole years, both ends included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """How who comes differs from the history: nothing, unless a scenario says so."""

    per_mille_a_year: int = 0
    """Thousandths a year, compounding and starting at once."""
    grows_for_years: int = 99
    surges: tuple[Surge, ...] = ()

    def factor(self, days: NDArray[np.float32]) -> NDArray[np.float64]:
        """How many come on each day beside the history's own number."""
        years = np.minimum(days / np.float32(365.25), self.grows_for_years)
        return np.asarray((1 + self.per_mille_a_year / 1000) ** years.astype(np.float64))


AS_EVER = Demand()


def coming(
    rates: Rates, demand: Demand, first: date, days: int, replicates: int, seeds: np.random.SeedSequence
) -> Children:
    """Everybody who comes in so many days, by replicate. What a scenario adds leaves the others as they are."""
    usual, more, surge = (np.random.Generator(np.random.PCG64(seed)) for seed in seeds.spawn(3))
    lam = rates.draw_coming(usual, replicates)
    months = int(np.ceil(days / MONTH))
    weight = _weights(rates, first, months, usual, replicates)
    base = _draw(rates, lam, weight, usual)
    marks = usual.random(base.at.size, np.float32)
    parts = [_chosen(base, marks < demand.factor(base.at))] if demand.per_mille_a_year < 0 else [base]
    if demand.per_mille_a_year > 0:
        middle = (np.arange(months, dtype=np.float32) + np.float32(0.5)) * np.float32(MONTH)
        parts.append(_draw(rates, lam, weight * (demand.factor(middle) - 1), more))
    parts += [_surge(rates, one, replicates, surge) for one in demand.surges]
    every = together(parts)
    return _chosen(every, every.at < days)


def together(parts: list[Children]) -> Children:
    """One set of columns after the other."""
    return Children(*(np.concatenate([getattr(part, name) for part in parts]) for name in Children.__slots__))


def _chosen(children: Children, which: NDArray[np.bool_]) -> Children:
    return Children(*(getattr(children, name)[which] for name in Children.__slots__))


def _weights(rates: Rates, first: date, months: int, chance: np.random.Generator, replicates: int) -> Numbers:
    """Days' worth of the mean that each month brings, shape (replicates, months)."""
    quarters = -(-months // _MONTHS_OF_A_QUARTER)
    swings = np.repeat(rates.draw_swings(chance, replicates, quarters), _MONTHS_OF_A_QUARTER, axis=1)[:, :months]
    starts = [date.fromordinal(first.toordinal() + int(MONTH * (at + 0.5))).month for at in range(months)]
    return np.asarray(swings * np.array([rates.season[month - 1] for month in starts]) * MONTH)


def _draw(rates: Rates, lam: Numbers, weight: Numbers, chance: np.random.Generator) -> Children:
    """Poisson by replicate, cell and month; the day within the month and the child are drawn evenly."""
    months = weight.shape[1]
    cells = np.flatnonzero(rates.came.ravel() > 0)
    counts = chance.poisson(lam[:, cells, None] * weight[:, None, :]).ravel()
    flat = np.repeat(np.arange(counts.size, dtype=np.int32), counts)
    month = (flat % np.int32(months)).astype(np.float32)
    replicate, which = np.divmod(flat // np.int32(months), np.int32(cells.size))
    at = (month + chance.random(flat.size, np.float32)) * np.float32(MONTH)
    return _made(rates, replicate, at, cells[which], chance)


def _surge(rates: Rates, surge: Surge, replicates: int, chance: np.random.Generator) -> Children:
    """Exactly so many in every replicate."""
    cells = _cells_of(rates, surge.ages)
    weight = rates.came.ravel()[cells]
    count = replicates * surge.count
    which = cells[chance.choice(cells.size, count, p=weight / weight.sum())]
    at = np.float32(surge.first_day) + chance.random(count, np.float32) * np.float32(surge.days)
    return _made(rates, np.repeat(np.arange(replicates, dtype=np.int32), surge.count), at, which, chance)


def _cells_of(rates: Rates, ages: tuple[int, int]) -> NDArray[np.intp]:
    """Cells that children of these ages come to; when nobody of these ages comes, the cells everybody comes to."""
    edges = (*rates.grid.age_edges, 18)
    touched = [young <= ages[1] and ages[0] < old for young, old in pairwise(edges)]
    possible = rates.came > 0
    found = np.flatnonzero((possible & np.array(touched)).ravel())
    return found if found.size else np.flatnonzero(possible.ravel())


def _made(
    rates: Rates,
    replicate: NDArray[np.int32],
    at: NDArray[np.float32],
    cell: NDArray[np.intp],
    chance: np.random.Generator,
) -> Children:
    """Children of given cells, each with the age and area of one who came so."""
    sizes = np.array([len(ages) for ages in rates.ages])
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    donor = begins[cell] + (chance.random(cell.size) * sizes[cell]).astype(np.intp)
    age = np.concatenate(rates.ages)[donor]
    kind = (cell // rates.grid.shape[1]).astype(np.int16)
    keys = chance.integers(0, 2**64, cell.size, np.uint64)
    return Children(replicate, at, at - age, at, kind, np.concatenate(rates.areas)[donor], keys)
