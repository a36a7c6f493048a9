"""What a benchmark gives: named figures with their limits, and medians of repeated runs."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing measured."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    """The most it may be; None when nothing was asked for."""
    times: float | None = None
    """How many times as much a peer took that was measured in the same run; None when there is none."""
    peer: str = ""
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is within its limit."""
        return self.limit is None or self.value <= self.limit


def median_seconds(act: Callable[[], object], *, runs: int = 7, warm: int = 1) -> float:
    """The median of some runs, after some that are not counted."""
    for _ in range(warm):
        act()
    return statistics.median(seconds(act) for _ in range(runs))


def processor_seconds(act: Callable[[], object], *, runs: int = 5) -> float:
    """The median processor time of some runs: what it would take if nothing else ran, on one core."""
    spent = []
    for _ in range(runs):
        began = time.process_time()
        act()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def seconds(act: Callable[[], object]) -> float:
    """Wall seconds of one run."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def peak_megabytes() -> float:
    """The most memory this process has held, in MB of a million bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def percentile(values: list[float], per_cent: float) -> float:
    """The least value that so many per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * int(per_cent) // 100) - 1))]
