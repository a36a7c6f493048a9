"""The list of homes: found by reference, kind, who runs them, age and free beds, with filters that say what they hide."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.filters import Filter, filters, page_address, turned
from app.pages.homes.nights import Strip, strip
from app.pages.matches.pictures import confirmed
from app.pages.naming import HOME_SETTINGS, SECTORS, kind, sector
from app.pages.visits import May, Visit
from app.pages.words import capital, counted
from app.services.home_files import NIGHTS, HomeFound, HomesFound, find_homes
from matching.codes import AvailabilityState

router = APIRouter(include_in_schema=False)

STALE_DAYS = 28
"""Days after which a vacancy that nobody has confirmed is told as stale on this page."""

AVAILABILITY: Mapping[AvailabilityState, str] = MappingProxyType(
    {
        AvailabilityState.AVAILABLE: "Available",
        AvailabilityState.ON_HOLD: "On hold",
        AvailabilityState.FULL: "Says it is full",
        AvailabilityState.SUSPENDED: "Suspended",
        AvailabilityState.CLOSING: "Closing",
    }
)
_FREE = MappingProxyType({"": "Any", "tonight": "A bed tonight", "month": f"A bed within {NIGHTS} nights"})
_AGES = MappingProxyType({"": "Any age", **{str(age): f"Takes a child of {age}" for age in range(18)}})
_SEEN = MappingProxyType({"": "Any time", "fresh": f"Within {STALE_DAYS} days", "stale": "Longer ago, or never"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One home."""

    reference: str
    href: str
    kind: str
    run_by: str
    ages: str
    beds: str
    state: str
    asked_about: bool
    """Whether its state lets it be asked."""
    confirmed: str
    strip: Strip


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeListPage:
    """Homes."""

    template: ClassVar[str] = "homes/list.html"
    title: str = "Homes"
    rows: tuple[Row, ...]
    shown: str
    hidden: str
    find: str
    filters: tuple[Filter, ...]
    all_of_them: int
    earlier: str
    later: str
    nights: int = NIGHTS


_Test = Callable[[HomeFound], bool]


@router.get("/homes", name="page_homes")
def homes(visit: Annotated[Visit, Depends(May("list_homes"))]) -> Response:
    """Homes that are so, by reference."""
    query = visit.request.query_params
    asked = {name: query.get(name, "").strip()[:40] for name in ("find", "setting", "run", "free", "age", "seen")}
    page = query.get("page", "1")
    number = int(page) if re.fullmatch("[1-9][0-9]{0,3}", page) else 1
    return visit.page(_page(find_homes(visit.office, visit.caller), asked, number))


def _page(found: HomesFound, asked: Mapping[str, str], page: int) -> HomeListPage:
    tests = _tests(found, asked)
    left = [one for one in found.homes if all(test(one) for test in tests)]
    cut = turned(left, page)
    hidden = len(found.homes) - len(left)
    return HomeListPage(
        rows=tuple(_row(found, one) for one in cut.shown),
        shown=_shown(cut.start, len(cut.shown), len(left)),
        hidden=f"{counted(hidden, 'other home is', 'other homes are')} hidden by what you asked for." if hidden else "",
        find=asked["find"],
        filters=_filters(asked),
        all_of_them=len(found.homes),
        earlier=page_address("/homes", asked, cut.page - 1) if cut.earlier else "",
        later=page_address("/homes", asked, cut.page + 1) if cut.later else "",
    )


def _tests(found: HomesFound, asked: Mapping[str, str]) -> list[_Test]:
    """What a home must be to be shown; an answer there is not asks nothing."""
    tests: list[_Test] = []
    words = asked["find"].casefold()
    if words:
        tests.append(lambda one: words in one.home.external_ref.casefold() or words in _provider(found, one).casefold())
    if asked["setting"] in HOME_SETTINGS:
        tests.append(lambda one: one.home.kind.setting.value == asked["setting"])
    if asked["run"] in SECTORS:
        tests.append(lambda one: one.home.sector.value == asked["run"])
    if asked["free"] in _FREE and asked["free"]:
        nights = 1 if asked["free"] == "tonight" else NIGHTS
        tests.append(lambda one: any(one.free[:nights]))
    if asked["age"] in _AGES and asked["age"]:
        tests.append(lambda one: one.ages is not None and int(asked["age"]) in one.ages)
    if asked["seen"] in _SEEN and asked["seen"]:
        tests.append(lambda one: _is_fresh(found, one) is (asked["seen"] == "fresh"))
    return tests


def _provider(found: HomesFound, one: HomeFound) -> str:
    provider = found.providers.get(one.home.provider)
    return "not on record" if provider is None else provider.name


def _is_fresh(found: HomesFound, one: HomeFound) -> bool:
    when = one.home.availability.last_confirmed
    return when is not None and (found.as_of - when).days <= STALE_DAYS


def _filters(asked: Mapping[str, str]) -> tuple[Filter, ...]:
    answers: dict[str, tuple[str, Mapping[str, str]]] = {
        "free": ("Beds free", _FREE),
        "age": ("Approved for", _AGES),
        "setting": ("Kind of home", {"": "Every kind", **HOME_SETTINGS}),
        "run": ("Who runs it", {"": "Anybody", **{code: capital(words) for code, words in SECTORS.items()}}),
        "seen": ("Last confirmed", _SEEN),
    }
    return filters(asked, answers)


def _shown(start: int, number: int, of: int) -> str:
    if number == of:
        return f"{counted(of, 'home')}."
    return f"Homes {start + 1} to {start + number} of {of}."


def _row(found: HomesFound, one: HomeFound) -> Row:
    home = one.home
    return Row(
        reference=home.external_ref,
        href=f"/homes/{home.external_ref}",
        kind=capital(kind(home.kind.value)),
        run_by=f"{_provider(found, one)} ({sector(home.sector.value)})",
        ages=f"{one.ages.youngest} to {one.ages.oldest}" if one.ages else "not on record",
        beds=counted(home.beds, "bed"),
        state=AVAILABILITY[home.availability.state],
        asked_about=home.availability.state is AvailabilityState.AVAILABLE,
        confirmed=confirmed(home, found.as_of),
        strip=strip(found.as_of, one.free),
    )
