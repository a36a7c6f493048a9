"""The relaxed problem over the intakes at hand, solved by GLOP again and again as intakes and cuts are added."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.prices import SCALE, Cut, Prices, counted
from solver.problem import LEVELS, Columns, Lean, Reals, Whole, joined
from solver.programmes import FREE, Programme

NO_ROW = -1


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A solution of the relaxed problem."""

    value: float
    prices: Prices
    at_home: Whole
    """(homes,) the price of each home, in parts of a point."""
    shares: Reals
    """(k,) how much of each intake at hand is in it."""


class Infeasible(Exception):
    """What was fixed beforehand cannot all be kept by the intakes at hand."""


class Master:
    """Intakes at hand, each at most once, no child twice, no home twice; those who are pinned exactly once."""

    def __init__(self, children: int, homes: int, only_home: Whole | None = None) -> None:
        """`only_home` (children,) names the one home of those who could be in no other, and is negative for the rest."""
        self._programme = Programme()
        self._children = self._at_most(np.ones(children, dtype=np.int64))
        self._home_rows = np.full(homes, NO_ROW, dtype=np.int64)
        self._cut_rows = np.zeros(0, dtype=np.int64)
        self._only_home = np.full(children, -1, dtype=np.int64) if only_home is None else only_home
        self._left = np.zeros(0, dtype=bool)
        self._must = np.zeros(children, dtype=bool)
        self._known: set[bytes] = set()
        self._weights = np.zeros(LEVELS, dtype=np.int64)
        self.columns = joined([])
        self.cuts: list[Cut] = []

    def aim(self, weights: Whole) -> None:
        """Sets what a unit of each level costs."""
        if np.array_equal(weights, self._weights):
            return
        self._weights = weights
        self._programme.cost(np.arange(len(self.columns)), self.columns.costs(weights))

    def add(self, columns: Columns) -> int:
        """Puts in those intakes that are not at hand yet; says how many."""
        fresh = [at for at, key in enumerate(_keys(columns)) if key not in self._known and not self._known.add(key)]  # type: ignore[func-returns-value]
        if not fresh:
            return 0
        columns = columns.take(np.array(fresh, dtype=np.int64))
        numbers = self._programme.columns(columns.costs(self._weights))
        at, kid = columns.members()
        self._programme.count(
            np.concatenate([self._children[kid], self._rows_of(columns.homes)]),
            numbers[np.concatenate([at, np.arange(len(columns))])],
            np.ones(len(at) + len(columns), dtype=np.int64),
        )
        self._count(columns, numbers, self.cuts, self._cut_rows)
        self.columns = joined([self.columns, columns])
        self._left = np.concatenate([self._left, np.ones(len(columns), dtype=bool)])
        return len(fresh)

    def under(self, left: NDArray[np.bool_], must: Whole) -> None:
        """Leaves out all but some of the intakes at hand (k,), and makes some children be placed; until it is said anew."""
        changed = np.flatnonzero(left != self._left)
        if len(changed):
            self._programme.limit_columns(changed, np.where(left[changed], FREE, 0.0))
        self._left = left.copy()
        now = np.zeros_like(self._must)
        now[must] = True
        changed = np.flatnonzero(now != self._must)
        if len(changed):
            self._programme.limit_rows(self._children[changed], np.where(now[changed], 1.0, -FREE))
        self._must = now

    def cut(self, cuts: list[Cut]) -> None:
        """Puts in sibling cuts."""
        rows = self._at_most(np.array([cut.limit for cut in cuts], dtype=np.int64))
        self._count(self.columns, np.arange(len(self.columns)), cuts, rows)
        self.cuts += cuts
        self._cut_rows = np.concatenate([self._cut_rows, rows])

    def solve(self) -> Relaxed:
        """The best shares and the prices that prove it. Raises Infeasible when those who are pinned cannot all be placed."""
        answer = self._programme.solve()
        if answer is None:
            raise Infeasible
        prices = np.rint(answer.prices * SCALE).astype(np.int64)
        of_children = prices[self._children]
        of_children = np.where(self._must, of_children, np.minimum(of_children, 0))
        of_cuts = np.minimum(prices[self._cut_rows], 0)
        used = np.flatnonzero(self._home_rows != NO_ROW)
        at_home = np.zeros(len(self._home_rows), dtype=np.int64)
        at_home[used] = np.minimum(prices[self._home_rows[used]], 0)
        self._left_to_homes(of_children, at_home)
        return Relaxed(
            value=answer.value,
            prices=Prices(
                of_children,
                tuple(zip(self.cuts, of_cuts.tolist(), strict=True)),
                frozenset(np.flatnonzero(self._must).tolist()),
            ),
            at_home=at_home,
            shares=answer.shares,
        )

    def _at_most(self, limits: Whole) -> Whole:
        """Rows for so many limits that may not be passed."""
        return self._programme.rows(np.full(len(limits), -FREE), limits.astype(np.float64))

    def _rows_of(self, homes: Lean) -> Whole:
        """The rows of homes, put in where there is none yet."""
        fresh = np.unique(homes[self._home_rows[homes] == NO_ROW])
        self._home_rows[fresh] = self._at_most(np.ones(len(fresh), dtype=np.int64))
        return self._home_rows[homes]

    def _left_to_homes(self, children: Whole, at_home: Whole) -> None:
        """Lets the homes pay for children who could be in no other: that proves as much or more, and few prices come to rest sooner."""
        alone = np.flatnonzero((self._only_home >= 0) & (children < 0))
        np.add.at(at_home, self._only_home[alone], children[alone])
        children[alone] = 0

    def _count(self, columns: Columns, numbers: Whole, cuts: list[Cut], rows: Whole) -> None:
        """Counts intakes, which stand at `numbers` in the programme, in some of the cuts."""
        found = [
            (np.full(len(here), rows[cut]), numbers[here], counts)
            for cut, here, counts in counted(cuts, columns.children)
        ]
        if found:
            self._programme.count(*(np.concatenate(one) for one in zip(*found, strict=True)))


def _keys(columns: Columns) -> list[bytes]:
    """A name for each intake: its home and its children, without padding."""
    rows = np.concatenate([columns.homes[:, None], columns.children], axis=1)
    width, names = rows.itemsize * rows.shape[1], rows.tobytes()
    return [names[at : at + width].rstrip(b"\xff") for at in range(0, len(names), width)]
