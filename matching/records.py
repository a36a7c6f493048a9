"""What is on record for one authority as at a day: the whole of what a match run reads, before any rule is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from matching.authorities import Authority
from matching.homes import Home, Provider
from matching.needs import Framework, NeedsProfile
from matching.people import Child, SiblingGroup
from matching.placements import Hold, Placement
from matching.policy import Policy
from matching.referrals import Referral
from matching.rules.parameters import Parameters
from matching.values import ChildId, FrameworkId


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything a match run reads. Homes include those that other authorities of the region share.

    Children include every child who waits, lives in one of the homes or belongs to the sibling group of one who waits;
    placements include the present and planned ones and, for children who wait, the past.
    """

    authority: Authority
    as_of: date
    now: datetime
    """The moment of reading, aware UTC: holds that have expired by then are no holds."""
    framework: Framework
    children: tuple[Child, ...] = ()
    sibling_groups: tuple[SiblingGroup, ...] = ()
    profiles: Mapping[ChildId, NeedsProfile] = field(default_factory=lambda: MappingProxyType({}))
    """The profile in force for each child who has one."""
    older_frameworks: Mapping[FrameworkId, Framework] = field(default_factory=lambda: MappingProxyType({}))
    """Frameworks that profiles in force were made with, when other than the authority's own."""
    providers: tuple[Provider, ...] = ()
    homes: tuple[Home, ...] = ()
    placements: tuple[Placement, ...] = ()
    holds: tuple[Hold, ...] = ()
    referrals: tuple[Referral, ...] = ()
    """Referrals that wait for a home."""
    parameters: Parameters
    policy: Policy
