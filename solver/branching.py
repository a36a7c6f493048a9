"""The best choice where the relaxed problem takes shares: it is divided, child by child, until its answers are whole.

A node is all plans without some pairings. Its bound is that of the relaxed problem without them, at hand from the node
before; one that takes shares is divided by a child who has a share of a home: the plans without that pairing, and those
with none of the child's others. Nodes are looked at from the least bound on, and none is given up that could hold a plan
as good as the best, so that ties can be settled among all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

import numpy as np

from solver.master import Infeasible
from solver.problem import Columns, Whole
from solver.relaxation import Relaxation
from solver.residual import Work
from solver.settled import Settled
from solver.wishes import Fixed

MOST_NODES = 150
MOST_LEAVES = 8
"""Of more best plans than this not all are looked for one by one: a search among all intakes within the gap is sooner."""
WORK_OF_A_NODE = 0.1
"""What looking at a node counts for, in the units in which work is limited."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Plans without some pairings, of which the relaxed problem finds a best one."""

    fixed: Fixed
    settled: Settled
    columns: Columns


@dataclass(frozen=True, slots=True)
class Divided:
    """What dividing came to."""

    leaves: tuple[Leaf, ...]
    """Those whose plan is as good as the best found; none when no whole plan was found."""
    every: bool
    """Whether any plan as good is a plan of one of the leaves."""
    bound: int
    """No plan costs less than this, in whole numbers."""


@dataclass(order=True, slots=True)
class _Node:
    least: int
    number: int
    fixed: Fixed = field(compare=False)
    settled: Settled | None = field(compare=False)


class Branching:
    """Divides the plans that wishes leave, for one goal."""

    def __init__(self, relaxation: Relaxation, fixed: Fixed, work: Work) -> None:
        self._relaxation, self._fixed, self._work = relaxation, fixed, work
        self._homes = relaxation.pricing.worth.homes

    def divide(self, root: Settled, reached: int | None = None) -> Divided:
        """The best plans of all that the root stands for; or none, and whether any costs less than `reached`.

        Leaves the relaxation as it found it.
        """
        try:
            return self._divide(root, reached)
        finally:
            self._relaxation.under(self._fixed)

    def _divide(self, root: Settled, reached: int | None) -> Divided:
        numbers, best, leaves = count(), reached, list[Leaf]()
        nodes = [_Node(root.whole, next(numbers), self._fixed, root)]
        enough = best
        for _ in range(MOST_NODES):
            if not nodes or self._work.left <= 0 or (enough is not None and nodes[0].least >= enough):
                break
            node = heappop(nodes)
            settled = node.settled or self._settled(node, root.weights)
            if settled is None or (enough is not None and settled.whole >= enough):
                continue
            pairing = self._shared(settled)
            if pairing is None:
                columns = self._relaxation.master.columns.take(np.flatnonzero(settled.shares > 0.5))
                value = int(columns.levels.sum(axis=0) @ root.weights)
                if settled.whole != value or reached is not None:
                    heappush(nodes, node)  # prices do not prove it: what is left has to be searched
                    break
                leaves = [leaf for leaf in leaves if best == value] if best is not None else []
                leaves.append(Leaf(node.fixed, settled, columns))
                best, enough = value, value + (len(leaves) < MOST_LEAVES)
            else:
                for fixed in self._parted(node.fixed, *pairing):
                    heappush(nodes, _Node(settled.whole, next(numbers), fixed, None))
        least = min((node.least for node in nodes), default=best)
        if best is not None and (least is None or least > best):
            least = best
        every = not nodes or (best is not None and nodes[0].least > best)
        return Divided(tuple(leaves), every, root.whole if least is None else max(least, root.whole))

    def _settled(self, node: _Node, weights: Whole) -> Settled | None:
        """Where the relaxed problem of a node comes to rest; None when no plan is left in it."""
        self._work.use(WORK_OF_A_NODE)
        try:
            self._relaxation.under(node.fixed)
            return self._relaxation.settle(weights)
        except Infeasible:
            return None

    def _shared(self, settled: Settled) -> tuple[int, int] | None:
        """The child and home whose share is nearest to a half; None when all are whole."""
        used = np.flatnonzero((settled.shares > 1e-6) & (settled.shares < 1 - 1e-6))
        if not len(used):
            return None
        columns = self._relaxation.master.columns.take(used)
        at, kid = columns.members()
        pairs, which = np.unique(kid * self._homes + columns.homes[at], return_inverse=True)
        share = np.bincount(which, weights=settled.shares[used][at])
        far = np.round(np.abs(share - 0.5), 6)
        best = int(np.argmin(far))
        return divmod(int(pairs[best]), self._homes)

    def _parted(self, fixed: Fixed, child: int, home: int) -> Iterator[Fixed]:
        """Without a pairing, and without any other of the child."""
        yield fixed.without(np.array([child * self._homes + home], dtype=np.int64))
        others = self._relaxation.pricing.homes_of(child)
        yield fixed.without(child * self._homes + others[others != home])
