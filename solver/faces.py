"""The plans that prices prove best, as the relaxed problem sees them; and the one of them that a further goal prefers.

When prices prove a plan best without a gap, the best plans are exactly those whose intakes all have no reduced cost, that
place every child with a price below zero, use every home with a price below zero and meet every cut with a price below
zero. Among them a further goal is a small problem of its own, and as a rule GLOP finds a whole answer to it at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from solver.prices import SCALE, Cut, counted
from solver.problem import Columns, Whole, joined
from solver.programmes import FREE, Programme


@dataclass(frozen=True, slots=True)
class Face:
    """Intakes of which the best plans are made, and what such a plan must do."""

    columns: Columns
    must_place: frozenset[int]
    """Rows of the children whom each of the plans places."""
    must_use: frozenset[int]
    """The homes that each of them uses."""
    tight: frozenset[Cut]
    """Cuts that each of them meets."""
    cuts: tuple[Cut, ...]
    """Cuts that hold of every plan, those to be met among them."""

    def preferred(self, costs: Whole) -> tuple[Columns, Face | None] | None:
        """The plan that costs least, and the plans that cost as little; None for the latter where that is not known.

        Costs are whole numbers, one for each intake. None when GLOP's answer is not whole, or not proved in whole numbers.
        """
        settled = self._settled(costs)
        if settled is None:
            return self._of_all(costs)
        alone, rest, left = settled
        found = rest._of_all(left)  # noqa: SLF001 - one of the same kind
        if found is None or found[1] is None:
            return found and (joined([alone, found[0]]), None)
        narrower = replace(
            found[1],
            columns=joined([alone, found[1].columns]),
            must_place=found[1].must_place | self.must_place,
            must_use=found[1].must_use | self.must_use,
        )
        return joined([alone, found[0]]), narrower

    def _of_all(self, costs: Whole) -> tuple[Columns, Face | None] | None:
        """The same, with every intake a question."""
        columns = self.columns
        at, kid = columns.members()
        homes, home = np.unique(columns.homes, return_inverse=True)
        children, child = np.unique(kid, return_inverse=True)
        some = list(counted(self.cuts, columns.children))
        cuts = [self.cuts[number] for number, _, _ in some]
        many = len(children) + len(homes)
        entries = _Entries(
            np.concatenate(
                [child, len(children) + home, *(np.full(len(w), many + at) for at, (_, w, _) in enumerate(some))]
            ),
            np.concatenate([at, np.arange(len(columns)), *(which for _, which, _ in some)]),
            np.concatenate([np.ones(len(at) + len(columns), np.int64), *(counts for _, _, counts in some)]),
        )
        rows = _Rows(
            np.concatenate([np.ones(many, dtype=np.int64), np.array([cut.limit for cut in cuts], dtype=np.int64)]),
            np.concatenate(
                [
                    np.isin(children, list(self.must_place)),
                    np.isin(homes, list(self.must_use)),
                    np.array([cut in self.tight for cut in cuts], dtype=bool),
                ]
            ),
        )
        answer = _whole_answer(costs, rows, entries)
        if answer is None:
            return None
        chosen, could_be, binding = answer
        if could_be is None:
            return columns.take(chosen), None
        narrower = Face(
            columns.take(could_be),
            self.must_place | set(children[binding[: len(children)]].tolist()),
            self.must_use | set(homes[binding[len(children) : many]].tolist()),
            self.tight | {cut for cut, met in zip(cuts, binding[many:].tolist(), strict=True) if met},
            self.cuts,
        )
        return columns.take(chosen), narrower

    def _settled(self, costs: Whole) -> tuple[Columns, Face, Whole] | None:
        """The intakes that are in every such plan, for no other has any of their children or their home; and the rest.

        None when there are no such intakes. What the rest costs comes with it.
        """
        columns = self.columns
        at, kid = columns.members()
        often = np.bincount(kid)[kid] > 1
        needed = np.isin(kid, list(self.must_place))
        contested, wanted = np.zeros(len(columns), dtype=bool), np.zeros(len(columns), dtype=bool)
        np.logical_or.at(contested, at, often)
        np.logical_or.at(wanted, at, needed)
        wanted |= np.isin(columns.homes, list(self.must_use))
        contested |= np.bincount(columns.homes)[columns.homes] > 1
        sure = wanted & ~contested & (columns.sizes() == 1)
        if not sure.any():
            return None
        alone, rest = columns.take(sure), columns.take(~sure)
        face = replace(
            self,
            columns=rest,
            must_place=self.must_place - set(alone.members()[1].tolist()),
            must_use=self.must_use - set(alone.homes.tolist()),
        )
        return alone, face, costs[~sure]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Limits that may not be passed, or are to be met."""

    limits: Whole
    tight: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Entries:
    """How often each column counts in each row, where it does."""

    rows: Whole
    columns: Whole
    counts: Whole


def _whole_answer(costs: Whole, rows: _Rows, entries: _Entries) -> tuple[Whole, Whole | None, NDArray[np.bool_]] | None:
    """The columns that are one in the best answer; those that could be in another as good, and the rows all meet.

    None when the answer is not whole or not proved; None for the columns where the prices leave a gap.
    """
    programme = Programme()
    programme.rows(np.where(rows.tight, rows.limits, -FREE), rows.limits.astype(np.float64))
    programme.columns(costs)
    programme.count(entries.rows, entries.columns, entries.counts)
    answer = programme.solve()
    if answer is None or (np.abs(answer.shares - np.rint(answer.shares)) > 1e-6).any():
        return None
    chosen = np.flatnonzero(answer.shares > 0.5)
    prices = np.rint(answer.prices * SCALE).astype(np.int64)
    prices = np.where(rows.tight, prices, np.minimum(prices, 0))
    reduced = SCALE * costs
    np.subtract.at(reduced, entries.columns, prices[entries.rows] * entries.counts)
    bound = int(prices @ rows.limits) + int(np.minimum(reduced, 0).sum())
    slack = int(costs[chosen].sum()) * SCALE - bound
    if slack < 0:
        raise AssertionError("the bound lies above the value")
    if slack >= SCALE:
        return None
    return chosen, np.flatnonzero(reduced <= 0) if slack == 0 else None, prices != 0
