"""Values as people read them: days, moments, pounds, miles, counts. Templates have each as a filter of the same name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

_HERE = ZoneInfo("Europe/London")


def day(value: date | None) -> str:
    """2 September 2026; "no date" when there is none."""
    return "no date" if value is None else f"{value.day} {value:%B %Y}"


def short_day(value: date | None) -> str:
    """Wed 2 Sep: for calendars and tables of one season."""
    return "-" if value is None else f"{value:%a} {value.day} {value:%b}"


def moment(value: datetime | None) -> str:
    """2 September 2026 at 9:05am, as clocks in England show it."""
    if value is None:
        return "not yet"
    here = value.astimezone(_HERE)
    return f"{day(here.date())} at {here.hour % 12 or 12}:{here:%M}{'am' if here.hour < 12 else 'pm'}"


def pounds(pence: int | None) -> str:
    """Whole pounds with commas, as in £1,230; "not known" when no price is."""
    return "not known" if pence is None else f"£{round(pence / 100):,}"


def miles(tenths: int | None) -> str:
    """12.3 miles; "not known" when either place is not."""
    return "not known" if tenths is None else f"{tenths / 10:.1f} miles"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 child, 2 children."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def plain(code: str) -> str:
    """A code as words: `social-worker` is social worker."""
    return code.replace("-", " ").replace("_", " ").replace("childrens", "children's")


def sentence(said: str) -> str:
    """The words with a capital and a full stop."""
    return f"{said[:1].upper()}{said[1:].rstrip('.')}." if said else ""


def capital(said: str) -> str:
    """The words with a capital."""
    return f"{said[:1].upper()}{said[1:]}"


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {one.__name__: one for one in (day, short_day, moment, pounds, miles, counted, plain, sentence, capital)}
)
