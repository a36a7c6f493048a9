"""Strategies: any record that the domain allows, so that what is stored can be compared with what comes back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st

from matching.codes import (
    Access,
    AvailabilityState,
    AvoidReason,
    CarePlan,
    CareType,
    Communication,
    Contract,
    DeprivationOfLiberty,
    EffectiveBedsReason,
    EndReason,
    ExpectedLength,
    Frequency,
    Health,
    HomeKind,
    Known,
    LegalStatus,
    LivingWith,
    NeedsBand,
    Ofsted,
    OnHoldReason,
    OtherChildrenSex,
    Parent,
    PlaceKind,
    PriceAddOn,
    Religion,
    Risk,
    RiskLevel,
    SearchKind,
    Sector,
    Setting,
    Sex,
    SiblingAssessed,
    SignOffRole,
    Skill,
    SkillLevel,
    Staffing,
    Suitability,
    ViewAsked,
    Wanted,
)
from matching.geography import Point
from matching.homes import (
    ApprovalTerms,
    Availability,
    EffectiveBeds,
    Home,
    Household,
    HouseholdMember,
    PreferredRange,
    Prices,
    Provider,
    SkillHeld,
    StatementOfPurpose,
    WeeklyPrice,
)
from matching.needs import Domain, DomainFinding, Framework, NeedsProfile
from matching.people import Child, SiblingGroup, SiblingPair
from matching.placements import Hold, Placement, PlacementState
from matching.places import AvoidedPlace, ImportantPlace, Place
from matching.policy import Measure, Policy
from matching.referrals import Asks, ChildView, Referral, ReferralState
from matching.values import AgeRange, Period

C = TypeVar("C", bound=StrEnum)

DAYS = st.dates(date(1990, 1, 1), date(2040, 1, 1))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
REFS = st.text("ABC-0123456789", min_size=1, max_size=12)
AREAS = st.sampled_from(["E10000020", "E06000012"])
PENCE = st.integers(0, 2_000_000)


def ids(first: int, last: int) -> st.SearchStrategy[Any]:
    return st.integers(first, last).map(lambda n: UUID(int=n))


def some(codes: type[C]) -> st.SearchStrategy[frozenset[C]]:
    return st.frozensets(st.sampled_from(codes))


def one(codes: type[C]) -> st.SearchStrategy[C]:
    return st.sampled_from(codes)


def maps(keys: type[StrEnum], values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[Any, Any]]:
    return st.dictionaries(st.sampled_from(keys), values)


POINTS = st.builds(Point, st.integers(0, 699_999), st.integers(0, 1_299_999))
PLACES: st.SearchStrategy[Any] = st.builds(
    Place, st.sampled_from(["NR1 3AB", "NR1 3"]), st.none() | POINTS, st.none() | AREAS
)
AGES = st.tuples(st.integers(0, 25), st.integers(0, 25)).map(lambda ages: AgeRange(min(ages), max(ages)))
PERIODS = st.tuples(DAYS, st.none() | DAYS).map(
    lambda days: Period(days[0], None if days[1] is None else max(days[0], days[1]))
)
LEVELS = st.dictionaries(st.sampled_from(["health", "behaviour", "identity"]), st.integers(0, 4))
LANGUAGES = st.frozensets(st.sampled_from(["en", "pl", "ur"]))

CHILDREN: st.SearchStrategy[Child] = st.builds(
    Child,
    id=ids(1, 999),
    authority=ids(1, 9),
    external_ref=REFS,
    born=DAYS,
    sex=one(Sex),
    ethnicity=st.none() | st.sampled_from(["WBRI", "AOTH"]),
    religion=st.none() | one(Religion),
    languages=LANGUAGES,
    communication=some(Communication),
    health=some(Health),
    health_recorded=st.booleans(),
    disabled=one(Known),
    access=some(Access),
    send=one(Known),
    ehcp=one(Known),
    uasc=st.booleans(),
    legal_status=st.none() | one(LegalStatus),
    care_plan=one(CarePlan),
    deprivation_of_liberty=one(DeprivationOfLiberty),
    section_20_consent=one(Known),
    delegated_authority=one(Known),
    in_care_since=st.none() | DAYS,
    important_places=st.lists(st.builds(ImportantPlace, one(PlaceKind), PLACES, one(Frequency)), max_size=3).map(tuple),
)

APPROVALS: st.SearchStrategy[ApprovalTerms] = st.builds(
    ApprovalTerms,
    period=PERIODS,
    ages=st.none() | AGES,
    sexes=some(Sex),
    number=st.none() | st.integers(1, 9),
    care_types=some(CareType),
    named_children=st.frozensets(ids(1, 3)),
    named_children_only=st.booleans(),
    exempt_children=st.frozensets(ids(1, 3)),
    temporary_until=st.none() | DAYS,
    temporary_extended=st.booleans(),
)

PURPOSES: st.SearchStrategy[StatementOfPurpose] = st.builds(
    StatementOfPurpose,
    period=PERIODS,
    ages=st.none() | AGES,
    sexes=some(Sex),
    number=st.none() | st.integers(1, 9),
    highest_levels=LEVELS,
)

HOUSEHOLDS: st.SearchStrategy[Household] = st.builds(
    Household,
    smokers=one(Known),
    pets=one(Known),
    own_children=st.lists(st.builds(HouseholdMember, st.integers(0, 25), one(Sex)), max_size=3).map(tuple),
    languages=LANGUAGES,
    religion=st.none() | one(Religion),
    religions_supported=some(Religion),
    ethnicities=st.frozensets(WORDS, max_size=2),
    ethnicities_supported=st.frozensets(WORDS, max_size=2),
    drives=one(Known),
)

PRICES: st.SearchStrategy[Any] = st.builds(
    Prices,
    base=st.lists(st.builds(WeeklyPrice, AGES, one(NeedsBand), PENCE), max_size=3).map(tuple),
    add_ons=maps(PriceAddOn, PENCE),
    contract=one(Contract),
    base_year=st.integers(2016, 2030),
    notice_days=st.integers(0, 90),
)

AVAILABILITY: st.SearchStrategy[Availability] = st.builds(
    Availability,
    one(AvailabilityState),
    st.none() | one(OnHoldReason),
    st.none() | DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
    st.frozensets(st.integers(0, 6)),
)

PROVIDERS: st.SearchStrategy[Provider] = st.builds(
    Provider,
    id=ids(1, 999),
    authority=ids(1, 9),
    external_ref=REFS,
    name=WORDS,
    sector=one(Sector),
    framework_tier=st.none() | st.integers(1, 5),
    open_concern=st.booleans(),
)

HOMES: st.SearchStrategy[Home] = st.builds(
    Home,
    id=ids(1, 999),
    authority=ids(1, 9),
    external_ref=REFS,
    provider=ids(1, 9),
    sector=one(Sector),
    kind=one(HomeKind),
    place=PLACES,
    region=st.none() | ids(1, 9),
    urn=st.none() | st.sampled_from(["SC000001"]),
    registered=one(Known),
    ofsted=one(Ofsted),
    ofsted_on=st.none() | DAYS,
    provider_concern=st.booleans(),
    approvals=st.lists(APPROVALS, max_size=2).map(tuple),
    purposes=st.lists(PURPOSES, max_size=2).map(tuple),
    preferred=st.builds(PreferredRange, st.none() | AGES, some(Sex)),
    registered_beds=st.integers(3, 60),
    effective=st.none() | st.builds(EffectiveBeds, st.integers(0, 3), one(EffectiveBedsReason), DAYS),
    bedrooms=st.none() | st.integers(1, 30),
    bedrooms_may_share=st.booleans(),
    solo_only=st.booleans(),
    availability=AVAILABILITY,
    household=HOUSEHOLDS,
    access=some(Access),
    skills=st.lists(
        st.builds(SkillHeld, one(Skill), one(SkillLevel), st.none() | DAYS, st.none() | st.integers(0, 52)), max_size=3
    ).map(tuple),
    meets=LEVELS,
    staffing=one(Staffing),
    bed_types=some(CareType),
    impact_assessed_on=st.none() | DAYS,
    prices=PRICES,
    annual_review_due=st.none() | DAYS,
    dbs_due=st.none() | DAYS,
)

ASKS: st.SearchStrategy[Any] = st.builds(
    Asks,
    child=ids(1, 3),
    suitability=maps(Setting, one(Suitability)),
    close_to_family=one(Known),
    in_school=one(Known),
    keep_school=one(Known),
    school_year=st.none() | st.integers(0, 13),
    avoid=st.lists(st.builds(AvoidedPlace, PLACES, st.integers(1, 90_000), one(AvoidReason)), max_size=2).map(tuple),
    living_with=one(LivingWith),
    other_children_sex=one(OtherChildrenSex),
    pets=one(Known),
    never_with=st.frozensets(ids(4, 6)),
    staffing=one(Staffing),
    risks=maps(Risk, one(RiskLevel)),
    culture=one(Wanted),
    religion=one(Wanted),
    language=one(Wanted),
    skills=some(Skill),
    add_ons=some(PriceAddOn),
    secure=st.booleans(),
    readiness_assessed=one(Known),
    joint_housing_assessed=one(Known),
    homeless=st.booleans(),
    parent=st.none() | one(Parent),
    baby_born=st.none() | DAYS,
    stability_plan_on=st.none() | DAYS,
    view=st.builds(ChildView, one(ViewAsked), WORDS, WORDS, WORDS, one(Known)),
)

REFERRALS: st.SearchStrategy[Referral] = st.builds(
    Referral,
    id=ids(1, 999),
    authority=ids(1, 9),
    external_ref=REFS,
    state=one(ReferralState),
    kind=one(SearchKind),
    opened=MOMENTS,
    wanted_by=DAYS,
    wanted_time=st.none() | st.just("22:15"),
    length=one(ExpectedLength),
    expected_nights=st.none() | st.integers(1, 6_600),
    nights_a_month=st.none() | st.integers(1, 31),
    asks=st.lists(ASKS, min_size=1, max_size=3, unique_by=lambda ask: ask.child).map(tuple),
    sibling_group=ids(1, 9),
)


@st.composite
def sibling_groups(draw: st.DrawFn) -> SiblingGroup:
    members = draw(st.lists(ids(1, 6), min_size=2, max_size=4, unique=True))
    every = [(one_, other) for at, one_ in enumerate(members) for other in members[at + 1 :]]
    pairs = draw(st.lists(st.sampled_from(every), unique=True))
    return SiblingGroup(
        id=draw(ids(1, 999)),
        authority=draw(ids(1, 9)),
        external_ref=draw(REFS),
        members=tuple(members),
        pairs=tuple(
            SiblingPair(first, second, draw(one(SiblingAssessed)), draw(st.none() | WORDS), draw(st.none() | DAYS))
            for first, second in pairs
        ),
    )


@st.composite
def placements(draw: st.DrawFn) -> Placement:
    state, starts = draw(one(PlacementState)), draw(DAYS)
    later = st.dates(starts, date(2041, 1, 1))
    return Placement(
        id=draw(ids(1, 999)),
        authority=draw(ids(1, 9)),
        external_ref=draw(REFS),
        child=draw(ids(1, 9)),
        home=draw(ids(1, 9)),
        state=state,
        starts=starts,
        planned_end=draw(st.none() | later),
        ended=draw(later) if state is PlacementState.ENDED else None,
        end_reason=draw(st.none() | one(EndReason)),
        statutory_code=draw(st.none() | st.sampled_from(["U4", "K2"])),
    )


@st.composite
def holds(draw: st.DrawFn) -> Hold:
    first = draw(DAYS)
    return Hold(
        id=draw(ids(1, 999)),
        authority=draw(ids(1, 9)),
        home=draw(ids(1, 9)),
        referral=draw(ids(1, 9)),
        child=draw(ids(1, 9)),
        first_night=first,
        last_morning=draw(st.none() | st.dates(date.fromordinal(first.toordinal() + 1), date(2041, 1, 1))),
        held_until=draw(MOMENTS),
    )


@st.composite
def profiles(draw: st.DrawFn) -> NeedsProfile:
    made = draw(DAYS)
    levels = draw(LEVELS)
    return NeedsProfile(
        id=draw(ids(1, 999)),
        child=draw(ids(1, 9)),
        external_ref=draw(REFS),
        framework=draw(ids(1, 9)),
        made_on=made,
        author=draw(WORDS),
        review_due=draw(st.dates(made, date(2041, 1, 1))),
        findings=tuple(
            DomainFinding(domain, level, draw(WORDS), draw(WORDS), draw(WORDS)) for domain, level in levels.items()
        ),
    )


DOMAINS: st.SearchStrategy[Domain] = st.builds(
    Domain,
    code=REFS,
    name=WORDS,
    outcome=WORDS,
    descriptors=st.tuples(WORDS, WORDS, WORDS, WORDS, WORDS),
    weight=st.integers(0, 9),
    skills=st.dictionaries(st.integers(0, 4), some(Skill), max_size=2),
    support=st.dictionaries(st.integers(0, 4), WORDS, max_size=2),
    tags=st.frozensets(WORDS, max_size=2),
)

FRAMEWORKS: st.SearchStrategy[Framework] = st.builds(
    Framework,
    id=ids(1, 999),
    authority=st.none() | ids(1, 9),
    code=REFS,
    version=st.integers(1, 99),
    name=WORDS,
    domains=st.lists(DOMAINS, min_size=1, max_size=3, unique_by=lambda domain: domain.code).map(tuple),
    band_starts=st.tuples(st.integers(1, 9), st.integers(10, 19), st.integers(20, 29)).map(
        lambda starts: dict(zip(NeedsBand, (0, *starts), strict=True))
    ),
)

WEIGHTS = st.integers(0, 1_000)
POLICIES: st.SearchStrategy[Policy] = st.builds(
    Policy,
    name=WORDS,
    version=st.integers(1, 99),
    weights=maps(Measure, WEIGHTS),
    urgency=maps(SearchKind, WEIGHTS),
    sibling_pairs=maps(SiblingAssessed, WEIGHTS),
    gravity=maps(SignOffRole, WEIGHTS),
    check_gravity=WEIGHTS,
)
