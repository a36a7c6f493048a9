"""Children, and apart from them who they are."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select

from db.acts import Act
from db.errors import NotFound
from db.mapping.people import CHILDREN
from db.pages import Listable
from db.repositories.repository import Repository
from db.tables.people import child_identities, children
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

    def record(self, identity: Identity, act: Act) -> None:
        """Records who a child is, in place of what was on record. Raises Refused for a child there is not."""
        self._forget(identity.child)
        self._unit.connection.execute(
            insert(child_identities).values(
                child_id=identity.child,
                authority_id=self._unit.authority,
                given_name=identity.given_name,
                family_name=identity.family_name,
                initials=identity.initials,
                updated_at=act.at,
            )
        )
        self._unit.audit.append(act, "child identity", identity.child)

    def _forget(self, child: UUID) -> None:
        table = child_identities
        mine = (table.c.authority_id == self._unit.authority) & (table.c.child_id == child)
        self._unit.connection.execute(delete(table).where(mine))
