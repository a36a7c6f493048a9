"""Children, and apart from them who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select

from db.acts import Act
from db.errors import NotFound
from db.mapping.people import CHILDREN
from db.pages import Listable
from db.repositories.repository import Repository, Upserted
from db.rows import one_of
from db.tables.people import child_identities, children
from db.tables.placements import placements
from db.units import Unit
from matching.people import Child
from matching.values import ChildId

_LISTABLE = Listable(
    key=children.c.id,
    filters={name: children.c[name] for name in ("sex", "legal_status", "care_plan", "uasc", "born", "external_ref")},
    sorts={name: children.c[name] for name in ("created_at", "updated_at", "external_ref", "born")},
)


class Children(Repository[Child]):
    """The authority's children, without their names."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, CHILDREN, _LISTABLE)

    def lock(self, wanted: Sequence[UUID]) -> None:
        """Keeps children, and where each of them lives, from others until the unit ends."""
        self.lock_these(wanted)

    def lock_of_placement(self, placement: UUID) -> None:
        """The same for the child of a placement."""
        self.locked(_OF_PLACEMENT, {"placement": placement})


_OF_PLACEMENT = children.c.id.in_(select(placements.c.child_id).where(placements.c.id == bindparam("placement")))


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a child is. Only pages and services with a need read it, and every reading is audited."""

    child: ChildId
    given_name: str
    family_name: str
    initials: str


class Identities:
    """Names of the authority's children. Reading one needs a writing unit of work, for it leaves an audit event."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def read(self, child: ChildId, act: Act) -> Identity:
        """Who a child is. Raises NotFound when no name is on record."""
        table = child_identities
        mine = select(table).where(table.c.authority_id == self._unit.authority, table.c.child_id == child)
        row = self._unit.connection.execute(mine).one_or_none()
        if row is None:
            raise NotFound("name for child", child)
        self._unit.audit.append(act, "child identity", child)
        return Identity(row.child_id, row.given_name, row.family_name, row.initials)

    def initials(self, children: Sequence[ChildId]) -> dict[ChildId, str]:
        """The initials of children whose name is on record: what people who know the child know the child by."""
        table, connection = child_identities, self._unit.connection
        mine = table.c.authority_id == self._unit.authority
        wanted = select(table.c.child_id, table.c.initials).where(mine, one_of(connection, table.c.child_id, children))
        return {row.child_id: row.initials for row in connection.execute(wanted)}

    def version(self, child: UUID) -> int:
        """Another number after every change, from when the name was recorded; 0 when none is. Tells no name."""
        table = child_identities
        mine = (table.c.authority_id == self._unit.authority) & (table.c.child_id == child)
        at = self._unit.connection.execute(select(table.c.updated_at).where(mine)).scalar_one_or_none()
        return 0 if at is None else int(at.timestamp() * 1000) % 10**9

    def record(self, identity: Identity, act: Act) -> None:
        """Records who a child is, in place of what was on record. Raises Refused for a child there is not."""
        self._forget(identity.child)
        self._insert([identity], act)
        self._unit.audit.append(act, "child identity", identity.child)

    def record_many(self, identities: Sequence[Identity], act: Act) -> Upserted:
        """Records who children are; what is on record already is left alone. One audit event tells of all of it.

        Raises Refused for a child there is not.
        """
        known = self._among([one.child for one in identities])
        new = [one for one in identities if known.get(one.child) != one]
        for one in new:
            if one.child in known:
                self._forget(one.child)
        self._insert(new, act)
        added = sum(one.child not in known for one in new)
        done = Upserted(added, len(new) - added, len(identities) - len(new))
        if new:
            self._unit.audit.append(act, "child identity", None, after={"added": done.added, "changed": done.changed})
        return done

    def read_many(self, children: Sequence[ChildId], act: Act) -> tuple[Identity, ...]:
        """Who some children are, for those whose name is on record; one audit event names them all."""
        found = self._among(children)
        self._unit.audit.append(act, "child identity", None, after={"children": sorted(found)})
        return tuple(found[child] for child in children if child in found)

    def _among(self, children: Sequence[ChildId]) -> dict[ChildId, Identity]:
        table, connection = child_identities, self._unit.connection
        mine = table.c.authority_id == self._unit.authority
        rows = connection.execute(select(table).where(mine, one_of(connection, table.c.child_id, children)))
        return {row.child_id: Identity(row.child_id, row.given_name, row.family_name, row.initials) for row in rows}

    def _insert(self, identities: Sequence[Identity], act: Act) -> None:
        own = {"authority_id": self._unit.authority, "updated_at": act.at}
        rows = [
            {
                "child_id": one.child,
                "given_name": one.given_name,
                "family_name": one.family_name,
                "initials": one.initials,
                **own,
            }
            for one in identities
        ]
        if rows:
            self._unit.connection.execute(insert(child_identities), rows)

    def _forget(self, child: UUID) -> None:
        table = child_identities
        mine = (table.c.authority_id == self._unit.authority) & (table.c.child_id == child)
        self._unit.connection.execute(delete(table).where(mine))
