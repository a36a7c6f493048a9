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
Bytes = NDArray[np.uint8]
"""Ones and nothings, where yes and no are reckoned with."""
Ints = NDArray[np.int64] | NDArray[np.int32] | NDArray[np.int16] | NDArray[np.int8]

ONE = np.uint8(1)


def as_bytes(column: Bools) -> Bytes:
    """Yes and no as one and nothing, without a copy."""
    return column.view(np.uint8)


def position(member: Enum) -> int:
    """Where a code stands in its closed list; this is how codes are held in columns."""
    own = member.__dict__  # a code knows its place from the first time on: looking it up by the code takes far longer
    if "place" not in own:
        for at, one in enumerate(type(member)):
            one.__dict__["place"] = at
    at_place: int = own["place"]
    return at_place


def positions(members: Iterable[Enum]) -> list[int]:
    """The position of each of many codes of one list."""
    given = list(members)
    if given:
        position(given[0])  # from now on each code of the list knows its place
    return [member.__dict__["place"] for member in given]


def bits(members: Iterable[Enum]) -> int:
    """A set of codes as one whole number, a bit for each code by its position."""
    found = 0
    for member in members:
        found |= 1 << position(member)
    return found


class Answer:
    """Yes, no or unknown for each pairing.

    Held as two columns of ones and nothings: where it is yes, and where it may be (yes or unknown). Joined by 'and' and
    'or' each by itself, they come to Kleene's answers. Bytes joined bit by bit are many times quicker than yes and no
    joined as such, where one side is a single row or column.
    """

    __slots__ = ("_may", "_yes")

    def __init__(self, yes: Bools, known: Bools | None = None, *, may: Bytes | None = None) -> None:
        """`known` says where the answer is known (None: everywhere); where it is not, `yes` says nothing.

        `may` says instead where the answer is yes or unknown, and is taken as it is.
        """
        self._yes = as_bytes(yes)
        self._may = may
        if known is not None:
            unknown = as_bytes(known) ^ ONE
            self._may = self._yes | unknown
            self._yes = self._may & as_bytes(known)

    @classmethod
    def held(cls, yes: Bytes, may: Bytes | None) -> Answer:
        """The answer that is yes in one column, and may be yes in the other (None: nowhere else)."""
        return cls(yes.view(np.bool_), may=may)

    @property
    def yes(self) -> Bools:
        """Where the answer is a known yes."""
        return self._yes.view(np.bool_)

    @property
    def may_be(self) -> Bools:
        """Where the answer is yes or unknown."""
        return (self._yes if self._may is None else self._may).view(np.bool_)

    @property
    def no(self) -> Bools:
        """Where the answer is a known no."""
        return ~self.may_be

    @property
    def known(self) -> Bools | None:
        """Where no missing fact matters; None when that is everywhere."""
        return None if self._may is None else self._yes == self._may

    @property
    def unknown(self) -> Bools:
        """Where a missing fact matters."""
        return np.zeros_like(self.yes) if self._may is None else self._yes != self._may

    def __and__(self, other: Answer) -> Answer:
        may = None
        if self._may is not None or other._may is not None:
            may = as_bytes(self.may_be) & as_bytes(other.may_be)
        return Answer.held(self._yes & other._yes, may)

    def __or__(self, other: Answer) -> Answer:
        may = None
        if self._may is not None or other._may is not None:
            may = as_bytes(self.may_be) | as_bytes(other.may_be)
        return Answer.held(self._yes | other._yes, may)

    def __invert__(self) -> Answer:
        if self._may is None:
            return Answer.held(self._yes ^ ONE, None)
        return Answer.held(self._may ^ ONE, self._yes ^ ONE)

    def count(self) -> Fact:
        """One where yes, nothing where no; unknown where unknown."""
        return Fact(self._yes.view(np.int8), self.known)

    def at(self, *where: int) -> bool | None:
        """The answer for one pairing: True, False, or None when unknown."""
        if _one(self._yes, where):
            return True
        return None if self._may is not None and _one(self._may, where) else False


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
        return other.values, (as_bytes(self.known) & as_bytes(other.known)).view(np.bool_)

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
        found = as_bytes(np.asarray(self.values == position(members[0])))
        for member in members[1:]:
            found = found | as_bytes(np.asarray(self.values == position(member)))
        return Answer(found.view(np.bool_), self.known)

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

    def of_rows(self, rows: slice) -> Fact:
        """The fact of some rows."""
        return Fact(self.values[rows], None if self.known is None else self.known[rows])

    def or_else(self, value: int) -> NDArray[np.signedinteger]:
        """The values, with one value wherever the fact is not known."""
        return self.values if self.known is None else np.where(self.known, self.values, value)

    def at(self, *where: int) -> int | None:
        """The value for one pairing, or None when unknown."""
        if self.known is not None and not _one(self.known, where):
            return None
        return _one(self.values, where)


def _one(column: NDArray[np.generic], where: tuple[int, ...]) -> int:
    """One cell of a broadcast column: an axis of length one stands for every place along it."""
    shape = column.shape
    cell: int
    if len(shape) == 2:  # by far the most are grids: no loop over two axes
        cell = column.item(where[0] if shape[0] > 1 else 0, where[1] if shape[1] > 1 else 0)
    else:
        cell = column.item(tuple(where[axis] if size > 1 else 0 for axis, size in enumerate(shape)))
    return cell
