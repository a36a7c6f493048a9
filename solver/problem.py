"""A pool as the solver sees it: every intake worth a thought, and what it adds at each level, in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Gains, Worth
from matching.facts.living import NO_CHILD, Indices
from matching.plan import Levels

LEVELS = len(fields(Levels))
UNPLACED, PARTED, GRAVITY, POINTS, WAITING, ORDER = range(LEVELS)
AT_ONCE = 200_000
"""Intakes asked about at a time; keeps the working memory of a large pool within bounds."""

FINEST = 2**31 - 1
"""The finest order of a pairing is below this."""

LEAST_LEAN, MOST_LEAN = -(2**31), 2**31 - 1
"""Between these lies what fits in 32 bits."""

Whole = NDArray[np.int64]
Reals = NDArray[np.float64]
Lean = NDArray[np.int32]
"""Whole numbers held in half the memory; to be widened before they are multiplied."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Intakes that the rules allow, each with what it adds at every level; fewer is better at each.

    A child who is placed counts below zero at the first level, a pair who stay together at the second, and so on: what
    a plan comes to is `Problem.nobody` plus the rows of its intakes.
    """

    children: Lean
    """(k, s) rows of the pool, rising, padded with NO_CHILD at the end."""
    homes: Lean
    """(k,) columns of the pool."""
    levels: Lean
    """(k, LEVELS)."""

    def __len__(self) -> int:
        return len(self.homes)

    def take(self, which: NDArray[np.int64] | NDArray[np.bool_]) -> Columns:
        """Some of the intakes, by position or by a mask."""
        return Columns(self.children[which], self.homes[which], self.levels[which])

    def costs(self, weights: Whole) -> Whole:
        """What each intake costs by a goal that says what a unit of each level weighs (LEVELS,), (k,)."""
        found = np.zeros(len(self), dtype=np.int64)
        for level in np.flatnonzero(weights).tolist():
            found += np.multiply(self.levels[:, level], weights[level], dtype=np.int64)
        return found

    def sizes(self) -> Whole:
        """How many children each intake has, (k,)."""
        found: Whole = (self.children != NO_CHILD).sum(axis=1, dtype=np.int64)
        return found

    def members(self) -> tuple[Whole, Whole]:
        """Which intake has which child, as two columns of the same length, by intake."""
        at, place = np.nonzero(self.children != NO_CHILD)
        return at.astype(np.int64), self.children[at, place].astype(np.int64)

    def positions_of(self, others: Columns) -> Whole:
        """Where other intakes stand among these; those that do not are left out."""
        where = {intake: at for at, intake in enumerate(self.intakes(np.arange(len(self))))}
        wanted = others.intakes(np.arange(len(others)))
        return np.array(sorted(where[one] for one in wanted if one in where), dtype=np.int64)

    def intakes(self, which: Whole) -> list[tuple[int, tuple[int, ...]]]:
        """Some of the intakes as (home, children), as a plan is made from."""
        return [(int(self.homes[at]), tuple(int(kid) for kid in self.children[at] if kid != NO_CHILD)) for at in which]


@dataclass(frozen=True, slots=True)
class Problem:
    """How many children and homes there are, and what placing nobody comes to."""

    children: int
    homes: int
    nobody: Whole
    """(LEVELS,)."""

    def levels(self, columns: Columns, chosen: Whole) -> Levels:
        """What a choice of intakes comes to."""
        total = self.nobody + columns.levels[chosen].sum(axis=0, dtype=np.int64)
        return Levels(*(int(value) for value in total))


def problem_of(worth: Worth) -> Problem:
    """The sizes of a pool and what leaving everybody unplaced comes to."""
    nobody = [int(worth.urgency.sum()), int(worth.siblings_total), 0, 0, int(worth.waited.sum()), 0]
    return Problem(len(worth.urgency), worth.homes, np.array(nobody, dtype=np.int64))


def allowed(worth: Worth, children: Indices | Lean, homes: Indices | Lean) -> tuple[Columns, Whole]:
    """Those of the intakes that the rules allow, in the order given, with what they add; and where they stood."""
    parts, stood = [], [np.zeros(0, dtype=np.int64)]
    for first in range(0, len(homes), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        gains = worth.gains(children[some].astype(np.int64), homes[some].astype(np.int64))
        kept = np.flatnonzero(gains.feasible)
        parts.append(Columns(_lean(children[some][kept]), _lean(homes[some][kept]), _lean(_levels(gains)[kept])))
        stood.append(kept + first)
    return joined(parts), np.concatenate(stood)


def joined(parts: list[Columns]) -> Columns:
    """Several lists of intakes one after the other, each padded to the widest."""
    width = max((part.children.shape[1] for part in parts), default=1)
    padded = [
        np.pad(part.children, ((0, 0), (0, width - part.children.shape[1])), constant_values=NO_CHILD) for part in parts
    ]
    return Columns(
        np.concatenate([*padded, np.zeros((0, width), np.int32)]),
        np.concatenate([*(part.homes for part in parts), np.zeros(0, np.int32)]),
        np.concatenate([*(part.levels for part in parts), np.zeros((0, LEVELS), np.int32)]),
    )


def fine_order(worth: Worth, children: Indices | Lean, homes: Indices | Lean) -> Whole:
    """A number for each intake from nothing but the identities of its children and its home: what settles ties last."""
    pool = worth.pool
    some, home = np.unique(homes, return_inverse=True)
    of_home = np.array([crc32(str(pool.homes[one].id).encode()) for one in some.tolist()], dtype=np.int64)
    of_child = np.array([crc32(str(one.child.id).encode()) for one in pool.seekers] + [0], dtype=np.int64)
    mixed = of_child[children] * 40_503 + of_home[home][:, None] * 2_654_435
    mixed = ((mixed ^ (mixed >> 19)) & FINEST) * 2_246_822_519 % FINEST
    found: Whole = np.where(children != NO_CHILD, mixed, 0).sum(axis=1)
    return found


def grouped(keys: Whole, values: Whole) -> list[tuple[int, Whole]]:
    """The values of each key there is, keys rising."""
    order = np.argsort(keys, kind="stable")
    distinct, first = np.unique(keys[order], return_index=True)
    return list(zip(distinct.tolist(), np.split(values[order], first[1:]), strict=True)) if len(keys) else []


def _lean(values: Whole | Lean) -> Lean:
    if values.size and (values.min() < LEAST_LEAN or values.max() > MOST_LEAN):
        raise AssertionError("an intake adds more to a level than fits in 32 bits")
    return values.astype(np.int32)


def _levels(gains: Gains) -> Whole:
    return np.stack(
        [-gains.placed, -gains.together, gains.gravity, gains.points, -gains.waited, gains.order], axis=1
    ).astype(np.int64, copy=False)
