"""The parts of each home in line, cheapest first, and how cheap what could follow might be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.facts.living import Indices
from solver.patterns import Parts
from solver.problem import Columns, Whole

FURTHEST = 2**40
"""Costs further from nothing than this are alike to a search."""


@dataclass(frozen=True, slots=True)
class Floors:
    """What each part costs at least in any intake: its own, which is summed, and what it brings to living together.

    Of the latter the greatest counts, once for an intake. Both (k,), reduced by what the part pays.
    """

    own: Whole
    living: Whole
    of: Callable[[Columns], Whole]
    """What an allowed intake costs, or less where more children could take off what living together adds."""


@dataclass(frozen=True, slots=True)
class Line:
    """Parts by home and then by what they cost, each column (k,) unless said otherwise."""

    part: Whole
    home: Whole
    own: Whole
    living: Whole
    excess: Whole
    """What each costs above the best of its family at its home, or above nothing if that is better."""
    below: Whole
    """What the best of every family at the home would take off, all together."""
    family: Whole
    first: Whole
    end: Whole
    size: Whole
    stop: Whole
    """Where the parts of the same home stop."""
    later: Whole
    """All that lies below zero among the parts that stand later at the same home."""
    by_bed: Whole
    """What parts following one another in each bed could take off at the home at most."""
    key: Whole
    """Home and cost in one number, rising."""
    limit: Whole
    spare: Whole
    """(homes, nights)"""

    def fit(self, places: Indices) -> NDArray[np.bool_]:
        """Whether sets of places (k, d) are of different families, with a bed on the first night of each part."""
        last = places[:, [-1]]
        fits: NDArray[np.bool_] = (self.family[places[:, :-1]] != self.family[last]).all(axis=1)
        spare = self.spare[self.home[places[:, 0]]]
        first, end, size = self.first[places], self.end[places], self.size[places]
        for at in range(places.shape[1]):
            night = np.minimum(first[:, [at]], spare.shape[1] - 1)
            load = np.where((first <= night) & (night < end), size, 0).sum(axis=1)
            fits &= (size[:, at] == 0) | (load <= np.take_along_axis(spare, night, axis=1)[:, 0])
        return fits

    def cheaper_than(self, place: Whole, cost: Whole) -> Whole:
        """Where the parts of the same home stop that cost less than nothing, or than something."""
        found: Whole = np.searchsorted(self.key, _key(self.home[place], np.maximum(cost, 0))).astype(np.int64)
        return found


def line_of(parts: Parts, some: Whole, floors: Floors, limits: Whole, excess: Whole, below: Whole) -> Line:
    """The line of some parts."""
    homes = parts.columns.homes
    order = np.lexsort((floors.own[some], homes[some]))
    part = some[order]
    home, own = homes[part], floors.own[part]
    sums = np.concatenate([[0], np.cumsum(np.minimum(own, 0))])
    stop = np.searchsorted(home, home, side="right").astype(np.int64)
    distinct, row = np.unique(home, return_inverse=True)
    end = np.minimum(parts.end[part], parts.spare.shape[1])
    counted = parts.size[part] > 0
    loose = np.zeros(len(distinct), dtype=np.int64)
    np.add.at(loose, row[~counted], np.minimum(own, 0)[~counted])
    bed = _bed(own[counted], row[counted], parts.first[part][counted], end[counted], parts.spare.shape[1])
    some_beds = np.maximum(parts.spare[distinct].max(axis=1, initial=0), 0)
    return Line(
        part=part,
        home=home,
        own=own,
        living=floors.living[part],
        excess=excess[order],
        below=below[order],
        family=parts.family[part],
        first=np.minimum(parts.first[part], parts.spare.shape[1]),
        end=end,
        size=parts.size[part],
        stop=stop,
        later=sums[stop] - sums[np.arange(len(part)) + 1],
        by_bed=(some_beds * bed[: len(distinct), 0] + loose)[row],
        key=_key(home, own),
        limit=limits[home],
        spare=parts.spare,
    )


def _key(home: Whole, cost: Whole) -> Whole:
    key: Whole = home * (2 * FURTHEST) + np.clip(cost, -FURTHEST, FURTHEST - 1) + FURTHEST
    return key


def _bed(own: Whole, row: Whole, first: Whole, end: Whole, nights: int) -> Whole:
    """The least that parts following one another in one bed cost, by the night from which on it is free."""
    rows = int(row.max(initial=-1)) + 1
    bed = np.zeros((rows + 1, nights + 1), dtype=np.int64)
    below = np.flatnonzero(own < 0)
    before = nights
    for night in np.unique(first[below])[::-1]:
        bed[:, night:before] = bed[:, [before]]
        before = int(night)
        here = below[first[below] == night]
        np.minimum.at(bed[:, night], row[here], own[here] + bed[row[here], end[here]])
    bed[:, :before] = bed[:, [before]]
    return bed
