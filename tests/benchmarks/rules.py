"""Every rule asked of every pairing: a county and a region, in columns and one pairing at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from matching.assess import Assessor
from matching.policy import Measure, Policy
from matching.pool import Pool, pool_of
from matching.records import Records
from matching.synthetic.pools import county, region
from tests.benchmarks.figures import Figure, median_seconds, peak_megabytes, processor_seconds, seconds

SAYS = "all rules over all pairings, facts and tallies included, once the records are read"
_SINGLE = 40
"""Pairings asked one at a time, to compare both the answers and the time."""


def figures() -> Iterator[Figure]:
    """County first, then region; each answer is compared with the same rules asked of one pairing.

    Each run has a pool of its own, for a pool keeps what it has once worked out, such as the beds taken night by night.
    """
    small = pool_of(county(1))
    spent = median_seconds(lambda: every_answer(replace(small)))
    alone = _one_at_a_time(small)
    yield Figure(
        name=f"county, {_size(small)}",
        value=spent * 1000,
        unit="ms",
        limit=50,
        times=alone * len(small.seekers) * len(small.homes) / spent,
        peer="one at a time",
    )
    yield Figure(
        name="county, of the processor", value=processor_seconds(lambda: every_answer(replace(small))) * 1000, unit="ms"
    )
    before = peak_megabytes()
    large = pool_of(region(1))
    spent = median_seconds(lambda: every_answer(replace(large)), runs=3)
    yield Figure(name=f"region, {_size(large)}", value=spent * 1000, unit="ms", limit=1500)
    spent = processor_seconds(lambda: every_answer(replace(large)), runs=1)
    yield Figure(name="region, of the processor", value=spent * 1000, unit="ms")
    yield Figure(
        name="region, memory of the process at its most",
        value=peak_megabytes(),
        unit="MB",
        limit=500,
        note=f"{before:,.0f} MB before it was made",
    )


def every_answer(pool: Pool) -> int:
    """Asks every rule, of pairings and of living together; how many pairings may be proposed."""
    assessor, proposable = Assessor(pool), 0
    for rows in assessor.chunks():
        both = assessor.pairings(rows).tally.proposable & assessor.alone(rows).tally.proposable
        proposable += int(np.count_nonzero(both))
    return proposable


def _one_at_a_time(pool: Pool) -> float:
    """Seconds for one pairing asked alone. Raises AssertionError when an answer differs from the columns'."""
    chance = np.random.default_rng(1)
    at = [(int(chance.integers(len(pool.seekers))), int(chance.integers(len(pool.homes)))) for _ in range(_SINGLE)]
    policy = _of_the_pairing_alone(pool.records.policy)
    tally = Assessor(pool, policy).pairing_tally()
    spent = 0.0
    for child, home in at:
        single = _only(pool, child, home)
        spent += seconds(partial(every_answer, single))
        found = Assessor(single, policy).pairings(slice(0, 1)).tally
        assert found.blocks[0, 0] == tally.blocks[child, home], "one pairing alone has other findings than in columns"
        assert found.points[0, 0] == tally.points[child, home], "one pairing alone has other points than in columns"
    return spent / len(at)


def _only(pool: Pool, child: int, home: int) -> Pool:
    """The pool with one child who waits and one home; everybody else on record stays."""
    records: Records = pool.records
    seeker = pool.seekers[child]
    alone = replace(seeker.referral, asks=(seeker.asks,))
    return pool_of(replace(records, homes=(pool.homes[home],), referrals=(alone,)))


def _of_the_pairing_alone(policy: Policy) -> Policy:
    """The policy without points for what the other homes and the other children who wait have to do with."""
    of_others = (Measure.NOT_CONNECTED, Measure.SIBLING_DISTANCE)
    return replace(policy, weights={**policy.weights, **dict.fromkeys(of_others, 0)})


def _size(pool: Pool) -> str:
    return f"{len(pool.seekers)} children x {len(pool.homes):,} homes"
