"""The small values of what is sent: whole numbers, texts, days and moments, each with a remedy when it cannot be."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StringConstraints
from pydantic_core import PydanticCustomError

MOST_WHOLE = 2_000_000_000
"""What a database column of whole numbers holds."""
MOST_LISTED = 200
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2149, 12, 31)


def _whole(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise PydanticCustomError("whole_number", "Give a whole number, without quotation marks")
    return int(value)


def _day(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is None:
        raise PydanticCustomError("day", "Give a date as year-month-day, as in 2026-09-01")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("day", "There is no such day; give one that is in the calendar") from error


def _day_within(value: date) -> date:
    if not FIRST_DAY <= value <= LAST_DAY:
        raise PydanticCustomError("day_within", "Give a date from the year 1900 to 2149")
    return value


def _moment(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value.upper() else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not FIRST_DAY <= moment.date() <= LAST_DAY:
        raise PydanticCustomError(
            "moment", "Give a date and time with its offset from UTC, as in 2026-09-01T09:30:00+01:00"
        )
    return moment.astimezone(UTC)


def _text(value: str) -> str:
    if "\x00" in value or any(0xD800 <= ord(letter) <= 0xDFFF for letter in value):
        raise PydanticCustomError("text", "Leave out characters that are no text (NUL, half of a surrogate pair)")
    return value


Whole = Annotated[int, BeforeValidator(_whole, json_schema_input_type=int)]
"""A whole number; 17.0 is one, true and "17" are none."""
Flag = StrictBool
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date), AfterValidator(_day_within)]
Moment = Annotated[datetime, BeforeValidator(_moment, json_schema_input_type=datetime)]


def _reference(value: str) -> str:
    if value != value.strip():
        raise PydanticCustomError("text", "Leave out the space at the beginning or end; a blank is no reference")
    return value


def text(most: int = 200, least: int = 0, pattern: str | None = None, *more: Any) -> Any:
    """A text of so many characters, which can be stored; `more` is what else it is held to."""
    limits = StringConstraints(min_length=least, max_length=most, pattern=pattern, strict=True)
    return Annotated[str, limits, AfterValidator(_text), *more]


def whole(least: int, most: int) -> Any:
    """A whole number within limits, both included."""
    return Annotated[Whole, Field(ge=least, le=most)]


Reference = text(100, 1, None, AfterValidator(_reference))
"""The id of something on record, or the authority's own reference for it."""

_ETHNICITY = text(4, 4, "^[A-Z]{4}$")
_LANGUAGE = text(3, 2, "^[a-z]{2,3}$")
_WORDS = text(4_000)
_AGE = whole(0, 25)

LIMITED: dict[str, Any] = {
    "external_ref": Reference,
    "name": text(200, 1),
    "code": text(60, 1, "^[a-z0-9-]+$"),
    "domain": text(60, 1, "^[a-z0-9-]+$"),
    "outcome": text(200, 1),
    "author": text(100, 1),
    "assessed_by": text(100, 1),
    "urn": text(20, 1),
    "postcode": text(10, 3),
    "statutory_code": text(4, 2, "^[A-Z][A-Z0-9]{1,3}$"),
    "wanted_time": text(5, 5, "^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    "ethnicity": _ETHNICITY,
    "ethnicities": _ETHNICITY,
    "ethnicities_supported": _ETHNICITY,
    "languages": _LANGUAGE,
    "tags": text(60, 1),
    "descriptors": text(500, 1),
    "support": text(500, 1),
    "strength": _WORDS,
    "evidence": _WORDS,
    "childs_words": _WORDS,
    "said": _WORDS,
    "places_wanted": _WORDS,
    "people_wanted": _WORDS,
    "youngest": _AGE,
    "oldest": _AGE,
    "age": whole(0, 60),
    "level": whole(0, 4),
    "number": whole(1, 60),
    "registered_beds": whole(1, 60),
    "beds": whole(0, 60),
    "bedrooms": whole(0, 60),
    "nights_of_week": whole(0, 6),
    "school_year": whole(0, 13),
    "radius": whole(1, 200_000),
    "framework_tier": whole(1, 20),
    "base_year": whole(2000, 2100),
    "notice_days": whole(0, 365),
    "weekly": whole(0, 10_000_000),
    "add_ons": whole(0, 10_000_000),
    "expected_nights": whole(1, 6_600),
    "nights_a_month": whole(1, 31),
    "weeks_to_train": whole(0, 104),
    "meets": whole(0, 4),
    "highest_levels": whole(0, 4),
    "version": whole(1, 100_000),
    "weight": whole(0, 1_000),
    "check_gravity": whole(0, 1_000),
}
"""Narrower kinds by the name of the field: what fits the column, and what can be at all."""
