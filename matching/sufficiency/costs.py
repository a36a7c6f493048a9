"""What nights cost: whole pence in the smallest parts, so that every total is the sum of its parts to the penny."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matching.sufficiency.capacity import Capacity, Housed
from matching.sufficiency.kinds import WITH_BEDS, CareKind, Supplier
from matching.sufficiency.supply import Beds, round_half_up
from matching.values import Pence

YEAR = 365
"""Days of a year of cost, counted from the first day; leap days fall to the year they lie in."""
Longs = NDArray[np.int64]


class Payee(StrEnum):
    """Where a night is paid for."""

    OWN = "own"
    BOUGHT = "bought"
    BEYOND = "beyond"
    """Children for whom no bed of the kind is known: priced as if one like those bought could be had."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Mean weekly prices, by kind and supplier, in the money of the first day; a kind without a price is not priced."""

    weekly: Mapping[tuple[CareKind, Supplier], Pence]
    block: frozenset[CareKind]
    """Kinds whose own beds are paid for whether used or not."""
    per_mille_a_year: int = 0
    """How much dearer everything grows with each year, in thousandths."""

    def of(self, kind: CareKind, payee: Payee, year: int) -> Pence | None:
        """Pence a week in a year counted from 0; None where no home of the kind has a price."""
        suppliers = (Supplier.OWN, Supplier.BOUGHT) if payee is Payee.OWN else (Supplier.BOUGHT, Supplier.OWN)
        found = next((self.weekly[kind, one] for one in suppliers if (kind, one) in self.weekly), None)
        if found is None:
            return None
        return Pence(round_half_up(found * (1000 + self.per_mille_a_year) ** year, 1000**year))


def prices_of(beds: Sequence[Beds], per_mille_a_year: int = 0) -> Prices:
    """What is paid on average: homes on record by who lives there, new ones with a price of their own by their beds."""
    weekly = {}
    for kind in CareKind:
        for supplier in Supplier:
            rows = [row for row in beds if (row.kind, row.supplier) == (kind, supplier) and row.weekly is not None]
            weights = [row.used if row.home is not None else row.usable for row in rows]
            if rows and not sum(weights):
                weights = [1] * len(rows)
            if rows:
                thousandths = [round(1000 * weight) for weight in weights]
                total = sum(weight * (row.weekly or 0) for weight, row in zip(thousandths, rows, strict=True))
                weekly[kind, supplier] = Pence(round_half_up(total, sum(thousandths)))
    own = [row for row in beds if row.supplier is Supplier.OWN and row.kind in WITH_BEDS]
    block = frozenset(row.kind for row in own if row.block)
    return Prices(weekly, block, per_mille_a_year)


@dataclass(frozen=True, slots=True)
class CostCell:
    """One kind, payee and year: nights paid for and pence, each by replicate."""

    kind: CareKind
    payee: Payee
    year: int
    """Counted from 0."""
    weekly: Pence
    nights: Longs
    pence: Longs


def cost_cells(
    lived: Mapping[CareKind, Housed], relatives: NDArray[np.int16], beds: Capacity, prices: Prices
) -> tuple[CostCell, ...]:
    """Every cell, by kind, payee and year. Block beds are paid for when they are empty too."""
    days = relatives.shape[1]
    found = []
    for kind in (*WITH_BEDS, CareKind.RELATIVE_OR_FRIEND):
        for payee, nights in _paid(kind, lived, relatives, beds, prices):
            for year, first in enumerate(range(0, days, YEAR)):
                weekly = prices.of(kind, payee, year)
                if weekly is not None:
                    total = nights[:, first : first + YEAR].sum(axis=1, dtype=np.int64)
                    found.append(CostCell(kind, payee, year, weekly, total, _pence(total, weekly)))
    return tuple(found)


def _paid(
    kind: CareKind,
    lived: Mapping[CareKind, Housed],
    relatives: NDArray[np.int16],
    beds: Capacity,
    prices: Prices,
) -> list[tuple[Payee, NDArray[np.int16]]]:
    if kind is CareKind.RELATIVE_OR_FRIEND:
        return [(Payee.OWN, relatives)]
    here = lived[kind]
    own = np.maximum(here.own, beds.own[kind]) if kind in prices.block else here.own
    return [(Payee.OWN, own), (Payee.BOUGHT, here.bought), (Payee.BEYOND, here.unmet)]


def _pence(nights: Longs, weekly: int) -> Longs:
    """Sevenths of a week to the nearest penny, halves up."""
    return np.asarray((2 * nights * weekly + 7) // 14)
