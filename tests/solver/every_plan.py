"""Every plan that there is of a tiny pool, best first: what questions about other plans are tested against."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of, intake_arrays
from matching.plan import Plan, plan_of
from matching.pool import pool_of
from matching.records import Records
from matching.synthetic.pools import small_pool

Intakes = tuple[tuple[int, tuple[int, ...]], ...]


def worth_of(records: Records) -> Worth:
    """The worth of intakes in a pool of some records, by the policy on record."""
    assessor = Assessor(pool_of(records))
    return Worth(assessor, candidates_of(assessor))


def tiny(seed: int, children: int = 4, homes: int = 5) -> Worth:
    """The worth of intakes in a pool that is small enough for every plan to be looked at."""
    return worth_of(small_pool(seed, children, homes))


def every_plan(worth: Worth) -> list[Plan]:
    """All plans, placing nobody among them, best first."""
    everybody = frozenset(range(len(worth.urgency)))
    allowed = [_allowed(worth, home) for home in range(worth.homes)]
    return sorted((plan_of(worth, intakes) for intakes in _plans(allowed, 0, everybody)), key=lambda one: one.levels)


def _plans(allowed: list[list[tuple[int, ...]]], home: int, left: frozenset[int]) -> Iterator[Intakes]:
    if home == len(allowed):
        yield ()
        return
    yield from _plans(allowed, home + 1, left)
    for some in allowed[home]:
        if left.issuperset(some):
            for rest in _plans(allowed, home + 1, left.difference(some)):
                yield ((home, some), *rest)


def _allowed(worth: Worth, home: int) -> list[tuple[int, ...]]:
    kids = range(len(worth.urgency))
    sets = [some for size in range(1, len(kids) + 1) for some in combinations(kids, size)]
    if not sets:
        return []
    feasible = worth.gains(*intake_arrays((home, some) for some in sets)).feasible
    return [sets[at] for at in np.flatnonzero(feasible)]
