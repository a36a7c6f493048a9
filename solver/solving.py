"""One solve: the best intakes by the goals of the levels, what proves them, and the ties."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from matching.plan import Levels, plan_of
from solver.branching import Branching, Leaf
from solver.evidence import evidence_of
from solver.faces import Face
from solver.goals import PROVED_BY_PRICE, Goals, goals_for
from solver.interface import Certificate, Proof, Solved
from solver.master import Infeasible
from solver.prices import SCALE
from solver.pricing import Priced, Pricing
from solver.problem import POINTS, WAITING, Columns, Whole, fine_order, joined, problem_of
from solver.relaxation import Relaxation, best_of_each
from solver.residual import Residual, Work
from solver.settled import Settled
from solver.ties import preferred, tie_costs
from solver.wishes import Fixed

KEPT_OF_EACH = 3
"""Cheapest intakes of each child that are always looked at, however dear: without them one could stay unplaced."""
MOST_IN_RESIDUAL = 60_000
NEAREST = 1_024 * SCALE
"""How near to the bound intakes are that are searched first, in parts of a point; and how much further each time."""
FURTHER = 8
FIRMINGS = 4
METHOD = "prices over every allowed intake, level by level; ties by search"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a plan that was made leaves behind: plans of the same pool with other wishes begin with it.

    What the relaxed problem has at hand holds whatever the wishes; the proofs only where nothing is allowed that was not.
    """

    relaxation: Relaxation
    goals: Goals
    fixed: Fixed
    proofs: tuple[Settled, ...]
    """Of the levels down to points."""


@dataclass(frozen=True, slots=True)
class _Best:
    """The best intakes found for some goals, and whether nothing could better them."""

    columns: Columns
    levels: Whole
    """(LEVELS,) what they add."""
    settled: Settled
    proved: bool
    leaves: tuple[Leaf, ...] = ()
    """Among whose plans are all that are as good; none where that is not known."""

    @property
    def gap(self) -> int:
        """How far it lies above the bound that prices prove, in parts of a point."""
        return self.settled.gap(self.levels)


class Solving:
    """One solve."""

    def __init__(self, pricing: Pricing, fixed: Fixed, work: Work) -> None:
        self._problem, self._pricing, self._fixed, self._work = problem_of(pricing.worth), pricing, fixed, work
        pricing.work = work
        self._began = time.perf_counter()
        self._known: Standing | None = None

    def afresh(self) -> tuple[Solved, Standing]:
        """The best plan with nothing known beforehand. Raises Infeasible when wishes cannot be kept."""
        goals = goals_for(self._pricing.parts)
        return self._solved(Relaxation(self._pricing, goals.of(POINTS), self._fixed), goals)

    def beginning_with(self, standing: Standing) -> tuple[Solved, Standing]:
        """The same plan, sooner: from the intakes, prices and bounds of a plan that was proved for the same pool.

        Raises Infeasible when wishes cannot be kept.
        """
        standing.relaxation.under(self._fixed)
        self._known = standing if self._fixed.within(standing.fixed) else None
        return self._solved(standing.relaxation, standing.goals)

    def _solved(self, relaxation: Relaxation, goals: Goals) -> tuple[Solved, Standing]:
        self._must = np.flatnonzero(self._fixed.must)
        before = None
        for _ in range(FIRMINGS):
            best = self._best(relaxation, goals.of(POINTS))
            same = before is not None and bool((best.levels[:POINTS] == before.levels[:POINTS]).all())
            proofs = self._proofs(relaxation, goals, best, dividing=same)
            if best.proved and all(proof.whole >= _value(best, proof) for proof in proofs):
                best = self._settle_ties(best, proofs)
                break
            if same and not best.proved:
                break
            before, goals = best, goals.firmer()
        proofs = [*proofs, best.settled]
        return self._answer(best, proofs, relaxation), Standing(relaxation, goals, self._fixed, tuple(proofs))

    def _best(self, relaxation: Relaxation, weights: Whole) -> _Best:
        """The best intakes for one goal."""
        settled = relaxation.settle(weights)
        used = np.flatnonzero(settled.shares > 1e-6)
        if (settled.shares[used] > 1 - 1e-6).all():
            columns = relaxation.master.columns.take(used)
            best = _Best(columns, columns.levels.sum(axis=0), settled, proved=False)
            if best.gap < 0:
                raise AssertionError(f"the bound {settled.bound} lies {-best.gap} above the value")
            if best.gap < SCALE:
                return replace(best, proved=True, leaves=(Leaf(self._fixed, settled, columns),) if not best.gap else ())
        elif settled.complete:
            divided = Branching(relaxation, self._fixed, self._work).divide(settled)
            settled = replace(settled, searched=divided.bound)
            if divided.leaves:
                columns = min((leaf.columns for leaf in divided.leaves), key=_levels)
                best = _Best(columns, columns.levels.sum(axis=0), settled, proved=False)
                if divided.bound == _value(best, settled):
                    return replace(best, proved=True, leaves=divided.leaves if divided.every else ())
                return self._closed(best)
        if (settled.shares[used] <= 1 - 1e-6).any():
            columns = self._rounded(relaxation, settled)
            best = _Best(columns, columns.levels.sum(axis=0), settled, proved=False)
        return self._closed(best)

    def _rounded(self, relaxation: Relaxation, settled: Settled) -> Columns:
        """A good choice among the intakes of the relaxed problem that are nearest to its bound, and some of each child."""
        columns = relaxation.master.columns
        above = settled.above(columns)
        some = np.isin(np.arange(len(columns)), best_of_each(columns, above, KEPT_OF_EACH))
        some |= (above <= NEAREST) | np.isin(columns.children, self._must).any(axis=1)
        columns = columns.take(some)
        return self._chosen(columns, settled, columns.take(np.zeros(0, np.int64)))[0]

    def _closed(self, best: _Best) -> _Best:
        """The gap closed by search, among the intakes nearest to the bound first, as long as they are few enough.

        A choice that lies no further above the bound than the intakes looked at is best: any other has one further off.
        """
        within = 0
        while best.settled.complete and not best.proved and within < best.settled.gap(best.levels):
            within = min(max(NEAREST, within * FURTHER), best.settled.gap(best.levels))
            near = self._pricing.at(best.settled.weights, best.settled.prices, within + 1)
            if not near.complete or len(near.columns) > MOST_IN_RESIDUAL:
                break
            best = self._closed_within(best, near, within)
        return best

    def _closed_within(self, best: _Best, near: Priced, within: int) -> _Best:
        """The better of a choice and the best of the intakes so near to the bound, with what looking at them proves."""
        pinned = self._pricing.with_the_pinned()
        settled = replace(best.settled, at_home=near.at_home)
        columns = joined([near.columns, pinned.take(settled.above(pinned) > within)])
        columns, bounds, proved = self._chosen(columns, settled, best.columns)
        searched = min(bounds[0], -(-(settled.bound + within + 1) // SCALE))
        levels = columns.levels.sum(axis=0)
        if int(levels @ settled.weights) >= _value(best, settled):
            columns, levels = best.columns, best.levels
        value = int(levels @ settled.weights)
        settled = replace(best.settled, searched=max(min(searched, value), best.settled.whole))
        return _Best(columns, levels, settled, proved and searched >= value)

    def _chosen(self, columns: Columns, settled: Settled, hint: Columns) -> tuple[Columns, tuple[int, ...], bool]:
        residual = Residual(columns, self._problem.children, self._must, self._work)
        choice = residual.nearest(settled, columns.positions_of(hint))
        if choice is None:
            raise Infeasible
        return columns.take(choice.chosen), choice.bounds, choice.proved

    def _proofs(self, relaxation: Relaxation, goals: Goals, best: _Best, *, dividing: bool) -> list[Settled]:
        """The bounds for the levels above points, each driven as far as the plan that was found.

        Where prices alone do not prove one it is divided, if that is asked for.
        """
        proofs: list[Settled] = []
        for level in PROVED_BY_PRICE[:-1]:
            weights = goals.of(level)
            reached = int(best.levels @ weights)
            known = self._known.proofs[level] if self._known else None
            if known is not None and np.array_equal(known.weights, weights) and known.whole >= reached:
                proofs.append(known)
                continue
            proof = relaxation.settle(weights, enough=(reached - 1) * SCALE + 1)
            if dividing and proof.whole < reached and proof.complete:
                divided = Branching(relaxation, self._fixed, self._work).divide(proof, reached)
                proof = replace(proof, searched=divided.bound)
            if dividing and proof.whole < reached:
                proof = self._closed(_Best(best.columns, best.levels, proof, proved=False)).settled
            proofs.append(proof)
        return proofs

    def _settle_ties(self, best: _Best, proofs: list[Settled]) -> _Best:
        """Among plans that are as good by every level so far, longest waiting first, then by reference."""
        every = [self._preferred(best, proofs, leaf) for leaf in best.leaves] or [
            self._searched_ties(best, proofs, best.settled)
        ]
        self._pricing.set(self._fixed)
        found = [one for one in every if one is not None]
        if not found:
            raise AssertionError("a plan at hand cannot be impossible")
        order = [(tuple(one.levels[WAITING:].tolist()), self._fine(one)) for one in found]
        return replace(found[order.index(min(order))], settled=best.settled, proved=all(one.proved for one in found))

    def _fine(self, best: _Best) -> int:
        return int(fine_order(self._pricing.worth, best.columns.children, best.columns.homes).sum())

    def _preferred(self, best: _Best, proofs: list[Settled], leaf: Leaf) -> _Best | None:
        """The best of the plans of a leaf, which its prices tell; None when none is as good as the best at every level."""
        self._pricing.set(leaf.fixed)
        here = _Best(leaf.columns, leaf.columns.levels.sum(axis=0), leaf.settled, proved=False)
        if not self._even(here.levels, best):
            return self._searched_ties(best, proofs, leaf.settled)
        if here.gap or not leaf.settled.complete:
            return self._searched_ties(here, proofs, leaf.settled)
        near = self._pricing.at(leaf.settled.weights, leaf.settled.prices, 1)
        chosen = preferred(self._pricing.worth, self._face(replace(leaf.settled, at_home=near.at_home), near.columns))
        if chosen is None or not self._even(chosen.levels.sum(axis=0), best):
            return self._searched_ties(here, proofs, leaf.settled)
        return replace(here, columns=chosen, levels=chosen.levels.sum(axis=0), proved=True)

    def _even(self, levels: Whole, best: _Best) -> bool:
        """Whether a plan is as good as the best at every level that is not there to settle ties."""
        return bool((levels[:WAITING] == best.levels[:WAITING]).all())

    def _searched_ties(self, best: _Best, proofs: list[Settled], settled: Settled) -> _Best | None:
        """The same by search, where prices do not tell which plans are as good; None when there is none.

        What every such plan is made of is known: intakes that lie no further above any of the bounds than the plan does.
        """
        near = self._pricing.at(settled.weights, settled.prices, settled.gap(best.levels) + 1)
        columns = near.columns
        for proof in proofs:
            columns = columns.take(proof.above(columns) <= proof.gap(best.levels))
        if not near.complete or len(columns) > MOST_IN_RESIDUAL:
            return replace(best, proved=False)
        residual = Residual(columns, self._problem.children, self._must, self._work)
        for proof in (*proofs, replace(settled, at_home=near.at_home)):
            residual.hold(proof, _value(best, proof))
        choice = residual.choose(tie_costs(self._pricing.worth, columns), columns.positions_of(best.columns))
        if choice is None:
            return None
        if not choice.proved:
            return replace(best, proved=False)
        chosen = columns.take(choice.chosen)
        return replace(best, columns=chosen, levels=chosen.levels.sum(axis=0), proved=True)

    def _face(self, settled: Settled, columns: Columns) -> Face:
        prices = settled.prices
        return Face(
            columns,
            frozenset(np.flatnonzero(prices.children < 0).tolist()) | frozenset(self._must.tolist()),
            frozenset(np.flatnonzero(settled.at_home < 0).tolist()),
            frozenset(cut for cut, price in prices.cuts if price < 0),
            tuple(cut for cut, _ in prices.cuts),
        )

    def _answer(self, best: _Best, proofs: list[Settled], relaxation: Relaxation) -> Solved:
        worth = self._pricing.worth
        every = np.arange(len(best.columns))
        plan = plan_of(worth, best.columns.intakes(every), self._problem.levels(best.columns, every))
        proved = best.proved and all(proof.whole >= _value(best, proof) for proof in proofs)
        ended = time.perf_counter()
        return Solved(
            plan,
            Certificate(
                Proof.OPTIMAL if proved else Proof.BOUNDED,
                plan.levels if proved else Levels(*(int(value) for value in self._bound(best, proofs))),
                METHOD,
                evidence_of(proofs),
            ),
            {"solve": ended - self._began},
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
            bound[level] = max(bound[level], self._problem.nobody[level] + reached[level] - (value - lower))
            if lower < value:
                break
        return bound


def _value(best: _Best, settled: Settled) -> int:
    return int(best.levels @ settled.weights)


def _levels(columns: Columns) -> tuple[int, ...]:
    return tuple(columns.levels.sum(axis=0).tolist())
