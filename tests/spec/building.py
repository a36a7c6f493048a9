"""One child, one home and the search between them, ordinary in every way, with whatever a test changes about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from matching.authorities import Authority
from matching.codes import (
    EndReason,
    Setting,
    Sex,
)
from matching.default_framework import DEFAULT_FRAMEWORK
from matching.homes import (
    Home,
)
from matching.needs import DomainFinding, NeedsProfile
from matching.people import Child, SiblingGroup, SiblingPair
from matching.placements import Hold, Placement, PlacementState
from matching.policy import PRESETS, Preset
from matching.pool import Pool, pool_of
from matching.records import Records
from matching.referrals import Asks
from matching.rules.parameters import Parameters
from matching.values import (
    ChildId,
    HoldId,
    HomeId,
    PlacementId,
    ProfileId,
)
from tests.spec.ordinary import (
    A_CHILD,
    A_HOME,
    A_SEARCH,
    ASKS,
    CHILD,
    COUNTY,
    DOMAINS,
    FAMILY_HOME,
    FAMILY_TIME,
    FAR_OFF,
    GROUP,
    HOME,
    HOUSEHOLD,
    LONG_AGO,
    NEXT_DOOR,
    NOWHERE,
    OURS,
    PURPOSE,
    SCHOOL,
    SEARCH,
    TERMS,
    TODAY,
    at,
    born,
    days,
    going,
)

__all__ = [
    "ASKS",
    "A_CHILD",
    "A_HOME",
    "A_SEARCH",
    "CHILD",
    "COUNTY",
    "DOMAINS",
    "FAMILY_HOME",
    "FAMILY_TIME",
    "FAR_OFF",
    "GROUP",
    "HOME",
    "HOUSEHOLD",
    "LONG_AGO",
    "NEXT_DOOR",
    "NOWHERE",
    "OURS",
    "PURPOSE",
    "SCHOOL",
    "SEARCH",
    "TERMS",
    "TODAY",
    "Given",
    "Other",
    "at",
    "born",
    "days",
    "going",
]


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a test changes about the ordinary child, search and home; None leaves a thing out altogether."""

    child: Mapping[str, Any] = field(default_factory=dict)
    asks: Mapping[str, Any] = field(default_factory=dict)
    search: Mapping[str, Any] = field(default_factory=dict)
    home: Mapping[str, Any] = field(default_factory=dict)
    terms: Mapping[str, Any] | None = field(default_factory=dict)
    purpose: Mapping[str, Any] | None = field(default_factory=dict)
    household: Mapping[str, Any] = field(default_factory=dict)
    levels: Mapping[str, int] | None = field(default_factory=dict)
    """Levels of need besides 1 in every domain."""
    parameters: Mapping[str, int] = field(default_factory=dict)
    others: tuple[Other, ...] = ()
    other_homes: tuple[Home, ...] = ()
    breakdowns: int = 0
    """Placements of the child that broke down."""
    held: bool = False
    """Whether a bed of the home is held for the child."""
    lives_in: HomeId | None = None
    """Where the child lives until the day after tomorrow."""

    def home_of(self) -> Home:
        """The home as the test has it."""
        kind = self.home.get("kind", A_HOME.kind)
        fostering = kind.setting is Setting.FOSTERING
        terms = () if self.terms is None or not fostering else (replace(TERMS, **self.terms),)
        purposes = () if self.purpose is None or fostering else (replace(PURPOSE, **self.purpose),)
        own = {"approvals": terms, "purposes": purposes, "household": replace(HOUSEHOLD, **self.household)}
        return replace(A_HOME, **{**own, **self.home})

    def records(self) -> Records:
        """Everything on record."""
        asks = replace(ASKS, **self.asks)
        siblings = [one for one in self.others if one.assessed is not _NO_SIBLING]
        wanted = (asks, *(one.asks for one in self.others if one.asks))
        group = GROUP if siblings else None
        search = replace(A_SEARCH, **{"asks": wanted, "sibling_group": group, **self.search})
        levels = None if self.levels is None else {**dict.fromkeys(DOMAINS, 1), **self.levels}
        profiles = {} if levels is None else {CHILD: _profile(CHILD, levels)}
        profiles |= {one.child.id: _profile(one.child.id, one.levels) for one in self.others if one.levels}
        return Records(
            authority=Authority(id=COUNTY, code=OURS, name="Ours", adjoining=frozenset({NEXT_DOOR})),
            as_of=TODAY,
            now=datetime(2026, 6, 10, 8, tzinfo=UTC),
            framework=DEFAULT_FRAMEWORK,
            children=(replace(A_CHILD, **self.child), *(one.child for one in self.others)),
            sibling_groups=(_group(siblings),) if siblings else (),
            profiles=profiles,
            homes=(self.home_of(), *self.other_homes),
            placements=(
                *(placement for one in self.others for placement in one.placements()),
                *(_broke_down(number) for number in range(self.breakdowns)),
                *(() if self.lives_in is None else (_leaving(self.lives_in),)),
            ),
            holds=(_hold(),) if self.held else (),
            referrals=(search,),
            parameters=Parameters(TODAY, self.parameters),
            policy=PRESETS[Preset.BALANCED],
        )

    def pool(self) -> Pool:
        """The pool of the child, the home and whoever else there is."""
        return pool_of(self.records())


_NO_SIBLING = object()


@dataclass(frozen=True, kw_only=True)
class Other:
    """Somebody else: living in the home (or another), waiting in the same search, a brother or sister, or several."""

    number: int = 1
    age: int = 12
    sex: Sex = Sex.FEMALE
    lives_in: HomeId | None = HOME
    until: date | None = None
    waits: bool = False
    assessed: Any = _NO_SIBLING
    """How living with the child was assessed; None when not assessed; left out for no brother or sister."""
    levels: Mapping[str, int] = field(default_factory=dict)

    @property
    def child(self) -> Child:
        return replace(
            A_CHILD,
            id=ChildId(UUID(int=100 + self.number)),
            external_ref=f"C9{self.number}",
            born=born(self.age),
            sex=self.sex,
        )

    @property
    def asks(self) -> Asks | None:
        return replace(ASKS, child=self.child.id) if self.waits else None

    def placements(self) -> tuple[Placement, ...]:
        """Where this child lives."""
        if self.lives_in is None or self.waits:
            return ()
        return (
            Placement(
                id=PlacementId(UUID(int=200 + self.number)),
                authority=COUNTY,
                external_ref=f"P{self.number}",
                child=self.child.id,
                home=self.lives_in,
                state=PlacementState.STARTED,
                starts=date(2026, 1, 1),
                planned_end=self.until,
            ),
        )


def _profile(child: ChildId, levels: Mapping[str, int]) -> NeedsProfile:
    return NeedsProfile(
        id=ProfileId(UUID(int=300 + child.int)),
        child=child,
        external_ref="N1",
        framework=DEFAULT_FRAMEWORK.id,
        made_on=TODAY,
        author="SW1",
        review_due=days(180),
        findings=tuple(DomainFinding(domain, level) for domain, level in levels.items() if level >= 0),
    )


def _group(siblings: list[Other]) -> SiblingGroup:
    pairs = tuple(SiblingPair(CHILD, one.child.id, one.assessed) for one in siblings if one.assessed is not None)
    return SiblingGroup(
        id=GROUP, authority=COUNTY, external_ref="G1", members=(CHILD, *(one.child.id for one in siblings)), pairs=pairs
    )


def _broke_down(number: int) -> Placement:
    return Placement(
        id=PlacementId(UUID(int=400 + number)),
        authority=COUNTY,
        external_ref=f"P5{number}",
        child=CHILD,
        home=HOME,
        state=PlacementState.ENDED,
        starts=date(2024, 1, 1),
        ended=date(2024, 6, 1 + number),
        end_reason=EndReason.CARER_ASKED_BEHAVIOUR,
    )


def _leaving(home: HomeId) -> Placement:
    return Placement(
        id=PlacementId(UUID(int=450)),
        authority=COUNTY,
        external_ref="P60",
        child=CHILD,
        home=home,
        state=PlacementState.STARTED,
        starts=date(2026, 1, 1),
        planned_end=days(2),
    )


def _hold() -> Hold:
    return Hold(
        id=HoldId(UUID(int=61)),
        authority=COUNTY,
        home=HOME,
        referral=SEARCH,
        child=CHILD,
        first_night=TODAY,
        last_morning=None,
        held_until=datetime(2026, 6, 11, 8, tzinfo=UTC),
    )
