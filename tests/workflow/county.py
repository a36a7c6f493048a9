"""A small county put straight into a database, with keys for everybody: what race, kill and load tests work with."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from app.auth.keys import make_key
from db.acts import Act
from db.errors import AlreadyExists
from db.session import Store
from matching.authorities import Authority
from matching.codes import (
    CareType,
    ExpectedLength,
    Known,
    Ofsted,
    PlaceKind,
    SearchKind,
    Setting,
    Sex,
    Suitability,
    ViewAsked,
)
from matching.default_framework import DEFAULT_FRAMEWORK
from matching.geography import Point
from matching.homes import Availability, Home, Household
from matching.people import Child
from matching.places import ImportantPlace, Place
from matching.referrals import Asks, ChildView, Referral, ReferralState
from matching.values import AuthorityCode, AuthorityId, ChildId, HomeId, ReferralId
from matching.workflow.roles import Role
from tests.db.examples import a_home, a_provider

ROLES = (Role.PLACEMENTS, Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.ADMIN, *(r for r in Role if r.signs_off))
NORFOLK = AuthorityCode("E10000020")
_HERE = Place("NR4 7TJ", Point(619_200, 307_700), NORFOLK)


@dataclass(frozen=True, slots=True)
class County:
    """What is in the database, by id, and everybody's keys by role."""

    authority: AuthorityId
    homes: tuple[HomeId, ...]
    referrals: tuple[ReferralId, ...]
    children: tuple[ChildId, ...]
    keys: dict[str, str]


def founded(store: Store, *, homes: int, searches: int, beds: int = 1, code: AuthorityCode = NORFOLK) -> County:
    """Puts a county into a migrated database: each search is of one child, whose view is on record."""
    authority = Authority(id=AuthorityId(uuid4()), code=code, name="County (synthetic)")
    with store.writing() as work:
        work.authorities.add(authority, _act())
    with suppress(AlreadyExists), store.writing() as work:
        work.frameworks.add(DEFAULT_FRAMEWORK, _act())
    provider = a_provider(authority)
    houses = [_home(replace(a_home(provider), external_ref=f"H-{at:05}"), beds) for at in range(homes)]
    children = [_child(authority, at) for at in range(searches)]
    referrals = [_search(child, at) for at, child in enumerate(children)]
    with store.writing(authority.id) as work:
        work.providers.add(provider, _act())
        work.homes.upsert_many(houses, _act())
        work.children.upsert_many(children, _act())
        work.referrals.upsert_many(referrals, _act())
    keys = {
        role.value: make_key(store, lambda: datetime.now(UTC), authority.id, role, role.value, lambda _: _act())
        for role in dict.fromkeys(ROLES)
    }
    keys["provider"] = make_key(
        store,
        lambda: datetime.now(UTC),
        authority.id,
        Role.PROVIDER,
        "provider",
        lambda _: _act(),
        provider=provider.id,
    )
    return County(
        authority.id, _ids(houses), tuple(one.id for one in referrals), tuple(one.id for one in children), keys
    )


def _ids(houses: Sequence[Home]) -> tuple[HomeId, ...]:
    return tuple(house.id for house in houses)


def today() -> date:
    """The day the server takes it to be, but for an hour around midnight."""
    return datetime.now(UTC).date()


def _home(home: Home, beds: int) -> Home:
    terms = tuple(
        replace(one, care_types=frozenset({CareType.SHORT_TERM, CareType.LONG_TERM, CareType.BRIDGING}))
        for one in home.approvals
    )
    return replace(
        home,
        place=_HERE,
        registered=Known.YES,
        ofsted=Ofsted.GOOD,
        provider_concern=True,  # so that every decision needs a sign-off before it
        registered_beds=beds,
        bedrooms=beds + 1,
        approvals=terms,
        availability=Availability(last_confirmed=today()),
        household=Household(smokers=Known.NO, pets=Known.NO, languages=frozenset({"en"}), drives=Known.YES),
        meets={domain.code: 4 for domain in DEFAULT_FRAMEWORK.domains},
        annual_review_due=today() + timedelta(days=300),
        dbs_due=today() + timedelta(days=300),
    )


def _child(authority: Authority, at: int) -> Child:
    return Child(
        id=ChildId(uuid4()),
        authority=authority.id,
        external_ref=f"C-{at:05}",
        born=date(2016, 5, 9),
        sex=Sex.FEMALE,
        disabled=Known.NO,
        important_places=(ImportantPlace(PlaceKind.FAMILY_HOME, _HERE), ImportantPlace(PlaceKind.SCHOOL, _HERE)),
    )


def _search(child: Child, at: int) -> Referral:
    view = ChildView(asked=ViewAsked.ASKED, said="Near my nan")
    asks = Asks(
        child=child.id,
        suitability={Setting.FOSTERING: Suitability.PREFERRED},
        pets=Known.YES,
        keep_school=Known.NO,
        in_school=Known.NO,
        view=view,
    )
    return Referral(
        id=ReferralId(uuid4()),
        authority=child.authority,
        external_ref=f"S-{at:05}",
        state=ReferralState.OPEN,
        kind=SearchKind.PLANNED,
        opened=datetime.now(UTC) - timedelta(days=1),
        wanted_by=today(),
        length=ExpectedLength.SHORT_TERM,
        expected_nights=60,
        asks=(asks,),
    )


def _act() -> Act:
    return Act(actor="tests", role="admin", action="set-up", at=datetime.now(UTC))
