"""The pool: everything a match run reads, as at a day, in a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, union

from db.mapping.authorities import authority_of, policy_of
from db.mapping.homes import HOMES, PROVIDERS
from db.mapping.needs import PROFILES, framework_of
from db.mapping.people import CHILDREN, SIBLING_GROUPS
from db.mapping.placements import HOLDS, PLACEMENTS
from db.mapping.referrals import REFERRALS
from db.mapping.shapes import Shape
from db.repositories.decisions import in_use
from db.repositories.homes import visible_homes
from db.repositories.placements import still_holds
from db.rows import load
from db.tables.authorities import authorities, policies, regions
from db.tables.homes import homes
from db.tables.needs import frameworks, needs_profiles
from db.tables.people import children, sibling_members
from db.tables.placements import holds, placements
from db.tables.referrals import referral_asks, referrals
from db.units import Unit
from matching.needs import Framework, NeedsProfile
from matching.placements import PlacementState
from matching.policy import PRESETS, Policy, Preset
from matching.records import Records
from matching.referrals import WAITING
from matching.rules.parameters import Parameters
from matching.values import FrameworkId


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

    def load(self, as_of: date, now: datetime) -> Records:
        """Everything on record that a run as at a day reads; holds are those that still hold at `now` (aware UTC).

        Records change under their own dates only: a past day shows the placements, profiles, terms and parameters of
        that day, but facts that carry no date (a home's household, a referral's state) as they are on record now.
        """
        unit, own = self._unit, self._unit.authority
        authority = unit.connection.execute(select(authorities).where(authorities.c.id == own)).one()
        waiting, seen = _waiting(own), select(homes.c.id).where(visible_homes(own))
        present = _placements(waiting, seen, as_of)
        people = _people(waiting, present)
        profiles = _read(unit, PROFILES, _profiles(people, as_of))
        framework, older = self._frameworks(authority.framework_id, profiles)
        found_homes = _read(unit, HOMES, seen)
        return Records(
            authority=authority_of(authority),
            as_of=as_of,
            now=now,
            framework=framework,
            children=_read(unit, CHILDREN, people),
            sibling_groups=_read(unit, SIBLING_GROUPS, _groups(waiting)),
            profiles=MappingProxyType({profile.child: profile for profile in profiles}),
            older_frameworks=MappingProxyType(older),
            providers=_read(unit, PROVIDERS, select(homes.c.provider_id).where(visible_homes(own))),
            homes=found_homes,
            placements=_read(unit, PLACEMENTS, present),
            holds=_read(unit, HOLDS, select(holds.c.id).where(holds.c.home_id.in_(seen), still_holds(now))),
            referrals=_read(unit, REFERRALS, waiting),
            parameters=Parameters(as_of, MappingProxyType(authority.parameters)),
            policy=self._policy(),
        )

    def _policy(self) -> Policy:
        mine = select(policies).where(policies.c.authority_id == self._unit.authority, policies.c.retired_at.is_(None))
        row = self._unit.connection.execute(mine).one_or_none()
        return PRESETS[Preset.BALANCED] if row is None else policy_of(row)

    def _frameworks(
        self, chosen: Any, profiles: tuple[NeedsProfile, ...]
    ) -> tuple[Framework, dict[FrameworkId, Framework]]:
        made_with = {profile.framework for profile in profiles}
        mine = (frameworks.c.authority_id.is_(None), frameworks.c.authority_id == self._unit.authority)
        wanted = select(frameworks).where(or_(*mine, frameworks.c.id.in_(made_with)))
        known = tuple(framework_of(row) for row in self._unit.connection.execute(wanted))
        current = in_use(known, chosen)
        older = {framework.id: framework for framework in known if framework.id in made_with - {current.id}}
        return current, older


def _read(unit: Unit, shape: Shape[Any], ids: Select[Any]) -> tuple[Any, ...]:
    """In the order of the ids, so that the same records always come in the same order."""
    found = load(unit.connection, shape, ids, words=False)
    return tuple(found[wanted].value for wanted in sorted(found))


def _waiting(own: Any) -> Select[Any]:
    return select(referrals.c.id).where(referrals.c.authority_id == own, referrals.c.state.in_(sorted(WAITING)))


def _placements(waiting: Select[Any], seen: Select[Any], as_of: date) -> Select[Any]:
    """Present and coming placements in the homes seen, and every placement of the children who wait."""
    p = placements.c
    until = func.coalesce(p.ended, p.planned_end)
    ahead = and_(p.state != PlacementState.CANCELLED, or_(until.is_(None), until > as_of))
    waits = select(referral_asks.c.child_id).where(referral_asks.c.referral_id.in_(waiting))
    return select(p.id).where(or_(and_(p.home_id.in_(seen), ahead), p.child_id.in_(waits)))


def _groups(waiting: Select[Any]) -> Select[Any]:
    """The sibling groups of the children who wait."""
    waits = select(referral_asks.c.child_id).where(referral_asks.c.referral_id.in_(waiting))
    return select(sibling_members.c.group_id).where(sibling_members.c.child_id.in_(waits))


def _people(waiting: Select[Any], present: Select[Any]) -> Select[Any]:
    """Children who wait, who live in the homes seen, or belong to a sibling group of one who waits."""
    everybody = union(
        select(referral_asks.c.child_id).where(referral_asks.c.referral_id.in_(waiting)),
        select(sibling_members.c.child_id).where(sibling_members.c.group_id.in_(_groups(waiting))),
        select(placements.c.child_id).where(placements.c.id.in_(present)),
    ).subquery()
    return select(children.c.id).where(children.c.id.in_(select(everybody.c.child_id)))


def _profiles(people: Select[Any], as_of: date) -> Select[Any]:
    """Each child's newest profile made by the day."""
    p = needs_profiles.c
    newest = func.row_number().over(
        partition_by=p.child_id, order_by=(p.made_on.desc(), p.created_at.desc(), p.id.desc())
    )
    ranked = select(p.id, newest.label("place")).where(p.child_id.in_(people), p.made_on <= as_of).subquery()
    return select(ranked.c.id).where(ranked.c.place == 1)
