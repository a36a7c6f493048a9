"""Referrals: a home search for a child or sibling group, and what is asked for each child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from matching.codes import (
    ExpectedLength,
    Known,
    LivingWith,
    OtherChildrenSex,
    Parent,
    PriceAddOn,
    Risk,
    RiskLevel,
    SearchKind,
    Setting,
    Skill,
    Staffing,
    Suitability,
    ViewAsked,
    Wanted,
)
from matching.errors import Faults
from matching.places import AvoidedPlace
from matching.values import AuthorityId, ChildId, ReferralId, SiblingGroupId


class ReferralState(StrEnum):
    """draft → open → searching → offered → matched → placed | withdrawn | closed."""

    DRAFT = "draft"
    OPEN = "open"
    SEARCHING = "searching"
    OFFERED = "offered"
    MATCHED = "matched"
    PLACED = "placed"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"

    @property
    def is_waiting(self) -> bool:
        """Whether the children of the referral still wait for a home."""
        return self in WAITING


WAITING = frozenset({ReferralState.OPEN, ReferralState.SEARCHING, ReferralState.OFFERED})


@dataclass(frozen=True, slots=True)
class ChildView:
    """The child's own view. No decision can be made without it, or the reason it could not be had."""

    asked: ViewAsked = ViewAsked.NOT_YET
    said: str = ""
    places_wanted: str = ""
    people_wanted: str = ""
    pre_visit_wanted: Known = Known.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What is asked for one child of a referral."""

    child: ChildId
    suitability: Mapping[Setting, Suitability] = field(default_factory=lambda: MappingProxyType({}))
    """Fostering, residential and supported; a setting not named is not specified."""
    close_to_family: Known = Known.UNKNOWN
    in_school: Known = Known.UNKNOWN
    keep_school: Known = Known.UNKNOWN
    school_year: int | None = None
    """National Curriculum year, 0 for reception to 13; None when not at school or not known."""
    avoid: tuple[AvoidedPlace, ...] = ()
    living_with: LivingWith = LivingWith.NO_PREFERENCE
    other_children_sex: OtherChildrenSex = OtherChildrenSex.NO_PREFERENCE
    pets: Known = Known.UNKNOWN
    """Whether the child may live with pets."""
    never_with: frozenset[ChildId] = frozenset()
    staffing: Staffing = Staffing.NOT_SPECIFIED
    risks: Mapping[Risk, RiskLevel] = field(default_factory=lambda: MappingProxyType({}))
    """A risk not named is unknown."""
    culture: Wanted = Wanted.NOT_REQUIRED
    religion: Wanted = Wanted.NOT_REQUIRED
    language: Wanted = Wanted.NOT_REQUIRED
    skills: frozenset[Skill] = frozenset()
    """Skills the home must have, besides those the needs profile calls for."""
    add_ons: frozenset[PriceAddOn] = frozenset()
    """Support that will be bought with the place: therapy, education."""
    secure: bool = False
    readiness_assessed: Known = Known.UNKNOWN
    """16-17: whether readiness for supported accommodation has been assessed (Care Planning Regs 2010 reg 27C)."""
    joint_housing_assessed: Known = Known.UNKNOWN
    """16-17 and homeless: whether the joint assessment with housing has been done."""
    homeless: bool = False
    parent: Parent | None = None
    """Which parent is to live with the child, for a parent-and-child place."""
    baby_born: date | None = None
    """When the child asked for is the parent: the baby's date of birth."""
    stability_plan_on: date | None = None
    view: ChildView = ChildView()


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A search for a home for one child, or for brothers and sisters together."""

    id: ReferralId
    authority: AuthorityId
    external_ref: str
    state: ReferralState
    kind: SearchKind
    opened: datetime
    """When the search began, aware UTC; the longest waiting goes first when plans tie."""
    wanted_by: date
    """The first night a bed is wanted."""
    wanted_time: str | None = None
    """HH:MM when urgent."""
    length: ExpectedLength
    expected_nights: int | None = None
    """Nights wanted when known; None for a stay without a planned end."""
    nights_a_month: int | None = None
    """For short breaks."""
    asks: tuple[Asks, ...]
    sibling_group: SiblingGroupId | None = None

    def __post_init__(self) -> None:
        faults = Faults()
        children = [ask.child for ask in self.asks]
        faults.unless(len(children) >= 1, "asks", "Nobody is referred", "Name at least one child")
        faults.unless(len(set(children)) == len(children), "asks", "A child is named twice", "Name each child once")
        faults.unless(
            len(children) == 1 or self.sibling_group is not None,
            "sibling_group",
            "Several children are referred without a sibling group",
            "Name the sibling group, or make a referral for each child",
        )
        faults.unless(
            self.expected_nights is None or 1 <= self.expected_nights <= 6_600,
            "expected_nights",
            "Nights wanted lie outside 1 to 6,600",
            "Give the nights wanted, or nothing when there is no planned end",
        )
        faults.raise_if_any()

    @property
    def children(self) -> tuple[ChildId, ...]:
        """The children who are referred, in the order given."""
        return tuple(ask.child for ask in self.asks)

    @property
    def until(self) -> date | None:
        """The morning the stay is expected to end; None without a planned end. A night ends the next morning."""
        if self.length is ExpectedLength.NIGHT:
            return self.wanted_by + timedelta(days=1)
        return None if self.expected_nights is None else self.wanted_by + timedelta(days=self.expected_nights)
