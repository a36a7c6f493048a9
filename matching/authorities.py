"""Authorities and the regions in which they share homes."""

from __future__ import annotations

from dataclasses import dataclass

from matching.values import AuthorityCode, AuthorityId, RegionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Authorities that share homes with one another."""

    id: RegionId
    external_ref: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A council with duties to children in care; every record belongs to one."""

    id: AuthorityId
    code: AuthorityCode
    name: str
    region: RegionId | None = None
    adjoining: frozenset[AuthorityCode] = frozenset()
    """Authorities that share a boundary with this one."""
