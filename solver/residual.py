"""The exact choice among intakes at hand, goal after goal, with CP-SAT: one worker, work counted and not timed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from solver.prices import SCALE, Cut
from solver.problem import Columns, Whole
from solver.settled import Settled

EXACT = 2**52
"""Totals stay below this, so that they are exact in whole numbers and in floating point alike."""


@dataclass(slots=True)
class Work:
    """How much work is left, in CP-SAT's deterministic units; what repeats must not depend on the clock."""

    left: float
    seed: int = 0
    spent: float = field(default=0.0)

    def use(self, units: float) -> None:
        """Takes away what was spent."""
        self.spent += units
        self.left = max(self.left - units, 0.0)


@dataclass(frozen=True, slots=True)
class Choice:
    """Intakes chosen, and for each goal what no choice could come to less than, once the goals before it are met."""

    chosen: Whole
    """Positions among the columns, rising."""
    bounds: tuple[int, ...]
    """One for each goal that was looked at; the last is below what was reached when work ran out."""
    proved: bool


class Residual:
    """One choice to be made: no child twice, no home twice, some children placed for certain."""

    def __init__(self, columns: Columns, children: int, must: Whole, work: Work) -> None:
        self._columns, self._work = columns, work
        self._model = cp_model.CpModel()
        self._chosen = [self._model.new_bool_var("") for _ in range(len(columns))]
        self._unplaced = [self._model.new_bool_var("") for _ in range(children)]
        for child, which in enumerate(_grouped(*columns.members(), children)):
            self._model.add_exactly_one([self._unplaced[child], *(self._chosen[one] for one in which)])
        for child in must.tolist():
            self._model.add(self._unplaced[child] == 0)
        homes = int(columns.homes.max(initial=-1)) + 1
        self._unused: dict[int, cp_model.IntVar] = {}
        for home, which in enumerate(_grouped(np.arange(len(columns)), columns.homes.astype(np.int64), homes)):
            literals = [self._chosen[one] for one in which]
            if which:
                self._unused[home] = self._model.new_bool_var("")
                self._model.add_exactly_one([self._unused[home], *literals])

    def hold(self, settled: Settled, value: int) -> None:
        """Lets the goal of a relaxed problem at rest come to no more than a value."""
        literals, weights = self._above(settled)
        self._model.add(cp_model.LinearExpr.weighted_sum(literals, weights) <= value * SCALE - settled.bound)

    def choose(self, goals: list[Whole], hint: Whole) -> Choice | None:
        """The least of each goal, as what each intake costs, in turn, beginning from a hint. None when not all can be placed who must be."""
        best, bounds = hint, []
        for costs in goals:
            if int(np.abs(costs).sum()) >= EXACT and int(np.abs(costs).max()) * len(self._columns.homes) >= 2**62:
                raise AssertionError("a goal is too large to be added exactly")
            self._model.minimize(self._sum(costs))
            self._hint(best)
            solver = one_worker(self._work)
            status = solver.solve(self._model)
            self._work.use(solver.deterministic_time)
            if status == cp_model.INFEASIBLE:
                return None
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                best = np.flatnonzero([solver.boolean_value(one) for one in self._chosen])
            value = int(costs[best].sum())
            bounds.append(value if status == cp_model.OPTIMAL else _bound(status, solver))
            if bounds[-1] > value:
                raise AssertionError(f"the bound {bounds[-1]} lies above the value {value}")
            if status != cp_model.OPTIMAL:
                return Choice(best, tuple(bounds), proved=False)
            self._model.add(self._sum(costs) <= value)
        return Choice(best, tuple(bounds), proved=True)

    def nearest(self, settled: Settled, hint: Whole) -> Choice | None:
        """The least of the goal of a relaxed problem at rest, counted from its bound: nothing then costs below zero.

        That is the same choice, in numbers in which the engine sees at once what is out of the question.
        """
        costs = SCALE * self._columns.costs(settled.weights)
        self._model.minimize(cp_model.LinearExpr.weighted_sum(*self._above(settled)))
        self._hint(hint)
        solver = one_worker(self._work)
        status = solver.solve(self._model)
        self._work.use(solver.deterministic_time)
        if status == cp_model.INFEASIBLE:
            return None
        best = hint
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            best = np.flatnonzero([solver.boolean_value(one) for one in self._chosen])
        value = int(costs[best].sum()) // SCALE
        proved = status == cp_model.OPTIMAL
        return Choice(best, (value if proved else -(-settled.bound // SCALE),), proved)

    def _above(self, settled: Settled) -> tuple[list[cp_model.IntVar], list[int]]:
        """By how much a choice comes to more than the bound, as a weighted sum without a weight below zero."""
        above = settled.above(self._columns)
        if len(above) and above.min() < 0:
            raise AssertionError("an intake costs less than the least of its home")
        prices = settled.prices
        literals = [*self._chosen, *self._unplaced, *self._unused.values()]
        left = np.maximum(-prices.children, 0)  # who must be placed is never left, whatever the price
        weights = [*above.tolist(), *left.tolist(), *(-settled.at_home[list(self._unused)]).tolist()]
        for cut, price in prices.cuts:
            if price:
                literals.append(self._left_by(cut))
                weights.append(-price)
        return literals, weights

    def _left_by(self, cut: Cut) -> cp_model.IntVar:
        """How far a choice stays below a sibling cut."""
        left = self._model.new_int_var(0, cut.limit, "")
        counts = cut.counts(self._columns.children)
        here = np.flatnonzero(counts)
        terms = [self._chosen[at] for at in here]
        self._model.add(cp_model.LinearExpr.weighted_sum([*terms, left], [*counts[here].tolist(), 1]) == cut.limit)
        return left

    def _sum(self, costs: Whole) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum(self._chosen, costs.tolist())

    def _hint(self, best: Whole) -> None:
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        there = set(best.tolist())
        for at, one in enumerate(self._chosen):
            self._model.add_hint(one, at in there)


def _grouped(values: Whole, keys: Whole, groups: int) -> list[list[int]]:
    """The values of each key from 0 to groups - 1, in their order."""
    order = np.argsort(keys, kind="stable")
    edges = np.searchsorted(keys[order], np.arange(groups + 1)).tolist()
    ordered = values[order].tolist()
    return [ordered[edges[at] : edges[at + 1]] for at in range(groups)]


def one_worker(work: Work) -> cp_model.CpSolver:
    """One worker with a strong relaxation and no probing: what proves these models soonest (docs/solver.md)."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.random_seed = work.seed
    solver.parameters.max_deterministic_time = max(work.left, 1e-3)
    return solver


def _bound(status: object, solver: cp_model.CpSolver) -> int:
    """What a search that was not finished proves: nothing, where it did not even find a choice of its own."""
    return best_bound(solver) if status == cp_model.FEASIBLE else -EXACT


def best_bound(solver: cp_model.CpSolver) -> int:
    """The least whole number that the bound of a search allows."""
    bound = solver.best_objective_bound
    return int(np.ceil(bound - 1e-6)) if np.isfinite(bound) else -EXACT
