"""Real postcodes for invented people: localities of the area, places just over the boundary, and distant ones."""

from __future__ import annotations

import numpy as np

from matching.geography import Gazetteer, PostcodeColumn
from matching.places import Place
from matching.synthetic.chance import Chance
from matching.synthetic.figures import Figures, Locality
from matching.values import AuthorityCode


class Ground:
    """Draws postcodes: places, not people. The same stream draws the same places from the same directory."""

    def __init__(self, figures: Figures, gazetteer: Gazetteer, chance: Chance) -> None:
        self._chance, self._figures = chance, figures
        own = gazetteer.postcodes_of(figures.code)
        outward = np.char.rstrip(own.texts.astype("S4"))
        self._own = own
        self._rows = {
            locality.name: np.flatnonzero(np.isin(outward, np.array([o.encode() for o in locality.outward])))
            for locality in figures.localities
        }
        self._next_door = [gazetteer.postcodes_of(code) for code in figures.next_door]
        self._distant = [gazetteer.postcodes_of(code) for code in figures.distant]
        self._centre = (int(own.points.easting.mean()), int(own.points.northing.mean()))

    def locality(self) -> str:
        """A locality, as likely as its share of families."""
        return self._chance.weighted((locality.name, locality.share) for locality in self._figures.localities)

    def within(self, locality: str) -> Place:
        """A postcode of a locality."""
        rows = self._rows[locality]
        return _place(self._own, int(rows[self._chance.whole(0, len(rows) - 1)]))

    def around(self, locality: str, same: float) -> tuple[Place, str]:
        """A postcode of the locality as often as said, else of any; with the locality it lies in."""
        chosen = locality if self._chance.yes(same) else self.locality()
        return self.within(chosen), chosen

    def next_door(self) -> Place:
        """A postcode of an adjoining authority, the nearest of eight to the middle of the area."""
        column = self._chance.one(self._next_door)
        rows = [self._chance.whole(0, len(column) - 1) for _ in range(8)]
        return _place(column, min(rows, key=lambda row: (self._from_centre(column, row), row)))

    def distant(self) -> Place:
        """A postcode neither in the area nor adjoining it."""
        column = self._chance.one(self._distant)
        return _place(column, self._chance.whole(0, len(column) - 1))

    def _from_centre(self, column: PostcodeColumn, row: int) -> int:
        east, north = self._centre
        return (int(column.points.easting[row]) - east) ** 2 + (int(column.points.northing[row]) - north) ** 2


def _place(column: PostcodeColumn, row: int) -> Place:
    located = column[row]
    return Place(str(located.postcode), located.point, located.authority)


def outward_area(prefix: str, numbers: tuple[int, ...]) -> tuple[str, ...]:
    """Outward postcodes of one area by number: ('NR', (1, 2)) is NR1, NR2."""
    return tuple(f"{prefix}{number}" for number in numbers)


def locality(name: str, share: float, **areas: tuple[int, ...]) -> Locality:
    """A locality made of outward postcodes, given by area."""
    return Locality(
        name, tuple(outward for area, numbers in areas.items() for outward in outward_area(area, numbers)), share
    )


def codes(*texts: str) -> tuple[AuthorityCode, ...]:
    """Authority codes."""
    return tuple(AuthorityCode(text) for text in texts)
