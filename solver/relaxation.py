"""The relaxed problem over every intake there is: intakes are brought in by price until none could better it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np

from solver.combinations import EXHAUSTIVE, GLANCE, THOROUGH
from solver.master import Infeasible, Master, Relaxed
from solver.patterns import families_of
from solver.prices import Cut
from solver.pricing import Priced, Pricing
from solver.problem import Columns, Reals, Whole
from solver.settled import Settled
from solver.wishes import Fixed

AT_FIRST = 8
"""Intakes of each child that are brought in before anything is priced."""
A_ROUND = 6
"""Intakes of each child that are brought in at a time."""
ROUNDS = 200
MOST_CUTS = 200
"""Cuts that are put in at a time."""
SMALL_FAMILY = 5
"""Of families up to this size all cuts are put in before anything is priced: prices then change less at the end."""
MOST_SHORT = 4
"""Times that a search which had to stop short is tried once more: what it missed it will miss again."""
FEW = 20
"""So few intakes brought in change prices so little that the next look need not begin from the start."""
NO_SHARES = np.zeros(0)
EFFORTS = (None, GLANCE, THOROUGH, EXHAUSTIVE)
"""How hard combinations are looked for, from first to last; after every change from the second on again."""
SEARCHED = EFFORTS.index(THOROUGH)
"""From here on a look is a search, and a glance after it tells little more."""


class Relaxation:
    """Keeps the intakes that mattered so far, so that each further goal begins near its end.

    Raises Infeasible when a home has no intake with all who are pinned to it.
    """

    def __init__(self, pricing: Pricing, first: Whole, fixed: Fixed) -> None:
        self.pricing = pricing
        pricing.set(fixed)
        worth = pricing.worth
        self._families = [set(family) for family in families_of(worth)]
        self.master = Master(len(worth.urgency), worth.homes, pricing.only_homes())
        self.master.aim(first)
        alone, share = pricing.cheapest(first, AT_FIRST)
        self.master.add(alone.take(best_of_each(alone, share, AT_FIRST)))
        self.master.cut(
            [cut for family in self._families for cut in _cuts(sorted(family)) if len(family) <= SMALL_FAMILY]
        )
        self.rounds = 0
        self._searched = False
        """Whether combinations were ever looked for as far as a search goes: then a glance tells little more."""
        self._be_under(fixed)

    def under(self, fixed: Fixed) -> None:
        """Takes other wishes into account from here on; what is at hand is kept.

        Raises Infeasible when a home has no intake with all who are pinned to it.
        """
        self.pricing.set(fixed)
        self._be_under(fixed)

    def _be_under(self, fixed: Fixed) -> None:
        pinned = self.pricing.with_the_pinned()
        if not set(fixed.home_of[fixed.must].tolist()) <= set(pinned.homes.tolist()):
            raise Infeasible
        self.master.add(pinned)
        columns = self.master.columns
        self.master.under(fixed.leaves(columns.children, columns.homes), np.flatnonzero(fixed.must))

    def settle(self, weights: Whole, enough: int | None = None) -> Settled:
        """Brings intakes in until none could better the goal (LEVELS,), or until the bound is enough.

        Where a bound is known to be enough it is tried for at once: the intakes at hand prove it as a rule.

        Raises Infeasible when what was fixed beforehand cannot be kept.
        """
        self.master.aim(weights)
        best: Settled | None = None
        relaxed, effort, short = self._solved(), 0, 0
        for _ in range(ROUNDS):
            priced = self.pricing.at(weights, relaxed.prices, relaxed.at_home, EFFORTS[effort])
            self._searched |= effort >= SEARCHED
            if effort and (best is None or priced.bound > best.bound):
                best = Settled(weights, NO_SHARES, relaxed.prices, priced.bound, priced.at_home, priced.complete)
            short += EFFORTS[effort] is EXHAUSTIVE and not priced.complete
            if best is not None and (short > MOST_SHORT or (enough is not None and best.bound >= enough)):
                break
            if found := self._brought_in(priced, relaxed):
                relaxed, effort = self._solved(), self._effort_after(effort, found)
            elif effort + 1 < len(EFFORTS) and not priced.complete:
                effort = max(SEARCHED, effort + 1) if self._searched or enough is not None else effort + 1
            elif self._cut(relaxed.shares):
                relaxed, effort = self._solved(), 0
            else:
                break
        if best is None:
            raise AssertionError("the relaxed problem was never priced in full")
        return replace(best, shares=relaxed.shares)

    def _solved(self) -> Relaxed:
        self.rounds += 1
        return self.master.solve()

    def _effort_after(self, effort: int, found: int) -> int:
        """How hard to look next: from the start where prices will have changed, and no less where they will hardly have."""
        if not self._searched:
            return min(effort, 1)
        return effort if found <= FEW else 0

    def _brought_in(self, priced: Priced, relaxed: Relaxed) -> int:
        gain = priced.reduced - relaxed.at_home[priced.columns.homes]
        return self.master.add(priced.columns.take(best_of_each(priced.columns, gain, A_ROUND)))

    def _cut(self, shares: Reals) -> bool:
        """Puts in the cuts that the shares break most; says whether there were any."""
        used = np.flatnonzero((shares > 1e-6) & (shares < 1 - 1e-6))
        columns, shares = self.master.columns.take(used), shares[used]
        some = np.flatnonzero(columns.sizes() > 1)
        columns, shares = columns.take(some), shares[some]
        mixed, known = set(columns.members()[1].tolist()), set(self.master.cuts)
        cuts = {cut for family in self._families for cut in _cuts(sorted(family & mixed))} | set(_threes(columns))
        broken = []
        for cut in cuts - known:
            by = float(shares @ cut.counts(columns.children)) - cut.limit
            if by > 1e-6:
                broken.append((-round(by, 6), cut.members, cut))
        found = [cut for _, _, cut in sorted(broken)[:MOST_CUTS]]
        self.master.cut(found)
        return bool(found)


def _threes(columns: Columns) -> Iterator[Cut]:
    """Every three children of whom some intake has one two and others have another two."""
    beside: dict[int, set[int]] = {}
    for _, children in columns.intakes(np.arange(len(columns))):
        for one, other in combinations(children, 2):
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
    for middle, others in beside.items():
        for one, other in combinations(sorted(others), 2):
            if other in beside[one] and middle < one:
                yield Cut((middle, one, other))


def _cuts(children: list[int]) -> Iterator[Cut]:
    """The cut of every odd set of three or more children."""
    for size in range(3, len(children) + 1, 2):
        for members in combinations(children, size):
            yield Cut(members)


def best_of_each(columns: Columns, cost: np.ndarray[tuple[int], np.dtype[np.generic]], most: int) -> Whole:
    """Positions of the few cheapest intakes of each child, rising."""
    at, kid = columns.members()
    order = np.lexsort((cost[at], kid))
    kid, at = kid[order], at[order]
    rank = np.arange(len(kid)) - np.searchsorted(kid, kid)
    return np.unique(at[rank < most])
