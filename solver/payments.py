"""What a long list of intakes costs and pays, worked out over and over: what does not change with prices is kept."""

from __future__ import annotations

import numpy as np

from matching.facts.living import NO_CHILD
from solver.prices import SCALE, Cut, Prices
from solver.problem import Columns, Whole

_NOTHING = np.zeros(0, dtype=np.int64)


class Payments:
    """Intakes that only ever grow in number, with what each goal makes them cost."""

    def __init__(self, columns: Columns) -> None:
        self._flat, self._starts = _NOTHING, _NOTHING
        self._columns = columns
        self._several = columns.children[:0]
        self._several_at = _NOTHING
        self._cuts: dict[Cut, tuple[int, Whole, Whole]] = {}
        self._costs: dict[bytes, Whole] = {}
        self.grow(columns)

    def __len__(self) -> int:
        return len(self._starts)

    def grow(self, columns: Columns) -> None:
        """Takes in what stands behind those there are: `columns` is the whole list, the old part unchanged."""
        before, children = len(self), columns.children
        there = children[before:] != NO_CHILD
        sizes = there.sum(axis=1)
        starts = len(self._flat) + np.cumsum(sizes) - sizes
        self._flat = np.concatenate([self._flat, children[before:][there]])
        self._starts = np.concatenate([self._starts, starts])
        self._columns = columns
        several = before + np.flatnonzero(sizes > 1)
        self._several_at = np.concatenate([self._several_at, several])
        self._several = children[self._several_at]

    def costs(self, weights: Whole) -> Whole:
        """What each intake costs by a goal (LEVELS,), in parts of a point, (k,)."""
        name = weights.tobytes()
        known = self._costs.get(name, _NOTHING)
        if len(known) < len(self):
            more = SCALE * self._columns.take(np.arange(len(known), len(self))).costs(weights)
            self._costs[name] = known = np.concatenate([known, more])
        return known

    def paid(self, prices: Prices) -> Whole:
        """What each intake pays: the prices of its children and of the cuts it counts in, (k,)."""
        if not len(self):
            return _NOTHING
        found: Whole = np.add.reduceat(prices.children[self._flat], self._starts)
        for cut, price in prices.cuts:
            if price:
                at, counts = self._counted(cut)
                found[at] += price * counts
        return found

    def _counted(self, cut: Cut) -> tuple[Whole, Whole]:
        """The intakes that count in a cut, and how often."""
        upto, at, counts = self._cuts.get(cut, (0, _NOTHING, _NOTHING))
        if upto < len(self._several_at):
            more = cut.counts(self._several[upto:])
            here = np.flatnonzero(more)
            at = np.concatenate([at, self._several_at[upto:][here]])
            counts = np.concatenate([counts, more[here]])
            self._cuts[cut] = len(self._several_at), at, counts
        return at, counts
