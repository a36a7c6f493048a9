"""The county's five years ahead: stock and flow alone, with beds and money, and with the matcher run on sampled nights."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from app.services.sufficiency.matching import matcher
from matching.codes import HomeKind
from matching.scenarios import AddHomes
from matching.sufficiency.comparisons import difference
from matching.sufficiency.futures import futures
from matching.sufficiency.nights import Ahead, simulate
from matching.sufficiency.outlooks import outlook_of
from matching.sufficiency.scenarios_ahead import with_changes
from matching.sufficiency.snapshots import matched_ahead
from solver.interface import SolveSettings
from tests.benchmarks.figures import Figure, median_seconds, processor_seconds, seconds
from tests.sufficiency.counties import AS_OF, county

SAYS = "1,115 children, five years of nights, 1,000 futures; then beds, money, a scenario beside it, and snapshots planned exactly"
_FIVE_YEARS = Ahead(first=AS_OF, days=1_825, replicates=1_000, seed=1)
_TWENTY = (AddHomes(count=20, kind=HomeKind.FOSTERING_MAINSTREAM),)


def figures() -> Iterator[Figure]:
    """Stock and flow is asked to take under a second, the whole with the matcher under thirty."""
    situation, records = county()

    def flows() -> None:
        simulate(situation.start, situation.estimates.rates, _FIVE_YEARS, situation.demand)

    spent = processor_seconds(flows, runs=3)
    took = median_seconds(flows, runs=3, warm=0)
    yield Figure(name="stock and flow, daily, of the processor", value=spent, unit="s", limit=1)
    yield Figure(name="stock and flow, by the clock", value=took, unit="s", note="longer when the machine is busy")
    yield from _whole(situation, records)


def _whole(situation: Any, records: Any) -> Iterator[Figure]:
    ahead = replace(_FIVE_YEARS, days=1_095, replicates=500)
    began = time.process_time()
    today = futures(situation, ahead)
    outlook_of(today)
    more = futures(with_changes(situation, records, _TWENTY, 1), ahead)
    told = difference(today, more)
    spent = time.process_time() - began
    assert told.costs[0].chance_cheaper == 1.0, "twenty households of our own are cheaper than what they replace"
    yield Figure(name="three years, 500 futures, a scenario beside it", value=spent, unit="s", note="of the processor")
    office: Any = SimpleNamespace(solve=SolveSettings())
    match = matcher(office, records.policy)
    planned: list[Any] = []
    began = time.process_time()
    took = seconds(lambda: planned.append(matched_ahead(today, records, match, samples=4)))
    spent = time.process_time() - began
    number = sum(year.snapshots for year in planned[0])
    missed = [year.unplaced.mean - year.unplaced_by_count.mean for year in planned[0]]
    yield Figure(
        name=f"{number} snapshots matched, of the processor",
        value=spent,
        unit="s",
        limit=30,
        note=f"{took:.0f} s by the clock; counting beds alone misses {np.mean(missed):.1f} children a night",
    )
