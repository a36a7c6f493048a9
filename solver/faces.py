"""The plans that prices prove best, as the relaxed problem sees them; and the one of them that a further goal prefers.

When prices prove a plan best without a gap, the best plans are exactly those whose intakes all have no reduced cost, that
place every child with a price below zero, use every home with a price below zero and meet every cut with a price below
zero. Among them a further goal is a small problem of its own, and as a rule GLOP finds a whole answer to it at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from ortools.linear_solver import pywraplp

from solver.prices import SCALE, Cut
from solver.problem import Columns, Whole, grouped, joined


@dataclass(frozen=True, slots=True)
class Face:
    """Intakes of which the best plans are made, and what such a plan must do."""

    columns: Columns
    must_place: frozenset[int]
    """Rows of the children whom each of the plans places."""
    must_use: frozenset[int]
    """The homes that each of them uses."""
    tight: frozenset[Cut]
    """Cuts that each of them meets."""
    cuts: tuple[Cut, ...]
    """Cuts that hold of every plan, those to be met among them."""

    def preferred(self, costs: Whole) -> tuple[Columns, Face | None] | None:
        """The plan that costs least, and the plans that cost as little; None for the latter where that is not known.

        Costs are whole numbers, one for each intake. None when GLOP's answer is not whole, or not proved in whole numbers.
        """
        settled = self._settled(costs)
        if settled is None:
            return self._of_all(costs)
        alone, rest, left = settled
        found = rest._of_all(left)  # noqa: SLF001 - one of the same kind
        if found is None or found[1] is None:
            return found and (joined([alone, found[0]]), None)
        narrower = replace(
            found[1],
            columns=joined([alone, found[1].columns]),
            must_place=found[1].must_place | self.must_place,
            must_use=found[1].must_use | self.must_use,
        )
        return joined([alone, found[0]]), narrower

    def _of_all(self, costs: Whole) -> tuple[Columns, Face | None] | None:
        """The same, with every intake a question."""
        columns, program = self.columns, _Program(costs)
        at, kid = columns.members()
        for child, which in grouped(kid, at):
            program.row(_Row("child", child, 1, child in self.must_place), which)
        for home, which in grouped(columns.homes, np.arange(len(columns))):
            program.row(_Row("home", home, 1, home in self.must_use), which)
        for number, cut in enumerate(self.cuts):
            counts = cut.counts(columns.children)
            which = np.flatnonzero(counts)
            program.row(_Row("cut", number, cut.limit, cut in self.tight), which, counts[which])
        answer = program.whole_answer()
        if answer is None:
            return None
        chosen, could_be, binding = answer
        if could_be is None:
            return columns.take(chosen), None
        narrower = Face(
            columns.take(could_be),
            self.must_place | {row.number for row in binding if row.of == "child"},
            self.must_use | {row.number for row in binding if row.of == "home"},
            self.tight | {self.cuts[row.number] for row in binding if row.of == "cut"},
            self.cuts,
        )
        return columns.take(chosen), narrower

    def _settled(self, costs: Whole) -> tuple[Columns, Face, Whole] | None:
        """The intakes that are in every such plan, for no other has any of their children or their home; and the rest.

        None when there are no such intakes. What the rest costs comes with it.
        """
        columns = self.columns
        at, kid = columns.members()
        often = np.bincount(kid)[kid] > 1
        needed = np.isin(kid, list(self.must_place))
        contested, wanted = np.zeros(len(columns), dtype=bool), np.zeros(len(columns), dtype=bool)
        np.logical_or.at(contested, at, often)
        np.logical_or.at(wanted, at, needed)
        wanted |= np.isin(columns.homes, list(self.must_use))
        contested |= np.bincount(columns.homes)[columns.homes] > 1
        sure = wanted & ~contested & (columns.sizes() == 1)
        if not sure.any():
            return None
        alone, rest = columns.take(sure), columns.take(~sure)
        face = replace(
            self,
            columns=rest,
            must_place=self.must_place - set(alone.members()[1].tolist()),
            must_use=self.must_use - set(alone.homes.tolist()),
        )
        return alone, face, costs[~sure]


class _Row(NamedTuple):
    """A limit that may not be passed, or is to be met."""

    of: str
    number: int
    limit: int
    tight: bool


@dataclass(slots=True)
class _Program:
    """A least cost of whole numbers; each variable is nought or one."""

    costs: Whole
    _rows: list[tuple[_Row, Whole, Whole, pywraplp.Constraint]] = field(default_factory=list)
    _solver: pywraplp.Solver = field(default_factory=lambda: pywraplp.Solver.CreateSolver("GLOP"))
    _variables: list[pywraplp.Variable] = field(default_factory=list)

    def __post_init__(self) -> None:
        objective = self._solver.Objective()
        for cost in self.costs.tolist():
            self._variables.append(self._solver.NumVar(0.0, self._solver.infinity(), ""))
            objective.SetCoefficient(self._variables[-1], cost)
        objective.SetMinimization()

    def row(self, row: _Row, which: Whole, counts: Whole | None = None) -> None:
        """One row, and how often some variables count in it: once, if it is not said."""
        many = np.ones(len(which), dtype=np.int64) if counts is None else counts
        least = float(row.limit) if row.tight else -self._solver.infinity()
        constraint = self._solver.Constraint(least, float(row.limit))
        for at, count in zip(which.tolist(), many.tolist(), strict=True):
            constraint.SetCoefficient(self._variables[at], float(count))
        self._rows.append((row, which, many, constraint))

    def whole_answer(self) -> tuple[Whole, Whole | None, list[_Row]] | None:
        """The variables that are one in the best answer; those that could be in another as good, and the rows all meet.

        None when the answer is not whole or not proved; None for the variables where the prices leave a gap.
        """
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        shares = np.array([variable.solution_value() for variable in self._variables])
        if (np.abs(shares - np.rint(shares)) > 1e-6).any():
            return None
        chosen = np.flatnonzero(shares > 0.5)
        bound, reduced, binding = 0, SCALE * self.costs, []
        for row, which, counts, constraint in self._rows:
            price = round(constraint.dual_value() * SCALE)
            price = price if row.tight else min(price, 0)
            bound += price * row.limit
            reduced[which] -= price * counts
            if price:
                binding.append(row)
        bound += int(np.minimum(reduced, 0).sum())
        slack = int(self.costs[chosen].sum()) * SCALE - bound
        if slack < 0:
            raise AssertionError("the bound lies above the value")
        if slack >= SCALE:
            return None
        return chosen, np.flatnonzero(reduced <= 0) if slack == 0 else None, binding
