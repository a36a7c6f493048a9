"""Multipliers by Kelley's cutting planes: where the least of some planes is highest, by a tiny linear programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.linear_solver import pywraplp


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What a plan says of the bound: with multipliers λ it is at most cost + Σ λ·lacking."""

    cost: int
    lacking: tuple[int, ...]
    """Wanted less served, for each target."""

    def at(self, multipliers: Sequence[int]) -> int:
        """The value for some multipliers."""
        return self.cost + sum(m * n for m, n in zip(multipliers, self.lacking, strict=True))


def best_multipliers(ceilings: Sequence[Ceiling], targets: int, highest: int) -> tuple[int, ...]:
    """Whole multipliers from 0 to `highest` near which the least ceiling is highest; all highest without a ceiling."""
    if not ceilings:
        return (highest,) * targets
    programme = pywraplp.Solver.CreateSolver("GLOP")
    multipliers = [programme.NumVar(0.0, float(highest), f"m{at}") for at in range(targets)]
    bound = programme.NumVar(-programme.infinity(), programme.infinity(), "bound")
    for ceiling in ceilings:
        row = programme.Constraint(-programme.infinity(), float(ceiling.cost))
        row.SetCoefficient(bound, 1.0)
        for multiplier, lacking in zip(multipliers, ceiling.lacking, strict=True):
            row.SetCoefficient(multiplier, -float(lacking))
    programme.Maximize(bound)
    if programme.Solve() != pywraplp.Solver.OPTIMAL:
        raise AssertionError("a bounded programme has a best answer")
    return tuple(min(highest, max(0, round(one.solution_value()))) for one in multipliers)
