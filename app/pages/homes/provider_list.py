"""Who runs homes: how many homes and beds each has, how many are free, and how each answers when asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Response

from app.pages.naming import sector
from app.pages.visits import May, Visit
from app.pages.words import capital
from app.services.home_files import find_homes
from matching.homes import Provider

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One provider."""

    name: str
    href: str
    """Its homes."""
    sector: str
    tier: str
    homes: int
    beds: int
    free: int
    concern: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderListPage:
    """Providers."""

    template: ClassVar[str] = "homes/providers.html"
    title: str = "Providers"
    rows: tuple[Row, ...]


@router.get("/providers", name="page_providers")
def providers(visit: Annotated[Visit, Depends(May("list_providers"))]) -> Response:
    """Every provider of a home on record, the largest first."""
    found = find_homes(visit.office, visit.caller)
    homes, beds, free = Counter[str](), Counter[str](), Counter[str]()
    for one in found.homes:
        key = str(one.home.provider)
        homes[key] += 1
        beds[key] += one.home.beds
        free[key] += one.free[0]
    rows = [_row(one, homes, beds, free) for one in found.providers.values()]
    return visit.page(ProviderListPage(rows=tuple(sorted(rows, key=lambda row: (-row.homes, row.name)))))


def _row(one: Provider, homes: Counter[str], beds: Counter[str], free: Counter[str]) -> Row:
    key = str(one.id)
    return Row(
        name=one.name,
        href=f"/homes?{urlencode({'find': one.name[:40]})}",
        sector=capital(sector(one.sector.value)),
        tier=f"Tier {one.framework_tier}" if one.framework_tier is not None else "Not on a framework",
        homes=homes[key],
        beds=beds[key],
        free=free[key],
        concern=one.open_concern,
    )
