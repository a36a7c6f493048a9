"""The best plan of a pool by the published levels, with its proof."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np

from matching.candidates import Worth
from matching.plan import Levels, Wishes, plan_of
from solver.evidence import evidence_of
from solver.faces import Face
from solver.goals import GRAVITY, POINTS, PROVED_BY_PRICE, WAITING, Goals, goals_for
from solver.interface import Certificate, Proof, Solved, Solver, SolveSettings
from solver.master import Infeasible
from solver.prices import SCALE
from solver.pricing import Priced, Pricing
from solver.problem import Columns, Problem, Whole, problem_of
from solver.relaxation import Relaxation, best_of_each
from solver.residual import Residual, Work
from solver.settled import Settled
from solver.ties import preferred, tie_costs
from solver.wishes import blocked, fixed_by

KEPT_OF_EACH = 8
"""Cheapest intakes of each child that are always looked at, however dear: without them one could stay unplaced."""
MOST_IN_RESIDUAL = 60_000
FIRMINGS = 4
METHOD = "prices over every allowed intake, level by level; ties by search"


@dataclass(frozen=True, slots=True)
class _Best:
    """The best intakes found for some goals, and whether nothing could better them."""

    columns: Columns
    levels: Whole
    """(LEVELS,) what they add."""
    settled: Settled
    proved: bool


class ExactSolver(Solver):
    """Finds the best plan and proves it, or says how much better a plan could at most be when a limit came first.

    Keeps what it asked of the rules about the last pool, so that solving it again with other wishes is quick.
    """

    def __init__(self) -> None:
        self._pricing: Pricing | None = None
        self._one_at_a_time = Lock()
        """Wishes are set on what is kept: solves asked for at the same time take turns."""

    def solve(self, worth: Worth, wishes: Wishes | None = None, settings: SolveSettings | None = None) -> Solved:
        """The best plan by the published levels.

        Raises PinnedPairingBlocked when a pin breaks a rule, UnknownPairing when a wish names a stranger to the pool.
        """
        with self._one_at_a_time:
            return self._solve(worth, wishes, settings or SolveSettings())

    def _solve(self, worth: Worth, wishes: Wishes | None, settings: SolveSettings) -> Solved:
        began = time.perf_counter()
        fixed = fixed_by(worth, wishes)
        pricing = self._prepared(worth)
        pricing.set(fixed)
        prepared = time.perf_counter()
        work = Work(settings.deterministic_limit, settings.seed)
        try:
            return _Solving(problem_of(worth), pricing, work, began, prepared).solved()
        except Infeasible:
            raise blocked(worth, fixed) from None

    def _prepared(self, worth: Worth) -> Pricing:
        if self._pricing is None or self._pricing.worth is not worth:
            self._pricing = Pricing(worth)
        return self._pricing


class _Solving:
    """One solve."""

    def __init__(self, problem: Problem, pricing: Pricing, work: Work, began: float, prepared: float) -> None:
        self._problem, self._pricing, self._work = problem, pricing, work
        self._began, self._prepared = began, prepared
        self._must = np.flatnonzero(pricing.pinned_homes)

    def solved(self) -> Solved:
        goals = goals_for(self._pricing.parts)
        relaxation = Relaxation(self._pricing, goals.of(POINTS))
        for _ in range(FIRMINGS):
            best = self._best(relaxation, goals.of(POINTS))
            proofs = self._proofs(relaxation, goals, best)
            if best.proved and all(proof.whole >= _value(best, proof) for proof in proofs):
                best = self._settle_ties(best, goals)
                break
            if not best.proved:
                break
            goals = goals.firmer()
        return self._answer(best, [*proofs, best.settled], relaxation)

    def _best(self, relaxation: Relaxation, weights: Whole) -> _Best:
        """The best intakes for one goal."""
        settled = relaxation.settle(weights)
        shares = settled.shares
        used = np.flatnonzero(shares > 1e-6)
        if (shares[used] > 1 - 1e-6).all():
            columns = relaxation.master.columns.take(used)
        else:
            columns = self._rounded(relaxation, settled)
        best = _Best(columns, columns.levels.sum(axis=0), settled, proved=False)
        value = _value(best, settled)
        if settled.whole > value:
            raise AssertionError(f"the bound {settled.whole} lies above the value {value}")
        if settled.whole == value:
            return _Best(columns, best.levels, settled, proved=True)
        return self._closed(best)

    def _rounded(self, relaxation: Relaxation, settled: Settled) -> Columns:
        """A good choice among the intakes of the relaxed problem."""
        columns = relaxation.master.columns
        costs = SCALE * (columns.levels @ settled.weights) - settled.prices.paid(columns.children)
        costs -= settled.at_home[columns.homes]
        columns = columns.take(best_of_each(columns, costs, KEPT_OF_EACH))
        return self._chosen(columns, settled, columns.take(np.zeros(0, np.int64)))[0]

    def _closed(self, best: _Best) -> _Best:
        """The gap closed by looking at every intake whose reduced cost lies within it, if they are few enough."""
        settled = best.settled
        if not settled.complete:
            return best
        near = self._pricing.at(settled.weights, settled.prices, _value(best, settled) * SCALE - settled.bound + 1)
        if not near.complete or len(near.columns) > MOST_IN_RESIDUAL:
            return best
        columns, bounds, proved = self._chosen(near.columns, replace(settled, at_home=near.at_home), best.columns)
        return _Best(columns, columns.levels.sum(axis=0), replace(settled, searched=bounds[0]), proved)

    def _chosen(self, columns: Columns, settled: Settled, hint: Columns) -> tuple[Columns, tuple[int, ...], bool]:
        residual = Residual(columns, self._problem.children, self._must, self._work)
        choice = residual.nearest(settled, columns.positions_of(hint))
        if choice is None:
            raise Infeasible
        return columns.take(choice.chosen), choice.bounds, choice.proved

    def _proofs(self, relaxation: Relaxation, goals: Goals, best: _Best) -> list[Settled]:
        """The bounds for the levels above points, each driven as far as the plan that was found."""
        proofs = []
        for level in PROVED_BY_PRICE[:-1]:
            weights = goals.of(level)
            reached = int(best.levels @ weights)
            proof = relaxation.settle(weights, enough=(reached - 1) * SCALE + 1)
            if proof.whole < reached:
                proof = self._closed(_Best(best.columns, best.levels, proof, proved=False)).settled
            proofs.append(proof)
        return proofs

    def _settle_ties(self, best: _Best, goals: Goals) -> _Best:
        """Among plans that are as good by every level so far, longest waiting first, then by reference."""
        settled, worth = best.settled, self._pricing.worth
        gap = _value(best, settled) * SCALE - settled.bound
        near = self._pricing.at(settled.weights, settled.prices, gap + 1)
        if not near.complete:
            return replace(best, proved=False)
        chosen = None if gap else preferred(worth, self._face(settled, near))
        if chosen is None or (chosen.levels.sum(axis=0)[:WAITING] != best.levels[:WAITING]).any():
            return self._searched_ties(best, goals, near.columns)
        return replace(best, columns=chosen, levels=chosen.levels.sum(axis=0))

    def _face(self, settled: Settled, near: Priced) -> Face:
        prices = settled.prices
        return Face(
            near.columns,
            frozenset(np.flatnonzero(prices.children < 0).tolist()),
            frozenset(np.flatnonzero((near.at_home < 0) | self._pricing.pinned_homes).tolist()),
            frozenset(cut for cut, price in prices.cuts if price < 0),
            tuple(cut for cut, _ in prices.cuts),
        )

    def _searched_ties(self, best: _Best, goals: Goals, columns: Columns) -> _Best:
        """The same by search, where prices do not tell which plans are as good."""
        if len(columns) > MOST_IN_RESIDUAL:
            return replace(best, proved=False)
        residual = Residual(columns, self._problem.children, self._must, self._work)
        for level in (GRAVITY, POINTS):
            weights = goals.of(level)
            residual.hold(weights, int(best.levels @ weights))
        choice = residual.choose(tie_costs(self._pricing.worth, columns), columns.positions_of(best.columns))
        if choice is None:
            raise AssertionError("a plan at hand cannot be impossible")
        chosen = columns.take(choice.chosen)
        return _Best(chosen, chosen.levels.sum(axis=0), best.settled, choice.proved)

    def _answer(self, best: _Best, proofs: list[Settled], relaxation: Relaxation) -> Solved:
        worth = self._pricing.worth
        plan = plan_of(worth, best.columns.intakes(np.arange(len(best.columns))))
        reached = self._problem.nobody + best.levels
        bound = self._bound(best, proofs)
        proved = best.proved and bool((bound[: POINTS + 1] == reached[: POINTS + 1]).all())
        ended = time.perf_counter()
        return Solved(
            plan,
            Certificate(
                Proof.OPTIMAL if proved else Proof.BOUNDED,
                plan.levels if proved else Levels(*(int(value) for value in bound)),
                METHOD,
                evidence_of(proofs),
            ),
            {"prepare": self._prepared - self._began, "solve": ended - self._prepared},
            {
                "parts": len(self._pricing.parts),
                "combinations": len(self._pricing.remembered),
                "at hand": len(relaxation.master.columns),
                "rounds": relaxation.rounds,
            },
        )

    def _bound(self, best: _Best, proofs: list[Settled]) -> Whole:
        """Level by level what no plan comes to less than; after the first level in doubt only what is certain."""
        reached = best.levels
        bound: Whole = np.maximum(self._problem.nobody + self._pricing.least_levels(), 0)
        for level, proof in zip(PROVED_BY_PRICE, proofs, strict=True):
            value = int(reached @ proof.weights)
            lower = min(proof.whole, value)
            bound[level] = self._problem.nobody[level] + reached[level] - (value - lower)
            if lower < value:
                break
        return bound


def _value(best: _Best, settled: Settled) -> int:
    return int(best.levels @ settled.weights)
