"""The relaxed problem over the intakes at hand, solved by GLOP again and again as intakes and cuts are added."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from matching.facts.living import NO_CHILD
from solver.prices import SCALE, Cut, Prices
from solver.problem import LEVELS, Columns, Whole, joined


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A solution of the relaxed problem."""

    value: float
    prices: Prices
    at_home: Whole
    """(homes,) the price of each home, in parts of a point."""


class Infeasible(Exception):
    """What was fixed beforehand cannot all be kept by the intakes at hand."""


class Master:
    """Intakes at hand, each at most once, no child twice, no home twice; those who are pinned exactly once."""

    def __init__(self, children: int, homes: int, only_home: Whole | None = None) -> None:
        """`only_home` (children,) names the one home of those who could be in no other, and is negative for the rest."""
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        if not self._solver.SetSolverSpecificParametersAsString("use_preprocessing: false"):
            raise AssertionError("GLOP does not know how to begin where it ended")
        self._homes = homes
        self._only_home = np.full(children, -1, dtype=np.int64) if only_home is None else only_home
        self._left = np.zeros(0, dtype=bool)
        self._must: set[int] = set()
        self._free = self._solver.infinity()
        self._child_rows = [self._solver.Constraint(-self._free, 1.0) for _ in range(children)]
        self._home_rows: dict[int, pywraplp.Constraint] = {}
        self._cut_rows: list[pywraplp.Constraint] = []
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        self._variables: list[pywraplp.Variable] = []
        self._known: set[bytes] = set()
        self._weights = np.zeros(LEVELS, dtype=np.int64)
        self.columns = joined([])
        self.cuts: list[Cut] = []

    def aim(self, weights: Whole) -> None:
        """Sets what a unit of each level costs."""
        if np.array_equal(weights, self._weights):
            return
        self._weights = weights
        for variable, cost in zip(self._variables, (self.columns.levels @ weights).tolist(), strict=True):
            self._objective.SetCoefficient(variable, cost)

    def add(self, columns: Columns) -> int:
        """Puts in those intakes that are not at hand yet; says how many."""
        fresh = [at for at, key in enumerate(_keys(columns)) if key not in self._known and not self._known.add(key)]  # type: ignore[func-returns-value]
        columns = columns.take(np.array(fresh, dtype=np.int64))
        costs = (columns.levels @ self._weights).tolist()
        for (home, children), cost in zip(columns.intakes(np.arange(len(columns))), costs, strict=True):
            variable = self._solver.NumVar(0.0, self._free, "")
            self._objective.SetCoefficient(variable, cost)
            self._home_row(home).SetCoefficient(variable, 1.0)
            for child in children:
                self._child_rows[child].SetCoefficient(variable, 1.0)
            self._variables.append(variable)
        self._count(columns, len(self.columns), self.cuts, self._cut_rows)
        self.columns = joined([self.columns, columns])
        self._left = np.concatenate([self._left, np.ones(len(columns), dtype=bool)])
        return len(fresh)

    def under(self, left: NDArray[np.bool_], must: Whole) -> None:
        """Leaves out all but some of the intakes at hand (k,), and makes some children be placed; until it is said anew."""
        for at in np.flatnonzero(left != self._left).tolist():
            self._variables[at].SetUb(self._free if left[at] else 0.0)
        self._left = left.copy()
        now = set(must.tolist())
        for child in sorted(self._must ^ now):
            self._child_rows[child].SetLb(1.0 if child in now else -self._free)
        self._must = now

    def cut(self, cuts: list[Cut]) -> None:
        """Puts in sibling cuts."""
        rows = [self._solver.Constraint(-self._free, float(cut.limit)) for cut in cuts]
        self._count(self.columns, 0, cuts, rows)
        self.cuts += cuts
        self._cut_rows += rows

    def solve(self) -> Relaxed:
        """The best shares and the prices that prove it. Raises Infeasible when those who are pinned cannot all be placed."""
        status = self._solver.Solve()
        if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.INFEASIBLE):
            self._solver.Reset()  # where it ended last is no good beginning: without one it is slower and surer
            status = self._solver.Solve()
        if status == pywraplp.Solver.INFEASIBLE:
            raise Infeasible
        if status != pywraplp.Solver.OPTIMAL:
            raise AssertionError(f"the relaxed problem ended with status {status}")
        at_home = np.zeros(self._homes, dtype=np.int64)
        for home, row in self._home_rows.items():
            at_home[home] = min(round(row.dual_value() * SCALE), 0)
        children = self._of_children()
        self._left_to_homes(children, at_home)
        return Relaxed(
            value=self._objective.Value(),
            prices=Prices(
                children,
                tuple(zip(self.cuts, _whole([row.dual_value() for row in self._cut_rows]).tolist(), strict=True)),
                frozenset(self._must),
            ),
            at_home=at_home,
        )

    def shares(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """How much of each intake is in the solution found last, (k,)."""
        return np.array([variable.solution_value() for variable in self._variables])

    def _of_children(self) -> Whole:
        prices = [row.dual_value() for row in self._child_rows]
        found = _whole(prices)
        for child in self._must:
            found[child] = round(prices[child] * SCALE)
        return found

    def _left_to_homes(self, children: Whole, at_home: Whole) -> None:
        """Lets the homes pay for children who could be in no other: that proves as much or more, and few prices come to rest sooner."""
        alone = np.flatnonzero((self._only_home >= 0) & (children < 0))
        np.add.at(at_home, self._only_home[alone], children[alone])
        children[alone] = 0

    def _home_row(self, home: int) -> pywraplp.Constraint:
        if home not in self._home_rows:
            self._home_rows[home] = self._solver.Constraint(-self._free, 1.0)
        return self._home_rows[home]

    def _count(self, columns: Columns, first: int, cuts: list[Cut], rows: list[pywraplp.Constraint]) -> None:
        several = np.flatnonzero(columns.children[:, 1:].max(axis=1, initial=NO_CHILD) != NO_CHILD)
        children = columns.children[several]
        for cut, row in zip(cuts, rows, strict=True) if len(several) else ():
            counts = cut.counts(children)
            for at in np.flatnonzero(counts).tolist():
                row.SetCoefficient(self._variables[first + int(several[at])], float(counts[at]))


def _whole(prices: list[float]) -> Whole:
    return np.minimum(np.rint(np.array(prices, dtype=np.float64) * SCALE).astype(np.int64), 0)


def _keys(columns: Columns) -> list[bytes]:
    """A name for each intake: its home and its children."""
    width = columns.children.shape[1]
    rows = np.concatenate([columns.homes[:, None], columns.children], axis=1).astype(np.int32)
    return [row.tobytes().rstrip(b"\xff") for row in rows] if width else []
