"""An ordinary child, home and search between them, as at one day: what the specification changes one thing about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from matching.codes import (
    CareType,
    ExpectedLength,
    Frequency,
    HomeKind,
    Known,
    NeedsBand,
    Ofsted,
    PlaceKind,
    Religion,
    SearchKind,
    Sector,
    Setting,
    Sex,
    Suitability,
    ViewAsked,
)
from matching.default_framework import DEFAULT_FRAMEWORK
from matching.geography import Point
from matching.homes import (
    ApprovalTerms,
    Availability,
    Home,
    Household,
    Prices,
    StatementOfPurpose,
    WeeklyPrice,
)
from matching.people import Child
from matching.places import ImportantPlace, Place
from matching.referrals import Asks, ChildView, Referral, ReferralState
from matching.values import (
    AgeRange,
    AuthorityCode,
    AuthorityId,
    ChildId,
    HomeId,
    Pence,
    Period,
    ProviderId,
    ReferralId,
    SiblingGroupId,
)

TODAY = date(2026, 6, 10)
"""A Wednesday; every example is as at this day, and the bed is wanted from it unless the example says otherwise."""
COUNTY = AuthorityId(UUID(int=1))
OURS, NEXT_DOOR, FAR_OFF = AuthorityCode("E10000020"), AuthorityCode("E10000029"), AuthorityCode("E10000009")
LONG_AGO = Period(date(2020, 1, 1))
CHILD, HOME, PROVIDER = ChildId(UUID(int=11)), HomeId(UUID(int=21)), ProviderId(UUID(int=31))
SEARCH, GROUP = ReferralId(UUID(int=41)), SiblingGroupId(UUID(int=51))
DOMAINS = tuple(domain.code for domain in DEFAULT_FRAMEWORK.domains)
ORIGIN = Point(620_000, 310_000)
MILE = 1_609.3


def at(miles: float, authority: AuthorityCode | None = OURS) -> Place:
    """A place so many miles east of the child's family home."""
    return Place("NR1 1", Point(ORIGIN.easting + round(miles * MILE), ORIGIN.northing), authority)


NOWHERE = Place("ZZ1 1")
"""A place the gazetteer does not know."""


def born(age: int) -> date:
    """The day of birth of somebody who is so old today."""
    return date(TODAY.year - age, 1, 15)


def days(number: int) -> date:
    """The day so many days from today."""
    return TODAY + timedelta(days=number)


def going(kind: PlaceKind, place: Place, often: Frequency = Frequency.WEEKLY) -> ImportantPlace:
    """A place the child goes to."""
    return ImportantPlace(kind, place, often)


FAMILY_HOME = going(PlaceKind.FAMILY_HOME, at(0))
SCHOOL = going(PlaceKind.SCHOOL, at(1), Frequency.DAILY)
FAMILY_TIME = going(PlaceKind.FAMILY_TIME, at(0))

A_CHILD = Child(
    id=CHILD,
    authority=COUNTY,
    external_ref="C1",
    born=born(9),
    sex=Sex.FEMALE,
    ethnicity="WBRI",
    religion=Religion.CHRISTIAN,
    languages=frozenset({"en"}),
    disabled=Known.NO,
    important_places=(FAMILY_HOME, SCHOOL, FAMILY_TIME),
)
ASKS = Asks(
    child=CHILD,
    suitability={
        Setting.FOSTERING: Suitability.PREFERRED,
        Setting.RESIDENTIAL: Suitability.SUITABLE,
        Setting.SUPPORTED: Suitability.SUITABLE,
    },
    close_to_family=Known.YES,
    in_school=Known.YES,
    keep_school=Known.NO,
    school_year=4,
    pets=Known.YES,
    view=ChildView(ViewAsked.ASKED),
)
A_SEARCH = Referral(
    id=SEARCH,
    authority=COUNTY,
    external_ref="R1",
    state=ReferralState.SEARCHING,
    kind=SearchKind.PLANNED,
    opened=datetime(2026, 6, 1, 9, tzinfo=UTC),
    wanted_by=TODAY,
    length=ExpectedLength.SHORT_TERM,
    asks=(ASKS,),
)
TERMS = ApprovalTerms(
    period=LONG_AGO, ages=AgeRange(0, 17), number=3, care_types=frozenset({CareType.SHORT_TERM, CareType.EMERGENCY})
)
PURPOSE = StatementOfPurpose(period=LONG_AGO, ages=AgeRange(8, 17), number=4)
HOUSEHOLD = Household(
    smokers=Known.NO,
    pets=Known.NO,
    languages=frozenset({"en"}),
    religion=Religion.CHRISTIAN,
    ethnicities=frozenset({"WBRI"}),
)
A_HOME = Home(
    id=HOME,
    authority=COUNTY,
    external_ref="H1",
    provider=PROVIDER,
    sector=Sector.INDEPENDENT_AGENCY,
    kind=HomeKind.FOSTERING_MAINSTREAM,
    place=at(2),
    registered=Known.YES,
    ofsted=Ofsted.GOOD,
    registered_beds=3,
    bedrooms=4,
    availability=Availability(last_confirmed=TODAY),
    meets=MappingProxyType(dict.fromkeys(DOMAINS, 3)),
    prices=Prices(base=tuple(WeeklyPrice(AgeRange(0, 17), band, Pence(800_00)) for band in NeedsBand)),
    annual_review_due=days(100),
    dbs_due=days(500),
)
