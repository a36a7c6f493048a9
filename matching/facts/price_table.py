"""What a week in each home costs, looked up by age and band of need, and what is paid on top."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.answers import Bools, position, positions
from matching.codes import NeedsBand, PriceAddOn, Staffing
from matching.homes import Home

AGES = 26
BANDS = len(NeedsBand)
ANY_BAND = BANDS
"""Stands for a band that is not known: a price is known then only where every band costs the same."""
NO_PRICE = -1

STAFFING_ADD_ONS = {
    Staffing.ONE_TO_ONE: PriceAddOn.ONE_TO_ONE,
    Staffing.TWO_TO_ONE: PriceAddOn.TWO_TO_ONE,
    Staffing.MORE_THAN_TWO_TO_ONE: PriceAddOn.MORE_THAN_TWO_TO_ONE,
}
"""In rising order of staff."""


class PriceTable:
    """Base prices by age and band, and add-ons, of every home: whole pence a week, NO_PRICE where there is none."""

    def __init__(self, homes: Sequence[Home]) -> None:
        self._base: NDArray[np.int32] = np.full((AGES, BANDS + 1, len(homes)), NO_PRICE, dtype=np.int32)
        self._add_ons: NDArray[np.int32] = np.full((len(PriceAddOn), len(homes)), NO_PRICE, dtype=np.int32)
        self._read_base(homes)
        for at, home in enumerate(homes):
            for add_on, pence in home.prices.add_ons.items():
                self._add_ons[position(add_on), at] = pence
        alike = (self._base[:, :BANDS] == self._base[:, :1]).all(axis=1)
        self._base[:, ANY_BAND] = np.where(alike, self._base[:, 0], NO_PRICE)

    def _read_base(self, homes: Sequence[Home]) -> None:
        # Of two prices for one age and band the first holds: later assignments win, so the rows are read backwards.
        rows = [(at, row) for at, home in enumerate(homes) for row in reversed(home.prices.base)]
        if rows:
            home_at, band = np.array([at for at, _ in rows]), np.array(positions(row.band for _, row in rows))
            youngest = np.array([row.ages.youngest for _, row in rows], dtype=np.int8)
            oldest = np.array([row.ages.oldest for _, row in rows], dtype=np.int8)
            weekly = np.array([row.weekly for _, row in rows], dtype=np.int32)
            for age in range(AGES):
                here = np.flatnonzero((youngest <= age) & (age <= oldest))
                self._base[age, band[here], home_at[here]] = weekly[here]

    def base(self, ages: NDArray[np.signedinteger], bands: NDArray[np.signedinteger]) -> NDArray[np.int32]:
        """The base for children of these ages and bands (n,): shape (n, m)."""
        found: NDArray[np.int32] = self._base[np.minimum(ages, AGES - 1), bands]
        return found

    def add_on(self, add_on: PriceAddOn) -> NDArray[np.int32]:
        """What one add-on costs in each home, shape (m,); nothing where the home does not price it."""
        found: NDArray[np.int32] = np.maximum(self._add_ons[position(add_on)], 0)
        return found

    def staffing(self, ratio: Staffing) -> tuple[NDArray[np.int32], Bools]:
        """What at least so much staff costs on top, and where it can be bought, shape (m,)."""
        order = list(STAFFING_ADD_ONS)
        wanted = [STAFFING_ADD_ONS[one] for one in order[order.index(ratio) :]]
        offers = self._add_ons[[position(add_on) for add_on in wanted]]
        cheapest = np.where(offers == NO_PRICE, np.iinfo(np.int32).max, offers).min(axis=0)
        can = (offers != NO_PRICE).any(axis=0)
        return np.where(can, cheapest, 0).astype(np.int32), can
