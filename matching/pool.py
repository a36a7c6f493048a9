"""Who needs a home and who could offer one, as at a day: everybody in a fixed order, with beds counted night by night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matching.codes import BREAKDOWN_REASONS, HomeKind
from matching.homes import Home
from matching.needs import Framework, NeedsProfile
from matching.people import Child, SiblingGroup
from matching.placements import Placement, PlacementState
from matching.records import Records
from matching.referrals import Asks, Referral
from matching.values import OLDEST_CHILD, ChildId, HomeId, age_on

NIGHTS_AHEAD = 182
"""Nights that are looked at from the day of the pool: 26 weeks. A stay without a planned end lasts beyond them."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stay as nights counted from the day of the pool: the first night, and the morning it ends (exclusive)."""

    first: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """A child who waits for a home: the child, the search and what is asked, all in one place."""

    child: Child
    referral: Referral
    asks: Asks
    profile: NeedsProfile | None
    framework: Framework
    """The framework the profile was made with; the authority's own when there is no profile."""
    group: SiblingGroup | None
    """The child's sibling group; the last by reference of a child who is in several (half-brothers and half-sisters)."""
    lives_in: Placement | None
    """Where the child lives today, when in a home on record."""
    breakdowns: int
    """Placements of the child that broke down."""
    stay: Window

    @property
    def starts(self) -> date:
        """The first night wanted."""
        return self.referral.wanted_by


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives, or has been promised to live, in a home during some of the nights looked at."""

    child: Child
    stay: Window
    foster_child: bool
    """Whether the resident counts toward the usual fostering limit: under 18 on the day."""


@dataclass(frozen=True, slots=True)
class Held:
    """A bed kept for a child who waits: taken for everybody but that child."""

    home: int
    """Which home, as its place among the pool's homes."""
    child: ChildId
    stay: Window


@dataclass(frozen=True)
class Pool:
    """Seekers and homes, each in a fixed order (by reference), and who lives where, night by night.

    Row i of every child column is `seekers[i]`; column j of every home column is `homes[j]`.
    """

    records: Records
    seekers: tuple[Seeker, ...]
    homes: tuple[Home, ...]
    residents: tuple[tuple[Resident, ...], ...]
    """By home, in the order of the homes."""
    held: tuple[Held, ...] = ()

    @property
    def as_of(self) -> date:
        """The day of the pool."""
        return self.records.as_of

    @cached_property
    def home_index(self) -> Mapping[HomeId, int]:
        """Where each home stands."""
        return MappingProxyType({home.id: at for at, home in enumerate(self.homes)})

    @cached_property
    def seeker_index(self) -> Mapping[ChildId, int]:
        """Where each waiting child stands."""
        return MappingProxyType({seeker.child.id: at for at, seeker in enumerate(self.seekers)})

    @cached_property
    def lives_at(self) -> Mapping[ChildId, tuple[tuple[int, Window], ...]]:
        """The homes, by column, in which each child on record lives or is to live, with the stay in each."""
        found: dict[ChildId, tuple[tuple[int, Window], ...]] = {}
        for at, living in enumerate(self.residents):
            for one in living:
                found[one.child.id] = (*found.get(one.child.id, ()), (at, one.stay))
        return MappingProxyType(found)

    @cached_property
    def referrals(self) -> tuple[Referral, ...]:
        """The referrals of the seekers, in the seekers' order."""
        return tuple({seeker.referral.id: seeker.referral for seeker in self.seekers}.values())

    @cached_property
    def beds_taken(self) -> NDArray[np.int16]:
        """Beds lived in, promised or held in each home on each night, shape (homes, NIGHTS_AHEAD)."""
        return self._nights(foster_children_only=False)

    @cached_property
    def foster_children(self) -> NDArray[np.int16]:
        """Children under 18 living in each home on each night, shape (homes, NIGHTS_AHEAD)."""
        return self._nights(foster_children_only=True)

    @cached_property
    def beds_free(self) -> NDArray[np.int16]:
        """Effective beds less beds taken on each night, shape (homes, NIGHTS_AHEAD); below zero where over-full."""
        beds = np.array([home.beds for home in self.homes], dtype=np.int16)
        return beds[:, None] - self.beds_taken

    def _nights(self, *, foster_children_only: bool) -> NDArray[np.int16]:
        stays = [
            (at, resident.stay.first, resident.stay.end)
            for at, residents in enumerate(self.residents)
            for resident in residents
            if resident.foster_child or not foster_children_only
        ]
        stays += [(held.home, held.stay.first, held.stay.end) for held in self.held]
        home, first, end = np.array(stays, dtype=np.int64).reshape(len(stays), 3).T
        changes = np.zeros((len(self.homes), NIGHTS_AHEAD + 1), dtype=np.int16)
        np.add.at(changes, (home, first), 1)
        np.subtract.at(changes, (home, end), 1)
        return np.cumsum(changes, axis=1, dtype=np.int16)[:, :NIGHTS_AHEAD]


def pool_of(records: Records) -> Pool:
    """Puts the records of a day in order. Homes that neither offer a bed nor will are kept: reasons need them.

    A placement that should have ended by now and is still recorded as started keeps its bed until its end is recorded.

    A child who is asked for in two referrals is sought once, by the referral that opened first.
    """
    placements = tuple(placement.as_known_on(records.as_of) for placement in records.placements)
    records = replace(records, placements=placements)
    children = {child.id: child for child in records.children}
    homes = tuple(sorted(records.homes, key=lambda home: (home.external_ref, home.id)))
    seekers = _seekers(records, children)
    return Pool(records, seekers, homes, _residents(records, children, homes), _held(records, homes))


def window(as_of: date, first: date, until: date | None) -> Window | None:
    """A stay as nights from a day; None when none of its nights is looked at."""
    start = max(0, (first - as_of).days)
    end = NIGHTS_AHEAD if until is None else min(NIGHTS_AHEAD, (until - as_of).days)
    return Window(start, end) if start < end else None


def _seekers(records: Records, children: Mapping[ChildId, Child]) -> tuple[Seeker, ...]:
    in_order = sorted(records.sibling_groups, key=lambda group: group.external_ref)
    groups = {member: group for group in in_order for member in group.members}
    breakdowns = _breakdowns(records)
    lives_in = {
        placement.child: placement
        for placement in sorted(records.placements, key=lambda placement: placement.starts)
        if placement.state is PlacementState.STARTED and placement.takes(records.as_of)
    }
    found: dict[ChildId, Seeker] = {}
    for referral in sorted(records.referrals, key=lambda referral: (referral.opened, referral.external_ref)):
        for asks in referral.asks:
            unborn = children[asks.child].born > records.as_of  # a past day is looked at: nobody waited for a home yet
            if asks.child in found or not referral.state.is_waiting or unborn:
                continue
            profile = records.profiles.get(asks.child)
            found[asks.child] = Seeker(
                child=children[asks.child],
                referral=referral,
                asks=asks,
                profile=profile,
                framework=_framework(records, profile),
                group=groups.get(asks.child),
                lives_in=lives_in.get(asks.child),
                breakdowns=breakdowns.get(asks.child, 0),
                stay=_stay(records.as_of, referral),
            )
    return tuple(sorted(found.values(), key=lambda seeker: (seeker.referral.external_ref, seeker.child.external_ref)))


def _framework(records: Records, profile: NeedsProfile | None) -> Framework:
    if profile is None or profile.framework == records.framework.id:
        return records.framework
    return records.older_frameworks[profile.framework]


def _stay(as_of: date, referral: Referral) -> Window:
    """The nights wanted. A search overdue starts tonight; one further ahead than is looked at has the last night."""
    asked = window(as_of, referral.wanted_by, referral.until)
    if asked is not None:
        return asked
    first = min(max(0, (referral.wanted_by - as_of).days), NIGHTS_AHEAD - 1)
    return Window(first, first + 1)


def _breakdowns(records: Records) -> dict[ChildId, int]:
    counts: dict[ChildId, int] = {}
    for placement in records.placements:
        if placement.end_reason in BREAKDOWN_REASONS:
            counts[placement.child] = counts.get(placement.child, 0) + 1
    return counts


def _residents(
    records: Records, children: Mapping[ChildId, Child], homes: tuple[Home, ...]
) -> tuple[tuple[Resident, ...], ...]:
    index = {home.id: at for at, home in enumerate(homes)}
    found: list[list[Resident]] = [[] for _ in homes]
    for placement in records.placements:
        stay = window(records.as_of, placement.starts, placement.until)
        if placement.state in _PRESENT and stay is not None and placement.home in index:
            at, child = index[placement.home], children[placement.child]
            minor = age_on(child.born, records.as_of) <= OLDEST_CHILD and homes[at].kind is not HomeKind.STAYING_PUT
            found[at].append(Resident(child, stay, minor))
    return tuple(tuple(sorted(living, key=lambda one: (one.stay.first, one.child.external_ref))) for living in found)


_PRESENT = frozenset({PlacementState.STARTED, PlacementState.PLANNED})


def _held(records: Records, homes: tuple[Home, ...]) -> tuple[Held, ...]:
    index = {home.id: at for at, home in enumerate(homes)}
    found = []
    for hold in records.holds:
        stay = window(records.as_of, hold.first_night, hold.last_morning)
        if hold.held_until > records.now and stay is not None and hold.home in index:
            found.append(Held(index[hold.home], hold.child, stay))
    return tuple(sorted(found, key=lambda held: (held.home, held.stay.first, held.child)))
