"""Prices: what a plan pays for each child and each cut, in whole numbers, and the bound that they prove.

With prices p ≤ 0 for the children and q ≤ 0 for the sibling cuts, no plan costs less than

    Σ p + Σ q·limit + Σ over homes of min(0, least reduced cost of any intake of the home),

where the reduced cost of an intake is its cost less the prices of its children and of the cuts it counts in. All of it is
whole numbers, SCALE times the costs, so there is nothing to round. See docs/solver.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matching.facts.living import NO_CHILD
from solver.problem import Lean, Whole

SCALE = 2**12
"""Prices are held in this many parts of a point."""


@dataclass(frozen=True, slots=True)
class Cut:
    """No plan keeps more than half the children of an odd set in twos: Σ⌊|S ∩ T| / 2⌋·y ≤ ⌊|T| / 2⌋.

    Brothers and sisters make most such sets worth while; any other three children can be one too.
    """

    members: tuple[int, ...]

    @property
    def limit(self) -> int:
        """The right-hand side."""
        return len(self.members) // 2

    def counts(self, children: Lean) -> Whole:
        """How often each intake counts, (k,)."""
        here = np.zeros(children.shape, dtype=bool)
        for member in self.members:
            here |= children == member
        found: Whole = here.sum(axis=1, dtype=np.int64) // 2
        return found


def counted(cuts: Sequence[Cut], children: Lean) -> Iterator[tuple[int, Whole, Whole]]:
    """The cuts by number in which some of the intakes count; which intakes, and how often each.

    Most cuts are of families of whom nobody is there: they are not looked at.
    """
    there = set(children[(children != NO_CHILD).sum(axis=1) > 1].ravel().tolist())
    for number, cut in enumerate(cuts):
        if len(there.intersection(cut.members)) > 1:
            counts = cut.counts(children)
            here = np.flatnonzero(counts)
            yield number, here, counts[here]


@dataclass(frozen=True, slots=True)
class Prices:
    """One price for each child and each cut, in parts of a point; above zero only for children who must be placed."""

    children: Whole
    cuts: tuple[tuple[Cut, int], ...] = ()
    must: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.must.issuperset(np.flatnonzero(self.children > 0).tolist()) or any(
            price > 0 for _, price in self.cuts
        ):
            raise AssertionError("a price lies above zero: the bound would not hold")

    @property
    def of_all(self) -> int:
        """Σ p + Σ q·limit."""
        return int(self.children.sum()) + sum(price * cut.limit for cut, price in self.cuts)

    def paid(self, children: Lean) -> Whole:
        """What each intake pays: the prices of its children and of the cuts it counts in, (k,)."""
        found: Whole = np.append(self.children, 0)[children].sum(axis=1)  # NO_CHILD, which is -1, pays the last
        priced = [(cut, price) for cut, price in self.cuts if price]
        if priced:
            several = np.flatnonzero(children[:, 1:].max(axis=1, initial=NO_CHILD) != NO_CHILD)
            for cut, price in priced:
                found[several] += price * cut.counts(children[several])
        return found
