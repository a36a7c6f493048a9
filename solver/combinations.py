"""Intakes of several families in one home, looked for only where prices make them worth a thought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.facts.living import Indices
from solver.patterns import PROBES, Parts
from solver.problem import Whole
from solver.remembered import NONE, Remembered

FURTHEST = 2**40
"""Floors further from zero than this are alike to a search."""
KINDS = len(PROBES) + 1


@dataclass(frozen=True, slots=True)
class Effort:
    """How far a search goes before it calls itself cut short."""

    partners: int
    """Parts that are tried beside each set."""
    sets: int
    """Sets of one home that are grown further, cheapest first."""


GLANCE = Effort(partners=8, sets=24)
"""Enough to come upon good combinations while prices are still poor."""
THOROUGH = Effort(partners=100_000, sets=100_000)


@dataclass(frozen=True, slots=True)
class Found:
    """Combinations that a search came upon."""

    columns: Whole
    """Positions in Remembered.columns, each once."""
    cut_short: Whole
    """Homes of which not every combination within the limit was looked at."""


@dataclass(frozen=True, slots=True)
class Floors:
    """What each part costs at least in any intake: its own, which is summed, and what it brings to living together.

    Of the latter the greatest counts, once for an intake. Both (k,), reduced by what the part pays.
    """

    own: Whole
    living: Whole


class Search:
    """Finds every allowed combination whose parts cost less than a limit that each home sets."""

    def __init__(self, parts: Parts, remembered: Remembered) -> None:
        self._parts, self._remembered = parts, remembered
        self._places = parts.places()

    def below(self, floors: Floors, limits: Whole, within: NDArray[np.bool_], effort: Effort) -> Found:
        """All combinations of the parts `within` that cost, by their floors, less than the limit of their home.

        Where a home has more than the effort allows for, it is named in `cut_short`.
        """
        some = self._promising(floors, limits, within)
        found, short = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        line = _Line.of(self._parts, self._places, some, floors, limits)
        edge = _Sets.single(line)
        while len(edge.total):
            edge, passed_over = edge.grown(line, effort)
            short.append(passed_over)
            columns = self._remembered.look(line.part[edge.places])
            edge = edge.take(np.flatnonzero(columns != NONE))
            near = edge.total + edge.living < line.limit[edge.last]
            found.append(columns[columns != NONE][near])
        return Found(np.unique(np.concatenate(found)), np.unique(np.concatenate(short)))

    def _promising(self, floors: Floors, limits: Whole, within: NDArray[np.bool_]) -> Whole:
        """Parts that could be in such a combination: with all that is below zero at their home they pass the limit."""
        homes = self._parts.columns.homes
        below = np.zeros(len(limits), dtype=np.int64)
        np.add.at(below, homes[within], np.minimum(floors.own[within], 0))
        others = below[homes] - np.minimum(floors.own, 0)
        kept = np.flatnonzero(within & (floors.own + floors.living + others < limits[homes]))
        crowd = np.bincount(homes[kept], minlength=len(limits))
        return kept[crowd[homes[kept]] > 1]


@dataclass(frozen=True, slots=True)
class _Line:
    """Promising parts in line, by home and then by floor, with what those after each could still take off."""

    part: Whole
    home: Whole
    own: Whole
    living: Whole
    family: Whole
    first: Whole
    end: Whole
    size: Whole
    kind: Whole
    stop: Whole
    """(k,) where the parts of the same home stop."""
    below: Whole
    """(KINDS, k + 1) sums of what lies below zero, over the parts of each kind alone."""
    rank: Whole
    """(KINDS, k + 1) how many parts of each kind stand before each place."""
    places: Whole
    """(homes, KINDS)"""
    spare: Whole
    """(homes, nights)"""
    limit: Whole
    key: Whole
    """(k,) home and floor in one number, rising."""

    @staticmethod
    def of(parts: Parts, places: Whole, some: Whole, floors: Floors, limits: Whole) -> _Line:
        order = np.lexsort((floors.own[some], parts.columns.homes[some]))
        part = some[order]
        home, own, kind = parts.columns.homes[part], floors.own[part], parts.kind[part]
        return _Line(
            part=part,
            home=home,
            own=own,
            living=floors.living[part],
            family=parts.family[part],
            first=parts.first[part],
            end=parts.end[part],
            size=parts.size[part],
            kind=kind,
            stop=np.searchsorted(home, home, side="right").astype(np.int64),
            below=np.stack([_sums(np.minimum(own[kind == one], 0), len(part)) for one in range(KINDS)]),
            rank=np.stack([np.concatenate([[0], np.cumsum(kind == one)]) for one in range(KINDS)]).astype(np.int64),
            places=places,
            spare=parts.spare,
            limit=limits[home],
            key=_key(home, own),
        )

    def cheaper_than(self, place: Whole, floor: Whole) -> Whole:
        """Where the parts of the same home stop that are below zero or below a floor."""
        found: Whole = np.searchsorted(self.key, _key(self.home[place], np.maximum(floor, 0))).astype(np.int64)
        return found

    def still(self, place: Whole, used: Whole) -> Whole:
        """The most that parts after a place could take off a home where so many of each kind, (k, KINDS), are in."""
        found = np.zeros(len(place), dtype=np.int64)
        left = np.maximum(self.places[self.home[place]] - used, 0)
        for kind in range(KINDS):
            first, last = self.rank[kind, place + 1], self.rank[kind, self.stop[place]]
            most = np.minimum(last, first + left[:, kind])
            found += self.below[kind, most] - self.below[kind, first]
        return found


@dataclass(frozen=True, slots=True)
class _Sets:
    """Sets of places in line, each rising."""

    places: Indices
    total: Whole
    living: Whole
    used: Whole
    """(k, KINDS) parts of each kind."""

    @property
    def last(self) -> Whole:
        return self.places[:, -1]

    def take(self, which: Whole) -> _Sets:
        return _Sets(self.places[which], self.total[which], self.living[which], self.used[which])

    @staticmethod
    def single(line: _Line) -> _Sets:
        used = (line.kind[:, None] == np.arange(KINDS)).astype(np.int64)
        return _Sets(np.arange(len(line.part))[:, None], line.own, line.living, used)

    def grown(self, line: _Line, effort: Effort) -> tuple[_Sets, Whole]:
        """Each with one place more, where the limit can still be kept; and the homes where some were left out."""
        hopeful, passed_over = self.take(self.hopeful(line)).cheapest(line, effort.sets)
        last = hopeful.last
        room = line.limit[last] - hopeful.total - hopeful.living
        counts = np.maximum(line.cheaper_than(last, room) - last - 1, 0)
        passed_over = np.concatenate([passed_over, line.home[last[counts > effort.partners]]])
        counts = np.minimum(counts, effort.partners)
        mine = np.repeat(np.arange(len(last)), counts)
        place = np.arange(len(mine)) - np.repeat(np.cumsum(counts) - counts, counts) + last[mine] + 1
        fits = np.flatnonzero(_fit(line, hopeful.places[mine], place))
        mine, place = mine[fits], place[fits]
        used = hopeful.used[mine]
        used[np.arange(len(mine)), line.kind[place]] += 1
        sets = _Sets(
            np.concatenate([hopeful.places[mine], place[:, None]], axis=1),
            hopeful.total[mine] + line.own[place],
            np.maximum(hopeful.living[mine], line.living[place]),
            used,
        )
        return sets.take(sets.hopeful(line)), passed_over

    def hopeful(self, line: _Line) -> Whole:
        """Those that are within the limit, or could come within it by parts that stand later."""
        least = self.total + self.living + line.still(self.last, self.used)
        return np.flatnonzero(least < line.limit[self.last])

    def cheapest(self, line: _Line, most: int) -> tuple[_Sets, Whole]:
        """The cheapest sets of each home; and the homes that have more."""
        home = line.home[self.last]
        if np.bincount(home, minlength=1).max() <= most:
            return self, np.zeros(0, dtype=np.int64)
        order = np.lexsort((self.total, home))
        rank = np.arange(len(order)) - np.searchsorted(home[order], home[order])
        return self.take(np.sort(order[rank < most])), np.unique(home[order[rank >= most]])


def _fit(line: _Line, places: Indices, place: Whole) -> NDArray[np.bool_]:
    """Whether one part more is of another family, and beds are left on the first night of each part."""
    fits: NDArray[np.bool_] = (line.family[places] != line.family[place][:, None]).all(axis=1)
    every = np.concatenate([places, place[:, None]], axis=1)
    spare = line.spare[line.home[place]]
    first, end, size = line.first[every], line.end[every], line.size[every]
    for at in range(every.shape[1]):
        night = np.minimum(first[:, [at]], spare.shape[1] - 1)
        load = np.where((first <= night) & (night < end), size, 0).sum(axis=1)
        fits &= (size[:, at] == 0) | (load <= np.take_along_axis(spare, night, axis=1)[:, 0])
    return fits


def _sums(values: Whole, size: int) -> Whole:
    """Running sums from 0, filled up to size + 1."""
    sums = np.concatenate([[0], np.cumsum(values)]).astype(np.int64)
    return np.pad(sums, (0, size + 1 - len(sums)), mode="edge")


def _key(home: Whole, floor: Whole) -> Whole:
    key: Whole = home * (2 * FURTHEST) + np.clip(floor, -FURTHEST, FURTHEST - 1) + FURTHEST
    return key
