"""Where places are: grid points, postcodes, distances as the law counts them, and what a gazetteer must answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isqrt
from typing import Protocol, overload

import numpy as np
import numpy.typing as npt

from matching.errors import DomainError
from matching.values import AuthorityCode, Metres

Whole = npt.NDArray[np.int32] | npt.NDArray[np.int64]
"""A column, or a matrix, of whole numbers."""

METRES_IN_TEN_MILES = 16_093
"""The statutory return divides kilometres by 1.6093 to get miles: ten of its miles are 16,093 metres."""


class MalformedPostcode(DomainError):
    """The text is neither a postcode nor a postcode sector; the message says how either is written."""

    def __init__(self) -> None:
        super().__init__(
            "This is not a postcode. A postcode is one or two letters, one or two digits (the last may be a letter), "
            "a space, a digit and two letters, as in NR1 3AB. For a postcode sector leave out the last two letters "
            "and keep the space, as in NR1 3."
        )


class UnknownPostcode(DomainError):
    """The postcode, or sector, is well formed, but the directory does not have it, or has no place for it."""

    def __init__(self, remedy: str) -> None:
        super().__init__(f"This postcode is not in the postcode directory. {remedy}")


class UnknownAuthority(DomainError):
    """The code is not that of an authority responsible for children's services."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code} is not the code of a children's services authority. Give the nine-character code of the county, "
            f"unitary, metropolitan or London borough council, for example E10000020 for Norfolk; a district council "
            f"in a county (E07...) is not responsible for children's services."
        )


class Precision(StrEnum):
    """How exactly a place is known."""

    POSTCODE = "postcode"
    SECTOR = "sector"


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place on the British National Grid, in whole metres east and north of its origin."""

    easting: int
    northing: int

    def __post_init__(self) -> None:
        if not (0 <= self.easting < 700_000 and 0 <= self.northing < 1_300_000):
            raise DomainError(
                "A point on the British National Grid is 0 to 700,000 metres east and 0 to 1,300,000 metres north. "
                "Give easting before northing, in metres, not latitude and longitude."
            )


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Many points in two columns of one shape: eastings and northings in whole metres, British National Grid."""

    easting: Whole
    northing: Whole

    @classmethod
    def of(cls, points: Sequence[Point]) -> Points:
        """The columns of a sequence of points, in its order."""
        return cls(
            np.fromiter((p.easting for p in points), np.int32, len(points)),
            np.fromiter((p.northing for p in points), np.int32, len(points)),
        )

    @property
    def down(self) -> Points:
        """The same points as rows, (n, 1), so that they meet every one of another column (m,) in a matrix (n, m)."""
        return Points(self.easting[:, np.newaxis], self.northing[:, np.newaxis])

    def __len__(self) -> int:
        return len(self.easting)

    def __getitem__(self, index: int) -> Point:
        return Point(int(self.easting[index]), int(self.northing[index]))


@overload
def straight_line_metres(start: Point, end: Point) -> Metres: ...
@overload
def straight_line_metres(start: Points, end: Points) -> npt.NDArray[np.int64]: ...
def straight_line_metres(start: Point | Points, end: Point | Points) -> Metres | npt.NDArray[np.int64]:
    """The straight line between two places, to the nearest whole metre.

    Two points give one number; two columns of points give a column of the shape they broadcast to: `start.down` and
    `end` give every pairing. No two whole-metre points lie exactly half a metre off a whole distance, so how halves
    are rounded never matters, and the two forms agree to the metre over all of Britain.
    """
    if isinstance(start, Point) and isinstance(end, Point):
        return Metres((isqrt(4 * ((end.easting - start.easting) ** 2 + (end.northing - start.northing) ** 2)) + 1) // 2)
    east = np.asarray(end.easting, np.int64) - start.easting
    north = np.asarray(end.northing, np.int64) - start.northing
    metres: npt.NDArray[np.int64] = np.rint(np.sqrt(east * east + north * north)).astype(np.int64)
    return metres


@overload
def tenths_of_a_mile(metres: int) -> int: ...
@overload
def tenths_of_a_mile(metres: Whole) -> npt.NDArray[np.int64]: ...
def tenths_of_a_mile(metres: int | Whole) -> int | npt.NDArray[np.int64]:
    """Whole metres as whole tenths of a statutory mile, to the nearest tenth: one number, or a column of any shape."""
    if isinstance(metres, np.ndarray):
        return (metres.astype(np.int64) * 200 + METRES_IN_TEN_MILES) // (2 * METRES_IN_TEN_MILES)
    return (metres * 200 + METRES_IN_TEN_MILES) // (2 * METRES_IN_TEN_MILES)


def statutory_miles(metres: int) -> float:
    """Miles with one decimal, as the SSDA903 return has them: metres / 1000 / 1.6093.

    Rounded to the nearest tenth. An exact half cannot arise from whole metres (200 x metres is even, 16,093 is odd),
    so rounding halves up, away from zero or to even all give this figure.
    Source: the distance between home and placement in the SSDA903 return; see docs/geography.md.
    """
    return tenths_of_a_mile(int(metres)) / 10


def statutory_miles_between(home: Point, placement: Point) -> float:
    """The return's own figure for two places: as `statutory_miles`, without first rounding to a whole metre.

    This is the figure to put in the return. `statutory_miles(straight_line_metres(...))` can differ from it by 0.1
    where the distance lies within half a metre of the turn from one tenth to the next.
    """
    squared = (placement.easting - home.easting) ** 2 + (placement.northing - home.northing) ** 2
    return (isqrt(40_000 * squared) + METRES_IN_TEN_MILES) // (2 * METRES_IN_TEN_MILES) / 10


def metres_in_miles(miles: int) -> Metres:
    """Whole statutory miles as whole metres, rounded down: 20 miles are 32,186 metres. For limits set in miles."""
    return Metres(miles * METRES_IN_TEN_MILES // 10)


_OUTWARD = r"[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-Z]?"
_UNIT = re.compile(rf"({_OUTWARD})([0-9][ABD-HJLNP-UW-Z]{{2}})")
_SECTOR = re.compile(rf"({_OUTWARD}) ([0-9])")


@dataclass(frozen=True, slots=True, order=True)
class Postcode:
    """A full postcode (NR1 3AB) or a postcode sector (NR1 3), well formed and written one way; it need not exist."""

    outward: str
    inward: str

    @classmethod
    def parse(cls, text: str) -> Postcode:
        """Reads what somebody typed: any case, any spaces; a sector keeps its space, or NR1 3 would read NR13.

        Raises MalformedPostcode, which never repeats what was typed.
        """
        spaced = " ".join(unicodedata.normalize("NFKC", text).upper().split())
        found = _UNIT.fullmatch(spaced.replace(" ", "")) or _SECTOR.fullmatch(spaced)
        if found is None:
            raise MalformedPostcode
        return cls(found[1], found[2])

    @property
    def precision(self) -> Precision:
        """Whether it names a postcode or only its sector."""
        return Precision.SECTOR if len(self.inward) == 1 else Precision.POSTCODE

    @property
    def sector(self) -> Postcode:
        """The sector a postcode lies in; a sector is its own."""
        return Postcode(self.outward, self.inward[0])

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}"


@dataclass(frozen=True, slots=True)
class Located:
    """A place found: its postcode or sector, its point, and the authority responsible for children's services there.

    The point of a sector is the mean of its postcodes. The authority is None where a sector crosses a boundary.
    """

    postcode: Postcode
    point: Point
    authority: AuthorityCode | None

    @property
    def precision(self) -> Precision:
        """How exactly the point is known."""
        return self.postcode.precision


@dataclass(frozen=True, slots=True, eq=False)
class PostcodeColumn:
    """Every postcode of one authority, in alphabetical order: seven-character texts and their points, as columns."""

    authority: AuthorityCode
    texts: npt.NDArray[np.bytes_]
    points: Points

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, index: int) -> Located:
        text = self.texts[index].decode()
        return Located(Postcode(text[:4].rstrip(), text[4:]), self.points[index], self.authority)

    def sample(self, count: int, rng: np.random.Generator) -> list[Located]:
        """So many different postcodes drawn at random, each as likely as the next; the same seed draws the same.

        Raises DomainError when the authority has fewer postcodes than asked for.
        """
        if count > len(self):
            raise DomainError(f"{self.authority} has {len(self)} postcodes; {count} cannot be drawn. Ask for fewer.")
        return [self[int(index)] for index in rng.choice(len(self), count, replace=False)]


class Gazetteer(Protocol):
    """What the service asks about places. England, Wales and Scotland; authorities are of children's services."""

    def locate(self, text: str) -> Located | None:
        """A full postcode, or a sector at the mean of its postcodes; None when it does not exist.

        Raises MalformedPostcode.
        """

    def require(self, text: str) -> Located:
        """As locate, but raises UnknownPostcode with what to do when it does not exist."""

    def postcodes_of(self, authority: AuthorityCode) -> PostcodeColumn:
        """Every postcode of an authority. Raises UnknownAuthority."""

    def adjoining(self, authority: AuthorityCode) -> frozenset[AuthorityCode]:
        """The authorities that share a boundary with an English one, Welsh and Scottish ones included.

        Raises UnknownAuthority.
        """

    def authority_name(self, authority: AuthorityCode) -> str:
        """The authority's name as National Statistics writes it. Raises UnknownAuthority."""


@dataclass(frozen=True, slots=True, eq=False)
class Journeys:
    """How far every destination is from every origin: rows are origins, columns destinations."""

    metres: npt.NDArray[np.int64]
    """(origins, destinations) whole metres in a straight line, always, whatever else is known."""
    minutes: npt.NDArray[np.int32] | None = None
    """(origins, destinations) whole minutes by car, -1 where there is no way; None when not asked for or not had."""
    fallback_reason: str | None = None
    """Why minutes were asked for and not had, in words to show beside the distance."""


class Distances(Protocol):
    """What measures the way from places to places."""

    def journeys(self, origins: Points, destinations: Points) -> Journeys:
        """Every origin to every destination; never raises for want of a network."""


class StraightLine:
    """The default measure, and the statutory one: needs no network and no settings."""

    def journeys(self, origins: Points, destinations: Points) -> Journeys:
        """(n,) origins and (m,) destinations give (n, m) whole metres."""
        return Journeys(straight_line_metres(origins.down, destinations))
