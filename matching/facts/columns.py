"""How facts of children and of homes become columns: one plain value each, None where it is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.answers import Bools, Fact, bits, position, positions
from matching.codes import HomeKind, Known
from matching.geography import Points
from matching.places import Place

Value: TypeAlias = int | None
Kind: TypeAlias = type[np.int8] | type[np.int16] | type[np.int32]

LONG_HENCE = 1_000_000
"""A day, counted from the day of the pool, for what has no end."""
LONG_AGO = -LONG_HENCE
"""A day for what has always been so."""


def column(values: Iterable[Value], kind: Kind = np.int16) -> tuple[NDArray[np.signedinteger], Bools | None]:
    """The values as whole numbers, shape (k,), and which of them are known; None when all are."""
    given = list(values)
    if None not in given:
        return np.array(given, dtype=kind), None
    known = np.array([value is not None for value in given], dtype=bool)
    return np.array([0 if value is None else value for value in given], dtype=kind), known


def down(values: Iterable[Value], kind: Kind = np.int16) -> Fact:
    """A fact of each child: shape (n, 1)."""
    found, known = column(values, kind)
    return Fact(found[:, None], None if known is None else known[:, None])


def across(values: Iterable[Value], kind: Kind = np.int8) -> Fact:
    """A fact of each home: shape (1, m)."""
    found, known = column(values, kind)
    return Fact(found[None, :], None if known is None else known[None, :])


def codes_across(members: Iterable[Enum]) -> Fact:
    """A code of each home that is always recorded, by where it stands in its list: shape (1, m)."""
    return Fact(np.array(positions(members), dtype=np.int8)[None, :])


def said_across(said: Iterable[Known]) -> Fact:
    """Yes or no of each home, 1 or 0, not known where nobody has said: shape (1, m)."""
    places = codes_across(said).values
    known = places != position(Known.UNKNOWN)
    return Fact((places == position(Known.YES)).astype(np.int8), None if known.all() else known)


def settings_of(kinds: Fact) -> NDArray[np.int8]:
    """The setting that each kind of home belongs to, of the shape of the kinds."""
    found: NDArray[np.int8] = _SETTINGS[kinds.values]
    return found


_SETTINGS = np.array([position(kind.setting) for kind in HomeKind], dtype=np.int8)


def yes_no(said: Known) -> Value:
    """1 for yes, 0 for no, None when nobody has said."""
    if said is Known.UNKNOWN:
        return None
    return 1 if said is Known.YES else 0


def code(member: Enum | None) -> Value:
    """Where a code stands in its list; None when it is not recorded."""
    return None if member is None else position(member)


UNSAID = -(2**31) + 1
"""Stands in a table of rows for what the record does not say."""


def table_of(rows: Sequence[tuple[int, ...]], width: int) -> NDArray[np.int32]:
    """Rows of whole numbers as columns: shape (width, rows). Far quicker than a column at a time."""
    return np.array(rows, dtype=np.int32).reshape(len(rows), width).T


def fact_of(values: NDArray[np.int32], kind: Kind) -> Fact:
    """A column of a table, of any shape, as a fact: not known wherever it holds UNSAID."""
    known = values != UNSAID
    if known.all():
        return Fact(values.astype(kind))
    return Fact((values * known).astype(kind), known)


class BitSets:
    """Sets of codes as whole numbers; equal sets, of which a pool has many, are worked out once."""

    def __init__(self) -> None:
        self._seen: dict[frozenset[Enum], int] = {}

    def __call__(self, members: frozenset[Enum]) -> int:
        """The whole number for a set."""
        found = self._seen.get(members)
        if found is None:
            found = self._seen[members] = bits(members)
        return found


def located(places: Sequence[Place | None]) -> tuple[Points, Bools]:
    """Where each place is, shape (k,), and where that is known; a place not known stands at the origin."""
    points = [None if place is None else place.point for place in places]
    if None not in points:
        return Points.of([point for point in points if point is not None]), np.ones(len(points), dtype=bool)
    east = np.array([0 if point is None else point.easting for point in points], dtype=np.int32)
    north = np.array([0 if point is None else point.northing for point in points], dtype=np.int32)
    return Points(east, north), np.array([point is not None for point in points], dtype=bool)
