"""Every plan that comes to little more than the best one, listed from what its prices leave.

What a plan costs above the bound is the sum of what each of its intakes costs above the least of its home, of the prices
of the children it leaves out and of the homes it leaves empty, and of the cuts it does not fill. None of that is below
zero, so the plans within a budget are made of few intakes, and can be listed without making any of them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.candidates import Worth
from matching.plan import Levels, Plan, plan_of
from solver.exact import ExactSolver
from solver.made_plans import MadePlan
from solver.prices import SCALE
from solver.pricing import Priced
from solver.problem import POINTS, Columns, Lean, Whole, fine_order, problem_of
from solver.settled import Settled
from solver.solving import Standing
from solver.wishes import Fixed, fixed_by

NO_HOME = -1
MOST_STEPS = 100_000
"""Choices looked at, at most: where very many plans are alike, listing them is no way to find the next."""


@dataclass(frozen=True, slots=True)
class NearPlans:
    """All plans that come to no more than so many points above the best one, best first.

    Best means levels, then the finer order by which ties are settled.
    """

    levels: Whole
    """(plans, LEVELS)"""
    home_of: Lean
    """(plans, children) the home of each child; NO_HOME for none."""
    _worth: Worth

    def __len__(self) -> int:
        return len(self.levels)

    def plan(self, at: int) -> Plan:
        """One of them."""
        lives = self.home_of[at]
        intakes = [(home, tuple(np.flatnonzero(lives == home).tolist())) for home in np.unique(lives[lives != NO_HOME])]
        return plan_of(self._worth, ((int(home), kids) for home, kids in intakes), Levels(*self.levels[at].tolist()))

    def apart(self, most: int, differing: int) -> list[int]:
        """Up to so many, each the first that moves so many children from where every one before, the best first, has them."""
        left, found = np.arange(len(self)), [0]
        while len(found) <= most:
            before = self.home_of[found[-1]]
            moved = ((self.home_of[left] != before) & (before != NO_HOME)).sum(axis=1)
            left = left[moved >= differing]
            if not len(left):
                break
            found.append(int(left[0]))
        return found[1:]


def near_plans(made: MadePlan, within: int) -> NearPlans | None:
    """The plans that keep the wishes and come to no more than so many points above the best one.

    None where the prices of the best plan are not at hand, or there are too many to be listed.
    """
    solver = made.solver
    if not isinstance(solver, ExactSolver) or not made.proved:
        return None
    with solver.one_at_a_time:
        standing = solver.standing(made.worth)
        if standing is None or not _same(standing.fixed, fixed_by(made.worth, made.wishes)):
            return None
        return _listed(standing, made, within)


def _same(one: Fixed, other: Fixed) -> bool:
    return one.within(other) and other.within(one)


def _listed(standing: Standing, made: MadePlan, within: int) -> NearPlans | None:
    settled, pricing, worth = standing.proofs[POINTS], standing.relaxation.pricing, made.worth
    nobody, best = problem_of(worth).nobody, made.plan.levels
    limit = (best.unplaced, best.parted, best.gravity, best.points + within)
    most = int((np.array(limit) - nobody[: POINTS + 1]) @ settled.weights[: POINTS + 1]) * SCALE
    pricing.set(standing.fixed)
    near = pricing.at(settled.weights, settled.prices, most - settled.bound + 1)
    chosen = _Choices(near, settled, standing.fixed, most - near.bound).within_budget() if near.complete else None
    if chosen is None:
        return None
    columns = near.columns
    levels = np.array([columns.levels[some].sum(axis=0) for some in chosen], dtype=np.int64) + nobody
    finest = fine_order(worth, columns.children, columns.homes)
    fine = np.array([finest[some].sum() for some in chosen])
    order = np.lexsort((fine, *levels.T[::-1]))
    kept = [at for at in order.tolist() if tuple(levels[at, : POINTS + 1].tolist()) <= limit]
    home_of = np.full((len(kept), len(worth.urgency) + 1), NO_HOME, dtype=np.int32)
    for row, at in enumerate(kept):
        some = chosen[at]
        home_of[row][columns.children[some]] = columns.homes[some][:, None]
    return NearPlans(levels[kept], home_of[:, :-1], worth)  # padding stands for a child beyond the last


@dataclass(frozen=True, slots=True)
class _Option:
    """One thing that could become of a child: an intake, or none."""

    cost: int
    children: int
    """Bits of the children whom it settles."""
    home: int
    """The bit of its home; nought for none."""
    column: int | None


@dataclass(frozen=True, slots=True)
class _Settled:
    """What has become of some children."""

    spent: int = 0
    children: int = 0
    homes: int = 0
    chosen: tuple[int, ...] = ()

    def leaves(self, option: _Option) -> bool:
        """Whether it leaves an option open, costs aside."""
        return not option.children & self.children and not option.home & self.homes

    def taking(self, option: _Option) -> _Settled:
        """The same with one option taken."""
        chosen = self.chosen if option.column is None else (*self.chosen, option.column)
        return _Settled(self.spent + option.cost, self.children | option.children, self.homes | option.home, chosen)


class _Choices:
    """The choices of intakes that cost no more than a budget above the bound."""

    def __init__(self, near: Priced, settled: Settled, fixed: Fixed, budget: int) -> None:
        columns, prices = near.columns, settled.prices.children
        self._budget = budget
        self._options = _options(columns, near.reduced - near.at_home[columns.homes], budget)
        for child in np.flatnonzero(~fixed.must & (-prices <= budget)).tolist():
            self._options.setdefault(child, []).append(_Option(max(-int(prices[child]), 0), 1 << child, 0, None))
        self._certain = self._settle_the_certain()
        self._order = sorted(self._options, key=lambda child: (len(self._options[child]), child))
        self._closing = self._homes_to_fill(near.at_home)

    def _settle_the_certain(self) -> _Settled:
        """Settles children of whom only one thing can become, and then those to whom that leaves but one."""
        found = _Settled()
        while certain := [options[0] for options in self._options.values() if len(options) == 1]:
            for option in certain:
                if found.leaves(option):
                    found = found.taking(option)
            self._options = {
                child: [one for one in options if found.leaves(one) and found.spent + one.cost <= self._budget]
                for child, options in self._options.items()
                if not found.children >> child & 1
            }
        return found

    def _homes_to_fill(self, at_home: Whole) -> list[list[tuple[int, int]]]:
        """For each place in the order the homes that nobody after it could have: their bits, and what emptiness costs."""
        last = {one.home: at for at, child in enumerate(self._order) for one in self._options[child] if one.home}
        found: list[list[tuple[int, int]]] = [[] for _ in self._order]
        for home, at in last.items():
            found[at].append((home, -int(at_home[home.bit_length() - 1])))
        return found

    def within_budget(self) -> list[Whole] | None:
        """All of them, as positions of the intakes; None where there are too many."""
        found: list[Whole] = []
        stack = [(0, self._certain)]
        for _ in range(MOST_STEPS):
            if not stack:
                return found
            at, settled = stack.pop()
            if at == len(self._order):
                found.append(np.array(settled.chosen, dtype=np.int64))
            else:
                stack.extend((at + 1, one) for one in self._next(at, settled))
        return None

    def _next(self, at: int, settled: _Settled) -> Iterator[_Settled]:
        """What could become of the child at a place in the order, within the budget."""
        child = self._order[at]
        alone = settled.children >> child & 1
        for option in (_NOTHING_MORE,) if alone else self._options[child]:
            if settled.leaves(option):
                taken = settled.taking(option)
                empty = sum(cost for home, cost in self._closing[at] if not taken.homes & home)
                if taken.spent + empty <= self._budget:
                    yield replace(taken, spent=taken.spent + empty) if empty else taken


_NOTHING_MORE = _Option(0, 0, 0, None)
"""Of a child who is in an intake that was chosen for another."""


def _options(columns: Columns, above: Whole, budget: int) -> dict[int, list[_Option]]:
    """The intakes within the budget that each child is in."""
    found: dict[int, list[_Option]] = {}
    some = np.flatnonzero(above <= budget)
    for at, (home, children) in zip(some.tolist(), columns.intakes(some), strict=True):
        option = _Option(int(above[at]), sum(1 << child for child in children), 1 << home, at)
        for child in children:
            found.setdefault(child, []).append(option)
    return found
