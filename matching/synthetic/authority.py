"""An authority nobody lives in: everything that is on record for it, and what a match run reads of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from matching.authorities import Authority, Region
from matching.homes import Home, Provider
from matching.needs import Framework, NeedsProfile
from matching.people import Child, SiblingGroup
from matching.placements import Hold, Placement, PlacementState
from matching.policy import PRESETS, Policy, Preset
from matching.records import Records
from matching.referrals import Referral
from matching.rules.parameters import Parameters
from matching.synthetic.figures import PlacementType
from matching.values import ChildId, HomeId


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticAuthority:
    """Everything invented for one authority as at a day."""

    as_of: date
    seed: int
    authority: Authority
    regions: tuple[Region, ...]
    framework: Framework
    providers: tuple[Provider, ...]
    homes: tuple[Home, ...]
    children: tuple[Child, ...]
    """Children in care, then those coming into it, over-18s who stay put, guests, and those who left in the year."""
    sibling_groups: tuple[SiblingGroup, ...]
    profiles: tuple[NeedsProfile, ...]
    """All profiles, by child and then oldest first."""
    placements: tuple[Placement, ...]
    """Past, present and planned."""
    holds: tuple[Hold, ...]
    referrals: tuple[Referral, ...]
    placed_as: Mapping[ChildId, PlacementType]
    """The row of the published placement table for each child in care today, and for nobody else.

    Children with parents, placed for adoption, and most of 'other' have no home of ours and so no placement in
    `placements`: this is where their statutory placement type is kept.
    """
    category_of_need: Mapping[ChildId, str]
    """SSDA903 CIN code (N1 abuse or neglect to N8) for each child in care today."""
    staying_put: tuple[ChildId, ...]
    """Over-18s who stay in the household that fostered them: each has a started placement there and takes a bed."""
    guests: tuple[ChildId, ...]
    """Children who live with their families and sleep tonight in a short-break home: not counted in care."""
    left_care: Mapping[ChildId, date]
    """Children who ceased to be looked after within the year, and when."""
    names: Mapping[ChildId, tuple[str, str]]
    """Invented given and family name, for the table of identities only."""
    home_names: Mapping[HomeId, str]
    """Invented names of children's homes; households have none."""
    carers: Mapping[HomeId, int]
    """How many approved carers each of the authority's own fostering households has."""
    localities: Mapping[HomeId, str]
    """The locality of each home in the authority's area."""


def records_of(synthetic: SyntheticAuthority, as_of: date, now: datetime, policy: Policy | None = None) -> Records:
    """What a match run reads of a synthetic authority: no database is needed.

    Children are those who wait, live in a home, or belong to the sibling group of one who waits; placements are those
    that take a bed on or after the day, and the past ones of children who wait. `now` is aware UTC.
    """
    waiting = [referral for referral in synthetic.referrals if referral.state.is_waiting]
    awaited = {child for referral in waiting for child in referral.children}
    groups = tuple(group for group in synthetic.sibling_groups if awaited & set(group.members))
    placements = tuple(p for p in synthetic.placements if p.child in awaited or _matters(p, as_of))
    known = awaited | {p.child for p in placements} | {member for group in groups for member in group.members}
    in_force = {profile.child: profile for profile in synthetic.profiles if profile.made_on <= as_of}
    return Records(
        authority=synthetic.authority,
        as_of=as_of,
        now=now,
        framework=synthetic.framework,
        children=tuple(child for child in synthetic.children if child.id in known),
        sibling_groups=groups,
        profiles={child: profile for child, profile in in_force.items() if child in known},
        providers=synthetic.providers,
        homes=synthetic.homes,
        placements=placements,
        holds=synthetic.holds,
        referrals=tuple(waiting),
        parameters=Parameters(as_of),
        policy=policy or PRESETS[Preset.BALANCED],
    )


def _matters(placement: Placement, as_of: date) -> bool:
    ended = placement.until is not None and placement.until < as_of
    return placement.state in (PlacementState.STARTED, PlacementState.PLANNED) and not ended
