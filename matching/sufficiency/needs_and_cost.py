"""The map of needs against cost: what is paid for each child beside what the child needs, outliers by reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matching.codes import NeedsBand
from matching.homes import Home
from matching.people import Child
from matching.placements import PlacementState
from matching.records import Records
from matching.sufficiency.kinds import CareKind, Supplier, kind_of_home, supplier_of
from matching.values import OLDEST_CHILD, HomeId, Pence

LEAST = 8
"""Children of a kind and supplier that a line can be drawn through."""
FAR = 3.5
"""How many robust standard deviations from the line make an outlier (median absolute deviation; Iglewicz and Hoaglin)."""
_TO_DEVIATION = 1.4826
"""Median absolute deviation to standard deviation, for the normal distribution."""


class Side(StrEnum):
    """On which side of the line a child's price lies, when far from it."""

    DEARER = "dearer"
    """More is paid than for others with such needs."""
    CHEAPER = "cheaper"
    """Less is paid: a bargain, a price not reviewed, or needs not met."""


@dataclass(frozen=True, slots=True)
class PricedNeed:
    """One child's placement."""

    child: str
    """The authority's reference."""
    home: str
    kind: CareKind
    supplier: Supplier
    need: int
    """The weighted total of the needs profile in force."""
    band: NeedsBand
    age: int
    weekly: Pence
    """The base price on record for the child's age and band; add-ons are not counted."""
    usual: Pence | None
    """What children with such a total cost with homes of the kind and supplier; null where there are too few."""
    outlier: Side | None


@dataclass(frozen=True, slots=True)
class Line:
    """What needs cost with one kind of home and supplier: the median of all slopes (Theil and Sen)."""

    kind: CareKind
    supplier: Supplier
    children: int
    a_point: Pence
    """How much dearer a week is for each point of need."""
    at_none: Pence
    """What a week is without any need, by the line."""
    deviation: Pence
    """The robust standard deviation around the line."""


@dataclass(frozen=True, slots=True)
class NeedsAndCost:
    """Every priced child with a profile, and the lines."""

    children: tuple[PricedNeed, ...]
    """By reference."""
    lines: tuple[Line, ...]
    without_profile: int
    without_price: int


def needs_and_cost(records: Records) -> NeedsAndCost:
    """Children under 18 who live in a home on record on the day. Deterministic."""
    priced, no_profile, no_price = _priced(records)
    told: list[PricedNeed] = []
    lines: list[Line] = []
    for kind in CareKind:
        for supplier in Supplier:
            group = [one for one in priced if (one.kind, one.supplier) == (kind, supplier)]
            if len(group) < LEAST:
                told += group
                continue
            line = _line(kind, supplier, group)
            lines.append(line)
            told += [_beside(one, line) for one in group]
    return NeedsAndCost(tuple(sorted(told, key=lambda one: (one.child, one.home))), tuple(lines), no_profile, no_price)


def _priced(records: Records) -> tuple[list[PricedNeed], int, int]:
    found: list[PricedNeed] = []
    no_profile = no_price = 0
    for child, home in _living(records):
        kind, profile = kind_of_home(home.kind), records.profiles.get(child.id)
        if kind is None:
            continue
        if profile is None:
            no_profile += 1
            continue
        own = profile.framework == records.framework.id
        framework = records.framework if own else records.older_frameworks[profile.framework]
        age, band = child.age_on(records.as_of), framework.band(profile.levels)
        weekly = home.prices.weekly_base(age, band)
        if weekly is None:
            no_price += 1
            continue
        total, supplier = framework.total(profile.levels), supplier_of(home.sector)
        found.append(
            PricedNeed(child.external_ref, home.external_ref, kind, supplier, total, band, age, weekly, None, None)
        )
    return found, no_profile, no_price


def _living(records: Records) -> Iterator[tuple[Child, Home]]:
    """Each child under 18 with the home lived in; the newest where records overlap."""
    homes: dict[HomeId, Home] = {home.id: home for home in records.homes}
    children = {child.id: child for child in records.children}
    here = [
        one
        for one in records.placements
        if one.state is PlacementState.STARTED and one.as_known_on(records.as_of).takes(records.as_of)
    ]
    newest = {one.child: one for one in sorted(here, key=lambda one: (one.starts, one.external_ref))}
    for one in newest.values():
        child = children.get(one.child)
        if child is not None and one.home in homes and child.age_on(records.as_of) <= OLDEST_CHILD:
            yield child, homes[one.home]


def _line(kind: CareKind, supplier: Supplier, group: Sequence[PricedNeed]) -> Line:
    need = np.array([one.need for one in group], np.float64)
    weekly = np.array([one.weekly for one in group], np.float64)
    slope = _slope(need, weekly)
    at_none = float(np.median(weekly - slope * need))
    deviation = _TO_DEVIATION * float(np.median(np.abs(weekly - slope * need - at_none)))
    return Line(kind, supplier, len(group), Pence(round(slope)), Pence(round(at_none)), Pence(round(deviation)))


def _slope(need: NDArray[np.float64], weekly: NDArray[np.float64]) -> float:
    one, other = np.triu_indices(need.size, 1)
    apart = need[other] - need[one]
    slopes = (weekly[other] - weekly[one])[apart != 0] / apart[apart != 0]
    return float(np.median(slopes)) if slopes.size else 0.0


def _beside(one: PricedNeed, line: Line) -> PricedNeed:
    usual = line.at_none + line.a_point * one.need
    away = one.weekly - usual
    far = abs(away) > FAR * max(line.deviation, 1)
    side = (Side.DEARER if away > 0 else Side.CHEAPER) if far else None
    return replace(one, usual=Pence(usual), outlier=side)
