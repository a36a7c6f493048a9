"""The changes that a scenario may hold: each says one thing about homes, children, prices, policy or parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from matching.codes import (
    AvailabilityState,
    CareType,
    HomeKind,
    NeedsBand,
    SearchKind,
    Sector,
    Sex,
    SiblingAssessed,
    SignOffRole,
)
from matching.places import Place
from matching.policy import Measure, Preset
from matching.scenarios.limits import Limits
from matching.values import AgeRange, AuthorityCode, HomeId, Pence, ProviderId, ReferralId


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Homes on record that a change is about: those that fit all that is said here; every home when nothing is said."""

    homes: frozenset[HomeId] = frozenset()
    """Homes by name; any home when empty."""
    provider: ProviderId | None = None
    kinds: frozenset[HomeKind] = frozenset()
    sectors: frozenset[Sector] = frozenset()
    areas: frozenset[AuthorityCode] = frozenset()
    """Nine-character codes of the authorities in whose areas the homes stand."""
    count: int | None = None
    """So many of those that fit, drawn by the seed; all of them when left out."""

    def __post_init__(self) -> None:
        limits = Limits()
        limits.whole("count", self.count, 1, 5_000, "homes")
        limits.done()

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows it down."""
        return not (self.homes or self.provider or self.kinds or self.sectors or self.areas or self.count)


EVERY_HOME = Which()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddHomes:
    """New homes, each like one on record of its kind, drawn by the seed, in all that is not said here."""

    count: int
    kind: HomeKind
    sector: Sector = Sector.IN_HOUSE
    ages: AgeRange | None = None
    """Whom they are approved, or registered, for; like the homes on record when left out."""
    sexes: frozenset[Sex] = frozenset({Sex.MALE, Sex.FEMALE})
    beds: int = 1
    area: AuthorityCode | None = None
    """The area in which they stand; the authority's own when left out."""
    place: Place | None = None
    """Where they stand; places on record in the area, drawn by the seed, when left out."""
    weekly: Pence | None = None
    """What a week costs at every age and need; what homes like them cost when left out."""
    from_day: date | None = None
    """The first night they offer; tonight when left out."""
    years: int = 1
    """As many again each year, for so many years; tonight only those of the first year count."""
    care_types: frozenset[CareType] = frozenset()
    bed_types: frozenset[CareType] = frozenset()
    """What their beds are kept for, where they are kept for a purpose."""
    solo: bool = False
    """Whether a child lives there with no other."""
    alike: bool = False
    """Whether all are alike: like the most ordinary home of the kind, in the middle of the area; nothing is drawn."""
    confirmed: bool = False
    """Whether you are sure: needed for more than anybody has done."""

    def __post_init__(self) -> None:
        limits = Limits()
        limits.whole("count", self.count, 1, 2_000, "homes")
        limits.whole("beds", self.beds, 1, 60, "beds")
        limits.whole("years", self.years, 1, 10, "years")
        limits.whole("weekly", self.weekly, 0, 5_000_000, "pence a week")
        limits.place("place", self.place)
        limits.sure(self.confirmed, "count", self.count <= 150, f"{self.count} new homes is far more than in any year")
        limits.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseHomes:
    """Homes that close. Children who live there look for another home, unless they stay until their placement ends."""

    which: Which
    on: date | None = None
    """The day they close; today when left out."""
    children_stay: bool = False
    """Whether those who live there stay, and only nobody new moves in: carers who retire when their children leave."""
    confirmed: bool = False
    """Whether you are sure: needed to close every home."""

    def __post_init__(self) -> None:
        limits = Limits()
        limits.sure(self.confirmed, "which", not self.which.is_everything, "This closes every home on record")
        limits.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeBeds:
    """More beds or fewer in homes on record."""

    which: Which
    by: int | None = None
    """So many more; fewer below zero."""
    to: int | None = None
    """So many in all."""

    def __post_init__(self) -> None:
        limits = Limits()
        limits.one_of("by", {"by": self.by, "to": self.to})
        limits.whole("by", self.by, -60, 60, "beds")
        limits.whole("to", self.to, 0, 60, "beds")
        limits.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAvailability:
    """Homes on record that become available, or are no longer."""

    which: Which
    state: AvailabilityState
    until: date | None = None
    """The last day of it; until further notice when left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeApprovals:
    """Other terms of approval, or another statement of purpose; what is left out stays as it is."""

    which: Which
    ages: AgeRange | None = None
    sexes: frozenset[Sex] = frozenset()
    number: int | None = None
    """Most children."""
    care_types: frozenset[CareType] = frozenset()
    """Types of care of fostering households."""

    def __post_init__(self) -> None:
        limits = Limits()
        limits.whole("number", self.number, 1, 60, "children")
        limits.something("ages", (self.ages, self.sexes, self.number, self.care_types))
        limits.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePrices:
    """Other prices of homes on record, and so of new homes like them whose price is not said."""

    which: Which = EVERY_HOME
    weekly: Pence | None = None
    """The base price of a week at every age and need."""
    per_mille: int | None = None
    """So many thousandths more, base and add-ons, to the penny; less below zero: 30 is three per cent."""
    confirmed: bool = False
    """Whether you are sure: needed beyond half as much again, or half."""

    def __post_init__(self) -> None:
        limits = Limits()
        limits.one_of("weekly", {"weekly": self.weekly, "per_mille": self.per_mille})
        limits.whole("weekly", self.weekly, 0, 5_000_000, "pence a week")
        limits.whole("per_mille", self.per_mille, -1_000, 10_000, "thousandths")
        usual = self.per_mille is None or abs(self.per_mille) <= 500
        limits.sure(
            self.confirmed, "per_mille", usual, f"A change of prices by {(self.per_mille or 0) / 10:g} % is rare"
        )
        limits.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddChildren:
    """More children who wait for a home: families like those who wait, or single children of the kind that is said."""

    count: int
    ages: AgeRange | None = None
    uasc: bool = False
    """Whether they are unaccompanied children seeking asylum."""
    band: NeedsBand | None = None
    kind: SearchKind | None = None
    """How their searches begin; as those on record when left out."""
    within_days: int = 0
    """Their homes are wanted on days spread over so many from today."""
    confirmed: bool = False
    """Whether you are sure: needed for more than a month has brought anywhere."""

    def __post_init__(self) -> None:
        limits = Limits()
        limits.whole("count", self.count, 1, 2_000, "children")
        limits.whole("within_days", self.within_days, 0, 181, "days")
        limits.sure(
            self.confirmed,
            "count",
            self.count <= 100,
            f"{self.count} more children is far beyond a surge of 33 in a month",
        )
        limits.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDemand:
    """Growth or decline of those who wait: tonight's pool as it would be after so many years of it."""

    per_mille_a_year: int
    """Thousandths a year: 30 is three per cent more, -20 two per cent fewer."""
    years: int = 1
    confirmed: bool = False
    """Whether you are sure: needed beyond ten per cent a year."""

    def __post_init__(self) -> None:
        limits = Limits()
        limits.whole("per_mille_a_year", self.per_mille_a_year, -1_000, 10_000, "thousandths a year")
        limits.whole("years", self.years, 1, 10, "years")
        says = f"Growth of {self.per_mille_a_year / 10:g} % a year is far beyond what was seen (-2 % to +3 %)"
        limits.sure(self.confirmed, "per_mille_a_year", abs(self.per_mille_a_year) <= 100, says)
        limits.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDown:
    """Children who live in residential care look for a foster home: those with the least need first."""

    count: int
    ages: AgeRange | None = None

    def __post_init__(self) -> None:
        limits = Limits()
        limits.whole("count", self.count, 1, 2_000, "children")
        limits.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponeSearches:
    """Searches that wait some days: their first night is no sooner, so that beds known to fall free till then count."""

    days: int
    """The first night wanted is so many days from today, or later where it was."""
    referrals: frozenset[ReferralId] = frozenset()
    """Searches by name; every planned search when empty: whoever is wanted in an emergency cannot wait."""

    def __post_init__(self) -> None:
        limits = Limits()
        limits.whole("days", self.days, 1, 181, "days")
        limits.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePolicy:
    """Other weights; what is left out weighs what it did, or what it weighs in the preset that is named."""

    preset: Preset | None = None
    weights: Mapping[Measure, int] = field(default_factory=lambda: MappingProxyType({}))
    urgency: Mapping[SearchKind, int] = field(default_factory=lambda: MappingProxyType({}))
    sibling_pairs: Mapping[SiblingAssessed, int] = field(default_factory=lambda: MappingProxyType({}))
    gravity: Mapping[SignOffRole, int] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        limits = Limits()
        for name in ("weights", "urgency", "sibling_pairs", "gravity"):
            for key, value in getattr(self, name).items():
                limits.whole(f"{name}/{key.value}", value, 0, 1_000, "points")
        limits.something("weights", (self.preset, self.weights, self.urgency, self.sibling_pairs, self.gravity))
        limits.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeParameters:
    """Other values of what the authority may set for itself: ceilings, limits of age and distance."""

    own: Mapping[str, int]

    def __post_init__(self) -> None:
        limits = Limits()
        limits.something("own", (self.own,))
        limits.parameters("own", self.own)
        limits.done()


Change: TypeAlias = (
    AddHomes
    | CloseHomes
    | ChangeBeds
    | ChangeAvailability
    | ChangeApprovals
    | ChangePrices
    | AddChildren
    | ChangeDemand
    | StepDown
    | PostponeSearches
    | ChangePolicy
    | ChangeParameters
)

NAMES: Mapping[type[Change], str] = MappingProxyType(
    {
        CloseHomes: "close-homes",
        ChangeBeds: "change-beds",
        ChangeAvailability: "change-availability",
        ChangeApprovals: "change-approvals",
        ChangePrices: "change-prices",
        AddHomes: "add-homes",
        ChangeDemand: "change-demand",
        AddChildren: "add-children",
        StepDown: "step-down",
        PostponeSearches: "postpone-searches",
        ChangePolicy: "change-policy",
        ChangeParameters: "change-parameters",
    }
)
"""Every kind of change by the word it is known by, in the order in which changes are applied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A what-if with a name. Two are put together by putting their changes one after the other, in either order."""

    name: str
    says: str = ""
    """What it is about, in a sentence."""
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        limits = Limits()
        limits.name("name", self.name)
        limits.whole("changes", len(self.changes), 0, 50, "changes")
        limits.done()

    def joined(self, other: Scenario) -> Scenario:
        """Both together."""
        return Scenario(name=f"{self.name} and {other.name}", changes=(*self.changes, *other.changes))
