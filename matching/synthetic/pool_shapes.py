"""How large, scarce and varied a pool is to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolShape:
    """What a pool is to be like."""

    name: str
    children: int
    """Children who wait."""
    homes: int
    counties: int = 1
    """How many counties' ground the homes and families are spread over; 30 fill about as much as England."""
    sibling_share: float = 1 / 3
    """The share of children who wait with, or have living elsewhere, brothers or sisters."""
    beds: tuple[tuple[int, float], ...] = ((1, 50.0), (2, 32.0), (3, 14.0), (4, 4.0))
    """Registered beds of a home and how common they are."""
    filled: float = 0.55
    """How often each bed of a home is filled already: nearer 1 is scarcer."""
    unavailable: float = 0.2
    """How often a home is on hold, full, suspended or closing."""
    unknown: float = 0.02
    """How often a fact that may be missing is missing."""
    varied: float = 0.08
    """How often each unusual thing is asked for."""
    even_kinds: bool = False
    ties: bool = False
    """Whether places lie on a coarse grid and prices are alike, so that plans tie."""
    residents_have_profiles: bool = False
    as_of: date = field(default=date(2026, 9, 1))


COUNTY: Final = PoolShape(name="county", children=60, homes=900, residents_have_profiles=True)
REGION: Final = PoolShape(name="region", children=600, homes=5_000, counties=6)
NATION: Final = PoolShape(name="nation", children=6_000, homes=50_000, counties=30, filled=0.4)
SMALL: Final = PoolShape(
    name="small",
    children=5,
    homes=7,
    sibling_share=0.5,
    unknown=0.12,
    varied=0.25,
    unavailable=0.15,
    filled=0.3,
    even_kinds=True,
    residents_have_profiles=True,
)
