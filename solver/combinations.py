"""Intakes of several families in one home, looked for only where prices make them worth a thought."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.facts.living import Indices
from solver.lines import Floors, Line, line_of
from solver.patterns import Parts
from solver.problem import Whole
from solver.remembered import NONE, Remembered


@dataclass(frozen=True, slots=True)
class Effort:
    """How far a search goes before it calls itself cut short."""

    parts: int
    """Parts of one home that are put together, cheapest first."""
    sets: int
    """Sets of one home that are grown further, cheapest first."""
    looks: int = 20_000
    """Sets of one home that the rules are asked about."""


GLANCE = Effort(parts=16, sets=24)
"""Enough to come upon good combinations while prices are still poor."""
THOROUGH = Effort(parts=2_000, sets=400)
"""Enough to miss little, and nothing where prices leave few intakes worth a thought."""
EXHAUSTIVE = Effort(parts=2_000, sets=12_000)
"""As far as a search goes at all: at homes with yet more combinations the bound is a rough one."""


@dataclass(frozen=True, slots=True)
class Found:
    """Combinations that a search came upon."""

    columns: Whole
    """Positions in Remembered.columns, each once."""
    unseen: Whole
    """(homes,) no combination that was not looked at costs less than this; the limit where all within it were."""


class Search:
    """Finds every allowed combination whose parts cost less than a limit that each home sets."""

    def __init__(self, parts: Parts, remembered: Remembered) -> None:
        self._parts, self._remembered = parts, remembered
        homes, family = parts.columns.homes, parts.sets.family[parts.who]
        fresh = (np.diff(homes, prepend=-1) != 0) | (np.diff(family, prepend=-1) != 0)
        self._table: Whole = np.cumsum(fresh) - 1
        """(k,) each family at each home, by number: the parts stand in that order."""
        self._table_first = np.flatnonzero(fresh)
        self._table_home = homes[fresh]
        self._home_first = np.flatnonzero(np.diff(self._table_home, prepend=-1))
        self._homes = self._table_home[self._home_first]
        """Those that have any part, rising."""
        self._parts_there = np.diff(self._table_first[self._home_first], append=len(parts))

    def below(self, floors: Floors, limits: Whole, within: NDArray[np.bool_] | None, effort: Effort) -> Found:
        """All combinations of the parts `within` (all, for None) that cost by their floors less than their home's limit.

        Where a home has more than the effort allows for, those are looked at that could grow to the cheapest.
        """
        some, unseen = self._promising(floors, limits, within), limits.copy()
        homes = self._parts.columns.homes[some.parts].astype(np.int64)
        share = floors.own[some.parts] // np.maximum(self._parts.size(some.parts), 1)
        cheap, rest = _cheapest(homes, share, effort.parts)
        np.minimum.at(unseen, homes[rest], (some.below + some.excess)[rest])
        line = line_of(self._parts, some.parts[cheap], floors, limits, some.excess[cheap], some.below[cheap])
        found, edge, looked = [np.zeros(0, dtype=np.int64)], _Sets.single(line), np.zeros(len(limits), dtype=np.int64)
        while len(edge.total):
            kept, rest = _cheapest(line.home[edge.last], edge.bound, effort.sets)
            np.minimum.at(unseen, line.home[edge.last[rest]], edge.bound[rest])
            edge = edge.take(kept).grown(line)
            looked += np.bincount(line.home[edge.last], minlength=len(limits))
            enough = looked[line.home[edge.last]] > effort.looks
            np.minimum.at(unseen, line.home[edge.last[enough]], edge.bound[enough])
            edge = edge.take(np.flatnonzero(~enough))
            columns = self._remembered.look(line.part[edge.places])
            edge, columns = edge.take(np.flatnonzero(columns != NONE)), columns[columns != NONE]
            edge = edge.costing(floors.of(self._remembered.columns.take(columns)))
            found.append(columns[edge.total + edge.living < line.limit[edge.last]])
            edge = edge.hopeful(line)
        return Found(np.unique(np.concatenate(found)), unseen)

    def _promising(self, floors: Floors, limits: Whole, within: NDArray[np.bool_] | None) -> _Promising:
        """Parts that could be in such a combination: with the best of every other family there they pass the limit."""
        homes = self._parts.columns.homes
        if not len(homes):
            nothing = np.zeros(0, dtype=np.int64)
            return _Promising(nothing, nothing, nothing)
        taking = floors.own if within is None else np.where(within, floors.own, 0)
        best = np.minimum(np.minimum.reduceat(taking, self._table_first), 0)
        below = np.zeros(len(limits), dtype=np.int64)
        below[self._homes] = np.add.reduceat(best, self._home_first)
        some = np.flatnonzero(np.repeat(below[self._homes] < limits[self._homes], self._parts_there))
        hope = (best + (limits - below)[self._table_home])[self._table[some]]
        kept = some[floors.own[some] + floors.living[some] < hope]
        kept = kept if within is None else kept[within[kept]]
        crowd = np.bincount(homes[kept], minlength=len(limits))
        kept = kept[crowd[homes[kept]] > 1]
        return _Promising(kept, floors.own[kept] - best[self._table[kept]], below[homes[kept]])


@dataclass(frozen=True, slots=True)
class _Promising:
    """Parts that are worth putting together."""

    parts: Whole
    excess: Whole
    """What each costs above the best of its family at its home, or above nothing if that is better."""
    below: Whole
    """What the best of every family at the home of each would take off, all together."""


@dataclass(frozen=True, slots=True)
class _Sets:
    """Sets of places in line, each rising."""

    places: Indices
    total: Whole
    living: Whole
    excess: Whole
    bound: Whole
    """What each, and every set it could grow to, costs at least."""

    @property
    def last(self) -> Whole:
        return self.places[:, -1]

    def take(self, which: Whole) -> _Sets:
        return _Sets(self.places[which], self.total[which], self.living[which], self.excess[which], self.bound[which])

    def costing(self, cost: Whole) -> _Sets:
        """The same, where what living together adds is known from what each set costs in all."""
        return replace(self, living=np.maximum(self.living, cost - self.total))

    @staticmethod
    def single(line: Line) -> _Sets:
        return _Sets(np.arange(len(line.part))[:, None], line.own, line.living, line.excess, line.below).hopeful(line)

    def free(self, line: Line) -> Whole:
        """The beds left on the night on which most parts of the home stay."""
        found: Whole = line.room[self.last] - line.beds[self.places].sum(axis=1)
        return found

    def grown(self, line: Line) -> _Sets:
        """Each with one place more, where the limit can still be kept."""
        last = self.last
        free = self.free(line) - np.where(line.loose[last] == 0, line.least[last], 0)
        room = line.limit[last] - self.total - self.living - line.added(last, free)
        counts = np.maximum(line.cheaper_than(last, room) - last - 1, 0)
        mine = np.repeat(np.arange(len(counts)), counts)
        place = np.arange(len(mine)) - np.repeat(np.cumsum(counts) - counts, counts) + last[mine] + 1
        excess = self.excess[mine] + line.excess[place]
        living = np.maximum(self.living[mine], line.living[place])
        total = self.total[mine] + line.own[place]
        bound = np.maximum(line.below[place] + excess, total + line.later[place]) + living
        some = np.flatnonzero(bound < line.limit[place])
        some = some[line.fit(self.places, line.loads(self.places), mine[some], place[some])]
        places = np.concatenate([self.places[mine[some]], place[some][:, None]], axis=1)
        return _Sets(places, total[some], living[some], excess[some], bound[some]).hopeful(line)

    def hopeful(self, line: Line) -> _Sets:
        """Those that are within the limit, or could come within it by parts that stand later; with their bounds."""
        last = self.last
        above = np.maximum(line.own[self.places], 0).sum(axis=1)
        bound = np.maximum(self.total + line.later[last], line.below[last] + self.excess)
        bound = np.maximum(bound, line.by_bed[last] + above)
        bound = np.maximum(bound, self.total + line.added(last, self.free(line))) + self.living
        return replace(self, bound=bound).take(np.flatnonzero(bound < line.limit[last]))


def _cheapest(homes: Whole, cost: Whole, most: int) -> tuple[Whole, Whole]:
    """Where the few cheapest of each home stand, and where the others do."""
    if not len(homes) or np.bincount(homes).max() <= most:
        return np.arange(len(homes)), np.zeros(0, dtype=np.int64)
    order = np.lexsort((cost, homes))
    rank = np.arange(len(order)) - np.searchsorted(homes[order], homes[order])
    return np.sort(order[rank < most]), np.sort(order[rank >= most])
