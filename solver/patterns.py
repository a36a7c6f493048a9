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

from matching.candidates import Worth
from matching.facts.living import NO_CHILD, Indices
from solver.problem import Columns, Whole, allowed, joined

PLENTY = 10_000


@dataclass(frozen=True, slots=True)
class Parts:
    """Allowed intakes of one family each, by home and then by family: what every intake is put together from."""

    columns: Columns
    family: Whole
    """(k,) the family of each."""
    first: Whole
    """(k,) the first night on which all of its children stay."""
    end: Whole
    """(k,) the morning after which not all of them stay."""
    size: Whole
    """(k,) the beds its children take; 0 where their stays share no night."""
    spare: Whole
    """(homes, nights) beds."""

    def __len__(self) -> int:
        return len(self.columns)


def parts_of(worth: Worth) -> Parts:
    """Every allowed intake of children of one family, for all homes."""
    spare = _spare(worth)
    lists = [_singles(worth, spare), *_siblings(worth, spare)]
    columns = joined([allowed(worth, children, homes)[0] for children, homes in _by_width(lists)])
    family = worth.families[columns.children[:, 0]]
    order = np.lexsort((*columns.children.T[::-1], family, columns.homes))
    columns, family = columns.take(order), family[order]
    first, end = _stay(worth, columns.children)
    return Parts(
        columns=columns,
        family=family,
        first=first,
        end=end,
        size=np.where(first < end, _taken(worth, columns), 0),
        spare=spare,
    )


def families_of(worth: Worth) -> list[tuple[int, ...]]:
    """The families of which two or more wait, each as the rows of its children."""
    order = np.argsort(worth.families, kind="stable")
    edges = np.flatnonzero(np.diff(worth.families[order])) + 1
    return [tuple(int(kid) for kid in rows) for rows in np.split(order, edges) if len(rows) > 1]


def _spare(worth: Worth) -> Whole:
    if worth.spare is None:
        return np.full((worth.homes, int(worth.last_morning.max(initial=1))), PLENTY, dtype=np.int64)
    return worth.spare.astype(np.int64)


def _taken(worth: Worth, columns: Columns) -> Whole:
    """The beds that the children of each intake take together."""
    if worth.takes is None:
        return columns.sizes()
    found = np.zeros(len(columns), dtype=np.int64)
    at, kid = columns.members()
    np.add.at(found, at, worth.takes[worth.candidates.find(kid, columns.homes[at])])
    return found


def _by_width(lists: list[tuple[Indices, Indices]]) -> list[tuple[Indices, Indices]]:
    """Lists of intakes of the same number of children put together, so that each number is asked about once."""
    found = []
    for width in sorted({children.shape[1] for children, _ in lists}):
        same = [one for one in lists if one[0].shape[1] == width]
        found.append((np.concatenate([kids for kids, _ in same]), np.concatenate([homes for _, homes in same])))
    return found


def _singles(worth: Worth, spare: Whole) -> tuple[Indices, Indices]:
    """Every child with every home that may be proposed and has a bed on the first night."""
    starts = worth.candidates.starts
    rows = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))
    homes = worth.candidates.homes.astype(np.int64)
    some = np.flatnonzero(spare[homes, np.minimum(worth.first_night[rows], spare.shape[1] - 1)] >= 1)
    return rows[some, None], homes[some]


def _siblings(worth: Worth, spare: Whole) -> list[tuple[Indices, Indices]]:
    """Every two or more brothers and sisters with every home that each of them may be proposed to."""
    found = []
    for members in families_of(worth):
        for size in range(2, len(members) + 1):
            for some in combinations(members, size):
                homes = _shared_homes(worth, some, spare)
                found.append((np.tile(np.array(some, dtype=np.int64), (len(homes), 1)), homes))
    return found


def _shared_homes(worth: Worth, some: tuple[int, ...], spare: Whole) -> Whole:
    homes = worth.candidates.of_child(some[0])
    for kid in some[1:]:
        homes = np.intersect1d(homes, worth.candidates.of_child(kid), assume_unique=True)
    first, end = _stay(worth, np.array([some], dtype=np.int64))
    if first[0] < end[0]:
        homes = homes[spare[homes, first[0]] >= len(some)]
    return homes.astype(np.int64)


def _stay(worth: Worth, children: Indices) -> tuple[Whole, Whole]:
    """The nights that all children of each row stay."""
    there = children != NO_CHILD
    first = np.where(there, worth.first_night[children], 0).max(axis=1, initial=0)
    end = np.where(there, worth.last_morning[children], PLENTY).min(axis=1, initial=PLENTY)
    return first, end


def merged(one: Indices, other: Indices) -> Indices:
    """Two padded lists of children side by side, rising, without the padding that none needs."""
    both = np.concatenate([one, other], axis=1)
    both = np.sort(np.where(both == NO_CHILD, np.iinfo(np.int64).max, both), axis=1)
    width = int(np.count_nonzero(both != np.iinfo(np.int64).max, axis=1).max(initial=1))
    both = both[:, :width]
    return np.where(both == np.iinfo(np.int64).max, NO_CHILD, both)
