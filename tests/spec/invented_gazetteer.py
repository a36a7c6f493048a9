"""A gazetteer of invented postcodes in the right districts, so that the specification needs no directory of real ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.geography import Located, Points, Postcode, PostcodeColumn, UnknownAuthority, UnknownPostcode
from matching.synthetic import NORFOLK, NORTH_EAST_LINCOLNSHIRE
from matching.synthetic.figures import Figures
from matching.values import AuthorityCode

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
IN_A_DISTRICT = 60
SOUTH_WEST = {NORFOLK.code: (560_000, 285_000), NORTH_EAST_LINCOLNSHIRE.code: (515_000, 400_000)}
BESIDE = {NORFOLK.code: 30_000, NORTH_EAST_LINCOLNSHIRE.code: 6_000}
"""Metres between the middles of localities."""


class InventedGazetteer:
    """Sixty postcodes in every district of a locality, and in each neighbour's one district; nothing else exists."""

    def __init__(self) -> None:
        self._columns: dict[AuthorityCode, PostcodeColumn] = {}
        self._adjoining: dict[AuthorityCode, frozenset[AuthorityCode]] = {}
        for figures in (NORFOLK, NORTH_EAST_LINCOLNSHIRE):
            self._own(figures)
            self._others(figures, figures.next_door, 70_000)
            self._others(figures, figures.distant, 190_000)
        self._located = {str(one.postcode): one for column in self._columns.values() for one in _every(column)}

    def locate(self, text: str) -> Located | None:
        """A full postcode; sectors are not held."""
        return self._located.get(str(Postcode.parse(text)))

    def require(self, text: str) -> Located:
        """As locate; raises UnknownPostcode."""
        found = self.locate(text)
        if found is None:
            raise UnknownPostcode("Check it against the address.")
        return found

    def postcodes_of(self, authority: AuthorityCode) -> PostcodeColumn:
        """Every postcode of an authority; raises UnknownAuthority."""
        if authority not in self._columns:
            raise UnknownAuthority(authority)
        return self._columns[authority]

    def adjoining(self, authority: AuthorityCode) -> frozenset[AuthorityCode]:
        """Those that the figures call next door."""
        return self._adjoining[authority]

    def authority_name(self, authority: AuthorityCode) -> str:
        """The code, for want of a name."""
        return authority

    def _own(self, figures: Figures) -> None:
        east, north = SOUTH_WEST[figures.code]
        apart = BESIDE[figures.code]
        districts = [
            (outward, east + at % 3 * apart, north + at // 3 * apart)
            for at, locality in enumerate(figures.localities)
            for outward in locality.outward
        ]
        self._columns[figures.code] = _column(figures.code, districts)
        self._adjoining[figures.code] = frozenset(figures.next_door)

    def _others(self, figures: Figures, codes: Sequence[AuthorityCode], metres: int) -> None:
        east, north = SOUTH_WEST[figures.code]
        for at, code in enumerate(codes):
            if code not in self._columns:
                outward = f"B{len(self._columns) + 1}"
                self._columns[code] = _column(code, [(outward, east - metres + at * 9_000, north - at * 9_000)])


def _column(authority: AuthorityCode, districts: Sequence[tuple[str, int, int]]) -> PostcodeColumn:
    rows = sorted(
        (
            f"{outward:<4}{at % 9 + 1}{LETTERS[at // 9]}{LETTERS[at % 7]}",
            east + at * 131 % 7_000,
            north + at * 577 % 7_000,
        )
        for outward, east, north in districts
        for at in range(IN_A_DISTRICT)
    )
    texts, eastings, northings = zip(*rows, strict=True)
    points = Points(np.array(eastings, np.int32), np.array(northings, np.int32))
    return PostcodeColumn(authority, np.array(texts, "S7"), points)


def _every(column: PostcodeColumn) -> list[Located]:
    return [column[at] for at in range(len(column))]
