"""Homes of every kind, who runs them, what they are approved for, how many they can take, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from matching.codes import (
    Access,
    AvailabilityState,
    CareType,
    Contract,
    EffectiveBedsReason,
    HomeKind,
    Known,
    NeedsBand,
    Ofsted,
    OnHoldReason,
    PriceAddOn,
    Religion,
    Sector,
    Sex,
    Skill,
    SkillLevel,
    Staffing,
)
from matching.errors import Faults
from matching.places import Place
from matching.values import AgeRange, AuthorityId, ChildId, HomeId, Pence, Period, ProviderId, RegionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An organisation that runs homes."""

    id: ProviderId
    authority: AuthorityId
    """The authority that keeps this record."""
    external_ref: str
    name: str
    sector: Sector
    framework_tier: int | None = None
    open_concern: bool = False
    """Whether a concern about the provider is open, so that a match needs agreement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalTerms:
    """What a fostering household is approved for, from a day. The terms in force on a day are the newest begun."""

    period: Period
    ages: AgeRange | None = None
    sexes: frozenset[Sex] = frozenset({Sex.MALE, Sex.FEMALE})
    number: int | None = None
    care_types: frozenset[CareType] = frozenset()
    """Empty when the terms do not say: every rule that reads them is then unknown."""
    named_children: frozenset[ChildId] = frozenset()
    named_children_only: bool = False
    exempt_children: frozenset[ChildId] = frozenset()
    """Children an exemption from the usual fostering limit names (Children Act 1989 Sch 7 para 4)."""
    temporary_until: date | None = None
    """The end of a connected person's temporary approval; None for full approval."""
    temporary_extended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementOfPurpose:
    """What a children's home or supported accommodation is for, from a day."""

    period: Period
    ages: AgeRange | None = None
    sexes: frozenset[Sex] = frozenset({Sex.MALE, Sex.FEMALE})
    number: int | None = None
    highest_levels: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """The highest level of need by domain that the statement accepts; a domain not named is not limited."""


@dataclass(frozen=True, slots=True)
class PreferredRange:
    """What the carers would rather take, inside what they are approved for."""

    ages: AgeRange | None = None
    sexes: frozenset[Sex] = frozenset({Sex.MALE, Sex.FEMALE})


@dataclass(frozen=True, slots=True)
class EffectiveBeds:
    """A dated decision to take fewer children than the registered beds allow."""

    beds: int
    reason: EffectiveBedsReason
    review_on: date


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether the home may be asked, and when somebody last confirmed it. Vacancies themselves are computed."""

    state: AvailabilityState = AvailabilityState.AVAILABLE
    reason: OnHoldReason | None = None
    from_day: date | None = None
    """The first day the state holds; None when it holds already."""
    until: date | None = None
    """The last day of a hold or suspension, or the day a closing home closes; None when not known."""
    last_confirmed: date | None = None
    nights_of_week: frozenset[int] = frozenset(range(7))
    """Nights on which short breaks are offered; Monday is 0."""


@dataclass(frozen=True, slots=True)
class HouseholdMember:
    """A child of the household's own, by age and sex only."""

    age: int
    sex: Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Facts about the people and animals who live in the home."""

    smokers: Known = Known.UNKNOWN
    pets: Known = Known.UNKNOWN
    own_children: tuple[HouseholdMember, ...] = ()
    languages: frozenset[str] = frozenset()
    religion: Religion | None = None
    religions_supported: frozenset[Religion] = frozenset()
    ethnicities: frozenset[str] = frozenset()
    ethnicities_supported: frozenset[str] = frozenset()
    drives: Known = Known.UNKNOWN


@dataclass(frozen=True, slots=True)
class SkillHeld:
    """A skill somebody in the home has, or could have before a start."""

    skill: Skill
    level: SkillLevel
    since: date | None = None
    weeks_to_train: int | None = None
    """For a trainable skill: weeks of notice it takes."""


@dataclass(frozen=True, slots=True)
class WeeklyPrice:
    """The base price for ages in a range and a band of need."""

    ages: AgeRange
    band: NeedsBand
    weekly: Pence


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What a week costs: a base by age and band, add-ons, how it is contracted and in which year's money."""

    base: tuple[WeeklyPrice, ...] = ()
    add_ons: Mapping[PriceAddOn, Pence] = field(default_factory=lambda: MappingProxyType({}))
    contract: Contract = Contract.SPOT
    base_year: int = 2026
    notice_days: int = 28

    def weekly_base(self, age: int, band: NeedsBand) -> Pence | None:
        """The first base price that covers the age and band; None when none does."""
        return next((row.weekly for row in self.base if row.band is band and age in row.ages), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One household, children's home or accommodation, as the rules see it. The address stays elsewhere."""

    id: HomeId
    authority: AuthorityId
    external_ref: str
    provider: ProviderId
    sector: Sector
    kind: HomeKind
    place: Place
    region: RegionId | None = None
    """Set when the home is shared with the other authorities of a region."""
    urn: str | None = None
    registered: Known = Known.UNKNOWN
    """Whether the home is registered with Ofsted, or approved by a fostering service."""
    ofsted: Ofsted = Ofsted.NOT_YET_INSPECTED
    ofsted_on: date | None = None
    provider_concern: bool = False
    approvals: tuple[ApprovalTerms, ...] = ()
    purposes: tuple[StatementOfPurpose, ...] = ()
    preferred: PreferredRange = PreferredRange()
    registered_beds: int = 1
    effective: EffectiveBeds | None = None
    bedrooms: int | None = None
    bedrooms_may_share: bool = False
    """Whether each authority has agreed to sharing, with an assessment (Fostering NMS 10.6)."""
    solo_only: bool = False
    availability: Availability = Availability()
    household: Household = Household()
    access: frozenset[Access] = frozenset()
    skills: tuple[SkillHeld, ...] = ()
    meets: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """The level the home can meet, by needs domain; a domain not named is unknown."""
    staffing: Staffing = Staffing.STANDARD
    bed_types: frozenset[CareType] = frozenset()
    """Kinds of bed kept for a purpose: emergency, PACE, remand, parent-and-child, UASC arrival, short breaks."""
    impact_assessed_on: date | None = None
    """When the impact on the children living there of one more was last assessed."""
    prices: Prices = Prices()
    annual_review_due: date | None = None
    dbs_due: date | None = None

    def __post_init__(self) -> None:
        faults = Faults()
        faults.unless(
            1 <= self.registered_beds <= 60, "registered_beds", "A home has 1 to 60 beds", "Give the registered number"
        )
        if self.effective is not None:
            faults.unless(
                0 <= self.effective.beds <= self.registered_beds,
                "effective/beds",
                "Effective beds lie outside 0 to the registered beds",
                "Give at most the registered beds, or raise the registration first",
            )
        faults.unless(
            all(0 <= level <= 4 for level in self.meets.values()),
            "meets",
            "A level that can be met lies outside 0 to 4",
            "Give a whole number from 0 to 4",
        )
        faults.raise_if_any()

    @property
    def beds(self) -> int:
        """Effective beds: the registered beds unless a dated decision lowers them."""
        return self.registered_beds if self.effective is None else self.effective.beds

    def approval_on(self, day: date) -> ApprovalTerms | None:
        """The newest terms in force on a day; None when there are none."""
        in_force = [terms for terms in self.approvals if day in terms.period]
        if len(in_force) == 1:
            return in_force[0]
        return max(in_force, key=lambda terms: terms.period.starts, default=None)

    def purpose_on(self, day: date) -> StatementOfPurpose | None:
        """The newest statement of purpose in force on a day; None when there is none."""
        in_force = [statement for statement in self.purposes if day in statement.period]
        if len(in_force) == 1:
            return in_force[0]
        return max(in_force, key=lambda statement: statement.period.starts, default=None)

    @property
    def skills_held(self) -> frozenset[Skill]:
        """Skills that are there today."""
        return frozenset(held.skill for held in self.skills if held.level is not SkillLevel.TRAINABLE)
