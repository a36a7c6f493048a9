"""Who already lives in each home during a stay, summed up by home in columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from matching.codes import Sex
from matching.pool import Pool, Window
from matching.values import ChildId

NOBODY = -1
MIXED = -2
"""Residents who do not all belong to one sibling group."""
FAR_PAST, FAR_FUTURE = -(2**30), 2**30

HIGH_LEVEL = 3
"""From this level of 'risk to others' a resident is taken as a high risk; from this level of 'risk from others' as
vulnerable. Our own convention, published with the rule book."""


@dataclass(frozen=True, slots=True)
class Residents:
    """Columns of shape (homes,) about those who live in each home at some time of one stay."""

    taken: NDArray[np.int16]
    """Most beds taken on any one night."""
    foster_children: NDArray[np.int16]
    """Most children under 18 on any one night."""
    count: NDArray[np.int16]
    needing_rooms: NDArray[np.int16]
    """Those old enough for a bedroom of their own."""
    eldest_born: NDArray[np.int32]
    youngest_born: NDArray[np.int32]
    males: NDArray[np.int16]
    females: NDArray[np.int16]
    group: NDArray[np.int32]
    """The one sibling group of all who live there; NOBODY or MIXED otherwise."""
    risky: NDArray[np.int16]
    vulnerable: NDArray[np.int16]
    unprofiled: NDArray[np.int16]
    """Those of whom neither is known."""


_COLUMNS = {
    one.name: np.int32 if one.name in ("eldest_born", "youngest_born", "group") else np.int16
    for one in fields(Residents)
}


class ResidentColumns:
    """Sums up the residents of every home for any stay; remembers the stays it was asked for."""

    def __init__(self, pool: Pool, groups: Mapping[ChildId, int], own_bedroom_age: int) -> None:
        self._pool = pool
        rows = [(at, one) for at, living in enumerate(pool.residents) for one in living]
        self._homes = len(pool.homes)
        self._home = np.array([at for at, _ in rows], dtype=np.int64)
        self._first = np.array([one.stay.first for _, one in rows], dtype=np.int64)
        self._end = np.array([one.stay.end for _, one in rows], dtype=np.int64)
        self._born = np.array([one.child.born.toordinal() for _, one in rows], dtype=np.int32)
        self._male = np.array([one.child.sex is Sex.MALE for _, one in rows], dtype=bool)
        self._female = np.array([one.child.sex is Sex.FEMALE for _, one in rows], dtype=bool)
        self._group = np.array([groups.get(one.child.id, NOBODY) for _, one in rows], dtype=np.int32)
        self._room = np.array([one.child.age_on(pool.as_of) >= own_bedroom_age for _, one in rows], dtype=bool)
        levels = [_levels(pool, one.child.id) for _, one in rows]
        self._risky = np.array([risk is not None and risk >= HIGH_LEVEL for risk, _ in levels], dtype=bool)
        self._vulnerable = np.array([weak is not None and weak >= HIGH_LEVEL for _, weak in levels], dtype=bool)
        self._unprofiled = np.array([risk is None or weak is None for risk, weak in levels], dtype=bool)
        self._one_at_a_time = Lock()
        """Requests share a pool: a stay is added to the columns by one of them at a time."""
        self._rows: dict[Window, int] = {}
        self._table = {name: np.zeros((0, self._homes), dtype=kind) for name, kind in _COLUMNS.items()}

    def rows(self, stays: Iterable[Window]) -> NDArray[np.int64]:
        """Where each of some stays stands in every column."""
        with self._one_at_a_time:
            return np.array([self._row(stay) for stay in stays], dtype=np.int64)

    def column(self, name: str) -> NDArray[np.int16]:
        """One column of Residents for every stay asked for so far: shape (at least as many stays, homes)."""
        return self._table[name]

    def _row(self, stay: Window) -> int:
        row = self._rows.get(stay)
        if row is None:
            row, residents = len(self._rows), self._during(stay)
            self._rows[stay] = row
            for name, kind in _COLUMNS.items():
                if row >= len(self._table[name]):
                    more = np.zeros((row // 4 + 1, self._homes), dtype=kind)
                    self._table[name] = np.concatenate([self._table[name], more])
                self._table[name][row] = getattr(residents, name)
        return row

    def _during(self, stay: Window) -> Residents:
        here = (self._first < stay.end) & (self._end > stay.first)
        home = self._home[here]
        nights = slice(stay.first, stay.end)
        eldest = np.full(self._homes, FAR_FUTURE, dtype=np.int32)
        youngest = np.full(self._homes, FAR_PAST, dtype=np.int32)
        np.minimum.at(eldest, home, self._born[here])
        np.maximum.at(youngest, home, self._born[here])
        return Residents(
            taken=self._pool.beds_taken[:, nights].max(axis=1),
            foster_children=self._pool.foster_children[:, nights].max(axis=1),
            count=self._sum(home, None),
            needing_rooms=self._sum(home, self._room[here]),
            eldest_born=eldest,
            youngest_born=youngest,
            males=self._sum(home, self._male[here]),
            females=self._sum(home, self._female[here]),
            group=self._one_group(home, self._group[here]),
            risky=self._sum(home, self._risky[here]),
            vulnerable=self._sum(home, self._vulnerable[here]),
            unprofiled=self._sum(home, self._unprofiled[here]),
        )

    def _sum(self, home: NDArray[np.int64], counted: NDArray[np.bool_] | None) -> NDArray[np.int16]:
        return np.bincount(home, weights=counted, minlength=self._homes).astype(np.int16)

    def _one_group(self, home: NDArray[np.int64], group: NDArray[np.int32]) -> NDArray[np.int32]:
        least = np.full(self._homes, FAR_FUTURE, dtype=np.int32)
        most = np.full(self._homes, FAR_PAST, dtype=np.int32)
        np.minimum.at(least, home, group)
        np.maximum.at(most, home, group)
        one = np.where((least == most) & (least != NOBODY), least, np.int32(MIXED))
        return np.where(most == FAR_PAST, np.int32(NOBODY), one)


def _levels(pool: Pool, child: ChildId) -> tuple[int | None, int | None]:
    profile = pool.records.profiles.get(child)
    levels = {} if profile is None else profile.levels
    return levels.get("risk-to-others"), levels.get("risk-from-others")
