"""The solver by itself: counties, regions and a nation, a plain model as peer, named hard corners, and pure assignment."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

import numpy as np
from ortools.graph.python import min_cost_flow

from solver.interface import Solved
from tests.benchmarks import nation
from tests.benchmarks.figures import Figure, median_seconds
from tests.benchmarks.solver_cases import COUNTY, REGION, Outcome, put_apart, solved
from tests.solver.invented import InventedWorth, Shape, invented
from tests.solver.plain import Plain

SAYS = (
    "the joint plan, proved best; the peer is one Boolean for each child and home with one weighted sum, 60 s at most"
)
SEEDS = range(5)
BOOK_SEEDS = range(1, 4)
PEER_SECONDS = 60.0
PEER_WEIGHTS = (100_000_000, 1_000_000, 10_000, 1)
"""Of the first four levels, as one would write them down: far enough apart for a county."""
ASSIGNMENT = Shape(
    children=600, homes=700, room=(1,), density=0.25, family_sizes=(1,), conflicts=0, short=0, gravity=0, required=0
)
CORNERS = {
    "half as many beds as children": replace(COUNTY, homes=150),
    "twice as many beds as children": replace(COUNTY, homes=600),
    "all in sibling groups of four": replace(COUNTY, family_sizes=(4,), room=(*(0,) * 9, 1, 2, 4)),
    "12 beds in every home, conflicts everywhere": replace(COUNTY, homes=6, room=(12,), conflicts=0.3),
    "identical children": replace(COUNTY, points=0, gravity=0, family_sizes=(1,), conflicts=0),
    "equal costs everywhere": replace(COUNTY, points=0, gravity=0),
    "one home of 40 beds for everyone": replace(COUNTY, homes=1, room=(40,), density=1.0),
}


def figures() -> Iterator[Figure]:
    """Each plan is looked through again: every intake allowed, nobody twice, the bound never above what was reached."""
    yield from _against_the_peer("county", COUNTY, 0.05, len(SEEDS))
    yield _memory("county", 150)
    yield _question("10 other plans, county", "other plans", 1, SEEDS)
    yield _question("price to the rest of 20 homes, county", "prices, county", 0.3, SEEDS)
    yield from _corners()
    yield from _replan()
    yield _pure_assignment()
    yield from _region_by_the_book()
    yield _question("pin one pairing and plan the region again", "pin", 0.2, BOOK_SEEDS)
    yield _question("price to the rest of 20 homes, region", "prices, region", 2, BOOK_SEEDS)
    yield from _against_the_peer("region", REGION, 0.5, 1)
    yield _memory("region", 400)
    yield from nation.figures_of(0)


def _against_the_peer(name: str, shape: Shape, limit: float, peers: int) -> Iterator[Figure]:
    """Medians over the seeds; the peer takes as many of the first seeds as are asked for."""
    found = [solved(invented(replace(shape, seed=seed))) for seed in SEEDS]
    waits: list[float] = []
    ended = behind = 0
    for seed in range(peers):
        pool = invented(replace(shape, seed=seed))
        began = perf_counter()
        finished, levels = Plain(pool).solved_in(PEER_SECONDS, PEER_WEIGHTS)
        waits.append(perf_counter() - began)
        ended += finished
        ours = list(_first_four(found[seed][1]))
        assert ours <= levels[:4], f"the peer found a better plan: {levels} against {ours}"
        behind += ours < levels[:4]
    outcomes = [one for one, _ in found]
    middle = statistics.median(one.seconds for one in outcomes)
    yield Figure(
        name=f"{name}, {shape.children} x {shape.homes}, solve",
        value=middle * 1000,
        unit="ms",
        limit=limit * 1000,
        times=statistics.median(waits) / middle,
        peer="the plain model",
        note=f"{_said(outcomes)}; the peer, with its model built: {ended} of {peers} proved, {behind} worse",
    )


def _said(outcomes: list[Outcome]) -> str:
    """How many are proved, and what they took of the processor: what it would be if nothing else ran."""
    proved = sum(one.proved for one in outcomes)
    processor = statistics.median(one.processor for one in outcomes)
    slowest = max(one.seconds for one in outcomes)
    return f"{proved} of {len(outcomes)} proved, the slowest {slowest * 1000:,.0f} ms, {processor * 1000:,.0f} ms of the processor"


def _memory(case: str, limit: float) -> Figure:
    megabytes = put_apart(case, 0).megabytes
    return Figure(name=f"memory of a process of its own, {case}", value=megabytes, unit="MB", limit=limit)


def _question(name: str, case: str, limit: float | None, seeds: range) -> Figure:
    """The median over some seeds, each in a process of its own."""
    found = [put_apart(case, seed) for seed in seeds]
    middle = statistics.median(one.seconds for one in found)
    return Figure(name=name, value=middle, unit="s", limit=limit, note=_said(found))


def _corners() -> Iterator[Figure]:
    for name, shape in CORNERS.items():
        found = [solved(invented(replace(shape, seed=seed)))[0] for seed in SEEDS]
        middle = statistics.median(one.seconds for one in found)
        yield Figure(name=name, value=middle * 1000, unit="ms", note=_said(found))


def _replan() -> Iterator[Figure]:
    """A plan for everybody anew, one seed: seconds of the processor, for that is what was asked of a machine of its own."""
    found = put_apart("everybody anew", 0)
    name = "everybody anew, 1,100 children, 760 empty homes"
    yield Figure(name=name, value=found.processor, unit="s", limit=30, note=found.note)
    yield Figure(name="memory of a process of its own, the same", value=found.megabytes, unit="MB", limit=2_000)


def _region_by_the_book() -> Iterator[Figure]:
    """The rules of the book over 600 children and 5,000 homes: from the pool to the plan, and the solve alone."""
    found = [put_apart("region by the rule book", seed) for seed in BOOK_SEEDS]
    whole, alone = (
        statistics.median(values)
        for values in ([one.seconds * 1000 for one in found], [float(one.note) for one in found])
    )
    yield Figure(name="region by the rule book, pool to plan", value=whole, unit="ms", limit=2000, note=_said(found))
    yield Figure(name="region by the rule book, solve", value=alone, unit="ms", limit=500)
    most = max(one.megabytes for one in found)
    yield Figure(name="memory of a process of its own, the same", value=most, unit="MB", limit=400)


def _pure_assignment() -> Figure:
    """No siblings and no house rules: the same answer as a flow of least cost, and how much longer it takes."""
    pool = invented(ASSIGNMENT)
    found = [solved(pool) for _ in range(3)]
    levels = found[0][1].plan.levels
    assert (levels.unplaced, levels.points) == _flow(pool), "a flow of least cost came to something else"
    flow = median_seconds(lambda: _flow(pool), runs=3)
    took = statistics.median(one.seconds for one, _ in found)
    return Figure(
        name="pure assignment of 600",
        value=took / flow,
        unit="x",
        limit=3,
        note=f"{took * 1000:,.0f} ms; a flow of least cost {flow * 1000:,.0f} ms; {found[0][0].note}",
    )


def _flow(pool: InventedWorth) -> tuple[int, int]:
    """The weight left over and the points of the best assignment, by a flow that may also leave a child out."""
    children, homes = pool.allowed.shape
    child, home = np.nonzero(pool.allowed & (pool.room > 0))
    dear = int(pool.points.max()) * children + 1
    tails = np.concatenate([child, np.arange(children)])
    heads = np.concatenate([children + home, np.full(children, children + homes)])
    costs = np.concatenate([pool.points[child, home], dear * pool.urgency])
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, np.ones(len(tails), dtype=np.int64), costs)
    ends = np.arange(children, children + homes)
    flow.add_arcs_with_capacity_and_unit_cost(ends, np.full(homes, children + homes), pool.room, np.zeros(homes, int))
    flow.set_nodes_supplies(np.arange(children), np.ones(children, dtype=np.int64))
    flow.set_node_supply(children + homes, -children)
    assert flow.solve() == flow.OPTIMAL
    used = flow.flows(arcs) > 0
    unplaced = int(pool.urgency[tails[used & (heads == children + homes)]].sum())
    return unplaced, int(costs[used & (heads != children + homes)].sum())


def _first_four(solved: Solved) -> tuple[int, ...]:
    levels = solved.plan.levels
    return (levels.unplaced, levels.parted, levels.gravity, levels.points)
