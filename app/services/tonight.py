"""What a duty worker asks at two in the morning: who needs a home tonight, and how many homes could take somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.services.callers import Caller
from app.services.office import Office
from matching.codes import AvailabilityState, HomeKind, SearchKind
from matching.homes import Home
from matching.pool import Pool
from matching.values import AgeRange, ReferralId

AGES = (AgeRange(0, 4), AgeRange(5, 10), AgeRange(11, 15), AgeRange(16, 17))
"""Ages by which cover is told."""

GROUPS: Mapping[str, frozenset[HomeKind]] = MappingProxyType(
    {
        "Foster family": frozenset(
            {
                HomeKind.FOSTERING_MAINSTREAM,
                HomeKind.FOSTERING_MOCKINGBIRD_HUB,
                HomeKind.FOSTERING_MOCKINGBIRD_SATELLITE,
            }
        ),
        "Foster family, enhanced": frozenset({HomeKind.FOSTERING_ENHANCED}),
        "Emergency foster family": frozenset({HomeKind.FOSTERING_EMERGENCY}),
        "PACE bed": frozenset({HomeKind.FOSTERING_PACE}),
        "Remand foster family": frozenset({HomeKind.FOSTERING_REMAND}),
        "Parent and child": frozenset(
            {HomeKind.FOSTERING_PARENT_AND_CHILD, HomeKind.RESIDENTIAL_PARENT_AND_CHILD},
        ),
        "Children's home": frozenset(
            {
                HomeKind.CHILDRENS_HOME,
                HomeKind.CHILDRENS_HOME_WITH_EDUCATION,
                HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL,
                HomeKind.CHILDRENS_HOME_ASSESSMENT,
            }
        ),
        "Emergency children's home": frozenset({HomeKind.CHILDRENS_HOME_EMERGENCY}),
        "Supported accommodation": frozenset(
            {
                HomeKind.SUPPORTED_SINGLE_OCCUPANCY,
                HomeKind.SUPPORTED_SHARED_RINGFENCED,
                HomeKind.SUPPORTED_SHARED_NON_RINGFENCED,
                HomeKind.SUPPORTED_PRIVATE_RESIDENCE,
            }
        ),
        "Supported lodgings": frozenset({HomeKind.SUPPORTED_LODGINGS}),
    }
)
"""Kinds of home by what people call them. Homes for one named child, short breaks and schools are no bed for tonight."""

_SUPPORTED = frozenset({"Supported accommodation", "Supported lodgings"})
_OF_16 = AGES[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Homes of one kind that could be asked about tonight."""

    kind: str
    homes: int
    beds: int
    """Beds free tonight in these homes, all ages together."""
    by_age: tuple[int | None, ...]
    """Homes whose terms take children of each of AGES; None where the law lets no home of the kind take them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededTonight:
    """One search whose first night is tonight or was earlier."""

    referral: ReferralId
    kind: SearchKind
    wanted_by: date
    ages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonight:
    """Both sides of tonight."""

    needed: tuple[NeededTonight, ...]
    cover: tuple[Cover, ...]
    """One for each of GROUPS, in their order: those without any home too."""
    as_of: date
    names: Mapping[ReferralId, str]
    """The short reference of each search that is needed."""


def read_tonight(office: Office, caller: Caller) -> Tonight:
    """Who needs a home tonight, and who could offer one; leaves an audit event. Raises Busy."""
    pool = office.pools.ready(caller.authority, office.today()).pool
    needed = _needed(pool)
    with office.store.writing(caller.authority) as work:
        wanted = [one.referral for one in needed]
        names = {found: stored.reference or "" for found, stored in work.referrals.many(wanted, words=False).items()}
        act = caller.act("list-needed-tonight", office.clock())
        work.audit.append(act, "referral", None, after={"shown": wanted})
    return Tonight(
        needed=needed,
        cover=cover(pool),
        as_of=pool.as_of,
        names=MappingProxyType({ReferralId(one): name for one, name in names.items()}),
    )


def cover(pool: Pool) -> tuple[Cover, ...]:
    """The homes of each kind with a bed free on the night of the pool's day, that may be asked then."""
    found: dict[str, list[tuple[Home, int]]] = {name: [] for name in GROUPS}
    kinds = {kind: name for name, kinds in GROUPS.items() for kind in kinds}
    for at, home in enumerate(pool.homes):
        free = int(pool.beds_free[at, 0])
        if home.kind in kinds and free > 0 and may_be_asked(home, pool.as_of) and _ages(home, pool.as_of) is not None:
            found[kinds[home.kind]].append((home, free))
    return tuple(_cover(name, homes, pool.as_of) for name, homes in found.items())


def _cover(name: str, homes: list[tuple[Home, int]], day: date) -> Cover:
    by_age: list[int | None] = [sum(_takes(home, ages, day) for home, _ in homes) for ages in AGES]
    if name in _SUPPORTED:
        by_age = [count if ages is _OF_16 else None for count, ages in zip(by_age, AGES, strict=True)]
    return Cover(kind=name, homes=len(homes), beds=sum(free for _, free in homes), by_age=tuple(by_age))


def may_be_asked(home: Home, day: date) -> bool:
    """Whether a home is available on a night, or what keeps it from being so does not fall on it."""
    said = home.availability
    if said.state is AvailabilityState.AVAILABLE:
        return True
    if said.state is AvailabilityState.CLOSING:
        return said.until is not None and day < said.until
    later = said.from_day is not None and day < said.from_day
    return later or (said.until is not None and said.until < day)


def _takes(home: Home, ages: AgeRange, day: date) -> bool:
    own = _ages(home, day)
    return own is not None and own.youngest <= ages.oldest and ages.youngest <= own.oldest


def _ages(home: Home, day: date) -> AgeRange | None:
    """The ages that a home's terms allow on a day; None when it has no terms, or takes named children only."""
    terms, purpose = home.approval_on(day), home.purpose_on(day)
    if terms is not None:
        return None if terms.named_children_only else terms.ages
    return None if purpose is None else purpose.ages


def _needed(pool: Pool) -> tuple[NeededTonight, ...]:
    tonight = [seeker for seeker in pool.seekers if seeker.starts <= pool.as_of]
    ages: dict[ReferralId, tuple[int, ...]] = {}
    for seeker in tonight:
        ages[seeker.referral.id] = (*ages.get(seeker.referral.id, ()), seeker.child.age_on(pool.as_of))
    searches = {seeker.referral.id: seeker.referral for seeker in tonight}
    found = [
        NeededTonight(referral=one.id, kind=one.kind, wanted_by=one.wanted_by, ages=tuple(sorted(ages[one.id])))
        for one in searches.values()
    ]
    return tuple(sorted(found, key=lambda one: (one.wanted_by, one.referral)))
