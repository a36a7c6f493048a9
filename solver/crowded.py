"""The cheapest intakes of a home that has too many to be looked through: chosen by CP-SAT among families side by side.

The rules stay an opaque predicate. They are asked about all pairs of parts of the home; what those answers leave is a
choice of parts that have beds, and what is chosen is shown to the rules. Of a set that they refuse for a deeper reason the
fewest parts refused together are found, and are not chosen together again; likewise of what living together adds.
What is cheapest in the end is allowed and costs what was supposed, and nothing costs less.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from solver.lines import Floors
from solver.patterns import Parts
from solver.problem import Whole, grouped
from solver.remembered import NONE, Remembered
from solver.residual import EXACT, Work, best_bound, one_worker

MOST_PARTS = 500
"""Homes with more parts than this are not looked at so: all their pairs would have to be asked about."""
EFFORT = 4.0
"""What one home may take each time, in CP-SAT's deterministic units."""
MOST_QUESTIONS = 400
"""Sets that are shown to the rules each time."""
ALONE = -2
"""Where a part by itself stands among the remembered columns: it is none of them."""

Set = tuple[int, ...]
"""Parts of a home by their place among its parts, rising."""


class CrowdedHome:
    """One home with many parts; what the rules said of it is kept."""

    def __init__(self, parts: Parts, remembered: Remembered, home: int) -> None:
        self.rows: Whole = np.flatnonzero(parts.columns.homes == home)
        """Its parts."""
        self._remembered = remembered
        who, sets = parts.who[self.rows], parts.sets
        self._family, self._size = sets.family[who], parts.size(self.rows)
        self._first, self._end, self._spare = sets.first[who], sets.end[who], parts.spare[home]
        self._refused: list[Set] = []
        self._together: list[tuple[Set, int]] = []
        """Sets that are allowed, with where they stand among the remembered columns."""
        one, other = np.triu_indices(len(self.rows), 1)
        apart = self._family[one] != self._family[other]
        pairs: list[Set] = list(zip(one[apart].tolist(), other[apart].tolist(), strict=True))
        for pair, column in zip(pairs, self._columns_of(pairs).tolist(), strict=True):
            self._learn(pair, column)

    def look(self, floors: Floors, left: NDArray[np.bool_], limit: int, most: int, work: Work) -> int:
        """Comes upon the cheapest intakes of several families that cost less than a limit, up to so many of them.

        Only the parts `left` (parts of the home,) are put together. Gives back what no intake that it did not come upon
        costs less than; the limit, when it came upon all. What it takes is taken off the work that is left.
        """
        own, found, least = floors.own[self.rows], list[Set](), -EXACT
        mine = Work(min(EFFORT, work.left), work.seed)
        for _ in range(MOST_QUESTIONS):
            if mine.left <= 0:
                break
            bound, chosen = self._cheapest(own, floors, left, found, limit, mine)
            least = max(least, bound)
            if chosen is None:
                break
            if self._as_supposed(chosen, own, floors):
                found.append(chosen)
                if len(found) == most:
                    break
        work.use(mine.spent)
        return min(least, limit)

    def _as_supposed(self, chosen: Set, own: Whole, floors: Floors) -> bool:
        """Whether the rules allow a set at the cost that was supposed; if not, what they say is kept."""
        column = int(self._columns_of([chosen])[0])
        if column == NONE:
            self._learn(self._fewest(chosen, lambda sets: self._columns_of(sets) == NONE), NONE)
            return False
        added = self._adds([(chosen, column)], own, floors)[0]
        supposed = [more for some, more in self._all_adds(own, floors) if set(some) <= set(chosen)]
        if added <= max(supposed, default=0):
            return True

        def as_much(sets: list[Set]) -> NDArray[np.bool_]:
            columns = self._columns_of(sets)
            there = np.flatnonzero(columns >= 0)
            held = np.zeros(len(sets), dtype=bool)
            held[there] = self._adds([(sets[at], int(columns[at])) for at in there], own, floors) >= added
            return held

        fewest = self._fewest(chosen, as_much)
        self._learn(fewest, int(self._columns_of([fewest])[0]))
        return False

    def _fewest(self, chosen: Set, holds: Callable[[list[Set]], NDArray[np.bool_]]) -> Set:
        """Parts of a set of which something holds, as it does of the set, but not without any one of them.

        What holds of a set must hold of every larger one.
        """
        needed, left = list[int](), list(chosen)
        while not needed or not holds([tuple(sorted(needed))])[0]:
            growing = [tuple(sorted([*needed, *left[: at + 1]])) for at in range(len(left))]
            at = int(np.argmax(holds(growing)))
            needed.append(left[at])
            left = left[:at]
        return tuple(sorted(needed))

    def _learn(self, some: Set, column: int) -> None:
        if column == NONE:
            self._refused.append(some)
        else:
            self._together.append((some, column))

    def _columns_of(self, sets: list[Set]) -> Whole:
        """Where sets stand among the remembered columns; NONE for those that the rules refuse, ALONE for single parts."""
        found = np.full(len(sets), ALONE, dtype=np.int64)
        several = [at for at, one in enumerate(sets) if len(one) > 1]
        if several:
            places = np.full((len(several), max(len(sets[at]) for at in several)), NONE, dtype=np.int64)
            for row, at in enumerate(several):
                places[row, : len(sets[at])] = self.rows[list(sets[at])]
            found[several] = self._remembered.look(places)
        return found

    def _adds(self, sets: list[tuple[Set, int]], own: Whole, floors: Floors) -> Whole:
        """What living together adds to allowed sets beside what their parts cost."""
        cost = floors.of(self._remembered.columns.take(np.array([column for _, column in sets], dtype=np.int64)))
        found: Whole = cost - np.array([own[list(some)].sum() for some, _ in sets], dtype=np.int64)
        return found

    def _all_adds(self, own: Whole, floors: Floors) -> list[tuple[Set, int]]:
        """What living together is known to add to sets and all larger ones, where that is anything."""
        added: list[tuple[Set, int]] = [((at,), more) for at, more in enumerate(floors.living[self.rows].tolist())]
        if self._together:
            sets = [some for some, _ in self._together]
            added += zip(sets, self._adds(self._together, own, floors).tolist(), strict=True)
        return [(some, more) for some, more in added if more > 0]

    def _cheapest(
        self, own: Whole, floors: Floors, left: NDArray[np.bool_], found: list[Set], limit: int, work: Work
    ) -> tuple[int, Set | None]:
        """What no set but those found costs less than, and a set that is supposed to cost least, if any is below the limit."""
        model = cp_model.CpModel()
        chosen = [model.new_bool_var("") for _ in own]
        self._restrict(model, chosen, left, found)
        adds = self._all_adds(own, floors)
        unit = 1 + (int(np.abs(own).sum()) + max((more for _, more in adds), default=0)) // EXACT
        steps, widths = _steps(model, chosen, adds)
        cost = cp_model.LinearExpr.weighted_sum(
            [*chosen, *steps], [*(own // unit).tolist(), *(width // unit for width in widths)]
        )
        model.add(cost <= (limit - 1) // unit)
        model.minimize(cost)
        solver = one_worker(work)
        status = solver.solve(model)
        work.use(solver.deterministic_time)
        if status == cp_model.INFEASIBLE:
            return limit, None
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return -EXACT, None
        return best_bound(solver) * unit, tuple(at for at, one in enumerate(chosen) if solver.boolean_value(one))

    def _restrict(
        self, model: cp_model.CpModel, chosen: list[cp_model.IntVar], left: NDArray[np.bool_], found: list[Set]
    ) -> None:
        """Two parts or more, of different families, that have beds and are not known to be refused."""
        model.add(cp_model.LinearExpr.sum(chosen) >= 2)
        for at in np.flatnonzero(~left).tolist():
            model.add(chosen[at] == 0)
        for _, same in grouped(self._family, np.arange(len(chosen))):
            model.add_at_most_one(chosen[at] for at in same.tolist())
        for night in np.unique(self._first[self._size > 0]).tolist():
            here = np.flatnonzero((self._first <= night) & (night < self._end))
            load = cp_model.LinearExpr.weighted_sum([chosen[at] for at in here], self._size[here].tolist())
            model.add(load <= int(self._spare[min(night, len(self._spare) - 1)]))
        for some in self._refused:
            model.add_bool_or(chosen[at].negated() for at in some)
        for some in found:
            inside = set(some)
            model.add_bool_or(one.negated() if at in inside else one for at, one in enumerate(chosen))


def _steps(
    model: cp_model.CpModel, chosen: list[cp_model.IntVar], adds: list[tuple[Set, int]]
) -> tuple[list[cp_model.IntVar], list[int]]:
    """Whether living together adds an amount or more, for each amount there is, and how much more that is than the one before."""
    amounts = sorted({more for _, more in adds})
    steps = {more: model.new_bool_var("") for more in amounts}
    for less, more in pairwise(amounts):
        model.add_implication(steps[more], steps[less])
    for some, more in adds:
        model.add_bool_or([*(chosen[at].negated() for at in some), steps[more]])
    return list(steps.values()), [more - less for less, more in zip([0, *amounts], amounts, strict=False)]
