"""Needs profiles: the one in force, and the history."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam

from db.mapping.needs import PROFILES
from db.mapping.shapes import Stored
from db.pages import Listable
from db.repositories.repository import Repository
from db.tables.needs import needs_profiles
from db.units import Unit
from matching.needs import NeedsProfile

_LISTABLE = Listable(
    key=needs_profiles.c.id,
    filters={name: needs_profiles.c[name] for name in ("child_id", "framework_id", "made_on", "review_due")},
    sorts={
        name: needs_profiles.c[name] for name in ("created_at", "updated_at", "made_on", "review_due", "external_ref")
    },
)


class Profiles(Repository[NeedsProfile]):
    """The authority's needs profiles."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, PROFILES, _LISTABLE)

    def history(
        self, child: UUID, *, as_of: date | None = None, words: bool = True
    ) -> tuple[Stored[NeedsProfile], ...]:
        """A child's profiles made by a day, newest first: the first is the one in force."""
        found = self.where(_OF_CHILD, {"child": child, "by": as_of or date.max}, words=words)
        return tuple(sorted(found.values(), key=_newness, reverse=True))


_OF_CHILD = (needs_profiles.c.child_id == bindparam("child")) & (needs_profiles.c.made_on <= bindparam("by"))


def _newness(stored: Stored[NeedsProfile]) -> tuple[date, datetime, UUID]:
    return (stored.value.made_on, stored.created_at, stored.value.id)
