"""Futures: an authority's next years, many times over, with children, beds and money on every night."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.sufficiency.capacity import USUAL_CARERS, Capacity, Carers, Housed, capacity, housed
from matching.sufficiency.coming import AS_EVER, Demand
from matching.sufficiency.costs import CostCell, Prices, cost_cells, prices_of
from matching.sufficiency.estimates import Estimates
from matching.sufficiency.kinds import KINDS, WITH_BEDS, CareKind
from matching.sufficiency.nights import Ahead, InCare, Nights, Progress, nobody_asks, simulate
from matching.sufficiency.supply import Beds


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the next years start from: children, rates, beds and what is assumed of them."""

    first: date
    start: InCare
    estimates: Estimates
    beds: tuple[Beds, ...]
    areas: tuple[str, ...]
    """The names of the areas by their place in the columns of `start`."""
    carers: Carers = USUAL_CARERS
    demand: Demand = AS_EVER
    inflation_per_mille: int = 0
    """How much dearer everything grows a year, in thousandths."""
    notes: tuple[str, ...] = field(default=())
    """What of the records or of a scenario could not be told ahead."""


@dataclass(frozen=True, slots=True)
class Future:
    """Everything by replicate; made once, read by tables, comparisons and charts."""

    situation: Situation
    nights: Nights
    beds: Capacity
    lived: dict[CareKind, Housed]
    prices: Prices
    costs: tuple[CostCell, ...]

    def stock(self, kind: CareKind | None = None) -> NDArray[np.int32]:
        """Children of a kind, or of all, on each night: shape (replicates, days)."""
        if kind is None:
            return np.asarray(self.nights.by_kind.sum(axis=1, dtype=np.int32))
        return self.nights.by_kind[:, KINDS.index(kind)].astype(np.int32)


def futures(situation: Situation, ahead: Ahead, progress: Progress = nobody_asks) -> Future:
    """The same situation, days and seed give the same future. Scenarios with one seed share their luck."""
    luck = np.random.SeedSequence(ahead.seed).spawn(1)[0].spawn(4)[3]  # apart from the chunks' own
    nights = simulate(situation.start, situation.estimates.rates, ahead, situation.demand, progress)
    beds = capacity(situation.beds, ahead.days, ahead.replicates, situation.carers, luck)
    stock = {kind: nights.by_kind[:, KINDS.index(kind)] for kind in KINDS}
    lived = {kind: housed(stock[kind], kind, beds) for kind in WITH_BEDS}
    prices = prices_of(situation.beds, situation.inflation_per_mille)
    costs = cost_cells(lived, stock[CareKind.RELATIVE_OR_FRIEND], beds, prices)
    return Future(situation, nights, beds, lived, prices, costs)


def years_of(days: int) -> Sequence[tuple[int, slice]]:
    """Each year counted from 0, with its days; a last year that is cut short is told too."""
    return [(at, slice(first, min(days, first + 365))) for at, first in enumerate(range(0, days, 365))]
