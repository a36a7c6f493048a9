"""Beds as rows: which homes can take a child in care, whose they are, where, and what a week in them costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matching.codes import AvailabilityState, Contract, NeedsBand, Setting
from matching.homes import Home
from matching.people import Child
from matching.placements import PlacementState
from matching.places import Place
from matching.records import Records
from matching.sufficiency.kinds import CareKind, Supplier, kind_of_home, supplier_of
from matching.values import OLDEST_CHILD, ChildId, HomeId, Pence

FOREVER = 10**6
"""A day that is never reached."""
UNKNOWN_AREA = "unknown"
"""Of families whose home is not on record, such as those of unaccompanied children."""
AreaName = Callable[[Place], str]


def postcode_area(place: Place) -> str:
    """The letters a postcode begins with (NR, PE, ...): coarse enough to name nobody, known for every home and family."""
    letters = place.postcode.strip().upper()
    end = next((at for at, letter in enumerate(letters) if not letter.isalpha()), len(letters))
    return letters[:end] or UNKNOWN_AREA


@dataclass(frozen=True, slots=True, kw_only=True)
class Beds:
    """One home, or so many alike that are to come."""

    home: HomeId | None
    kind: CareKind
    supplier: Supplier
    area: str
    beds: int
    """Effective beds."""
    used: int
    """Children in care who live there."""
    usable: float
    """Beds a child in care could live in, used ones included; in homes to come the usual share of their beds."""
    weekly: Pence | None
    """What a week costs for those who live there, or would; None when no price is on record."""
    block: bool
    """Whether the beds are paid for whether used or not."""
    household: bool
    """Whether it is a fostering household of the authority's own, which may leave fostering."""
    first_day: int = 0
    """The first night on which the beds are there, counted from the day looked from."""
    last_day: int = FOREVER
    """The first night on which they are no more."""
    fades: bool = False
    """Whether after the last day only those who live there stay until they leave."""


def supply_of(records: Records, area_name: AreaName = postcode_area) -> tuple[Beds, ...]:
    """A row for each home in which children in care may live, by reference."""
    living = _living(records)
    taken = _taken(records)
    ordered = sorted(records.homes, key=lambda home: (home.external_ref, home.id))
    return tuple(
        _row(home, kind, living.get(home.id, []), taken.get(home.id, 0), records, area_name)
        for home in ordered
        if (kind := kind_of_home(home.kind)) is not None
    )


def _living(records: Records) -> dict[HomeId, list[Child]]:
    """Children under 18 who live in each home on the day."""
    children = {child.id: child for child in records.children}
    found: dict[HomeId, list[Child]] = defaultdict(list)
    for placement in records.placements:
        child = children.get(placement.child)
        here = placement.as_known_on(records.as_of)
        there = here.state is PlacementState.STARTED and here.takes(records.as_of)
        if there and child is not None and child.age_on(records.as_of) <= OLDEST_CHILD:
            found[placement.home].append(child)
    return found


def _taken(records: Records) -> dict[HomeId, int]:
    """Beds lived in, promised or held in each home, whoever sleeps there."""
    found: dict[HomeId, int] = defaultdict(int)
    for placement in records.placements:
        if placement.state is PlacementState.PLANNED or placement.as_known_on(records.as_of).takes(records.as_of):
            found[placement.home] += placement.state is not PlacementState.ENDED
    for hold in records.holds:
        found[hold.home] += hold.held_until > records.now
    return found


def _row(home: Home, kind: CareKind, living: Sequence[Child], taken: int, records: Records, area: AreaName) -> Beds:
    free = max(0, home.beds - taken)
    ordinary = home.availability.state is AvailabilityState.AVAILABLE and not home.bed_types
    supplier = supplier_of(home.sector)
    return Beds(
        home=home.id,
        kind=kind,
        supplier=supplier,
        area=area(home.place),
        beds=home.beds,
        used=len(living),
        usable=len(living) + (free if ordinary else 0),
        weekly=weekly_of(home, living, records),
        block=home.prices.contract is Contract.BLOCK and home.kind.setting is not Setting.FOSTERING,
        household=kind is CareKind.FOSTERING and supplier is Supplier.OWN,
    )


def weekly_of(home: Home, living: Sequence[Child], records: Records) -> Pence | None:
    """The mean base price of those who live there by age and need; of the middle price when nobody does."""
    found = [
        price
        for child in living
        if (price := home.prices.weekly_base(child.age_on(records.as_of), _band(child.id, records))) is not None
    ]
    if not found:
        rows = sorted(row.weekly for row in home.prices.base)
        return rows[len(rows) // 2] if rows else None
    return Pence(round_half_up(sum(found), len(found)))


def _band(child: ChildId, records: Records) -> NeedsBand:
    """The child's band; additional needs where no profile is on record."""
    profile = records.profiles.get(child)
    if profile is None:
        return NeedsBand.ADDITIONAL
    own = profile.framework == records.framework.id
    return (records.framework if own else records.older_frameworks[profile.framework]).band(profile.levels)


def round_half_up(whole: int, parts: int) -> int:
    """A quotient to the nearest whole number, halves up, in whole numbers throughout."""
    return (2 * whole + parts) // (2 * parts)
