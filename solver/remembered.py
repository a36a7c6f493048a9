"""Combinations of families that the rules were asked about, so that no question is put twice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Worth
from matching.facts.living import NO_CHILD, Indices
from solver.patterns import Parts, merged
from solver.payments import Payments
from solver.problem import Whole, allowed, joined

NONE = -1


class Remembered:
    """Every combination of parts that was ever asked about: whether it is allowed, and what it adds.

    Combinations are known by a sum of random 64-bit numbers, one for each part, whatever the order of the parts.
    """

    def __init__(self, worth: Worth, parts: Parts) -> None:
        self._worth, self._parts = worth, parts
        chance = np.random.default_rng(20_260_901)
        self._marks = chance.integers(0, 2**63 - 1, size=len(parts) + 1, dtype=np.int64).astype(np.uint64)
        self._marks[-1] = 0
        self._keys = np.zeros(0, dtype=np.uint64)
        self._ids = np.zeros(0, dtype=np.int64)
        self._parts_of = np.zeros((0, 2), dtype=np.int64)
        self._column = np.zeros(0, dtype=np.int64)
        self.columns = joined([])
        """Those allowed."""
        self.payments = Payments(self.columns)

    def __len__(self) -> int:
        return len(self._keys)

    def look(self, sets: Indices) -> Whole:
        """Where the columns of sets of parts (k, d) stand among `columns`; NONE for those not allowed."""
        with np.errstate(over="ignore"):
            keys = self._marks[sets].sum(axis=1, dtype=np.uint64)
        found = self._find(keys)
        strange = np.flatnonzero(found == NONE)
        if len(strange):
            _, first = np.unique(keys[strange], return_index=True)
            self._ask(sets[strange[first]], keys[strange[first]])
            found = self._find(keys)
        self._same(sets, found)
        return self._column[found]

    def _find(self, keys: NDArray[np.uint64]) -> Whole:
        if not len(self._keys):
            return np.full(len(keys), NONE, dtype=np.int64)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[at] == keys, self._ids[at], NONE)

    def _ask(self, sets: Indices, keys: NDArray[np.uint64]) -> None:
        parts = self._parts.columns
        children = np.full((len(sets), 1), NO_CHILD, dtype=np.int32)
        for at in range(sets.shape[1]):
            part = np.where((sets[:, at] == NONE)[:, None], NO_CHILD, parts.children[sets[:, at]])
            children = merged(children, part)
        columns, kept = allowed(self._worth, children, parts.homes[sets[:, 0]])
        column = np.full(len(sets), NONE, dtype=np.int64)
        column[kept] = len(self.columns) + np.arange(len(kept))
        self.columns = joined([self.columns, columns])
        self.payments.grow(self.columns)
        ids = len(self._column) + np.arange(len(sets))
        self._column = np.concatenate([self._column, column])
        self._parts_of = np.concatenate(_same_width(self._parts_of, np.sort(sets, axis=1)[:, ::-1]))
        every, numbers = np.concatenate([self._keys, keys]), np.concatenate([self._ids, ids])
        order = np.argsort(every, kind="stable")
        self._keys, self._ids = every[order], numbers[order]

    def _same(self, sets: Indices, found: Whole) -> None:
        one, other = _same_width(self._parts_of[found], np.sort(sets, axis=1)[:, ::-1])
        if not np.array_equal(one, other):
            raise AssertionError("two combinations share a mark: draw the marks anew")


def _same_width(one: Indices, other: Indices) -> tuple[Indices, Indices]:
    width = max(one.shape[1], other.shape[1])
    return (
        np.pad(one, ((0, 0), (0, width - one.shape[1])), constant_values=NONE),
        np.pad(other, ((0, 0), (0, width - other.shape[1])), constant_values=NONE),
    )
