"""Ground for pools: random points in a box the size of a county or of several, its margin, and the country beyond."""

from __future__ import annotations

from math import isqrt
from typing import Final

from matching.geography import Point
from matching.places import Place
from matching.synthetic.chance import Chance
from matching.values import AuthorityCode

OWN: Final = AuthorityCode("E10000020")
ADJOINING: Final = (AuthorityCode("E10000029"), AuthorityCode("E10000003"), AuthorityCode("E10000019"))
DISTANT: Final = (AuthorityCode("E10000016"), AuthorityCode("E08000025"), AuthorityCode("E08000035"))
_COUNTY_METRES = (95_000, 70_000)
_MARGIN_METRES = 15_000


class InventedGround:
    """Random places in the box, its margin and beyond."""

    def __init__(self, counties: int, chance: Chance, *, coarse: bool) -> None:
        self._chance, self._step = chance, 10_000 if coarse else 1
        scale = isqrt(counties * 10_000)
        self._east, self._north = (min(380_000, side * scale // 100) for side in _COUNTY_METRES)

    def anywhere(self) -> Place:
        """In the area four times in five, else in the margin, and seldom beyond."""
        draw = self._chance.share()
        if draw < 0.8:
            return self.in_area()
        return self._in_margin() if draw < 0.95 else self._far()

    def in_area(self) -> Place:
        """Somewhere in the authority's own area."""
        return self._place(self._chance.whole(0, self._east), self._chance.whole(0, self._north), OWN)

    def _in_margin(self) -> Place:
        along, across = self._chance.whole(0, self._east), self._chance.whole(1, _MARGIN_METRES)
        north = self._north + across if self._chance.yes(0.5) else -across
        return self._place(along, north, self._chance.one(ADJOINING))

    def _far(self) -> Place:
        away = self._chance.whole(_MARGIN_METRES, 120_000)
        return self._place(-away, self._chance.whole(0, self._north), self._chance.one(DISTANT))

    def _place(self, east: int, north: int, authority: AuthorityCode) -> Place:
        step = self._step
        point = Point((200_000 + east) // step * step, (200_000 + north) // step * step)
        return Place("ZZ99 9ZZ", point, authority)
