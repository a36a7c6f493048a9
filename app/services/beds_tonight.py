"""Use case: which homes could take one more child tonight, for a child of whom next to nothing is known yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from app.services.callers import Caller
from app.services.office import Office
from app.services.pools import ReadyPool
from matching.assess import Assessor
from matching.codes import ExpectedLength, LivingWith, SearchKind, Sex
from matching.people import Child
from matching.pool import Pool, pool_of
from matching.records import Records
from matching.referrals import Asks, Referral, ReferralState
from matching.shortlist_answers import Shortlist
from matching.shortlists import Shortlister
from matching.values import ChildId, ReferralId

_NOBODY = "https://placement-matching.invalid/nobody/"
MOST = 25
"""Homes shown at most."""
_NEAR = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTonight:
    """All that a duty worker says: no name, no number, no place."""

    age: int
    sex: Sex
    kind: SearchKind
    solo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BedsTonight:
    """The homes in order, with reasons, and the pool in which they stand."""

    pool: Pool
    shortlist: Shortlist
    age: int


def read_beds_tonight(office: Office, caller: Caller, wanted: WantedTonight) -> BedsTonight:
    """The homes that could take such a child tonight, by every rule there is. Nobody's record is read."""
    today = office.today()
    ready = office.pools.ready(caller.authority, today)
    pool = pool_of(_with_somebody(ready, wanted, today))
    shortlister = Shortlister(Assessor(pool, ready.policy))
    with ready.at_work:
        shortlist = shortlister.shortlist(pool.seekers[0].referral.id, MOST, _NEAR)
    return BedsTonight(pool=pool, shortlist=shortlist, age=wanted.age)


def _with_somebody(ready: ReadyPool, wanted: WantedTonight, today: date) -> Records:
    """What is on record, with one search in place of all: beds held and promised to others stay taken."""
    records = ready.pool.records
    child = Child(
        id=ChildId(uuid5(NAMESPACE_URL, f"{_NOBODY}child")),
        authority=records.authority.id,
        external_ref="tonight",
        born=today.replace(year=today.year - wanted.age, month=1, day=1),
        sex=wanted.sex,
    )
    search = Referral(
        id=ReferralId(uuid5(NAMESPACE_URL, f"{_NOBODY}search")),
        authority=records.authority.id,
        external_ref="tonight",
        state=ReferralState.OPEN,
        kind=wanted.kind,
        opened=records.now,
        wanted_by=today,
        length=ExpectedLength.NIGHT,
        asks=(Asks(child=child.id, living_with=LivingWith.SOLO if wanted.solo else LivingWith.NO_PREFERENCE),),
    )
    return replace(records, children=(*records.children, child), referrals=(search,))
