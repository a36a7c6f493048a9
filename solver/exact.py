"""The best plan of a pool by the published levels, with its proof."""

from __future__ import annotations

import time
from dataclasses import replace
from threading import Lock

from matching.candidates import Worth
from matching.plan import Wishes
from solver.interface import Proof, Solved, Solver, SolveSettings
from solver.master import Infeasible
from solver.pricing import Pricing
from solver.residual import Work
from solver.solving import Solving, Standing
from solver.wishes import blocked, fixed_by

MOST_POOLS = 2
"""Pools of which what was asked of the rules is kept: as a rule one, and the same with something added to it."""


class ExactSolver(Solver):
    """Finds the best plan and proves it, or says how much better a plan could at most be when a limit came first.

    Keeps what it asked of the rules about the last pools, and where their plans came to rest, so that solving again with
    other wishes is quick. What it answers does not depend on what it was asked before: the best plan is one, for ties are
    settled to the last, and what is not proved with what was kept is solved afresh.
    """

    def __init__(self) -> None:
        self._pools: list[Pricing] = []
        self._standing: dict[int, Standing] = {}
        self.one_at_a_time = Lock()
        """Wishes are set on what is kept: solves asked for at the same time take turns."""

    def solve(self, worth: Worth, wishes: Wishes | None = None, settings: SolveSettings | None = None) -> Solved:
        """The best plan by the published levels, made with nothing but the pool.

        Raises PinnedPairingBlocked when a pin breaks a rule, UnknownPairing when a wish names a stranger to the pool.
        """
        with self.one_at_a_time:
            return self._solve(worth, wishes, settings or SolveSettings(), again=False)

    def again(self, worth: Worth, wishes: Wishes | None = None, settings: SolveSettings | None = None) -> Solved:
        """The same plan as `solve` makes, sooner where another plan of the pool was made just before. Raises as that does."""
        with self.one_at_a_time:
            return self._solve(worth, wishes, settings or SolveSettings(), again=True)

    def standing(self, worth: Worth) -> Standing | None:
        """Where the last plan of a pool that was proved came to rest; None when there is none."""
        return next((self._standing.get(id(one)) for one in self._pools if one.worth is worth), None)

    def _solve(self, worth: Worth, wishes: Wishes | None, settings: SolveSettings, *, again: bool) -> Solved:
        began = time.perf_counter()
        fixed = fixed_by(worth, wishes)
        pricing = self._prepared(worth)
        prepare = time.perf_counter() - began
        try:
            standing = self._standing.get(id(pricing)) if again else None
            if standing is not None:
                solved, _ = Solving(pricing, fixed, Work(settings.deterministic_limit, settings.seed)).beginning_with(
                    standing
                )
                if solved.certificate.proof is Proof.OPTIMAL:
                    return replace(solved, seconds={"prepare": prepare, **solved.seconds})
            solved, standing = Solving(pricing, fixed, Work(settings.deterministic_limit, settings.seed)).afresh()
        except Infeasible:
            raise blocked(worth, fixed) from None
        if solved.certificate.proof is Proof.OPTIMAL:
            self._standing[id(pricing)] = standing
        return replace(solved, seconds={"prepare": prepare, **solved.seconds})

    def _prepared(self, worth: Worth) -> Pricing:
        """What was asked of the rules about a pool; of the pool asked about longest ago it is forgotten."""
        pricing = next((one for one in self._pools if one.worth is worth), None)
        if pricing is None:
            pricing = Pricing(worth)
        self._pools = [pricing, *(one for one in self._pools if one is not pricing)][:MOST_POOLS]
        kept = {id(one) for one in self._pools}
        self._standing = {key: one for key, one in self._standing.items() if key in kept}
        return pricing
