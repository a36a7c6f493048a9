"""Working days in England: Monday to Friday, without bank holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

_MONDAY, _SATURDAY = 0, 5

PROCLAIMED: Mapping[int, tuple[frozenset[date], frozenset[date]]] = MappingProxyType(
    {
        2020: (frozenset({date(2020, 5, 8)}), frozenset({date(2020, 5, 4)})),
        2022: (frozenset({date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}), frozenset({date(2022, 5, 30)})),
        2023: (frozenset({date(2023, 5, 8)}), frozenset()),
    }
)
"""(days added, days moved away) by royal proclamation: VE Day, the Platinum Jubilee, the State Funeral, the Coronation.

Source: gov.uk, bank holidays in England and Wales, as published for 2019 to 2028.
"""


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus)."""
    golden, century, rest = year % 19, *divmod(year, 100)
    leaps, odd = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - shift + 15) % 30
    weekday = (32 + 2 * odd + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales: by rule, with what proclamations added and moved."""
    sunday = easter(year)
    by_rule = {
        _weekday_from(date(year, 1, 1)),
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
        *_christmas(year),
    }
    added, moved = PROCLAIMED.get(year, (frozenset(), frozenset()))
    return frozenset((by_rule - moved) | added)


def is_working_day(day: date) -> bool:
    """Whether offices are open: no Saturday, no Sunday, no bank holiday."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


def add_working_days(day: date, days: int) -> date:
    """The day so many working days after a day, which itself is not counted."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month when it is shorter."""
    first = _first_of_month(day, months)
    last = _first_of_month(day, months + 1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _first_of_month(day: date, later: int) -> date:
    years, month = divmod(day.month - 1 + later, 12)
    return date(day.year + years, month + 1, 1)


def _christmas(year: int) -> tuple[date, date]:
    christmas = date(year, 12, 25)
    first = _weekday_from(christmas)
    second = _weekday_from(date(year, 12, 26))
    if second <= first:
        second = _weekday_from(first + timedelta(days=1))
    return first, second


def _weekday_from(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= _SATURDAY else 0)


def _monday_from(day: date) -> date:
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)
