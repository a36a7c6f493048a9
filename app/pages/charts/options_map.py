"""A map of the homes that could be asked, drawn from straight lines: rings of miles around the family home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from matching.geography import Point, straight_line_metres, tenths_of_a_mile

METRES_A_MILE = 1609.3
SIDE = 600
"""Width and height of the drawing, in its own units."""
_EDGE = 34
_ROUNDED_TO = 1_000
RINGS = (1, 2, 5, 10, 20, 50, 100, 200, 400)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to be drawn: a letter or number, what it is, and where; a home's place is rounded."""

    mark: str
    says: str
    kind: str
    """home, family, school, visit or avoid."""
    point: Point
    metres: int = 0
    """Radius, of a place to be avoided."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One spot where it stands in the drawing."""

    mark: str
    says: str
    kind: str
    x: float
    y: float
    radius: float = 0
    miles: str = ""
    """From the middle, in a straight line."""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle of so many miles around the middle."""

    miles: int
    radius: float


@dataclass(frozen=True, slots=True)
class OptionsMap:
    """The drawing, and the same in a table."""

    title: str
    description: str
    rings: tuple[Ring, ...]
    spots: tuple[Drawn, ...]
    middle: str
    side: int = SIDE

    @property
    def half(self) -> float:
        """Where the middle is."""
        return SIDE / 2


def options_map(middle: Point, says: str, spots: Sequence[Spot]) -> OptionsMap:
    """The spots around a middle, as far as the farthest of them. Homes are drawn to the nearest kilometre."""
    placed = [(spot, _rounded(spot)) for spot in spots]
    farthest = max((straight_line_metres(middle, point) + spot.metres for spot, point in placed), default=0)
    shown = max(farthest, METRES_A_MILE * 2)
    scale = (SIDE / 2 - _EDGE) / shown
    rings = tuple(Ring(miles, round(miles * METRES_A_MILE * scale, 1)) for miles in _rings(shown / METRES_A_MILE))
    homes = sum(spot.kind == "home" for spot in spots)
    return OptionsMap(
        title=f"Where the {homes} homes shown are" if homes != 1 else "Where the home shown is",
        description=(
            f"Rings of {', '.join(str(ring.miles) for ring in rings)} miles around {says}, in straight lines. Homes are "
            "drawn to the nearest kilometre, so that no address can be read off. The table says the same."
        ),
        rings=rings,
        spots=_apart(tuple(_drawn(middle, spot, point, scale) for spot, point in placed)),
        middle=says,
    )


def _rounded(spot: Spot) -> Point:
    """A home stands where its square of the grid does: the exact place is for those who need the address."""
    if spot.kind != "home":
        return spot.point
    to = _ROUNDED_TO
    return Point(round(spot.point.easting / to) * to, round(spot.point.northing / to) * to)


def _rings(miles: float) -> Iterable[int]:
    inside = [ring for ring in RINGS if ring <= miles * 1.02]
    return inside[-3:] or [ceil(miles)]


def _drawn(middle: Point, spot: Spot, point: Point, scale: float) -> Drawn:
    east, north = point.easting - middle.easting, point.northing - middle.northing
    return Drawn(
        mark=spot.mark,
        says=spot.says,
        kind=spot.kind,
        x=round(SIDE / 2 + east * scale, 1),
        y=round(SIDE / 2 - north * scale, 1),
        radius=round(spot.metres * scale, 1),
        miles=f"{tenths_of_a_mile(straight_line_metres(middle, spot.point)) / 10:.1f}",
        direction=_direction(east, north),
    )


def _direction(east: int, north: int) -> str:
    if abs(east) < _ROUNDED_TO / 2 and abs(north) < _ROUNDED_TO / 2:
        return "here"
    upright = "north" if north > 0 else "south"
    level = "east" if east > 0 else "west"
    if abs(north) > 2 * abs(east):
        return upright
    return level if abs(east) > 2 * abs(north) else f"{upright}-{level}"


_NEAR = 34.0


def _apart(spots: tuple[Drawn, ...]) -> tuple[Drawn, ...]:
    """Marks that would cover one another stand side by side; all keep their order."""
    middle = Drawn("", "", "middle", SIDE / 2, SIDE / 2)
    placed = [middle]
    for spot in spots:
        moved = spot
        if spot.kind != "avoid":
            for step in range(1, 12):
                if not any(_covers(moved, other) for other in placed if other.kind != "avoid"):
                    break
                across, down = _STEPS[step % len(_STEPS)]
                far = _NEAR * (1 + step // len(_STEPS))
                moved = _moved(spot, across * far, down * far)
        placed.append(moved)
    return tuple(placed[1:])


_STEPS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1))


def _covers(one: Drawn, other: Drawn) -> bool:
    return abs(one.x - other.x) < _NEAR and abs(one.y - other.y) < _NEAR * 0.8


def _moved(spot: Drawn, across: float, down: float) -> Drawn:
    least, most = _EDGE / 2, SIDE - _EDGE / 2
    x, y = min(most, max(least, spot.x + across)), min(most, max(least, spot.y + down))
    return Drawn(spot.mark, spot.says, spot.kind, round(x, 1), round(y, 1), spot.radius, spot.miles, spot.direction)
