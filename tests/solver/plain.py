"""The same pool of numbers said in another way: a yes or no for each child and home, and every rule a constraint.

Shares nothing with the solver. It is the independent model that the solver's plans are compared with, and, with the
engine's own settings and the usual big weights, the peer that benchmarks measure against.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from tests.solver.invented import InventedWorth


@dataclass
class Plain:
    """One model of one pool."""

    pool: InventedWorth
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    x: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pool, model = self.pool, self.model
        child, home = np.nonzero(pool.allowed)
        self.x = {(int(i), int(j)): model.new_bool_var("") for i, j in zip(child, home, strict=True)}
        for i in range(len(pool.urgency)):
            model.add_at_most_one([self.x[i, j] for j in range(pool.homes) if (i, j) in self.x])
        for j in range(pool.homes):
            self._beds(j)
            self._never(j)
            self._required(j)
        self.levels = self._levels()

    def _here(self, home: int) -> list[int]:
        return [i for i in range(len(self.pool.urgency)) if (i, home) in self.x]

    def _beds(self, home: int) -> None:
        first, last, here = self.pool.first_night, self.pool.last_morning, self._here(home)
        for night in {int(first[i]) for i in here}:
            load = [self.x[i, home] for i in here if first[i] <= night < last[i]]
            self.model.add(sum(load) <= int(self.pool.room[home]))

    def _never(self, home: int) -> None:
        here = self._here(home)
        for at, one in enumerate(here):
            for other in here[at + 1 :]:
                if self.pool.never[one, other]:
                    self.model.add_at_most_one(self.x[one, home], self.x[other, home])

    def _required(self, home: int) -> None:
        for family in np.flatnonzero(self.pool.required):
            members = [int(i) for i in np.flatnonzero(self.pool.families == family)]
            there = [self.x.get((i, home)) for i in members]
            if any(one is None for one in there):
                for one in there:
                    if one is not None:
                        self.model.add(one == 0)
            else:
                for one in there[1:]:
                    self.model.add(one == there[0])

    def _levels(self) -> list[cp_model.LinearExpr]:
        pool = self.pool
        together: list[cp_model.LinearExpr] = []
        for one, other in np.argwhere(np.triu(pool.together)).tolist():
            for j in range(pool.homes):
                if (one, j) in self.x and (other, j) in self.x:
                    both = self.model.new_bool_var("")
                    self.model.add_implication(both, self.x[one, j])
                    self.model.add_implication(both, self.x[other, j])
                    together.append(int(pool.together[one, other]) * both)
        crowded: list[cp_model.LinearExpr] = []
        for j in np.flatnonzero(pool.extra).tolist():
            here = [self.x[i, j] for i in self._here(j)]
            several = self.model.new_bool_var("")
            self.model.add(sum(here) <= 1 + len(here) * several)
            crowded.append(int(pool.extra[j]) * several)

        def summed(values: np.ndarray[tuple[Any, ...], np.dtype[np.integer[Any]]]) -> cp_model.LinearExpr:
            return cp_model.LinearExpr.weighted_sum(list(self.x.values()), [int(values[i, j]) for i, j in self.x])

        shape = pool.allowed.shape
        return [
            int(pool.urgency.sum()) - summed(np.broadcast_to(pool.urgency[:, None], shape)),
            pool.siblings_total - cp_model.LinearExpr.sum(together),
            summed(pool.gravity) + cp_model.LinearExpr.sum(crowded),
            summed(pool.points),
            int(pool.waited.sum()) - summed(np.broadcast_to(pool.waited[:, None], shape)),
        ]

    def best_levels(self) -> list[int]:
        """The best plan's first five levels, each proved in turn."""
        found = []
        for level in self.levels:
            self.model.minimize(level)
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.linearization_level = 2
            assert solver.solve(self.model) == cp_model.OPTIMAL
            found.append(round(solver.objective_value))
            self.model.add(level <= found[-1])
        return found

    def solved_in(self, seconds: float, weights: tuple[int, int, int, int]) -> tuple[bool, list[int]]:
        """What the engine makes of it by itself with one weighted sum: whether it was proved, and what it came to.

        Where it finds no plan in that time, it comes to what placing nobody does.
        """
        self.model.minimize(sum(weight * level for weight, level in zip(weights, self.levels[:4], strict=True)))
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False, [int(self.pool.urgency.sum()), self.pool.siblings_total, 0, 0, int(self.pool.waited.sum())]
        return status == cp_model.OPTIMAL, [round(solver.value(level)) for level in self.levels]
