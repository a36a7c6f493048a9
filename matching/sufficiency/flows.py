"""Stock and flow: each child in care, and each who comes, followed from turning point to turning point.

A turning point is the end of a way of living, a birthday into the next band of age, or a stay that grows into the next
band. Between two of them the rates of a child are constant, so waits are exponential: exact, with nothing stepped day
by day. Who lives how on which night is then counted with difference arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.sufficiency.grid import EIGHTEEN, Grid
from matching.sufficiency.streams import shares, turns, waits

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Children:
    """Children by column, all of one length: those in care on day 0, or those who come.

    Days count from day 0; `born` and `since` are at or below `at`.
    """

    replicate: Ints
    at: Floats
    """When the child is first counted: 0 for who is in care, the day of coming for others."""
    born: Floats
    since: Floats
    """When the present way of living began."""
    kind: NDArray[np.int16]
    area: NDArray[np.int16]
    keys: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class DrawnRates:
    """One draw of every rate for each replicate of a chunk."""

    wait: Floats
    """Mean days until a way of living ends by another reason than age, shape (replicates, kinds, ages, stays)."""
    onward: Floats
    """Where to: cumulative probability by kind; what is left is leaving care. Shape (replicates, kinds, ages, kinds)."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Every time a child began (+1) or ceased (-1) to be counted in a kind and band of age."""

    row: Ints
    """(replicate x kinds + kind) x ages + age."""
    area: NDArray[np.int16]
    day: Ints
    begins: int
    """How many of the first entries are beginnings; the rest are endings."""


def follow(grid: Grid, children: Children, rates: DrawnRates, days: int) -> Turns:
    """Follows every child for so many days. Deterministic in its arguments, whatever the order of the children."""
    walk = _Walk(grid, children, rates, days)
    turn = 0
    while walk.at.size:
        turn += 1
        walk.step(turn)
    return walk.turns()


class _Walk:
    """The children who are still followed, and what has been seen of all."""

    def __init__(self, grid: Grid, children: Children, rates: DrawnRates, days: int) -> None:
        kinds, ages, stays = grid.shape
        self._ages, self._stays, self._kinds = ages, stays, kinds
        self._end = np.float32(days)
        self._wait = np.ascontiguousarray(rates.wait, np.float32).reshape(-1)
        self._onward = np.ascontiguousarray(rates.onward, np.float32).reshape(-1, kinds)
        self._age_ends = np.tile(np.repeat(grid.age_ends, stays), kinds)
        self._stay_ends = np.tile(grid.stay_ends, kinds * ages)
        self.at, self._born, self._since = children.at, children.born, children.since
        self._keys, self._area = children.keys, children.area
        age = grid.age_band(self.at - self._born).astype(np.int32)
        stay = grid.stay_band(self.at - self._since).astype(np.int32)
        self._cell = (children.kind.astype(np.int32) * ages + age) * stays + stay
        self._base = children.replicate * np.int32(kinds * ages * stays)
        self._began: list[tuple[Ints, NDArray[np.int16], Ints]] = []
        self._ceased: list[tuple[Ints, NDArray[np.int16], Ints]] = []
        self._begin(slice(None))

    def step(self, turn: int) -> None:
        """Takes everybody to the next turning point, and lets go of those who left care or outlast the days."""
        bits = turns(self._keys, turn)
        birthday = self._born + self._age_ends[self._cell]
        longer = self._since + self._stay_ends[self._cell]
        edge = np.minimum(np.minimum(birthday, longer), self._end)
        then = waits(bits)
        then *= self._wait[self._base + self._cell]
        then += self.at
        moves = np.flatnonzero(then < edge)
        self.at = np.minimum(then, edge)
        keep = self.at < self._end
        grows, lasts = birthday <= edge, longer <= edge
        grows[moves], lasts[moves] = False, False
        self._age_on(np.flatnonzero(grows), keep)
        self._cell += lasts
        self._move_on(moves, bits[moves], keep)
        self._let_go(keep)

    def turns(self) -> Turns:
        """What was seen."""
        every = [*self._began, *self._ceased]
        begins = sum(row.size for row, _, _ in self._began)
        row, area, day = (np.concatenate([seen[at] for seen in every]) for at in range(3))
        return Turns(row, area, day, begins)

    def _age_on(self, who: NDArray[np.intp], keep: NDArray[np.bool_]) -> None:
        """Those whose birthday it is: into the next band, or out of care at eighteen."""
        who = who[keep[who]]
        self._cease(who)
        adult = self._born[who] + np.float32(EIGHTEEN) <= self.at[who]
        keep[who[adult]] = False
        who = who[~adult]
        self._cell[who] += np.int32(self._stays)
        self._begin(who)

    def _move_on(self, who: NDArray[np.intp], bits: NDArray[np.uint64], keep: NDArray[np.bool_]) -> None:
        """Those whose way of living ends: to another kind, or out of care."""
        if not who.size:
            return
        self._cease(who)
        by_age = self._cell[who] // np.int32(self._stays)
        onward = self._onward[self._base[who] // np.int32(self._stays) + by_age]
        drawn, to = shares(bits), np.zeros(who.size, np.int32)
        for kind in range(self._kinds):  # column by column: a sum along so short an axis is slow
            to += drawn >= onward[:, kind]
        stays_in_care = to < self._kinds
        keep[who[~stays_in_care]] = False
        who, to, age = who[stays_in_care], to[stays_in_care], (by_age % np.int32(self._ages))[stays_in_care]
        self._cell[who] = (to * np.int32(self._ages) + age) * np.int32(self._stays)
        self._since[who] = self.at[who]
        self._begin(who)

    def _begin(self, who: NDArray[np.intp] | slice) -> None:
        self._began.append(self._seen(who))

    def _cease(self, who: NDArray[np.intp]) -> None:
        self._ceased.append(self._seen(who))

    def _seen(self, who: NDArray[np.intp] | slice) -> tuple[Ints, NDArray[np.int16], Ints]:
        row = (self._base[who] + self._cell[who]) // np.int32(self._stays)
        return row, self._area[who], self.at[who].astype(np.int32)

    def _let_go(self, kept: NDArray[np.bool_]) -> None:
        keep = np.flatnonzero(kept)
        if keep.size == self.at.size:
            return
        self.at, self._born, self._since = self.at[keep], self._born[keep], self._since[keep]
        self._cell, self._base = self._cell[keep], self._base[keep]
        self._keys, self._area = self._keys[keep], self._area[keep]
