"""Facts in columns, and three-valued answers about them: yes, no, or unknown because a fact is missing.

A fact is a column of whole numbers, codes or sets of codes. Columns broadcast as numpy does: facts of n children have
the shape (n, 1), facts of m homes (1, m), so one expression answers for a single pairing or for n x m of them.
Connectives are Kleene's: unknown only where the missing fact matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64] | NDArray[np.int32] | NDArray[np.int16] | NDArray[np.int8]


def position(member: Enum) -> int:
    """Where a code stands in its closed list; this is how codes are held in columns."""
    own = member.__dict__  # a code knows its place from the first time on: looking it up by the code takes far longer
    if "place" not in own:
        for at, one in enumerate(type(member)):
            one.__dict__["place"] = at
    at_place: int = own["place"]
    return at_place


def bits(members: Iterable[Enum]) -> int:
    """A set of codes as one whole number, a bit for each code by its position."""
    found = 0
    for member in members:
        found |= 1 << position(member)
    return found


class Answer:
    """Yes, no or unknown for each pairing. `yes` is never true where `known` is false."""

    __slots__ = ("known", "yes")

    def __init__(self, yes: Bools, known: Bools | None = None) -> None:
        self.yes = yes if known is None else yes & known
        self.known = known

    @property
    def no(self) -> Bools:
        """Where the answer is a known no."""
        return ~self.yes if self.known is None else self.known & ~self.yes

    @property
    def unknown(self) -> Bools:
        """Where a missing fact matters."""
        return np.zeros_like(self.yes) if self.known is None else ~self.known

    def __and__(self, other: Answer) -> Answer:
        yes = self.yes & other.yes
        if self.known is None and other.known is None:
            return Answer(yes)
        return Answer(yes, yes | self.no | other.no)

    def __or__(self, other: Answer) -> Answer:
        yes = self.yes | other.yes
        if self.known is None and other.known is None:
            return Answer(yes)
        return Answer(yes, yes | (self.no & other.no))

    def __invert__(self) -> Answer:
        return Answer(self.no, self.known)

    def count(self) -> Fact:
        """One where yes, nothing where no; unknown where unknown."""
        return Fact(self.yes.astype(np.int32), self.known)

    def at(self, *where: int) -> bool | None:
        """The answer for one pairing: True, False, or None when unknown."""
        if self.known is not None and not _one(self.known, where):
            return None
        return bool(_one(self.yes, where))


class Fact:
    """A column of whole numbers or codes, with which of them are known (None: all)."""

    __slots__ = ("known", "values")

    def __init__(self, values: NDArray[np.signedinteger], known: Bools | None = None) -> None:
        self.values = values
        self.known = known

    @classmethod
    def of(cls, *values: int | Enum | None) -> Fact:
        """A column of one row from plain values; None is unknown. Handy for a single pairing and in tests."""
        known = np.array([value is not None for value in values])
        whole = [0 if value is None else position(value) if isinstance(value, Enum) else value for value in values]
        return cls(np.array(whole, dtype=np.int64), None if known.all() else known)

    def _both(self, other: Fact | int) -> tuple[NDArray[np.signedinteger] | int, Bools | None]:
        if not isinstance(other, Fact):
            return other, self.known
        if self.known is None or other.known is None:
            return other.values, other.known if self.known is None else self.known
        return other.values, self.known & other.known

    def __le__(self, other: Fact | int) -> Answer:
        values, known = self._both(other)
        return Answer(self.values <= values, known)

    def __lt__(self, other: Fact | int) -> Answer:
        values, known = self._both(other)
        return Answer(self.values < values, known)

    def __ge__(self, other: Fact | int) -> Answer:
        values, known = self._both(other)
        return Answer(self.values >= values, known)

    def __gt__(self, other: Fact | int) -> Answer:
        values, known = self._both(other)
        return Answer(self.values > values, known)

    def equals(self, other: Fact | int) -> Answer:
        """Whether two facts are the same."""
        values, known = self._both(other)
        return Answer(np.asarray(self.values == values), known)

    def is_(self, *members: Enum) -> Answer:
        """Whether the fact is one of the codes."""
        found = self.values == position(members[0])
        for member in members[1:]:
            found = found | (self.values == position(member))
        return Answer(np.asarray(found), self.known)

    def has(self, *members: Enum) -> Answer:
        """For a set of codes: whether any of the codes is in it."""
        return Answer((self.values & bits(members)) != 0, self.known)

    def covers(self, wanted: Fact) -> Answer:
        """For sets of codes: whether every code that is wanted is in this set."""
        values, known = self._both(wanted)
        return Answer(np.asarray((values & ~self.values) == 0), known)

    def overlaps(self, other: Fact) -> Answer:
        """For sets of codes: whether any code is in both."""
        values, known = self._both(other)
        return Answer(np.asarray((self.values & values) != 0), known)

    def __add__(self, other: Fact | int) -> Fact:
        values, known = self._both(other)
        return Fact(self.values + values, known)

    def __sub__(self, other: Fact | int) -> Fact:
        values, known = self._both(other)
        return Fact(self.values - values, known)

    def at_least(self, floor: int) -> Fact:
        """The fact, or the floor where that is more."""
        return Fact(np.maximum(self.values, floor), self.known)

    def or_else(self, value: int) -> NDArray[np.signedinteger]:
        """The values, with one value wherever the fact is not known."""
        return self.values if self.known is None else np.where(self.known, self.values, value)

    def at(self, *where: int) -> int | None:
        """The value for one pairing, or None when unknown."""
        if self.known is not None and not _one(self.known, where):
            return None
        return int(_one(self.values, where))


def _one(column: NDArray[np.generic], where: tuple[int, ...]) -> np.generic:
    """One cell of a broadcast column: an axis of length one stands for every place along it."""
    if column.ndim == 2:  # by far the most are grids: no loop over two axes
        grid: np.generic = column[where[0] if column.shape[0] > 1 else 0, where[1] if column.shape[1] > 1 else 0]
        return grid
    cell: np.generic = column[tuple(where[axis] if size > 1 else 0 for axis, size in enumerate(column.shape))]
    return cell
