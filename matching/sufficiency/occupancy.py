"""Occupancy: bed-nights available, used and void in each home, week by week, and for foster care as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matching.codes import HomeKind, Sector
from matching.homes import Home
from matching.placements import Placement
from matching.sufficiency.measures.homes import by_home, used_nights
from matching.values import HomeId

WEEK = 7


@dataclass(frozen=True, slots=True)
class WeekUsed:
    """One week of a home, or of several."""

    begins: date
    """A Monday."""
    available: int
    """Bed-nights: effective beds as they stand today, on nights with terms of approval where the home has any."""
    used: int
    void: int
    """Available and not used; never below nought."""
    over: int
    """Used beyond what was available: more children than beds, or beds that were more then than today."""


@dataclass(frozen=True, slots=True)
class HomeUsed:
    """One home over the weeks."""

    home: HomeId
    reference: str
    kind: HomeKind
    sector: Sector
    beds: int
    weeks: tuple[WeekUsed, ...]
    used_per_cent: float | None
    """Over all weeks; null when no bed-night was available."""


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Every home asked about, and all of a kind together."""

    first: date
    last: date
    homes: tuple[HomeUsed, ...]
    """By reference."""
    kinds: tuple[tuple[HomeKind, tuple[WeekUsed, ...]], ...]
    """All homes of each kind, week by week."""


def occupancy(
    homes: Sequence[Home], placements: Sequence[Placement], as_of: date, weeks: int, *, own_only: bool = True
) -> Occupancy:
    """The whole weeks before the one that the day lies in. Everybody who sleeps there counts: staying put, short breaks.

    Beds and availability are not kept by date: past weeks are told by the beds there are today.
    """
    monday = as_of - timedelta(days=as_of.weekday())
    starts = [monday - timedelta(days=WEEK * back) for back in range(weeks, 0, -1)]
    chosen = [home for home in homes if not own_only or home.sector is Sector.IN_HOUSE]
    lived = by_home(placements)
    told = tuple(
        _home(home, lived.get(home.id, ()), starts)
        for home in sorted(chosen, key=lambda one: (one.external_ref, one.id))
    )
    return Occupancy(starts[0], monday - timedelta(days=1), told, tuple(_kinds(told, len(starts))))


def _home(home: Home, placements: Sequence[Placement], starts: Sequence[date]) -> HomeUsed:
    weeks = tuple(_week(home, placements, begins) for begins in starts)
    available, used = sum(week.available for week in weeks), sum(week.used for week in weeks)
    share = round(100 * used / available, 1) if available else None
    return HomeUsed(home.id, home.external_ref, home.kind, home.sector, home.beds, weeks, share)


def _week(home: Home, placements: Sequence[Placement], begins: date) -> WeekUsed:
    days = [begins + timedelta(days=day) for day in range(WEEK)]
    available = home.beds * sum(not home.approvals or home.approval_on(day) is not None for day in days)
    used = sum(used_nights(one, begins, days[-1]) for one in placements)
    return WeekUsed(begins, available, used, max(0, available - used), max(0, used - available))


def _kinds(homes: Sequence[HomeUsed], weeks: int) -> Iterator[tuple[HomeKind, tuple[WeekUsed, ...]]]:
    for kind in HomeKind:
        of_kind = [home for home in homes if home.kind is kind]
        if of_kind:
            yield kind, tuple(_together([home.weeks[at] for home in of_kind]) for at in range(weeks))


def _together(weeks: Sequence[WeekUsed]) -> WeekUsed:
    """Voids add up home by home: a full home does not fill another's empty bed."""
    return WeekUsed(
        weeks[0].begins,
        sum(week.available for week in weeks),
        sum(week.used for week in weeks),
        sum(week.void for week in weeks),
        sum(week.over for week in weeks),
    )
