"""Places and age ranges as columns."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from db.mapping.shapes import Values
from matching.geography import Point
from matching.places import Place
from matching.values import AgeRange


def place_columns(place: Place) -> Values:
    """The four columns of a place."""
    return {
        "postcode": place.postcode,
        "easting": None if place.point is None else place.point.easting,
        "northing": None if place.point is None else place.point.northing,
        "area": place.authority,
    }


def place_of(row: Any) -> Place:
    """The place that four columns hold."""
    point = None if row.easting is None else Point(row.easting, row.northing)
    return Place(row.postcode, point, row.area)


def age_columns(ages: AgeRange | None, prefix: str = "") -> Values:
    """The two columns of an age range; both None when ages are not said."""
    return {
        f"{prefix}youngest": None if ages is None else ages.youngest,
        f"{prefix}oldest": None if ages is None else ages.oldest,
    }


@lru_cache(maxsize=1024)
def ages_of(youngest: int | None, oldest: int | None) -> AgeRange | None:
    """The age range that two columns hold. Ranges are few and never change, so equal ones are one object."""
    return None if youngest is None or oldest is None else AgeRange(youngest, oldest)
