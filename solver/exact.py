"""The best plan of a pool by the published levels, with its proof."""

from __future__ import annotations

import time

import numpy as np

from matching.candidates import Worth
from matching.plan import Levels, Wishes, plan_of
from solver.interface import Certificate, Proof, Solved, Solver, SolveSettings
from solver.patterns import all_intakes, parts_of
from solver.problem import LEVELS, problem_of
from solver.residual import best_choice
from solver.wishes import blocked, fixed_by

MOST_INTAKES = 400_000


class ExactSolver(Solver):
    """Finds the best plan and proves it, or says how much better a plan could at most be when a limit came first."""

    def solve(self, worth: Worth, wishes: Wishes | None = None, settings: SolveSettings | None = None) -> Solved:
        """The best plan by the published levels.

        Raises PinnedPairingBlocked when a pin breaks a rule, UnknownPairing when a wish names a stranger to the pool.
        """
        settings = settings or SolveSettings()
        began = time.perf_counter()
        problem, fixed = problem_of(worth), fixed_by(worth, wishes)
        columns, complete = all_intakes(worth, parts_of(worth), MOST_INTAKES)
        listed = time.perf_counter()
        columns = columns.take(fixed.leaves(columns.children, columns.homes))
        choice = best_choice(
            columns, problem.children, settings.deterministic_limit, seed=settings.seed, must=fixed.must
        )
        if choice is None:
            raise blocked(worth, fixed)
        plan = plan_of(worth, columns.intakes(choice.chosen))
        proved = choice.proved and complete
        bound = problem.nobody + choice.bound if complete else np.zeros(LEVELS, np.int64)
        certificate = Certificate(
            Proof.OPTIMAL if proved else Proof.BOUNDED,
            Levels(*(int(value) for value in bound)),
            "every allowed intake, CP-SAT level by level",
        )
        ended = time.perf_counter()
        return Solved(plan, certificate, {"list": listed - began, "choose": ended - listed}, {"intakes": len(columns)})
