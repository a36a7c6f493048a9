"""What an authority has decided: its policy, its own parameters and its framework of needs, each with its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, func, insert, or_, select, update

from db.acts import Act
from db.errors import AlreadyExists, NotFound
from db.mapping.authorities import policy_definition, policy_of
from db.mapping.needs import framework_of, framework_row
from db.mapping.shapes import Values
from db.tables.authorities import authorities, policies
from db.tables.needs import frameworks
from db.units import Unit
from matching.needs import Framework
from matching.policy import PRESETS, Policy, Preset
from matching.rules.parameters import Parameters


class Policies:
    """The authority's policies: one is in force, and the earlier ones are kept."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def in_force(self) -> Policy:
        """The policy in force; the balanced preset until the authority adopts one."""
        mine = select(policies).where(policies.c.authority_id == self._unit.authority, policies.c.retired_at.is_(None))
        row = self._unit.connection.execute(mine).one_or_none()
        return PRESETS[Preset.BALANCED] if row is None else policy_of(row)

    def history(self) -> tuple[Policy, ...]:
        """Every policy the authority has adopted, newest first."""
        mine = select(policies).where(policies.c.authority_id == self._unit.authority)
        rows = self._unit.connection.execute(mine.order_by(policies.c.policy_version.desc()))
        return tuple(policy_of(row) for row in rows)

    def adopt(self, policy: Policy, act: Act) -> Policy:
        """Puts a policy in force under the authority's next version number; the one before is retired."""
        mine = policies.c.authority_id == self._unit.authority
        last = self._unit.connection.execute(select(func.max(policies.c.policy_version)).where(mine)).scalar_one() or 0
        adopted = replace(policy, version=last + 1)
        retiring = update(policies).where(mine, policies.c.retired_at.is_(None)).values(retired_at=act.at)
        self._unit.connection.execute(retiring)
        row: Values = {
            "id": uuid4(),
            "authority_id": self._unit.authority,
            "name": adopted.name,
            "policy_version": adopted.version,
            "definition": policy_definition(adopted),
            "created_at": act.at,
        }
        self._unit.connection.execute(insert(policies).values(row))
        told = {"version": adopted.version, **row["definition"]}
        self._unit.audit.append(act, "policy", row["id"], before={"version": last}, after=told)
        self._unit.pool_changes()
        return adopted


class OwnParameters:
    """The values that policy lets the authority set for itself."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def on(self, day: date) -> Parameters:
        """The values in force on a day, the authority's own among them."""
        mine: Select[Any] = select(authorities.c.parameters).where(authorities.c.id == self._unit.authority)
        return Parameters(day, MappingProxyType(self._unit.connection.execute(mine).scalar_one()))

    def set(self, own: Mapping[str, int], act: Act) -> Parameters:
        """Puts the authority's own values in place of those it had. Raises DomainError for one it may not set."""
        before = self.on(act.at.date())
        now = Parameters(act.at.date(), MappingProxyType(dict(own)))
        mine = update(authorities).where(authorities.c.id == self._unit.authority)
        self._unit.connection.execute(mine.values(parameters=dict(own), updated_at=act.at))
        self._unit.audit.append(act, "parameters", self._unit.authority, before=before.own, after=now.own)
        self._unit.pool_changes()
        return now


class Frameworks:
    """Frameworks the authority may use: its own and those that every authority may use. A version never changes."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def all(self) -> tuple[Framework, ...]:
        """Every framework the authority may use, by code, oldest version first."""
        may_use = or_(frameworks.c.authority_id == self._unit.authority, frameworks.c.authority_id.is_(None))
        order = (frameworks.c.code, frameworks.c.framework_version)
        rows = self._unit.connection.execute(select(frameworks).where(may_use).order_by(*order))
        return tuple(framework_of(row) for row in rows)

    def get(self, wanted: UUID) -> Framework:
        """One framework. Raises NotFound, also for another authority's."""
        for framework in self.all():
            if framework.id == wanted:
                return framework
        raise NotFound("framework", wanted)

    def in_use(self) -> Framework:
        """The framework new profiles are made with. Raises NotFound when there is none at all."""
        mine = select(authorities.c.framework_id).where(authorities.c.id == self._unit.authority)
        return in_use(self.all(), self._unit.connection.execute(mine).scalar_one())

    def add(self, framework: Framework, act: Act) -> Framework:
        """Records a version of a framework: the authority's own, or one for everybody from a unit opened for none.

        Raises AlreadyExists when that version is on record.
        """
        row = framework_row(framework)
        same = select(frameworks.c.id).where(
            frameworks.c.authority_id.is_not_distinct_from(row["authority_id"]),
            frameworks.c.code == framework.code,
            frameworks.c.framework_version == framework.version,
        )
        existing = self._unit.connection.execute(same).scalar_one_or_none()
        if existing is not None:
            raise AlreadyExists("framework", f"{framework.code} version {framework.version}", existing)
        self._unit.connection.execute(insert(frameworks).values({**row, "created_at": act.at}))
        told = {"code": framework.code, "version": framework.version}
        self._unit.audit.append(act, "framework", framework.id, after=told)
        self._unit.pool_changes()
        return framework

    def use(self, wanted: UUID, act: Act) -> Framework:
        """Makes a framework the one that new profiles are made with. Raises NotFound."""
        framework = self.get(wanted)
        mine = update(authorities).where(authorities.c.id == self._unit.authority)
        self._unit.connection.execute(mine.values(framework_id=wanted, updated_at=act.at))
        self._unit.audit.append(act, "framework in use", wanted)
        self._unit.pool_changes()
        return framework


def in_use(known: tuple[Framework, ...], chosen: UUID | None) -> Framework:
    """The framework chosen, else the newest that every authority may use. Raises NotFound when there is neither."""
    picked = [framework for framework in known if framework.id == chosen]
    for_all = [framework for framework in known if framework.authority is None]
    if not picked and not for_all:
        raise NotFound("framework", "in use")
    return picked[0] if picked else max(for_all, key=lambda framework: framework.version)
