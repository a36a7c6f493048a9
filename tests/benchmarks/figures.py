"""What a benchmark gives: named figures with their limits, and medians of repeated runs."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np


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


def yardstick() -> float:
    """Seconds of the processor for a fixed piece of work, half of it Python's and half numpy's: the least of five runs.

    Figures of two days or two machines can be compared by what each then took for it.
    """
    found = []
    for _ in range(5):
        began = time.process_time()
        _fixed_work()
        found.append(time.process_time() - began)
    return min(found)


def _fixed_work() -> int:
    counts: dict[int, int] = {}
    for number in range(150_000):
        rest = number * number % 1_009
        counts[rest] = counts.get(rest, 0) + 1
    numbers = np.arange(1_000_000, dtype=np.int64)
    for factor in range(3, 9):
        numbers = (numbers * factor + 7) % 1_000_003
    return len(counts) + int(numbers.sum())


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


PROC_STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """The most memory this process has held, in MB of a million bytes.

    Linux counts into `ru_maxrss` what the process held that started this one; /proc begins anew with the program.
    """
    if PROC_STATUS.exists():
        line = next(line for line in PROC_STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def percentile(values: list[float], per_cent: float) -> float:
    """The least value that so many per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * int(per_cent) // 100) - 1))]
