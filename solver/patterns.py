"""Which intakes a home can take: single children, brothers and sisters, and families side by side.

All of it rests on two things that hold for the rules of living together, and that tests hold them to: an intake that is
allowed stays allowed without one family's children; and no more children who stay to the last night can move in than
there are beds on it. Within a family nothing is supposed: brothers and sisters who must live together are allowed
together and not alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Worth
from matching.facts.living import NO_CHILD, Indices
from solver.problem import Columns, Whole, allowed, joined

TRIED_FOR_EACH = 40
"""How many intakes may be looked at for room, for each that is asked about."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Allowed intakes of one family each, by home and then by family: what every intake is put together from."""

    columns: Columns
    family: Whole
    """(k,) the family of each."""
    lasting: Whole
    """(k,) children of each who stay to the last night."""
    room: Whole
    """(homes,) how many such children each home can take."""

    def __len__(self) -> int:
        return len(self.columns)


def parts_of(worth: Worth) -> Parts:
    """Every allowed intake of children of one family, for all homes."""
    lists = [_singles(worth), *_siblings(worth)]
    asked = [allowed(worth, children, homes)[0] for children, homes in _by_width(lists)]
    columns = joined(asked)
    family = worth.families[columns.children[:, 0]]
    order = np.lexsort((*columns.children.T[::-1], family, columns.homes))
    columns, family = columns.take(order), family[order]
    return Parts(columns, family, _lasting(worth, columns.children), worth.room)


def all_intakes(worth: Worth, parts: Parts, most: int) -> tuple[Columns, bool]:
    """Every allowed intake, and True; or those of fewest families, and False, when there are more than `most`."""
    found, edge = [parts.columns], _Edge.of(parts)
    total = len(parts)
    while len(edge.last):
        grown = edge.grown(parts, most - total)
        if grown is None:
            return joined(found), False
        kept, columns = _kept(worth, grown)
        found.append(columns)
        total += len(columns)
        edge = kept
    return joined(found), True


def _by_width(lists: list[tuple[Indices, Indices]]) -> list[tuple[Indices, Indices]]:
    """Lists of intakes of the same number of children put together, so that each number is asked about once."""
    found = []
    for width in sorted({children.shape[1] for children, _ in lists}):
        same = [one for one in lists if one[0].shape[1] == width]
        found.append((np.concatenate([kids for kids, _ in same]), np.concatenate([homes for _, homes in same])))
    return found


def _singles(worth: Worth) -> tuple[Indices, Indices]:
    starts = worth.candidates.starts
    rows = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))
    return rows[:, None], worth.candidates.homes.astype(np.int64)


def _siblings(worth: Worth) -> list[tuple[Indices, Indices]]:
    """Every two or more brothers and sisters with every home that each of them may be proposed to."""
    found = []
    largest = int(worth.room.max(initial=0)) + int(np.count_nonzero(~worth.lasting))
    for members in families_of(worth):
        for size in range(2, min(len(members), largest) + 1):
            for some in combinations(members, size):
                homes = _shared_homes(worth, some)
                found.append((np.tile(np.array(some, dtype=np.int64), (len(homes), 1)), homes))
    return found


def families_of(worth: Worth) -> list[tuple[int, ...]]:
    """The families of which two or more wait, each as the rows of its children."""
    order = np.argsort(worth.families, kind="stable")
    edges = np.flatnonzero(np.diff(worth.families[order])) + 1
    return [tuple(int(kid) for kid in rows) for rows in np.split(order, edges) if len(rows) > 1]


def _shared_homes(worth: Worth, some: tuple[int, ...]) -> Whole:
    homes = worth.candidates.of_child(some[0])
    for kid in some[1:]:
        homes = np.intersect1d(homes, worth.candidates.of_child(kid), assume_unique=True)
    lasting = int(worth.lasting[list(some)].sum())
    return homes[worth.room[homes] >= lasting].astype(np.int64)


def _lasting(worth: Worth, children: Indices) -> Whole:
    found: Whole = (worth.lasting[children] & (children != NO_CHILD)).sum(axis=1, dtype=np.int64)
    return found


@dataclass(frozen=True, slots=True)
class _Edge:
    """The widest intakes so far, each with the last of its parts, to which later families may be added."""

    children: Indices
    homes: Indices
    last: Whole
    lasting: Whole

    @staticmethod
    def of(parts: Parts) -> _Edge:
        return _Edge(parts.columns.children, parts.columns.homes, np.arange(len(parts)), parts.lasting)

    def grown(self, parts: Parts, most: int) -> _Edge | None:
        """Each with every part of a later family of its home, room permitting; None when more than `most`."""
        first, end = _followers(parts)
        counts = (end - first)[self.last]
        if int(counts.sum()) > TRIED_FOR_EACH * max(most, 0):
            return None
        mine = np.repeat(np.arange(len(self.last)), counts)
        theirs = np.arange(len(mine)) - np.repeat(np.cumsum(counts) - counts, counts) + first[self.last[mine]]
        lasting = self.lasting[mine] + parts.lasting[theirs]
        fits = lasting <= parts.room[self.homes[mine]]
        if int(fits.sum()) > max(most, 0):
            return None
        mine, theirs = mine[fits], theirs[fits]
        return _Edge(
            merged(self.children[mine], parts.columns.children[theirs]), self.homes[mine], theirs, lasting[fits]
        )


def _kept(worth: Worth, edge: _Edge) -> tuple[_Edge, Columns]:
    """The allowed intakes of an edge, as an edge and as columns."""
    columns, kept = allowed(worth, edge.children, edge.homes)
    return _Edge(columns.children, columns.homes, edge.last[kept], edge.lasting[kept]), columns


def _followers(parts: Parts) -> tuple[Whole, Whole]:
    """For each part, from where to where the parts of later families of its home stand."""
    homes, family = parts.columns.homes, parts.family
    at = np.arange(len(parts))
    new_home = np.concatenate([homes[1:] != homes[:-1], [True]]) if len(parts) else np.zeros(0, bool)
    new_family = new_home | np.concatenate([family[1:] != family[:-1], [True]]) if len(parts) else new_home
    return _next_true(new_family, at), _next_true(new_home, at)


def _next_true(ends: NDArray[np.bool_], at: Whole) -> Whole:
    """One past the first true at or after each position."""
    found = np.flatnonzero(ends)
    return found[np.searchsorted(found, at)] + 1 if len(found) else at


def merged(one: Indices, other: Indices) -> Indices:
    """Two padded lists of children side by side, rising, without the padding that none needs."""
    both = np.concatenate([one, other], axis=1)
    both = np.sort(np.where(both == NO_CHILD, np.iinfo(np.int64).max, both), axis=1)
    width = int(np.count_nonzero(both != np.iinfo(np.int64).max, axis=1).max(initial=1))
    both = both[:, :width]
    return np.where(both == np.iinfo(np.int64).max, NO_CHILD, both)
