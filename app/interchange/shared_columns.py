"""Columns that many files share: whose row it is, where a place is, ages, sexes, and from when until when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.interchange.cells import codes, day, reference, text, whole
from app.interchange.tables import Column, Row, Values, column
from matching.codes import Sex
from matching.geography import Gazetteer, MalformedPostcode, Point, UnknownPostcode
from matching.places import Place
from matching.values import AgeRange, AuthorityCode, Period

EVERY_SEX = frozenset({Sex.MALE, Sex.FEMALE})
UNKNOWN_AREA = "unknown"


def own_ref(noun: str) -> Column:
    """The column that names the record itself."""
    return column(f"{noun}_ref", reference(), f"Your own number for the {noun.replace('_', ' ')}", required=True)


def ref_to(noun: str, says: str, *, required: bool = True, key: str = "") -> Column:
    """A column that names another record."""
    return column(f"{key or noun}_ref", reference(), says, required=required)


def place_columns(what: str, *, required: bool = True) -> tuple[Column, ...]:
    """Where a place is."""
    return (
        column(
            "postcode", text(10), f"Postcode or postcode sector of {what}, as in NR1 3AB or NR1 3", required=required
        ),
        column("easting", whole(0, 800_000), "Metres east, British National Grid: only where the directory is wrong"),
        column("northing", whole(0, 1_400_000), "Metres north, likewise"),
        column(
            "area",
            text(9),
            "Nine-character code of the authority it is in, likewise; 'unknown' for a place nobody can find",
        ),
    )


def read_place(row: Row, gazetteer: Gazetteer) -> Place:
    """The place of a row: as the row says, or else as the directory has it. Raises DomainError for no postcode."""
    if row["area"] is None and row["easting"] is None and row["northing"] is None:
        found = gazetteer.require(row["postcode"])
        return Place(str(found.postcode), found.point, found.authority)
    given = None not in (row["easting"], row["northing"])
    area = None if row["area"] in (None, UNKNOWN_AREA) else AuthorityCode(row["area"])
    return Place(row["postcode"], Point(row["easting"], row["northing"]) if given else None, area)


def write_place(place: Place, gazetteer: Gazetteer) -> Values:
    """The cells of a place: the postcode alone where the directory says the rest."""
    values: Values = {"postcode": place.postcode}
    if _as_directory_has_it(place, gazetteer):
        return values
    if place.point is not None:
        values |= {"easting": place.point.easting, "northing": place.point.northing}
    return values | {"area": place.authority or UNKNOWN_AREA}


def _as_directory_has_it(place: Place, gazetteer: Gazetteer) -> bool:
    try:
        found = gazetteer.locate(place.postcode)
    except (MalformedPostcode, UnknownPostcode):
        return False
    return found is not None and (str(found.postcode), found.point, found.authority) == (
        place.postcode,
        place.point,
        place.authority,
    )


def age_columns(what: str, *, required: bool = False, prefix: str = "") -> tuple[Column, Column]:
    """The youngest and the oldest age."""
    return (
        column(f"{prefix}youngest", whole(0, 25), f"Youngest age in years {what}", required=required),
        column(f"{prefix}oldest", whole(0, 25), f"Oldest age in years {what}, that age included", required=required),
    )


def read_ages(values: Mapping[str, Any], prefix: str = "") -> AgeRange | None:
    """The range of two ages; None when neither is said. Raises DomainError for half a range or one upside down."""
    youngest, oldest = values[f"{prefix}youngest"], values[f"{prefix}oldest"]
    if youngest is None and oldest is None:
        return None
    return AgeRange(0 if youngest is None else youngest, 25 if oldest is None else oldest)


def write_ages(ages: AgeRange | None, prefix: str = "") -> Values:
    """The two cells of a range."""
    return {} if ages is None else {f"{prefix}youngest": ages.youngest, f"{prefix}oldest": ages.oldest}


def sexes(what: str, key: str = "sexes") -> Column:
    """Sexes; a blank means both."""
    return column(key, codes(Sex, empty="none"), f"Sexes {what}; blank means M and F, 'none' neither", blank=EVERY_SEX)


def period_columns(what: str) -> tuple[Column, Column]:
    """From when until when."""
    return (
        column("starts", day(), f"First day {what} in force", required=True),
        column("ends", day(), "Last day, that day included; blank: until further notice"),
    )


def read_period(row: Row) -> Period:
    """The period of a row. Raises DomainError when it ends before it starts."""
    return Period(row["starts"], row["ends"])


def write_period(period: Period) -> Values:
    """The cells of a period."""
    return {"starts": period.starts, "ends": period.ends}
