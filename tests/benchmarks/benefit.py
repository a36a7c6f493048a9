"""What planning together brings beside what is done without it, over many invented pools, with intervals."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from app.services.plan_totals import Reckoner, Totals
from app.services.pools import ReadyPool
from matching.baselines import first_come_first_served, in_house_first
from matching.candidates import Worth
from matching.plan import Plan, Wishes, faults
from matching.pool import pool_of
from matching.synthetic.pool_shapes import COUNTY
from matching.synthetic.pools import pool
from matching.values import ChildId, HomeId
from solver.exact import ExactSolver
from tests.benchmarks.figures import Figure

SAYS = (
    "joint plan, made weekly, against first come, first served, in-house first, and hindsight: 30 seeds, 3 scarcities"
)
SEEDS = range(1, 31)
CHILDREN, WEEKS = 40, 4
"""Children of one pool, and the rounds in which they come: a plan each week for those who wait by then."""
HOMES = {"plenty": 300, "fewer": 150, "scarce": 75}
"""Homes of a pool, by how scarce they are; about half of their beds are filled."""
FIRST_COME, IN_HOUSE, JOINT, HINDSIGHT = "first come", "in-house first", "joint plan", "hindsight"
Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that plans are measured by."""

    name: str
    unit: str
    of: Callable[[Totals], float | None]
    """None where a plan has nothing to measure."""


def _per_cent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


MEASURES = (
    Measure("children placed", "%", lambda one: _per_cent(one.placed, one.children)),
    Measure("sibling pairs together", "%", lambda one: _per_cent(one.sibling_pairs_together, one.sibling_pairs)),
    Measure("miles from home", "mi", lambda one: one.mean_miles),
    Measure("£ a week, each placed", "£", lambda one: one.weekly_pence / 100 / one.placed if one.placed else None),
    Measure("sign-offs, each placed", "", lambda one: one.sign_offs / one.placed if one.placed else None),
)


def figures() -> Iterator[Figure]:
    """For each scarcity and measure what the joint plan gains on each way of doing without, in the mean over the seeds."""
    for scarcity, homes in HOMES.items():
        every = [ways_of(seed, homes) for seed in SEEDS]
        for measure in MEASURES:
            yield from (_figure(scarcity, measure, every, before) for before in (FIRST_COME, IN_HOUSE))


def ways_of(seed: int, homes: int) -> dict[str, Totals]:
    """What each way comes to for one pool. Raises AssertionError when a plan has a fault, or betters hindsight."""
    records = pool(replace(COUNTY, children=CHILDREN, homes=homes), seed)
    ready = ReadyPool(pool_of(records), records.policy, cast(Any, None))
    worth, reckoner = ready.shortlister.worth, Reckoner(ready)
    plans = {
        FIRST_COME: first_come_first_served(worth),
        IN_HOUSE: in_house_first(worth),
        JOINT: weekly(worth),
        HINDSIGHT: ExactSolver().solve(worth).plan,
    }
    for way, plan in plans.items():
        assert not faults(ready.pool, plan, ready.policy), f"{way} breaks a rule with seed {seed}"
        assert plan.levels >= plans[HINDSIGHT].levels, f"{way} betters hindsight with seed {seed}"
    return {way: reckoner.totals(plan) for way, plan in plans.items()}


def weekly(worth: Worth) -> Plan:
    """The best plan each week for those who wait by then; those it places stay where they are."""
    solver, rounds = ExactSolver(), _rounds(worth)
    placed: frozenset[tuple[ChildId, HomeId]] = frozenset()
    for week in range(WEEKS):
        to_come = frozenset(pairing for later in rounds[week + 1 :] for pairing in later)
        plan = solver.solve(worth, Wishes(placed, to_come)).plan
        placed = frozenset(plan.home_of.items())
    return plan


def _rounds(worth: Worth) -> list[list[tuple[ChildId, HomeId]]]:
    """The pairings of the children who come in each week; a referral's children come together."""
    seekers, homes = worth.pool.seekers, worth.pool.homes
    order = sorted({(one.referral.opened, one.referral.external_ref) for one in seekers})
    week = {reference: at * WEEKS // len(order) for at, (_, reference) in enumerate(order)}
    rounds: list[list[tuple[ChildId, HomeId]]] = [[] for _ in range(WEEKS)]
    for row, one in enumerate(seekers):
        there = (homes[int(place)].id for place in worth.candidates.of_child(row))
        rounds[week[one.referral.external_ref]].extend((one.child.id, home) for home in there)
    return rounds


def _figure(scarcity: str, measure: Measure, every: list[dict[str, Totals]], before: str) -> Figure:
    values = [{way: measure.of(totals) for way, totals in ways.items()} for ways in every]
    known = [cast(dict[str, float], one) for one in values if None not in one.values()]
    gains = [one[JOINT] - one[before] for one in known]
    mean, half = statistics.fmean(gains), Z95 * statistics.stdev(gains) / len(gains) ** 0.5
    ways = ", ".join(f"{way} {statistics.fmean(one[way] for one in known):,.2f}" for way in known[0])
    return Figure(
        name=f"{scarcity}: {measure.name}, on {before}",
        value=mean,
        unit=measure.unit,
        note=f"95 %: {mean - half:+,.2f} to {mean + half:+,.2f}; {ways}",
    )
