"""The places that matter to a child, on a map without a background: straight lines, a scale, and a table of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.pages.wording import AVOID_REASONS, FREQUENCIES, PLACE_KINDS
from app.pages.words import miles
from matching.codes import PlaceKind
from matching.geography import METRES_IN_TEN_MILES, Point, straight_line_metres
from matching.places import AvoidedPlace, ImportantPlace, Place

SIDE = 320
_EDGE = 34
_LEAST_METRES = 3_000
"""Across the map, however near the places lie to one another."""
_SCALES = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place: a letter on the map and a row of the table."""

    letter: str
    kind: str
    what: str
    where: str
    """The postcode as it is on record."""
    often: str
    away: str
    """From the first place, in a straight line."""
    x: int | None
    y: int | None
    r: int
    """Of the zone around a place to avoid, as drawn; 0 for another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesMap:
    """The map: None of it says more than the table."""

    id: str
    title: str
    says: str
    side: int
    spots: tuple[Spot, ...]
    drawn: bool
    """Whether any place could be found, so that there is something to draw."""
    from_what: str
    """What the miles are counted from."""
    scale_text: str
    scale_width: int


@dataclass(frozen=True, slots=True)
class _Frame:
    west: int
    north: int
    metres: int

    def at(self, point: Point | None) -> tuple[int | None, int | None]:
        """Where a point lies on the drawing."""
        if point is None:
            return None, None
        inside = SIDE - 2 * _EDGE
        x = _EDGE + inside * (point.easting - self.west) // self.metres
        return x, _EDGE + inside * (self.north - point.northing) // self.metres

    def long(self, metres: float) -> int:
        """How long a distance is on the drawing."""
        return round((SIDE - 2 * _EDGE) * metres / self.metres)


def places_map(id_: str, places: Sequence[ImportantPlace], avoid: Sequence[AvoidedPlace], who: str) -> PlacesMap | None:
    """The map of one child's places; None when none is on record."""
    if not places and not avoid:
        return None
    everywhere = [one.place for one in places] + [one.place for one in avoid]
    points = [place.point for place in everywhere if place.point is not None]
    frame = _frame(points)
    start = next((one for one in places if one.kind is PlaceKind.FAMILY_HOME and one.place.point), None)
    start = start or next((one for one in places if one.place.point), None)
    spots = [_important(at, one, frame, start) for at, one in enumerate(places)]
    spots += [_avoided(len(places) + at, one, frame, start) for at, one in enumerate(avoid)]
    length = _scale(frame.metres)
    return PlacesMap(
        id=id_,
        title=f"Places that matter to {who}",
        says="Each letter is a place of the table below. North is up. Distances are straight lines.",
        side=SIDE,
        spots=tuple(_apart(spots)),
        drawn=bool(points),
        from_what="" if start is None else PLACE_KINDS[start.kind].lower(),
        scale_text="1 mile" if length == 1 else f"{length} miles",
        scale_width=frame.long(length * METRES_IN_TEN_MILES / 10),
    )


_NEAR = 22
"""How near two letters may stand, middle to middle."""


def _apart(spots: Sequence[Spot]) -> Iterator[Spot]:
    """Letters that would cover one another, side by side."""
    placed: list[tuple[int, int]] = []
    for spot in spots:
        if spot.x is None or spot.y is None:
            yield spot
            continue
        x, y = spot.x, spot.y
        while any(abs(x - left) < _NEAR and abs(y - top) < _NEAR for left, top in placed):
            x += _NEAR
            if x > SIDE - _NEAR:
                x, y = spot.x, y + _NEAR
        placed.append((x, y))
        yield replace(spot, x=x, y=y)


def _frame(points: Sequence[Point]) -> _Frame:
    if not points:
        return _Frame(0, 0, _LEAST_METRES)
    east, north = [one.easting for one in points], [one.northing for one in points]
    across = max(max(east) - min(east), max(north) - min(north), _LEAST_METRES)
    west = (min(east) + max(east) - across) // 2
    return _Frame(west, (min(north) + max(north) + across) // 2, across)


def _scale(metres: int) -> int:
    """The longest round number of miles that is no more than about a third of the map."""
    room = metres / 2.5 / (METRES_IN_TEN_MILES / 10)
    return max((one for one in _SCALES if one <= room), default=1)


def _important(at: int, one: ImportantPlace, frame: _Frame, start: ImportantPlace | None) -> Spot:
    x, y = frame.at(one.place.point)
    return Spot(
        letter=_letter(at),
        kind=one.kind.value,
        what=PLACE_KINDS[one.kind],
        where=one.place.postcode,
        often=FREQUENCIES[one.frequency],
        away="" if one is start else _away(start, one.place),
        x=x,
        y=y,
        r=0,
    )


def _avoided(at: int, one: AvoidedPlace, frame: _Frame, start: ImportantPlace | None) -> Spot:
    x, y = frame.at(one.place.point)
    within = miles(round(one.radius * 100 / METRES_IN_TEN_MILES))
    return Spot(
        letter=_letter(at),
        kind="avoid",
        what=f"Avoid within {within}: {AVOID_REASONS[one.reason].lower()}",
        where=one.place.postcode,
        often="",
        away=_away(start, one.place),
        x=x,
        y=y,
        r=max(8, min(frame.long(one.radius), SIDE)),
    )


def _away(start: ImportantPlace | None, place: Place) -> str:
    if start is None or start.place.point is None or place.point is None:
        return "not known"
    return miles(round(straight_line_metres(start.place.point, place.point) * 100 / METRES_IN_TEN_MILES))


def _letter(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else f"{at + 1}"
