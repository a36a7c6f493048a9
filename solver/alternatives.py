"""The best plans that differ from one another: for one child named, or overall by a number of children."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count

from matching.plan import Levels, Plan, Wishes
from matching.values import ChildId
from solver.differences import Difference, difference, moved
from solver.interface import Certificate, PinnedPairingBlocked, Proof, Solved
from solver.made_plans import MadePlan, Pairing, proved
from solver.near_plans import near_plans

WITHIN = (2, 4, 8, 16, 32, 64, 128, 256, 512)
"""How many points more than the best plans may come to, to be listed first; and then, where those were not enough."""
LISTED = "every plan that comes to so little more than the best is listed"
MOST_SOLVES = 2_000
"""Plans made in search of alternatives, at most; when they do not suffice, fewer alternatives are given."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan, and how it differs from the best."""

    solved: Solved
    changes: Difference
    exact: bool
    """Whether it is proved that no better plan differs as much from those before it; else the solver's limit came first."""


def alternatives_for(made: MadePlan, child: ChildId, most: int) -> tuple[Alternative, ...]:
    """Up to `most` other plans, best first, in each of which the child has another home than in all before it.

    Each is the best plan of those in which the child lives in none of the homes already seen; the last may be the plan
    that leaves the child without a proposal. There are none for a child who is pinned, or has no home in the best.
    """
    latest, seen = made.best, frozenset[Pairing]()
    found: list[Alternative] = []
    if child in {one for one, _ in made.wishes.pinned}:
        return ()
    while len(found) < most and child in latest.plan.home_of:
        seen |= {(child, latest.plan.home_of[child])}
        latest = made.forbidding(seen)
        found.append(Alternative(latest, difference(made.worth, made.plan, latest.plan), proved(made.best, latest)))
    return tuple(found)


def alternatives(
    made: MadePlan, most: int, differing: int = 1, most_solves: int = MOST_SOLVES
) -> tuple[Alternative, ...]:
    """Up to `most` other plans, best first: each moves `differing` or more children from where every one before has them.

    All plans that come to little more than the best are listed, if they are not too many. If they are, or not enough,
    all plans are searched, best first: those that are left are divided by the first child who no longer lives where the
    plan that is too near has the child, with all before that child held there: none is left out or counted twice.
    """
    found = _listed(made, most, max(differing, 1)) if most_solves else None
    if found is None:
        found = list(_Search(made, most_solves).plans(most, max(differing, 1)))
    return tuple(Alternative(solved, difference(made.worth, made.plan, solved.plan), exact) for solved, exact in found)


def _listed(made: MadePlan, most: int, differing: int) -> list[tuple[Solved, bool]] | None:
    """The same from a list of all plans that come to little more than the best; None where such a list does not tell."""
    for within in WITHIN:
        plans = near_plans(made, within)
        if plans is None:
            return None
        some = plans.apart(most, differing)
        if len(some) == most:
            found = [plans.plan(at) for at in some]
            return [(Solved(plan, Certificate(Proof.OPTIMAL, plan.levels, LISTED), {}, {}), True) for plan in found]
    return None


@dataclass(order=True, slots=True)
class _Node:
    """All plans that keep some wishes; the best of them, once it was looked for."""

    least: Levels
    """None of its plans comes to less."""
    number: int
    wishes: Wishes = field(compare=False)
    forbidden: Pairing | None = field(compare=False)
    """What was forbidden last."""
    solved: Solved | None = field(compare=False)


class _Search:
    """Plans best first, by dividing those left into ever smaller sets."""

    def __init__(self, made: MadePlan, most_solves: int) -> None:
        self._made, self._left = made, most_solves
        self._nodes: list[_Node] = []
        self._numbers = count()
        self._without: dict[Pairing, Solved | None] = {}

    def plans(self, most: int, differing: int) -> Iterator[tuple[Solved, bool]]:
        """The plans wanted after the best, each with whether it is proved to be the next."""
        best = self._made.best
        exact, found = self._made.proved, [best.plan]
        self._push(best.plan.levels, self._made.wishes, None, best)
        while self._nodes and len(found) <= most:
            node = heappop(self._nodes)
            if node.solved is None:
                if not self._look(node):
                    return
                continue
            exact &= proved(node.solved)
            near = next((one for one in found if moved(one, node.solved.plan) < differing), None)
            if near is None:
                near = node.solved.plan
                found.append(near)
                yield node.solved, exact
            if len(found) <= most:
                self._divide(node, node.solved.plan, near)

    def _push(self, least: Levels, wishes: Wishes, forbidden: Pairing | None, solved: Solved | None) -> None:
        heappush(self._nodes, _Node(least, next(self._numbers), wishes, forbidden, solved))

    def _look(self, node: _Node) -> bool:
        """Puts the best plan of a node, if it has any, in its place; False when no work is left to look for it."""
        solved = self._without.get(node.forbidden) if node.forbidden else None
        if solved is None or not _keeps(solved.plan, node.wishes):
            if self._left <= 0:
                return False
            solved = self._solve(node.wishes)
        if solved is not None:
            self._push(solved.plan.levels, node.wishes, node.forbidden, solved)
        return True

    def _solve(self, wishes: Wishes) -> Solved | None:
        self._left -= 1
        try:
            return self._made.again(wishes)
        except PinnedPairingBlocked:
            return None

    def _divide(self, node: _Node, plan: Plan, near: Plan) -> None:
        """Divides the plans of a node by the first child whom they move from where the plan that is too near has her.

        Children whom it costs least to move come last, so that the sets most worth a look are the smallest.
        """
        pinned = {child for child, _ in node.wishes.pinned}
        same = [
            (child, home)
            for child, home in near.home_of.items()
            if plan.home_of.get(child) == home and child not in pinned
        ]
        wishes = node.wishes
        for least, pairing in sorted(((self._least_without(node, one), one) for one in same), reverse=True):
            self._push(least, replace(wishes, forbidden=wishes.forbidden | {pairing}), pairing, None)
            wishes = replace(wishes, pinned=wishes.pinned | {pairing})

    def _least_without(self, node: _Node, pairing: Pairing) -> Levels:
        """What no plan of a node without a pairing comes to less than: at least what it costs to do without it at all."""
        if pairing not in self._without and self._left > 0:
            wishes = self._made.wishes
            self._without[pairing] = self._solve(replace(wishes, forbidden=wishes.forbidden | {pairing}))
        solved = self._without.get(pairing)
        return node.least if solved is None else max(node.least, solved.certificate.bound)


def _keeps(plan: Plan, wishes: Wishes) -> bool:
    """Whether a plan keeps wishes."""
    proposed = set(plan.home_of.items())
    return wishes.pinned <= proposed and not wishes.forbidden & proposed
