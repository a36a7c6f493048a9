"""Measures of homes and of brothers and sisters: households, bed-nights, staying put, zero cover, who lives apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from matching.codes import CareType, HomeKind, Sector, Setting
from matching.homes import Home
from matching.placements import Placement, PlacementState
from matching.sufficiency.beds_tonight import matchable_free
from matching.sufficiency.measures.model import Measured, Month, Value, share
from matching.values import OLDEST_CHILD, ChildId, HomeId, age_on, nights, plus_days

_NOT_KEPT = "What could be offered is kept for today alone: earlier months cannot be told"


def households(measured: Measured, month: Month) -> Value:
    """The authority's own fostering households with terms of approval in force on the last day."""
    return Value(number=sum(home.approval_on(month.last) is not None for home in _own_fostering(measured)))


def households_approved(measured: Measured, month: Month) -> Value:
    """The authority's own fostering households whose first terms of approval began in the month."""
    first = [
        min(terms.period.starts for terms in home.approvals) for home in _own_fostering(measured) if home.approvals
    ]
    return Value(number=sum(month.first <= day <= month.last for day in first))


def fostering_nights_available(measured: Measured, month: Month) -> Value:
    """Effective beds of own fostering households approved on each day, over the nights of the month."""
    return Value(number=sum(_available(home, month) for home in _own_fostering(measured)))


def fostering_nights_used(measured: Measured, month: Month) -> Value:
    """Nights lived in own fostering households in the month, over-18s who stay put among them, of nights available."""
    own = {home.id for home in _own_fostering(measured)}
    used = sum(used_nights(one, month.first, month.last) for one in measured.placements if one.home in own)
    return share(used, sum(_available(home, month) for home in _own_fostering(measured)))


def staying_put(measured: Measured, month: Month) -> Value:
    """People of 18 and over who live in a fostering household on the last night."""
    fostering = {home.id for home in measured.homes if home.kind.setting in (Setting.FOSTERING, Setting.STAYING_PUT)}
    return Value(
        number=sum(
            one.home in fostering and one.takes(month.last) and _adult(measured, one.child, month.last)
            for one in measured.placements
            if one.state is not PlacementState.PLANNED
        )
    )


def siblings_apart(measured: Measured, month: Month) -> Value:
    """Children with brothers or sisters in care who live apart from at least one of them, on the last night."""
    where = {line.child: lived.home for line, lived in measured.placed(month.last) if line.child is not None}
    apart = together = 0
    for group in measured.groups:
        there = [where[child] for child in group.members if child in where]
        for child in group.members:
            if child in where and len(there) > 1:
                alone = any(home != where[child] for home in there)
                apart, together = apart + alone, together + (not alone)
    return share(apart, apart + together, "Brothers and sisters without a placement on record are left out")


def _zero_cover(measured: Measured, month: Month, wanted: Iterable[CareType], kinds: Iterable[HomeKind]) -> Value:
    if month.last != measured.as_of:
        return Value(note=_NOT_KEPT)
    types, of_kind = frozenset(wanted), frozenset(kinds)
    free = matchable_free(measured.homes, measured.placements, measured.as_of)
    return Value(number=sum(beds for home, beds in free if home.kind in of_kind or types & home.bed_types))


def emergency_tonight(measured: Measured, month: Month) -> Value:
    """Free beds that may be asked for tonight in homes kept for emergencies."""
    kinds = (HomeKind.FOSTERING_EMERGENCY, HomeKind.CHILDRENS_HOME_EMERGENCY)
    return _zero_cover(measured, month, (CareType.EMERGENCY,), kinds)


def pace_tonight(measured: Measured, month: Month) -> Value:
    """Free beds that may be asked for tonight for children held by the police (PACE)."""
    return _zero_cover(measured, month, (CareType.PACE,), (HomeKind.FOSTERING_PACE,))


def parent_tonight(measured: Measured, month: Month) -> Value:
    """Free places that may be asked for tonight for a parent with a child."""
    kinds = (HomeKind.FOSTERING_PARENT_AND_CHILD, HomeKind.RESIDENTIAL_PARENT_AND_CHILD)
    return _zero_cover(measured, month, (CareType.PARENT_AND_CHILD,), kinds)


def arrivals_tonight(measured: Measured, month: Month) -> Value:
    """Free beds that may be asked for tonight, kept for unaccompanied children who have just arrived."""
    return _zero_cover(measured, month, (CareType.UASC_ARRIVAL,), ())


def used_nights(placement: Placement, first: date, last: date) -> int:
    """Nights of a placement from a first to a last, both included, as far as it has been lived."""
    if placement.state not in (PlacementState.STARTED, PlacementState.ENDED):
        return 0
    morning = plus_days(last, 1)
    until = morning if placement.ended is None else min(placement.ended, morning)
    return nights(max(placement.starts, first), until)


def _own_fostering(measured: Measured) -> list[Home]:
    return [
        home for home in measured.homes if home.sector is Sector.IN_HOUSE and home.kind.setting is Setting.FOSTERING
    ]


def _available(home: Home, month: Month) -> int:
    starts = [terms.period.starts for terms in home.approvals]
    ends = [terms.period.ends for terms in home.approvals]
    if not starts:
        return 0
    morning = plus_days(month.last, 1)
    closes = [end for end in ends if end is not None]
    until = morning if len(closes) < len(ends) else min(morning, plus_days(max(closes), 1))
    return home.beds * nights(max(min(starts), month.first), until)


def _adult(measured: Measured, child: ChildId, day: date) -> bool:
    known = measured.children.get(child)
    return known is not None and age_on(known.born, day) > OLDEST_CHILD


def by_home(placements: Iterable[Placement]) -> dict[HomeId, list[Placement]]:
    """Placements by home."""
    found: dict[HomeId, list[Placement]] = {}
    for one in placements:
        found.setdefault(one.home, []).append(one)
    return found
