"""The children who wait in a nation as one pool of numbers: 6,000 children and 50,000 homes, one seed after the other."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.solver_cases import put_apart

SAYS = "6,000 children and 50,000 homes of numbers, each seed in a process of its own; some minutes in all"
SEEDS = range(5)


def figures() -> Iterator[Figure]:
    """Time and memory of each seed, with the gap where it is not proved."""
    for seed in SEEDS:
        yield from figures_of(seed)


def figures_of(seed: int) -> Iterator[Figure]:
    """Those of one seed."""
    found = put_apart("nation", seed)
    note = f"{found.note}; {found.processor:,.0f} s of the processor"
    yield Figure(name=f"nation, 6,000 x 50,000, seed {seed}", value=found.seconds, unit="s", limit=60, note=note)
    yield Figure(name="memory of that process", value=found.megabytes, unit="MB", limit=4_000)
