"""The situation that the years ahead start from: who is in care, rates from history, beds and what is assumed of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from app.services.office import Office
from app.services.pools import ReadyPool
from app.services.sufficiency.reading import OnRecord, day_after, on_record, returns_on_record
from matching.codes import PlaceKind
from matching.people import Child
from matching.sufficiency.capacity import Carers
from matching.sufficiency.estimates import Estimates, estimates
from matching.sufficiency.futures import Situation
from matching.sufficiency.kinds import GRID, KINDS, CareKind, kind_of_episode
from matching.sufficiency.nights import in_care
from matching.sufficiency.own_records import OwnRecords, Told, own_stays
from matching.sufficiency.stays import stays_of
from matching.sufficiency.supply import UNKNOWN_AREA, Beds, postcode_area, supply_of
from matching.values import AuthorityId, ChildId

YEAR_BACK = timedelta(days=365)
"""How far back our own placements are believed: of children who left longer ago little may be on record."""


class Basis(StrEnum):
    """Where the rates ahead come from."""

    PLACEMENTS = "placements"
    """The last year of our own placements."""
    RETURNS = "returns"
    """The statutory returns that were read in, as far back as they foretell what follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """What is assumed of the years ahead, beside the scenario."""

    basis: Basis = Basis.PLACEMENTS
    leave_per_mille: int = 146
    """Of a thousand own fostering households, how many leave in a year: 14.6 per cent (published, Norfolk)."""
    join_per_mille: int = 139
    """How many are approved in a year for every thousand there are: 41 to 294 (published, Norfolk)."""
    inflation_per_mille: int = 0
    """How much dearer everything grows a year, in thousandths."""


def situation_of(office: Office, ready: ReadyPool, assumed: Assumed) -> Situation:
    """The situation as at the day of the pool. Raises NoReturns, and Invalid where history is too short."""
    records = ready.pool.records
    kept = on_record(office, ready)
    beds = supply_of(records)
    areas = _areas(kept, beds)
    told = _own(kept, ready, areas)
    known = told.stays.as_known_on(records.as_of.toordinal(), len(KINDS))
    start = in_care(GRID, known, records.as_of.toordinal())
    if assumed.basis is Basis.RETURNS:
        found = _from_returns(office, records.authority.id, records.as_of, areas.index(UNKNOWN_AREA))
    else:
        first = max(kept.known_from(records.as_of), records.as_of - YEAR_BACK)
        found = estimates(GRID, known, first, records.as_of)
    return Situation(
        first=records.as_of,
        start=start,
        estimates=found,
        beds=beds,
        areas=areas,
        carers=Carers(leave_per_mille=assumed.leave_per_mille, join_per_mille=assumed.join_per_mille),
        inflation_per_mille=assumed.inflation_per_mille,
        notes=tuple(_notes(told, assumed)),
    )


def _own(kept: OnRecord, ready: ReadyPool, areas: tuple[str, ...]) -> Told:
    places = {child.id: areas.index(_area(child)) for child in kept.children}
    own = OwnRecords(
        children=kept.children, placements=kept.placements, homes=ready.pool.homes, elsewhere=_NOBODY, left=_NO_DAYS
    )
    return own_stays(own, ready.pool.as_of, lambda child: places[child.id])


_NO_DAYS: Mapping[ChildId, date] = MappingProxyType({})
_NOBODY: Mapping[ChildId, CareKind] = MappingProxyType({})


def _areas(kept: OnRecord, beds: tuple[Beds, ...]) -> tuple[str, ...]:
    """Where families and homes are, by the letters of the postcode, in order; the commonest are enough to plan by."""
    return tuple(sorted({*(_area(child) for child in kept.children), *(row.area for row in beds), UNKNOWN_AREA}))


def _area(child: Child) -> str:
    found = (one.place for one in child.important_places if one.kind is PlaceKind.FAMILY_HOME)
    place = next(found, None)
    return UNKNOWN_AREA if place is None else postcode_area(place)


def _from_returns(office: Office, authority: AuthorityId, as_of: date, unknown: int) -> Estimates:
    """Rates from the returns, up to the end of the last; children's areas are not in them, so all come from anywhere."""
    history = returns_on_record(office, authority)
    day = min(as_of, day_after(history))
    known = stays_of(history, len(KINDS), kind_of_episode).as_known_on(day.toordinal(), len(KINDS))
    found = estimates(GRID, known, history.known_from, day)
    nowhere = tuple(np.full_like(area, unknown) for area in found.rates.areas)
    return replace(found, rates=replace(found.rates, areas=nowhere))


def _notes(told: Told, assumed: Assumed) -> list[str]:
    notes = []
    if told.without_placement:
        notes.append(
            f"{told.without_placement} children with a day they came into care have no placement on record: whether they "
            "are in care still is not known, and they are not counted."
        )
    if assumed.basis is Basis.RETURNS:
        notes.append(
            "Rates come from statutory returns, in which families' areas are not told: children to come have none."
        )
    return notes
