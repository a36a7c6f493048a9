"""How far homes are from places, in tenths of a statutory mile in a straight line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.answers import Answer, Bools, Fact
from matching.facts.columns import located
from matching.geography import Points, straight_line_metres, tenths_of_a_mile
from matching.places import JOURNEYS_A_MONTH, AvoidedPlace, ImportantPlace, Place

ROWS_AT_ONCE = 8
"""Few enough children for the working numbers to stay in the processor's own memory, which is several times quicker."""


class Ways:
    """The ways from places to all the homes of a pool."""

    def __init__(self, homes: Points, known: Bools) -> None:
        self._homes = homes
        self._known = known
        self._all_known = bool(known.all())

    def from_each(self, places: Sequence[Place | None]) -> Fact:
        """Tenths of a mile from each child's place to each home: shape (n, m)."""
        tenths, known = self._tenths(places)
        return Fact(tenths, known)

    def from_several(self, places: Iterable[Sequence[Place | None]]) -> tuple[Fact, Fact]:
        """From several places of each child: tenths of a mile summed, and those of the farthest; shapes (n, m).

        A child with no place has 0 of both.
        """
        return self._over(places, [None])

    def by_journeys(self, places: Sequence[Sequence[ImportantPlace]]) -> tuple[Fact, Fact]:
        """Tenths of a mile times journeys a month, summed, over ten; and tenths to the farthest; shapes (n, m)."""
        journeys = [[JOURNEYS_A_MONTH[one.frequency] for one in each] for each in places]
        total, farthest = self._over([[one.place for one in each] for each in places], journeys)
        return Fact(total.values // 10, total.known), farthest

    def inside(self, zones: Sequence[Sequence[AvoidedPlace]]) -> Answer:
        """Whether each home stands inside any of a child's exclusion zones: shape (n, m), or (n, 1) without zones."""
        if not any(zones):
            return Answer(np.zeros((len(zones), 1), dtype=bool))
        yes = np.zeros((len(zones), len(self._known)), dtype=bool)
        known = np.ones_like(yes)
        for at, each in enumerate(zones):
            if each:
                points, there = located([zone.place for zone in each])
                radius = np.array([zone.radius for zone in each], dtype=np.int64)[:, None]
                seen = there[:, None] & self._known[None, :]
                within = (straight_line_metres(points.down, self._homes) <= radius) & seen
                yes[at] = within.any(axis=0)
                known[at] = yes[at] | seen.all(axis=0)
        return Answer(yes, known)

    def _tenths(self, places: Sequence[Place | None]) -> tuple[NDArray[np.int32], Bools | None]:
        points, there = located(places)
        tenths = np.empty((len(there), len(self._known)), dtype=np.int32)
        for first in range(0, len(there), ROWS_AT_ONCE):
            rows = slice(first, first + ROWS_AT_ONCE)
            here = Points(points.easting[rows], points.northing[rows])
            tenths[rows] = tenths_of_a_mile(straight_line_metres(here.down, self._homes))
        if self._all_known and there.all():
            return tenths, None
        return tenths, there[:, None] & self._known[None, :]

    def _over(
        self, places: Iterable[Sequence[Place | None]], journeys: Sequence[Sequence[int] | None]
    ) -> tuple[Fact, Fact]:
        several = list(places)
        total = np.zeros((len(several), len(self._known)), dtype=np.int32)
        farthest = np.zeros_like(total)
        known = np.ones(total.shape, dtype=bool)
        for at, each in enumerate(several):
            if each:
                tenths, here = self._tenths(each)
                often = journeys[at] if len(journeys) > 1 or journeys[0] is not None else None
                total[at] = tenths.sum(axis=0) if often is None else np.array(often, dtype=np.int32) @ tenths
                farthest[at] = tenths.max(axis=0)
                if here is not None:
                    known[at] = here.all(axis=0)
        certain = None if known.all() else known
        return Fact(total, certain), Fact(farthest, certain)
