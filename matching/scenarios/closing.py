"""Homes that close: nobody moves in, holds fall away, and the children who live there look for another home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from matching.codes import AvailabilityState, EndReason, Setting
from matching.homes import Home
from matching.people import Child
from matching.placements import Placement, PlacementState
from matching.records import Records
from matching.referrals import Referral
from matching.scenarios.changes import CloseHomes
from matching.scenarios.rehoming import SHORT_BREAKS, assumed_asks, assumed_referral, lives_in, waiting_children
from matching.scenarios.terms import closed_for_all
from matching.values import OLDEST_CHILD, ChildId, HomeId, SiblingGroupId, plus_days


def with_closed(records: Records, homes: Sequence[Home], change: CloseHomes) -> Records:
    """The records with some homes closed on a day, today when none is named."""
    closing = {home.id for home in homes}
    day = max(records.as_of, change.on or records.as_of)
    if change.children_stay:
        shut = (closed_for_all(home) if home.id in closing else home for home in records.homes)
        return replace(records, homes=tuple(shut))
    leaving = _leaving(records, closing, day)
    placements = tuple(_ended(one, closing, day, records.as_of) for one in records.placements)
    return replace(
        records,
        homes=tuple(_closing(home, day) if home.id in closing else home for home in records.homes),
        placements=tuple(one for one in placements if one is not None),
        holds=tuple(hold for hold in records.holds if hold.home not in closing),
        referrals=(*records.referrals, *_searches(records, leaving, day)),
    )


def _closing(home: Home, day: date) -> Home:
    there = replace(
        home.availability, state=AvailabilityState.CLOSING, reason=None, from_day=None, until=plus_days(day, -1)
    )
    return replace(home, availability=there)


def _ended(placement: Placement, closing: set[HomeId], day: date, as_of: date) -> Placement | None:
    """A placement in a home that closes ends by that day; one that has not begun by then falls through."""
    present = placement.state in (PlacementState.STARTED, PlacementState.PLANNED)
    if placement.home not in closing or not present:
        return placement
    if placement.state is PlacementState.PLANNED and placement.starts >= day:
        return None
    if placement.planned_end is not None and as_of < placement.planned_end <= day:
        return placement
    if day > as_of:
        return replace(placement, planned_end=day)
    return replace(placement, state=PlacementState.ENDED, ended=day, planned_end=None, end_reason=EndReason.CLOSURE)


def _leaving(records: Records, closing: set[HomeId], day: date) -> tuple[tuple[Child, Home], ...]:
    """Children who would live there on the day it closes, for whom no home is sought yet, by reference."""
    homes = {home.id: home for home in records.homes}
    waiting, lives = waiting_children(records), lives_in(records)
    found = []
    for child in sorted(records.children, key=lambda child: child.external_ref):
        stay = lives.get(child.id)
        if stay is None or stay.home not in closing or child.id in waiting:
            continue
        over = stay.until is not None and stay.until <= day
        if not over and child.age_on(records.as_of) <= OLDEST_CHILD and homes[stay.home].kind not in SHORT_BREAKS:
            found.append((child, homes[stay.home]))
    return tuple(found)


def _searches(records: Records, leaving: Iterable[tuple[Child, Home]], day: date) -> tuple[Referral, ...]:
    """A search for each child, and one for brothers and sisters who live there together."""
    groups = {member: group.id for group in records.sibling_groups for member in group.members}
    together: dict[tuple[HomeId, SiblingGroupId | ChildId], list[tuple[Child, Home]]] = {}
    for child, home in leaving:
        together.setdefault((home.id, groups.get(child.id, child.id)), []).append((child, home))
    return tuple(_search(records, some, groups.get(some[0][0].id), day) for some in together.values())


def _search(records: Records, some: Sequence[tuple[Child, Home]], group: SiblingGroupId | None, day: date) -> Referral:
    asks = [assumed_asks(child, records.as_of, home.kind.setting, _preferred(home)) for child, home in some]
    return assumed_referral(records, asks, day, group if len(some) > 1 else None, "closing")


def _preferred(home: Home) -> Setting:
    return home.kind.setting if home.kind.setting is not Setting.STAYING_PUT else Setting.FOSTERING
