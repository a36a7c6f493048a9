"""Scenarios ahead beside the baseline: replicate by replicate, so that what differs is the scenario and not the luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.sufficiency.futures import Future, years_of
from matching.sufficiency.kinds import KINDS, CareKind
from matching.sufficiency.outlooks import Band, band, cost_of_year, expected
from matching.values import Pence


@dataclass(frozen=True, slots=True)
class KindDifference:
    """How one kind differs in a year: mean children over its nights, and nights without a bed."""

    year: int
    kind: CareKind
    children: Band
    own: Band | None
    unmet_nights: Band | None


@dataclass(frozen=True, slots=True)
class CostDifference:
    """How a year's cost differs; below zero is cheaper. `expected` is the difference of the two expectations."""

    year: int
    expected: Pence
    low: Pence
    middle: Pence
    high: Pence
    chance_cheaper: float


@dataclass(frozen=True, slots=True)
class AheadDifference:
    """A scenario less the baseline."""

    kinds: tuple[KindDifference, ...]
    costs: tuple[CostDifference, ...]
    expected_cost: Pence
    """Over all years."""


def difference(baseline: Future, scenario: Future) -> AheadDifference:
    """What a scenario changes. Both must have been made with one seed, as many replicates and days."""
    assert baseline.nights.ahead == scenario.nights.ahead, "futures are compared under the same luck"
    years = years_of(baseline.nights.ahead.days)
    kinds = tuple(_kind(baseline, scenario, kind, year, days) for year, days in years for kind in KINDS)
    costs = tuple(_cost(baseline, scenario, year) for year, _ in years)
    return AheadDifference(kinds, costs, Pence(sum(one.expected for one in costs)))


def _kind(baseline: Future, scenario: Future, kind: CareKind, year: int, days: slice) -> KindDifference:
    nights = days.stop - days.start
    children = (_sum(scenario.stock(kind), days) - _sum(baseline.stock(kind), days)) / nights
    if kind not in baseline.lived:
        return KindDifference(year + 1, kind, band(children), None, None)
    one, other = baseline.lived[kind], scenario.lived[kind]
    own = (_sum(other.own, days) - _sum(one.own, days)) / nights
    unmet = _sum(other.unmet, days) - _sum(one.unmet, days)
    return KindDifference(year + 1, kind, band(children), band(own), band(unmet))


def _sum(nights: NDArray[np.int16] | NDArray[np.int32], days: slice) -> NDArray[np.int64]:
    return np.asarray(nights[:, days].sum(axis=1, dtype=np.int64))


def _cost(baseline: Future, scenario: Future, year: int) -> CostDifference:
    change = cost_of_year(scenario, year) - cost_of_year(baseline, year)
    low, middle, high = (Pence(round(float(value))) for value in np.percentile(change, (5, 50, 95)))
    one, other = (sum(expected(cell) for cell in future.costs if cell.year == year) for future in (baseline, scenario))
    return CostDifference(year + 1, Pence(other - one), low, middle, high, float((change < 0).mean()))
