"""A small authority for examples: a hundred fostered, thirty in children's homes, and known beds and prices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from matching.sufficiency.estimates import Estimates
from matching.sufficiency.futures import Future, Situation, futures
from matching.sufficiency.kinds import GRID, KINDS, CareKind, Supplier
from matching.sufficiency.nights import Ahead, InCare
from matching.sufficiency.rates import Rates, known_rates
from matching.sufficiency.supply import Beds
from matching.values import HomeId, Pence

FIRST = date(2026, 9, 1)
F, R, U = (KINDS.index(kind) for kind in (CareKind.FOSTERING, CareKind.RESIDENTIAL, CareKind.RELATIVE_OR_FRIEND))


def rates(coming: float = 0.1) -> Rates:
    """Everybody stays about two years and leaves care; children of five to nine come to fostering."""
    leaving = np.full(GRID.shape, 1 / 730)
    onward = np.zeros((*GRID.shape[:2], len(KINDS) + 1))
    onward[..., -1] = 1
    come = np.zeros(GRID.shape[:2])
    come[F, 2] = coming
    return known_rates(GRID, leaving, onward, come)


def start(fostered: int = 100, residential: int = 30, relatives: int = 10) -> InCare:
    """Children of twelve in the first area, every fourth in the second."""
    kind = np.repeat(np.array([F, R, U], np.int16), (fostered, residential, relatives))
    area = (np.arange(kind.size) % 4 == 0).astype(np.int16)
    age = np.full(kind.size, 12 * 365.25, np.float32)
    return InCare(kind, age, np.full(kind.size, 100, np.float32), area)


def beds(
    kind: CareKind, supplier: Supplier, used: int, usable: float, weekly: int, number: int = 1, **other: Any
) -> Beds:
    """One row."""
    household = kind is CareKind.FOSTERING and supplier is Supplier.OWN
    row = Beds(
        home=HomeId(UUID(int=number)), kind=kind, supplier=supplier, area="NR", beds=max(used, int(usable)), used=used,
        usable=usable, weekly=Pence(weekly), block=False, household=household,
    )  # fmt: skip
    return replace(row, **other)


OWN = tuple(beds(CareKind.FOSTERING, Supplier.OWN, 2 if at < 25 else 0, 2, 42_000, at) for at in range(30))
"""Sixty beds in thirty households, fifty of them used."""
BOUGHT = (
    beds(CareKind.FOSTERING, Supplier.BOUGHT, 50, 55, 80_001, 31, area="PE"),
    beds(CareKind.RESIDENTIAL, Supplier.OWN, 8, 8, 284_400, 32, block=True),
    beds(CareKind.RESIDENTIAL, Supplier.BOUGHT, 22, 25, 385_500, 33),
    beds(CareKind.RELATIVE_OR_FRIEND, Supplier.OWN, 10, 10, 33_000, 34),
)


def situation(**other: Any) -> Situation:
    """The authority, but for what is said."""
    usual = Situation(
        first=FIRST, start=start(), estimates=Estimates(rates(), 730, 730), beds=(*OWN, *BOUGHT), areas=("NR", "PE")
    )
    return replace(usual, **other)


def future(days: int = 730, replicates: int = 100, seed: int = 1, **other: Any) -> Future:
    """Its next two years."""
    return futures(situation(**other), Ahead(first=FIRST, days=days, replicates=replicates, seed=seed))
