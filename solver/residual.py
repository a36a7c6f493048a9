"""The exact choice among intakes at hand, level by level, with CP-SAT: one worker, work counted and not timed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from solver.problem import LEVELS, Columns, Whole

EXACT = 2**50
"""Totals stay below this, so that they are exact in whole numbers and in floating point alike."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Intakes chosen, and what no choice could come to less than."""

    chosen: Whole
    """Positions among the columns, rising."""
    bound: Whole
    """(LEVELS,) in the order of the levels; what the chosen come to when proved."""
    proved: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """Levels next to one another that are packed into one number: safe, since each digit stays below its base."""

    first: int
    end: int
    weights: Whole
    """(end - first,)."""
    least: Whole
    """(end - first,) the least any choice comes to at each level."""

    def pack(self, levels: Whole) -> Whole:
        """The one number of rows of levels, (k, LEVELS) to (k,)."""
        packed: Whole = levels[..., self.first : self.end] @ self.weights
        return packed

    def unpack(self, value: int) -> list[int]:
        """The levels that a packed number stands for."""
        rest = value - int(self.least @ self.weights)
        digits = []
        for weight, least in zip(self.weights, self.least, strict=True):
            digit, rest = divmod(rest, int(weight))
            digits.append(digit + int(least))
        return digits


def ranges(columns: Columns, children: int) -> tuple[Whole, Whole]:
    """The least and the most that any choice can come to at each level, (LEVELS,) each.

    Each child takes an even share of its intake, so the sum over children of the greatest share bounds every choice.
    """
    at, kid = columns.members()
    sizes = columns.sizes()[:, None]
    low, high = np.minimum(columns.levels, 0), np.maximum(columns.levels, 0)
    least, most = np.zeros((children, LEVELS), np.int64), np.zeros((children, LEVELS), np.int64)
    np.minimum.at(least, kid, (low // sizes)[at])
    np.maximum.at(most, kid, (-(-high // sizes))[at])
    return least.sum(axis=0), most.sum(axis=0)


def stages(columns: Columns, children: int) -> list[Stage]:
    """The levels in as few packed stages as stay exact."""
    least, most = ranges(columns, children)
    spans = [int(high - low) + 1 for low, high in zip(least, most, strict=True)]
    found, first = [], 0
    while first < LEVELS:
        end, product = first + 1, spans[first]
        while end < LEVELS and product * spans[end] < EXACT:
            product *= spans[end]
            end += 1
        if product >= EXACT:
            raise AssertionError(f"level {first} spans {product}, which is more than can be added exactly")
        weights = [int(np.prod(np.array(spans[at + 1 : end], dtype=np.int64))) for at in range(first, end)]
        found.append(Stage(first, end, np.array(weights, dtype=np.int64), least[first:end]))
        first = end
    return found


def best_choice(
    columns: Columns,
    children: int,
    limit: float,
    *,
    seed: int = 0,
    hint: Whole | None = None,
    must: NDArray[np.bool_] | None = None,
) -> Choice | None:
    """The best choice of intakes: no child twice, no home twice; `must` says which children have to be placed.

    None when the children who must be placed cannot all be. `limit` is in CP-SAT's units of deterministic work, for all
    stages together. `hint` is a choice to begin from.
    """
    model, chosen = _packing(columns, children, must)
    best = np.zeros(0, np.int64) if hint is None else hint
    bound = np.zeros(LEVELS, np.int64)
    left, proved = limit, True
    for stage in stages(columns, children):
        packed = stage.pack(columns.levels)
        expression = cp_model.LinearExpr.weighted_sum(chosen, packed.tolist())
        model.minimize(expression)
        _hint(model, chosen, best)
        solver = _solver(left, seed)
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return None
        left = max(left - solver.deterministic_time, 1e-3)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            best = np.flatnonzero([solver.boolean_value(one) for one in chosen])
        value = int(packed[best].sum())
        lower = value if status == cp_model.OPTIMAL else max(_ceiling(solver.best_objective_bound), _least(stage))
        if lower > value:
            raise AssertionError(f"the bound {lower} lies above the value {value}")
        bound[stage.first : stage.end] = stage.unpack(lower)
        if lower < value:
            least, _ = ranges(columns, children)
            bound[stage.end :] = least[stage.end :]
            proved = False
            break
        model.add(expression == value)
    return Choice(best, bound, proved)


def _packing(
    columns: Columns, children: int, must: NDArray[np.bool_] | None
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in range(len(columns))]
    at, kid = columns.members()
    for child, which in enumerate(grouped(at, kid, children)):
        literals = [chosen[one] for one in which]
        if must is not None and must[child]:
            model.add_exactly_one(literals)
        elif len(literals) > 1:
            model.add_at_most_one(literals)
    for which in grouped(np.arange(len(columns)), columns.homes, int(columns.homes.max(initial=-1)) + 1):
        if len(which) > 1:
            model.add_at_most_one([chosen[one] for one in which])
    return model, chosen


def grouped(values: Whole, keys: Whole, groups: int) -> list[list[int]]:
    """The values of each key from 0 to groups - 1, in their order."""
    order = np.argsort(keys, kind="stable")
    edges = np.searchsorted(keys[order], np.arange(groups + 1)).tolist()
    ordered = values[order].tolist()
    return [ordered[edges[at] : edges[at + 1]] for at in range(groups)]


def _hint(model: cp_model.CpModel, chosen: list[cp_model.IntVar], best: Whole) -> None:
    model.clear_hints()  # type: ignore[no-untyped-call]
    there = set(best.tolist())
    for at, one in enumerate(chosen):
        model.add_hint(one, at in there)


def _solver(limit: float, seed: int) -> cp_model.CpSolver:
    """One worker with a strong relaxation and no probing: what proves these models soonest (docs/solver.md)."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = limit
    return solver


def _ceiling(bound: float) -> int:
    """The least whole number that a bound given as a float allows."""
    return int(np.ceil(bound - 1e-6)) if np.isfinite(bound) else -EXACT


def _least(stage: Stage) -> int:
    return int(stage.least @ stage.weights)
