"""Named scenarios of an authority: the newest version of each, and every version there was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update

from db.acts import Act
from db.errors import AlreadyExists, NotFound, Stale
from db.tables.what_ifs import scenario_versions, scenarios
from db.units import Unit

_NOUN = "scenario"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredScenario:
    """A scenario as it stands in the database."""

    id: UUID
    name: str
    says: str
    changes: tuple[dict[str, Any], ...]
    """As matching.scenarios.documents writes them."""
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioVersion:
    """A scenario as it stood once."""

    version: int
    name: str
    says: str
    changes: tuple[dict[str, Any], ...]
    made_at: datetime
    made_by: str
    """The id of a key or a staff reference; never a name."""


class Scenarios:
    """The authority's scenarios."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def all(self) -> tuple[StoredScenario, ...]:
        """Every scenario, by name."""
        rows = self._unit.connection.execute(select(scenarios).where(self._mine()).order_by(scenarios.c.name))
        return tuple(_scenario(row) for row in rows)

    def get(self, wanted: UUID) -> StoredScenario:
        """One scenario. Raises NotFound."""
        mine = select(scenarios).where(self._mine(), scenarios.c.id == wanted)
        row = self._unit.connection.execute(mine).one_or_none()
        if row is None:
            raise NotFound(_NOUN, wanted)
        return _scenario(row)

    def versions(self, wanted: UUID) -> tuple[ScenarioVersion, ...]:
        """Every version there was, newest first. Raises NotFound."""
        self.get(wanted)
        table = scenario_versions
        mine = select(table).where(table.c.authority_id == self._unit.authority, table.c.scenario_id == wanted)
        rows = self._unit.connection.execute(mine.order_by(table.c.version.desc()))
        return tuple(
            ScenarioVersion(
                version=row.version,
                name=row.name,
                says=row.says,
                changes=tuple(row.changes),
                made_at=row.made_at,
                made_by=row.made_by,
            )
            for row in rows
        )

    def add(self, scenario: UUID, name: str, says: str, changes: Sequence[Any], act: Act) -> StoredScenario:
        """Records a scenario. Raises AlreadyExists when another of the authority has the name."""
        self._require_free(name, scenario)
        row = {"id": scenario, "name": name, "says": says, "changes": list(changes)}
        stamps = {"version": 1, "created_at": act.at, "updated_at": act.at}
        self._unit.connection.execute(insert(scenarios).values(**row, authority_id=self._unit.authority, **stamps))
        return self._kept(scenario, act, before=None)

    def replace(
        self, scenario: UUID, name: str, says: str, changes: Sequence[Any], act: Act, *, expected: int | None
    ) -> StoredScenario:
        """Puts another version in its place; the one before is kept. Raises NotFound, Stale, AlreadyExists."""
        stored = self.get(scenario)
        if expected is not None and stored.version != expected:
            raise Stale(_NOUN, scenario, stored.version)
        if (stored.name, stored.says, list(stored.changes)) == (name, says, list(changes)):
            return stored
        self._require_free(name, scenario)
        row = {"name": name, "says": says, "changes": list(changes)}
        stamps = {"version": stored.version + 1, "updated_at": act.at}
        self._unit.connection.execute(update(scenarios).where(scenarios.c.id == scenario).values(**row, **stamps))
        return self._kept(scenario, act, before=stored.version)

    def remove(self, scenario: UUID, act: Act, *, expected: int | None) -> None:
        """Takes a scenario and its versions away; studies made with it stay. Raises NotFound, Stale."""
        stored = self.get(scenario)
        if expected is not None and stored.version != expected:
            raise Stale(_NOUN, scenario, stored.version)
        self._unit.connection.execute(delete(scenario_versions).where(scenario_versions.c.scenario_id == scenario))
        self._unit.connection.execute(delete(scenarios).where(scenarios.c.id == scenario))
        self._unit.audit.append(act, _NOUN, scenario, before={"version": stored.version})

    def _kept(self, scenario: UUID, act: Act, before: int | None) -> StoredScenario:
        now = self.get(scenario)
        row = {"scenario_id": scenario, "version": now.version, "authority_id": self._unit.authority}
        said = {"name": now.name, "says": now.says, "changes": list(now.changes)}
        made = {"made_at": act.at, "made_by": act.actor}
        self._unit.connection.execute(insert(scenario_versions).values(**row, **said, **made))
        told = {"version": now.version, "changes": [change["change"] for change in now.changes]}
        self._unit.audit.append(act, _NOUN, scenario, before={} if before is None else {"version": before}, after=told)
        return now

    def _require_free(self, name: str, scenario: UUID) -> None:
        same = select(scenarios.c.id).where(self._mine(), scenarios.c.name == name, scenarios.c.id != scenario)
        other = self._unit.connection.execute(same).scalar_one_or_none()
        if other is not None:
            raise AlreadyExists(_NOUN, name, other)

    def _mine(self) -> ColumnElement[bool]:
        return scenarios.c.authority_id == self._unit.authority


def _scenario(row: Any) -> StoredScenario:
    return StoredScenario(
        id=row.id,
        name=row.name,
        says=row.says,
        changes=tuple(row.changes),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
