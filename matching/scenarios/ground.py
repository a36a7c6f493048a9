"""Where new homes of a scenario may stand: where families and homes on record are."""

from __future__ import annotations

from collections.abc import Sequence

from matching.codes import PlaceKind, Setting
from matching.geography import Points, straight_line_metres
from matching.places import Place
from matching.records import Records
from matching.values import AuthorityCode

INVENTED = "new/"
"""References of homes and children that a scenario adds begin with this; nothing is drawn after their likeness."""


def places_in(records: Records, area: AuthorityCode) -> tuple[Place, ...]:
    """Places in an area where families or carers live, else where any home is, in a fixed order; none when none is known."""
    families = (
        one.place
        for child in records.children
        for one in child.important_places
        if one.kind is PlaceKind.FAMILY_HOME and not child.external_ref.startswith(INVENTED)
    )
    real = [home for home in records.homes if not home.external_ref.startswith(INVENTED)]
    carers = (home.place for home in real if home.kind.setting is Setting.FOSTERING)
    found = {place for place in (*families, *carers) if place.authority == area and place.point is not None}
    found = found or {home.place for home in real if home.place.authority == area and home.place.point is not None}
    return tuple(sorted(found, key=lambda place: (place.postcode, str(place.point))))


def in_the_middle(places: Sequence[Place]) -> Place:
    """The place from which all the others are nearest, taken together; the first of several."""
    points = Points.of([place.point for place in places if place.point is not None])
    return places[int(straight_line_metres(points.down, points).sum(axis=1).argmin())]
