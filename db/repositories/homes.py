"""Providers, and the homes an authority may see: its own, and those its region shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, bindparam, or_, select

from db.acts import Act
from db.beds import Beds
from db.mapping.homes import HOMES, PROVIDERS
from db.mapping.shapes import Stored
from db.pages import Listable
from db.repositories.repository import Repository
from db.tables.authorities import authorities
from db.tables.homes import approval_children, homes, providers
from db.types import Key
from db.units import Unit
from matching.homes import Home, Provider

_PROVIDERS = Listable(
    key=providers.c.id,
    filters={name: providers.c[name] for name in ("sector", "framework_tier", "open_concern", "name", "external_ref")},
    sorts={name: providers.c[name] for name in ("created_at", "updated_at", "external_ref", "name")},
)

_HOMES = Listable(
    key=homes.c.id,
    filters={
        name: homes.c[name]
        for name in (
            "sector",
            "kind",
            "provider_id",
            "authority_id",
            "area",
            "availability",
            "last_confirmed",
            "ofsted",
            "registered",
            "registered_beds",
            "solo_only",
            "external_ref",
        )
    },
    sorts={name: homes.c[name] for name in ("created_at", "updated_at", "external_ref", "kind", "registered_beds")},
)


class Providers(Repository[Provider]):
    """The authority's records of providers."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, PROVIDERS, _PROVIDERS)


class Homes(Repository[Home]):
    """Homes the authority may see. It writes only its own.

    Writing one whose beds are fewer than are promised raises BedsPromised, naming what stands in the way.
    """

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, HOMES, _HOMES)

    def visible(self) -> ColumnElement[bool]:
        """Its own, and those shared with its region."""
        return visible_homes(self.unit.authority)

    def sees(self) -> ColumnElement[bool]:
        """The same as a constant condition, for the authority given as `own`."""
        return HOMES_SEEN

    def of_provider(self, provider: UUID) -> tuple[Stored[Home], ...]:
        """The homes a provider runs, by reference."""
        found = self.where(homes.c.provider_id == provider)
        return tuple(sorted(found.values(), key=lambda stored: stored.value.external_ref))

    def lock(self, wanted: Sequence[UUID]) -> None:
        """Keeps homes, their beds and who lives there from others until the unit ends."""
        self.unit.beds.update({stored.value.id: stored.value.beds for stored in self.lock_these(wanted)})

    def changes(self) -> None:
        """Also forgets how many beds were locked."""
        super().changes()
        self.unit.beds.clear()

    def shared_by_others(self) -> dict[UUID, tuple[str, str]]:
        """The homes that other authorities of the region share: by id, the authority's code and its own reference."""
        columns = select(homes.c.id, authorities.c.code, homes.c.external_ref)
        theirs = columns.join(authorities, authorities.c.id == homes.c.authority_id).where(
            self.visible(), homes.c.authority_id != self.unit.authority
        )
        return {row.id: (row.code, row.external_ref) for row in self.unit.connection.execute(theirs)}

    def naming(self, children: Sequence[UUID]) -> frozenset[UUID]:
        """The homes whose terms of approval name one of the children."""
        rows = self.unit.connection.execute(_NAMING, {"children": list(children)})
        return frozenset(row.home_id for row in rows)

    def prepare(self, writes: Sequence[tuple[Stored[Home] | None, Home]], act: Act) -> None:
        """Refuses to lower beds below what is promised."""
        beds = Beds(self.unit)
        for stored, home in writes:
            if stored is not None and home.beds < stored.value.beds:
                beds.fit(home.id, home.beds, act.at.astimezone(UTC))


def visible_homes(authority: UUID | BindParameter[UUID]) -> ColumnElement[bool]:
    """Which homes an authority may see: its own, and those its region shares."""
    region = select(authorities.c.region_id).where(authorities.c.id == authority).scalar_subquery()
    return or_(homes.c.authority_id == authority, homes.c.region_id == region)


_NAMING = select(approval_children.c.home_id).where(
    approval_children.c.child_id.in_(bindparam("children", expanding=True)), approval_children.c.exempt.is_(False)
)
HOMES_SEEN = visible_homes(bindparam("own", type_=Key()))
