"""The pool: everything a match run reads, as at a day, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, Select, and_, bindparam, func, or_, select, union

from db.kept import no_collecting
from db.mapping.authorities import authority_of, policy_of
from db.mapping.homes import HOMES, PROVIDERS
from db.mapping.needs import PROFILES, framework_of
from db.mapping.people import CHILDREN, SIBLING_GROUPS
from db.mapping.placements import HOLDS, PLACEMENTS
from db.mapping.referrals import REFERRALS
from db.mapping.shapes import Shape
from db.repositories.decisions import in_use
from db.repositories.homes import HOMES_SEEN, visible_homes
from db.repositories.placements import still_holds
from db.rows import Ids, one_of, owned
from db.tables.authorities import authorities, policies, regions
from db.tables.homes import homes, providers
from db.tables.needs import frameworks, needs_profiles
from db.tables.people import children, sibling_groups, sibling_members
from db.tables.placements import holds, placements
from db.tables.referrals import referral_asks, referrals
from db.types import Moment
from db.units import Unit
from matching.needs import Framework, NeedsProfile
from matching.people import SiblingGroup
from matching.placements import Placement, PlacementState
from matching.policy import PRESETS, Policy, Preset
from matching.records import Records
from matching.referrals import WAITING, Referral
from matching.rules.parameters import Parameters
from matching.values import FrameworkId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PoolVersion:
    """Rises with every committed change that a pool could show: the authority's own, and any of its region's.

    A pool read under an equal version holds the same records, but holds run out by themselves: read again when the
    soonest of `records.holds` has passed its `held_until`.
    """

    own: int
    region: int


class Pool:
    """What matching reads. The words of people (evidence, the child's own) are left unread and stand empty."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def version(self) -> PoolVersion:
        """The version now, in one statement."""
        both = select(authorities.c.pool_version, func.coalesce(regions.c.pool_version, 0))
        joined = both.select_from(authorities.outerjoin(regions, regions.c.id == authorities.c.region_id))
        own, region = self._unit.connection.execute(joined.where(authorities.c.id == self._unit.authority)).one()
        return PoolVersion(own, region)

    def load(
        self, as_of: date, now: datetime, *, referral: UUID | None = None, of_homes: Sequence[UUID] | None = None
    ) -> Records:
        """Everything on record that a run as at a day reads; holds are those that still hold at `now` (aware UTC).

        Records change under their own dates only: a past day shows the placements, profiles, terms and parameters of
        that day, but facts that carry no date (a home's household, a referral's state) as they are on record now.
        With `referral` and `of_homes` it reads that one search and those homes alone, with everybody who lives there.
        """
        with no_collecting():
            return self._load(as_of, now, referral, of_homes)

    def _load(self, as_of: date, now: datetime, referral: UUID | None, of_homes: Sequence[UUID] | None) -> Records:
        decided = self._unit.connection.execute(_DECIDED, {"own": self._unit.authority}).all()
        authority = decided[0]
        assert (referral is None) == (of_homes is None), "a search is read with homes, or all of it"
        if referral is not None and of_homes is not None:
            searches, groups, stays, providers, here, holding = self._around(as_of, now, referral, of_homes)
        else:
            searches, groups, stays, providers, here, holding = self._everything(as_of, now)
        known, profiles = self._whom(_people(searches, groups, stays), as_of)
        usable = {row.usable for row in decided if row.usable is not None}
        framework, older = self._frameworks(authority.framework_id, usable, profiles)
        return Records(
            authority=authority_of(authority),
            as_of=as_of,
            now=now,
            framework=framework,
            children=known,
            sibling_groups=groups,
            profiles=MappingProxyType({profile.child: profile for profile in profiles}),
            older_frameworks=MappingProxyType(older),
            providers=providers,
            homes=here,
            placements=stays,
            holds=holding,
            referrals=searches,
            parameters=Parameters(as_of, MappingProxyType(authority.parameters)),
            policy=self._policy(authority.policy),
        )

    def _everything(self, as_of: date, now: datetime) -> list[tuple[Any, ...]]:
        """Searches, sibling groups, stays, providers, homes and holds."""
        own = self._unit.authority
        waiting, seen = _waiting(own), select(homes.c.id).where(visible_homes(own))
        return self._values(
            (REFERRALS, waiting),
            (SIBLING_GROUPS, _groups(waiting)),
            (PLACEMENTS, _placements(waiting, seen, as_of)),
            (PROVIDERS, select(homes.c.provider_id).where(homes.c.id.in_(seen))),
            (HOMES, seen),
            (HOLDS, select(holds.c.id).where(holds.c.home_id.in_(seen), still_holds(now))),
        )

    def _around(self, as_of: date, now: datetime, referral: UUID, of_homes: Sequence[UUID]) -> list[tuple[Any, ...]]:
        """The same around one search and some homes."""
        given = {"own": self._unit.authority, "referral": referral, "homes": list(of_homes), "as_of": as_of, "at": now}
        unit = self._unit
        return unit.kept.at_once(unit.connection, _AROUND, given, wrote=unit.wrote)

    def _whom(self, people: Sequence[UUID], as_of: date) -> list[tuple[Any, ...]]:
        """Children, and the profile in force of each."""
        unit = self._unit
        if len(people) > _FEW:
            return self._values((CHILDREN, people), (PROFILES, self._profiles(people, as_of)))
        return unit.kept.at_once(unit.connection, _FEW_PEOPLE, {"people": people, "as_of": as_of}, wrote=unit.wrote)

    def _values(self, *wanted: tuple[Shape[Any], Ids]) -> list[tuple[Any, ...]]:
        return self._unit.kept.values(self._unit.connection, wanted, wrote=self._unit.wrote)

    def _policy(self, in_force: UUID | None) -> Policy:
        if in_force is None:
            return PRESETS[Preset.BALANCED]
        (policy,) = self._unit.kept.unchanging(self._unit.connection, policies, policy_of, [in_force])
        return policy

    def _profiles(self, people: Sequence[UUID], as_of: date) -> Select[Any]:
        """Each child's newest profile made by the day."""
        whose = one_of(self._unit.connection, needs_profiles.c.child_id, people)
        return _newest_profiles(whose & (needs_profiles.c.made_on <= as_of))

    def _frameworks(
        self, chosen: Any, usable: set[UUID], profiles: tuple[NeedsProfile, ...]
    ) -> tuple[Framework, dict[FrameworkId, Framework]]:
        made_with = {profile.framework for profile in profiles}
        connection, wanted = self._unit.connection, usable | made_with
        known = self._unit.kept.unchanging(connection, frameworks, framework_of, wanted)
        current = in_use(known, chosen)
        older = {framework.id: framework for framework in known if framework.id in made_with - {current.id}}
        return current, older


_DECIDED = (
    select(authorities, policies.c.id.label("policy"), frameworks.c.id.label("usable"))
    .select_from(
        authorities.outerjoin(
            policies, and_(policies.c.authority_id == authorities.c.id, policies.c.retired_at.is_(None))
        ).outerjoin(frameworks, or_(frameworks.c.authority_id.is_(None), frameworks.c.authority_id == authorities.c.id))
    )
    .where(authorities.c.id == bindparam("own"))
)
"""The authority with its policy in force, once for each framework that it may use."""


def _newest_profiles(wanted: ColumnElement[bool]) -> Select[Any]:
    p = needs_profiles.c
    order = (p.made_on.desc(), p.created_at.desc(), p.id.desc())
    newest = func.row_number().over(partition_by=p.child_id, order_by=order)
    ranked = select(p.id, newest.label("place")).where(wanted).subquery()
    return select(ranked.c.id).where(ranked.c.place == 1)


def _waiting(own: Any) -> Select[Any]:
    return select(referrals.c.id).where(referrals.c.authority_id == own, referrals.c.state.in_(sorted(WAITING)))


def _takes_a_bed(as_of: date | BindParameter[date]) -> tuple[ColumnElement[bool], ...]:
    """Present and coming placements: those started (overdue ones as well), planned, and ended after the day."""
    p = placements.c
    coming = and_(p.state == PlacementState.PLANNED, or_(p.planned_end.is_(None), p.planned_end > as_of))
    later = and_(p.state == PlacementState.ENDED, p.ended > as_of)
    return p.state == PlacementState.STARTED, coming, later


def _placements(waiting: Select[Any], seen: Select[Any], as_of: date) -> Select[Any]:
    """Present and coming placements in the homes seen, and every placement of the children who wait.

    Each kind is looked up by its own index: most placements on record ended long ago and are not looked at.
    """
    p = placements.c
    waits = select(referral_asks.c.child_id).where(referral_asks.c.referral_id.in_(waiting))
    kinds = union(
        *(select(p.id).where(kind, p.home_id.in_(seen)) for kind in _takes_a_bed(as_of)),
        select(p.id).where(p.child_id.in_(waits)),
    ).subquery()
    return select(kinds.c.id)


def _groups(waiting: Select[Any]) -> Select[Any]:
    """The sibling groups of the children who wait."""
    waits = select(referral_asks.c.child_id).where(referral_asks.c.referral_id.in_(waiting))
    return select(sibling_members.c.group_id).where(sibling_members.c.child_id.in_(waits))


def _people(searches: Sequence[Referral], groups: Sequence[SiblingGroup], stays: Sequence[Placement]) -> list[UUID]:
    """Children who wait, belong to a sibling group of one who waits, or live in the homes seen."""
    waiting = {child for referral in searches for child in referral.children}
    siblings = {child for group in groups for child in group.members}
    return sorted(waiting | siblings | {stay.child for stay in stays}, key=lambda child: child.int)


_FEW = 100
"""So few people are asked for one by one, by a statement that is made once."""
_CHILDREN_ASKED_FOR = select(referral_asks.c.child_id).where(referral_asks.c.referral_id == bindparam("referral"))
_HERE: BindParameter[Any] = bindparam("homes", expanding=True)
_AROUND = (
    (
        REFERRALS,
        (referrals.c.id == bindparam("referral")) & owned(referrals) & referrals.c.state.in_(sorted(WAITING)),
    ),
    (
        SIBLING_GROUPS,
        sibling_groups.c.id.in_(
            select(sibling_members.c.group_id).where(sibling_members.c.child_id.in_(_CHILDREN_ASKED_FOR))
        ),
    ),
    (PLACEMENTS, placements.c.home_id.in_(_HERE) & or_(*_takes_a_bed(bindparam("as_of", type_=Date())))),
    (PLACEMENTS, placements.c.child_id.in_(_CHILDREN_ASKED_FOR)),
    (PROVIDERS, providers.c.id.in_(select(homes.c.provider_id).where(homes.c.id.in_(_HERE), HOMES_SEEN))),
    (HOMES, homes.c.id.in_(_HERE) & HOMES_SEEN),
    (HOLDS, holds.c.home_id.in_(_HERE) & still_holds(bindparam("at", type_=Moment()))),
)
"""What is read around one search and some homes, by constant conditions."""
_FEW_PEOPLE = (
    (CHILDREN, children.c.id.in_(bindparam("people", expanding=True))),
    (
        PROFILES,
        needs_profiles.c.id.in_(
            _newest_profiles(
                needs_profiles.c.child_id.in_(bindparam("people", expanding=True))
                & (needs_profiles.c.made_on <= bindparam("as_of"))
            )
        ),
    ),
)
"""And of whom."""
