"""Sibling groups: brothers and sisters who are looked after, wherever each lives."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import bindparam, select

from db.mapping.people import SIBLING_GROUPS
from db.mapping.shapes import Stored
from db.pages import Listable
from db.repositories.repository import Repository
from db.tables.people import sibling_groups, sibling_members
from db.units import Unit
from matching.people import SiblingGroup

_LISTABLE = Listable(
    key=sibling_groups.c.id,
    filters={"external_ref": sibling_groups.c.external_ref},
    sorts={name: sibling_groups.c[name] for name in ("created_at", "updated_at", "external_ref")},
)


class SiblingGroups(Repository[SiblingGroup]):
    """The authority's sibling groups; the database refuses a member who is another authority's."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, SIBLING_GROUPS, _LISTABLE)
        self._of_child: dict[UUID, tuple[Stored[SiblingGroup], ...]] = {}
        """Asked for before in this unit: whoever writes a group is alone."""

    def of_child(self, child: UUID) -> tuple[Stored[SiblingGroup], ...]:
        """The groups a child belongs to."""
        if child not in self._of_child:
            self._of_child[child] = tuple(self.where(_WITH_CHILD, {"child": child}).values())
        return self._of_child[child]

    def changes(self) -> None:
        """Also forgets whose groups were asked for."""
        super().changes()
        self._of_child.clear()


_WITH_CHILD = sibling_groups.c.id.in_(
    select(sibling_members.c.group_id).where(sibling_members.c.child_id == bindparam("child"))
)
