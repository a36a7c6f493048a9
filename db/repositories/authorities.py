"""Authorities and regions. Making one belongs to no authority, so it is done in a unit of work opened for none."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Table, insert, select, update

from db.acts import Act
from db.audit import BEGINNING
from db.errors import AlreadyExists, NotFound, Stale
from db.mapping.authorities import authority_of, authority_row, region_of, region_row
from db.mapping.shapes import Stored, Values
from db.tables.audit import audit_heads
from db.tables.authorities import authorities, regions
from db.units import Unit
from matching.authorities import Authority, Region

_TOLD = ("code", "region_id", "adjoining", "external_ref")


class Authorities:
    """Every authority there is."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def all(self) -> tuple[Authority, ...]:
        """Every authority, by code."""
        rows = self._unit.connection.execute(select(authorities).order_by(authorities.c.code))
        return tuple(authority_of(row) for row in rows)

    def get(self, wanted: UUID) -> Stored[Authority]:
        """One authority. Raises NotFound."""
        row = self._unit.connection.execute(select(authorities).where(authorities.c.id == wanted)).one_or_none()
        if row is None:
            raise NotFound("authority", wanted)
        return Stored(authority_of(row), row.version, row.created_at, row.updated_at)

    def by_code(self, code: str) -> Stored[Authority] | None:
        """The authority with a nine-character code; None when there is none."""
        wanted = select(authorities.c.id).where(authorities.c.code == code)
        found = self._unit.connection.execute(wanted).scalar_one_or_none()
        return None if found is None else self.get(found)

    def add(self, authority: Authority, act: Act) -> Stored[Authority]:
        """Records an authority and begins its audit trail. Raises AlreadyExists, Refused for a region there is not."""
        known = self.by_code(authority.code)
        if known is not None:
            raise AlreadyExists("authority", authority.code, known.value.id)
        begun = {"authority_id": authority.id, "sequence": 0, "hash": BEGINNING}
        self._unit.connection.execute(insert(audit_heads).values(begun))
        _insert(self._unit, authorities, "authority", {**authority_row(authority), "parameters": {}}, act)
        return self.get(authority.id)

    def replace(self, authority: Authority, act: Act, *, expected: int | None = None) -> Stored[Authority]:
        """Changes what is recorded of the unit's own authority. Raises NotFound, Stale."""
        stored = self.get(self._unit.authority)
        if authority.id != self._unit.authority:
            raise NotFound("authority", authority.id)
        if expected is not None and stored.version != expected:
            raise Stale("authority", authority.id, stored.version)
        if stored.value == authority:
            return stored
        row = {**authority_row(authority), "version": stored.version + 1, "updated_at": act.at}
        self._unit.connection.execute(update(authorities).where(authorities.c.id == authority.id).values(row))
        self._unit.audit.append(act, "authority", authority.id, after=_told(row))
        self._unit.pool_changes()
        return self.get(authority.id)


class Regions:
    """Every region there is."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def all(self) -> tuple[Region, ...]:
        """Every region, by reference."""
        rows = self._unit.connection.execute(select(regions).order_by(regions.c.external_ref))
        return tuple(region_of(row) for row in rows)

    def find(self, external_ref: str) -> Region | None:
        """The region with a reference; None when there is none."""
        wanted = select(regions).where(regions.c.external_ref == external_ref)
        row = self._unit.connection.execute(wanted).one_or_none()
        return None if row is None else region_of(row)

    def add(self, region: Region, act: Act) -> Region:
        """Records a region. Raises AlreadyExists."""
        known = self.find(region.external_ref)
        if known is not None:
            raise AlreadyExists("region", region.external_ref, known.id)
        _insert(self._unit, regions, "region", region_row(region), act)
        return region


def _insert(unit: Unit, table: Table, noun: str, row: Values, act: Act) -> None:
    stamps = {"version": 1, "created_at": act.at, "updated_at": act.at}
    unit.connection.execute(insert(table).values({**row, **stamps}))
    unit.audit.append(act, noun, row["id"], after=_told(row))


def _told(row: Values) -> Values:
    return {name: row[name] for name in _TOLD if row.get(name) is not None}
