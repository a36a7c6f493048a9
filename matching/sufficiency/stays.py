"""Stays: care histories as columns, one row for each time a child lived in one kind of care without a break."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.histories import AuthorityHistory, CareHistory, Episode

OPEN = np.int32(2**31 - 1)
"""The end of a stay that goes on, as far as is known."""
_STILL = -1

KindOf = Callable[[Episode], int | None]
"""The kind of care of an episode, as its place in the grid's kinds; None when it is not counted."""
AreaOf = Callable[[Episode], int]
"""Where the child of an episode comes from, as a place in a list of areas."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Stays by column, all of one length, by child and then in time; days are ordinals (date.toordinal)."""

    child: NDArray[np.int32]
    born: NDArray[np.int32]
    kind: NDArray[np.int16]
    area: NDArray[np.int16]
    begins: NDArray[np.int32]
    ends: NDArray[np.int32]
    """The day the child no longer lives so; OPEN when it goes on."""
    then: NDArray[np.int16]
    """The kind that follows on the same day; the number of kinds when the child left care; -1 when it goes on."""
    came: NDArray[np.bool_]
    """Whether the child came into care with it."""

    def open_on(self, day: int) -> NDArray[np.bool_]:
        """Which stays hold the night of a day."""
        return (self.begins <= day) & (day < self.ends)

    def as_known_on(self, day: int, kinds: int) -> Stays:
        """What could be known on the morning of a day: later stays are dropped, later ends are not known yet."""
        seen = self.begins < day
        columns = [getattr(self, name)[seen] for name in self.__slots__]
        stays = Stays(*columns)
        later = stays.ends >= day
        # a stay that ends on the day itself is still open on its morning: the night before was spent there
        ends, then = np.where(later, OPEN, stays.ends), np.where(later, np.int16(_STILL), stays.then)
        assert int(then.max(initial=_STILL)) <= kinds, "a stay goes on to a kind of the grid, or out of care"
        return Stays(stays.child, stays.born, stays.kind, stays.area, stays.begins, ends, then, stays.came)


def stays_of(history: AuthorityHistory, kinds: int, kind_of: KindOf, area_of: AreaOf | None = None) -> Stays:
    """Joins episodes of one kind that follow on; a child's area is that of the stay's first episode (0 by default)."""
    rows = [row for at, child in enumerate(history.children) for row in _rows(at, child, kinds, kind_of, area_of)]
    return from_rows(rows)


def from_rows(rows: Sequence[tuple[int, int, int, int, int, int, int, bool]]) -> Stays:
    """Columns from rows of child, born, kind, area, begins, ends, then, came."""
    table = np.array(rows, np.int32).reshape(-1, 8).T
    child, born, kind, area, begins, ends, then, came = table
    return Stays(
        child.copy(), born.copy(), kind.astype(np.int16), area.astype(np.int16), begins.copy(), ends.copy(),
        then.astype(np.int16), came.astype(bool),
    )  # fmt: skip


def _rows(
    at: int, child: CareHistory, kinds: int, kind_of: KindOf, area_of: AreaOf | None
) -> Iterator[tuple[int, int, int, int, int, int, int, bool]]:
    born = child.born.toordinal()
    runs = _runs(child.episodes, kind_of)
    for number, (kind, first, begins, ends) in enumerate(runs):
        came = number == 0 or runs[number - 1][3] < begins
        follows = number + 1 < len(runs) and runs[number + 1][2] <= ends
        then = _STILL if ends == OPEN else runs[number + 1][0] if follows else kinds
        if ends > begins:
            yield at, born, kind, area_of(first) if area_of else 0, begins, ends, then, came


def _runs(episodes: Sequence[Episode], kind_of: KindOf) -> list[tuple[int, Episode, int, int]]:
    """Kind, first episode, first day and end of each stay, in time."""
    found: list[tuple[int, Episode, int, int]] = []
    for episode in episodes:
        kind = kind_of(episode)
        if kind is None:
            continue
        begins, ends = episode.begins.toordinal(), _ordinal(episode.ends)
        if found and found[-1][0] == kind and found[-1][3] >= begins:
            was = found.pop()
            found.append((kind, was[1], was[2], max(ends, was[3])))
        else:
            found.append((kind, episode, begins, ends))
    return found


def _ordinal(day: date | None) -> int:
    return int(OPEN) if day is None else day.toordinal()
