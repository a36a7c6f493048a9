"""The parts of each home in line, cheapest first, and how cheap what could follow might be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.facts.living import Indices
from solver.patterns import PLENTY, Parts
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
    beds: Whole
    """The beds each takes on the night on which most of the parts of its home stay; 0 where it does not stay then."""
    room: Whole
    """The beds of its home on that night."""
    later: Whole
    """All that lies below zero among the parts that stand later at the same home."""
    by_bed: Whole
    """What parts following one another in each bed could take off at the home at most."""
    loose: Whole
    """What later parts that do not stay on that night could take off at most."""
    least: Whole
    """The fewest beds that any part of its home takes that stays on that night and costs less than nothing."""
    behind: Whole
    """The row of `filled` for what stands later."""
    filled: Whole
    """(rows, beds + 1) the most that later parts which stay on that night could take off in so many beds."""
    key: Whole
    """Home and cost in one number, rising."""
    limit: Whole
    spare: NDArray[np.int16]
    """(homes, nights)"""

    def added(self, place: Whole, free: Whole) -> Whole:
        """The most that parts which stand later than a place could take off when so many beds are left that night."""
        beds = np.clip(free, 0, self.filled.shape[1] - 1)
        found: Whole = self.filled[self.behind[place], beds] + self.loose[place]
        return found

    def loads(self, places: Indices) -> Whole:
        """How many of the children of sets of places (k, d) sleep there on the first night of each place, (k, d)."""
        first, end, size = self.first[places], self.end[places], self.size[places]
        stays = (first[:, None, :] <= first[:, :, None]) & (first[:, :, None] < end[:, None, :])
        found: Whole = (stays * size[:, None, :]).sum(axis=2)
        return found

    def fit(self, places: Indices, loads: Whole, mine: Whole, place: Whole) -> NDArray[np.bool_]:
        """Whether a place each, of another family, still finds a bed beside sets of places `mine` with their loads."""
        family, first, end, size = self.family[place], self.first[place], self.end[place], self.size[place]
        night = np.minimum(first, self.spare.shape[1] - 1)
        home = self.home[place]
        load = size.copy()
        fits = np.ones(len(place), dtype=bool)
        for at in range(places.shape[1]):
            other = places[mine, at]
            fits &= self.family[other] != family
            starts, ends, many = self.first[other], self.end[other], self.size[other]
            load += np.where((starts <= night) & (night < ends), many, 0)
            there = np.where((first <= starts) & (starts < end), size, 0) + loads[mine, at]
            fits &= (many == 0) | (there <= self.spare[home, np.minimum(starts, self.spare.shape[1] - 1)])
        fits &= (size == 0) | (load <= self.spare[home, night])
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
    home, own, who = homes[part].astype(np.int64), floors.own[part], parts.who[part]
    nights = parts.spare.shape[1]
    distinct, row = np.unique(home, return_inverse=True)
    stop = np.searchsorted(home, home, side="right").astype(np.int64)
    sets = parts.sets
    first, end, size = np.minimum(sets.first[who], nights), np.minimum(sets.end[who], nights), parts.size(part)
    night = _common_night(row, first, end, len(distinct), nights)
    here = (size > 0) & (first <= night[row]) & (night[row] < end)
    taking = np.minimum(own, 0)
    beds = np.maximum(parts.spare[distinct].max(axis=1, initial=0), 0)
    room = np.maximum(parts.spare[distinct, np.minimum(night, nights - 1)], 0)
    useful = here & (own < 0)
    behind, filled = _filled(row, own, size, useful, room)
    by_bed = beds[row] * _beds(own, row, first, end, size > 0, nights) + _summed(row, np.where(size > 0, 0, taking))
    apart = np.where(here, 0, own)
    apart_by_bed = beds[row] * _beds(apart, row, first, end, size > 0, nights) + _summed(
        row, np.where(size > 0, 0, taking)
    )
    return Line(
        part=part,
        home=home,
        own=own,
        living=floors.living[part],
        excess=excess[order],
        below=below[order],
        family=sets.family[who],
        first=first,
        end=end,
        size=size,
        beds=np.where(here, size, 0),
        room=room[row],
        later=_later(taking, stop),
        by_bed=by_bed,
        loose=np.maximum(_later(np.where(here, 0, taking), stop), apart_by_bed),
        least=_least(row, np.where(useful, size, PLENTY)),
        behind=behind,
        filled=filled,
        key=_key(home, own),
        limit=limits[home],
        spare=parts.spare,
    )


def _filled(row: Whole, own: Whole, size: Whole, useful: NDArray[np.bool_], room: Whole) -> tuple[Whole, Whole]:
    """The most that the useful parts which stand later could take off, by the beds left: each is taken or not.

    Gives for each part its row of the table, and the table: one row for each useful part of a home, and one for none.
    """
    homes, counts = len(room), np.bincount(row[useful], minlength=len(room))
    begins = np.cumsum(counts + 1) - (counts + 1)
    behind: Whole = np.cumsum(useful) + row
    widest = int(np.minimum(room, np.bincount(row[useful], weights=size[useful], minlength=homes)).max(initial=0))
    filled = np.zeros((len(row[useful]) + homes, widest + 1), dtype=np.int64)
    beds, which = np.arange(widest + 1), np.flatnonzero(useful)
    first = np.cumsum(counts) - counts
    for back in range(1, int(counts.max(initial=0)) + 1):
        some = np.flatnonzero(counts >= back)
        at, part = begins[some] + counts[some] - back, which[first[some] + counts[some] - back]
        left = beds - size[part][:, None]
        taken = np.take_along_axis(filled[at + 1], np.maximum(left, 0), axis=1) + own[part][:, None]
        filled[at] = np.minimum(filled[at + 1], np.where(left >= 0, taken, 0))
    return behind, filled


def _least(row: Whole, values: Whole) -> Whole:
    """The least of each home, for each of its parts."""
    least = np.full(int(row.max(initial=-1)) + 1, PLENTY, dtype=np.int64)
    np.minimum.at(least, row, values)
    return least[row]


def _later(taking: Whole, stop: Whole) -> Whole:
    """What everything that stands later at the same home adds up to."""
    sums = np.concatenate([[0], np.cumsum(taking)])
    found: Whole = sums[stop] - sums[1:]
    return found


def _summed(row: Whole, values: Whole) -> Whole:
    """What all of a home add up to, for each of its parts."""
    total = np.zeros(int(row.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(total, row, values)
    return total[row]


def _common_night(row: Whole, first: Whole, end: Whole, homes: int, nights: int) -> Whole:
    """The night on which most parts of each home stay, (homes,)."""
    change = np.zeros((homes, nights + 1), dtype=np.int64)
    np.add.at(change, (row, first), 1)
    np.add.at(change, (row, np.maximum(end, first)), -1)
    found: Whole = np.cumsum(change, axis=1).argmax(axis=1)
    return found


def _beds(own: Whole, row: Whole, first: Whole, end: Whole, counted: NDArray[np.bool_], nights: int) -> Whole:
    """The least that parts which are counted, following one another in one bed, cost at the home of each part."""
    bed = _bed(own[counted], row[counted], first[counted], end[counted], nights)
    least: Whole = np.append(bed[:-1, 0], np.zeros(max(0, int(row.max(initial=-1)) + 2 - len(bed)), dtype=np.int64))
    return least[row]


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
