"""What a home can take of one family: each child alone, and every two or more brothers and sisters.

Larger intakes are families side by side (solver/combinations.py). That rests on things which hold for the rules of living
together, and which tests hold them to: an intake that is allowed stays allowed without one family's children; what
living together adds is never below zero; and no more children sleep in a home on any night than have a bed there. Within
a family nothing is supposed: brothers and sisters who must live together are allowed together and not alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Worth
from matching.facts.living import NO_CHILD
from solver.problem import AT_ONCE, GRAVITY, MOST_LEAN, POINTS, Columns, Lean, Reals, Whole, allowed

PLENTY = 10_000


@dataclass(frozen=True, slots=True)
class Sets:
    """Children of one family who might move in together, by family and then by child: each of them alone, each two, ..."""

    children: Lean
    """(sets, s) rows of the pool, rising, padded with NO_CHILD at the end."""
    family: Whole
    """(sets,)"""
    first: Whole
    """(sets,) the first night on which all of the children stay."""
    end: Whole
    """(sets,) the morning after which not all of them stay."""
    size: Whole
    """(sets,) how many children; 0 where their stays share no night."""

    def __len__(self) -> int:
        return len(self.family)


@dataclass(frozen=True, slots=True)
class Parts:
    """Allowed intakes of one family each, by home and then by set: what every intake is put together from."""

    columns: Columns
    sets: Sets
    who: Lean
    """(k,) the set of children that each is of."""
    by_set: Lean
    """(k,) positions by set, and then by home."""
    first_of_set: Whole
    """(sets,) where the positions of each set begin in `by_set`."""
    living: Lean
    """(k, 2) what of the gravity and of the points of each comes from living together, not from its pairings."""
    taken: Lean | None
    """(k,) the beds that the children of each take together; None where each child takes one."""
    spare: NDArray[np.int16]
    """(homes, nights) beds."""

    def __len__(self) -> int:
        return len(self.columns)

    def size(self, which: Whole) -> Whole:
        """The beds that the children of some take; 0 where their stays share no night."""
        children = self.sets.size[self.who[which]]
        return children if self.taken is None else np.where(children > 0, self.taken[which], 0)

    def of_set(self, at: int) -> Lean:
        """The positions of the parts of one set of children, rising."""
        stop = self.first_of_set[at + 1] if at + 1 < len(self.sets) else len(self)
        return self.by_set[self.first_of_set[at] : stop]

    def cheapest(self, cost: Reals, most: int) -> Whole:
        """Positions, rising, of those that cost (k,) no more than the few cheapest of the same set of children."""
        found = [np.zeros(0, dtype=np.int32)]
        for at in range(len(self.sets)):
            mine = self.of_set(at)
            here = cost[mine]
            found.append(mine if len(mine) <= most else mine[here <= np.partition(here, most - 1)[most - 1]])
        return np.sort(np.concatenate(found)).astype(np.int64)


def parts_of(worth: Worth) -> Parts:
    """Every allowed intake of children of one family, for all homes."""
    spare, sets = _spare(worth), sets_of(worth)
    who, homes = _asked_of(worth, sets, spare)
    asked = [_allowed(worth, sets, who[some], homes[some]) for some in _slices(len(who))]
    who, homes, levels, living = (np.concatenate(one) for one in zip(*asked, strict=True))
    order = np.argsort(np.multiply(homes, len(sets), dtype=np.int64) + who)
    by_set = np.empty(len(order), dtype=np.int32)
    by_set[order] = np.arange(len(order), dtype=np.int32)
    counts = np.bincount(who, minlength=len(sets))
    who = who[order]
    columns = Columns(sets.children[who], homes[order], levels[order])
    return Parts(
        columns=columns,
        sets=sets,
        who=who,
        by_set=by_set,
        first_of_set=np.cumsum(counts) - counts,
        living=living[order],
        taken=_taken(worth, columns),
        spare=spare,
    )


def _slices(many: int) -> list[slice]:
    """All of so many in order, some at a time; at least once."""
    return [slice(first, first + AT_ONCE) for first in range(0, max(many, 1), AT_ONCE)]


def _allowed(worth: Worth, sets: Sets, who: Lean, homes: Lean) -> tuple[Lean, Lean, Lean, Lean]:
    """Those of some parts that the rules allow: sets, homes, what they add, and what of it comes from living together."""
    columns, stood = allowed(worth, _narrowed(sets.children[who]), homes)
    living = columns.levels[:, [GRAVITY, POINTS]] - _of_pairings(worth, columns)
    return who[stood], columns.homes, columns.levels, living


def _narrowed(children: Lean) -> Lean:
    """Sets of children without the padding that none needs."""
    return children[:, : int((children != NO_CHILD).sum(axis=1).max(initial=1))]


def sets_of(worth: Worth) -> Sets:
    """Every child alone, and every two or more brothers and sisters."""
    alone = [(kid,) for kid in range(len(worth.urgency))]
    several = [
        some
        for family in families_of(worth)
        for size in range(2, len(family) + 1)
        for some in combinations(family, size)
    ]
    every = sorted([*alone, *several], key=lambda some: (worth.families[some[0]], some))
    children = np.full((len(every), max((len(some) for some in every), default=1)), NO_CHILD, dtype=np.int32)
    for at, some in enumerate(every):
        children[at, : len(some)] = some
    first, end = _stay(worth, children)
    sizes = (children != NO_CHILD).sum(axis=1, dtype=np.int64)
    return Sets(children, worth.families[children[:, 0]], first, end, np.where(first < end, sizes, 0))


def _of_pairings(worth: Worth, columns: Columns) -> Lean:
    """What the pairings of each intake add to gravity and to points by themselves, (k, 2)."""
    found = np.zeros((len(columns), 2), dtype=np.int32)
    for kid in columns.children.T:
        at = worth.candidates.find(kid.astype(np.int64), columns.homes.astype(np.int64))
        found[:, 0] += np.where(at < 0, 0, worth.candidates.gravity[at])
        found[:, 1] += np.where(at < 0, 0, worth.candidates.points[at])
    return found


def families_of(worth: Worth) -> list[tuple[int, ...]]:
    """The families of which two or more wait, each as the rows of its children."""
    order = np.argsort(worth.families, kind="stable")
    edges = np.flatnonzero(np.diff(worth.families[order])) + 1
    return [tuple(int(kid) for kid in rows) for rows in np.split(order, edges) if len(rows) > 1]


def _spare(worth: Worth) -> NDArray[np.int16]:
    if worth.spare is None:
        return np.full((worth.homes, int(worth.last_morning.max(initial=1))), PLENTY, dtype=np.int16)
    return worth.spare


def _taken(worth: Worth, columns: Columns) -> Lean | None:
    """The beds that the children of each intake take together; None where each child takes one."""
    if worth.takes is None:
        return None
    found = np.zeros(len(columns), dtype=np.int32)
    for kid in columns.children.T:
        at = worth.candidates.find(kid.astype(np.int64), columns.homes.astype(np.int64))
        found += np.where(at < 0, 0, worth.takes[at]).astype(np.int32)
    return found


def _asked_of(worth: Worth, sets: Sets, spare: NDArray[np.int16]) -> tuple[Lean, Lean]:
    """Every set of children with every home that each of them may be proposed and that has the beds: set and home of each.

    By set, so that where each set begins among its homes can be counted.
    """
    homes = [_shared_homes(worth, sets, at, spare) for at in range(len(sets))]
    counts = np.array([len(some) for some in homes], dtype=np.int64)
    return np.repeat(np.arange(len(sets), dtype=np.int32), counts), np.concatenate([np.zeros(0, np.int32), *homes])


def _shared_homes(worth: Worth, sets: Sets, at: int, spare: NDArray[np.int16]) -> Lean:
    one, *others = (int(kid) for kid in sets.children[at] if kid != NO_CHILD)
    homes = worth.candidates.of_child(one)
    for kid in others:
        homes = np.intersect1d(homes, worth.candidates.of_child(kid), assume_unique=True)
    beds = int(sets.size[at]) if others else 1
    if beds:
        night = min(int(sets.first[at]), spare.shape[1] - 1)
        homes = homes[spare[homes, night] >= beds]
    return homes


def _stay(worth: Worth, children: Lean) -> tuple[Whole, Whole]:
    """The nights that all children of each row stay."""
    there = children != NO_CHILD
    first = np.where(there, worth.first_night[children], 0).max(axis=1, initial=0)
    end = np.where(there, worth.last_morning[children], PLENTY).min(axis=1, initial=PLENTY)
    return first, end


def merged(one: Lean, other: Lean) -> Lean:
    """Two padded lists of children side by side, rising, without the padding that none needs."""
    both = np.concatenate([one, other], axis=1)
    both = np.sort(np.where(both == NO_CHILD, MOST_LEAN, both), axis=1)
    width = int(np.count_nonzero(both != MOST_LEAN, axis=1).max(initial=1))
    both = both[:, :width]
    found: Lean = np.where(both == MOST_LEAN, NO_CHILD, both)
    return found
