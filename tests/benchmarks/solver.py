"""The solver by itself: counties and regions with a plain model as peer, named hard corners, and pure assignment."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter, process_time

import numpy as np
from ortools.graph.python import min_cost_flow

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of, intake_arrays
from matching.plan import faults
from matching.pool import pool_of
from matching.synthetic.pools import region
from solver.exact import ExactSolver
from solver.interface import Proof, Solved
from tests.benchmarks.figures import Figure, median_seconds, peak_megabytes, seconds
from tests.solver.invented import InventedWorth, Shape, invented
from tests.solver.plain import Plain

SAYS = (
    "the joint plan, proved best; the peer is one Boolean for each child and home with one weighted sum, 60 s at most"
)
SEEDS = range(5)
PEER_SECONDS = 60.0
PEER_WEIGHTS = (100_000_000, 1_000_000, 10_000, 1)
"""Of the first four levels, as one would write them down: far enough apart for a county."""
_BEDS = (*(0,) * 17, 1, 1, 2)
"""One home in seven has a vacant bed: 100 beds in a county of 440 homes, 1,000 in a region of 5,000."""
_FAMILIES = (*(1,) * 7, 2, 3)
COUNTY = Shape(children=60, homes=440, room=_BEDS, density=0.25, family_sizes=_FAMILIES, conflicts=0.02)
REGION = replace(COUNTY, children=600, homes=5_000)
ASSIGNMENT = Shape(
    children=600, homes=700, room=(1,), density=0.25, family_sizes=(1,), conflicts=0, short=0, gravity=0, required=0
)
CORNERS = {
    "half as many beds as children": replace(COUNTY, homes=150, room=(*(0,) * 17, 1, 1, 2)),
    "twice as many beds as children": replace(COUNTY, homes=600),
    "all in sibling groups of four": replace(COUNTY, family_sizes=(4,), room=(*(0,) * 9, 1, 2, 4)),
    "12 beds in every home, conflicts everywhere": replace(COUNTY, homes=6, room=(12,), conflicts=0.3),
    "identical children": replace(COUNTY, points=0, gravity=0, family_sizes=(1,), conflicts=0),
    "equal costs everywhere": replace(COUNTY, points=0, gravity=0),
    "one home of 40 beds for everyone": replace(COUNTY, homes=1, room=(40,), density=1.0),
}
REPLAN = replace(COUNTY, children=1_100, homes=760, room=(*(1,) * 9, *(2,) * 6, *(3,) * 2, 2, 4, 6), density=0.25)
"""Everybody in care planned anew: seventeen homes in twenty are fostering households of 1-3 beds, the others children's
homes of 2-6; all are empty."""


def figures() -> Iterator[Figure]:
    """Each plan is looked through again: every intake allowed, nobody twice, the bound never above what was reached."""
    yield from _against_the_peer("county", COUNTY, 0.05, len(SEEDS))
    yield Figure(name="memory of the process, county", value=peak_megabytes(), unit="MB", limit=150)
    yield from _corners()
    yield from _replan()
    yield _pure_assignment()
    yield from _real_region()
    yield from _against_the_peer("region", REGION, 0.5, 1)


def _against_the_peer(name: str, shape: Shape, limit: float, peers: int) -> Iterator[Figure]:
    """Medians over the seeds; the peer takes as many of the first seeds as are asked for."""
    spent, proved, plans = [], 0, []
    for seed in SEEDS:
        pool = invented(replace(shape, seed=seed))
        took, solved = _solved(pool)
        spent.append(took)
        proved += solved.certificate.proof is Proof.OPTIMAL
        plans.append(solved)
    memory = peak_megabytes()
    waits: list[float] = []
    ended = behind = 0
    for seed in range(peers):
        pool = invented(replace(shape, seed=seed))
        began = perf_counter()
        finished, levels = Plain(pool).solved_in(PEER_SECONDS, PEER_WEIGHTS)
        waits.append(perf_counter() - began)
        ended += finished
        ours = list(_first_four(plans[seed]))
        assert ours <= levels[:4], f"the peer found a better plan: {levels} against {ours}"
        behind += ours < levels[:4]
    middle = statistics.median(spent)
    yield Figure(
        name=f"{name}, {shape.children} x {shape.homes}, solve",
        value=middle * 1000,
        unit="ms",
        limit=limit * 1000,
        times=statistics.median(waits) / middle,
        peer="the plain model",
        note=f"{proved} of {len(spent)} proved, the slowest {max(spent) * 1000:,.0f} ms; the peer, with its model built: "
        f"{ended} of {peers} proved, {behind} worse",
    )
    if shape.children >= REGION.children:
        yield Figure(name=f"memory of the process, {name}", value=memory, unit="MB", limit=400)


def _corners() -> Iterator[Figure]:
    for name, shape in CORNERS.items():
        spent, proved, left = [], 0, ""
        for seed in SEEDS:
            took, solved = _solved(invented(replace(shape, seed=seed)))
            spent.append(took)
            proved += solved.certificate.proof is Proof.OPTIMAL
            left = left or (f"; seed {seed} {_standing(solved)}" if solved.open_level() else "")
        yield Figure(
            name=name,
            value=statistics.median(spent) * 1000,
            unit="ms",
            note=f"{proved} of {len(spent)} proved, the slowest {max(spent) * 1000:,.0f} ms{left}",
        )


def _replan() -> Iterator[Figure]:
    """A plan for everybody anew, one seed: seconds of the processor, for that is what was asked of a machine of its own."""
    pool = invented(REPLAN)
    began = process_time()
    solved = ExactSolver().solve(pool.worth)
    took = process_time() - began
    _look_through(pool, solved)
    name = "everybody anew, 1,100 children, 760 empty homes"
    yield Figure(name=name, value=took, unit="s", limit=30, note=_standing(solved))
    yield Figure(name="memory of the process, everybody anew", value=peak_megabytes(), unit="MB", limit=2_000)


def _standing(solved: Solved) -> str:
    """Whether a plan is proved, or what is open."""
    left = solved.open_level()
    return solved.certificate.proof.value if left is None else str(left)


def _real_region() -> Iterator[Figure]:
    """The rules of the book over 600 children and 5,000 homes: from the pool to the plan, and the solve alone."""
    pool = pool_of(region(1))
    began = perf_counter()
    assessor = Assessor(pool)
    worth = Worth(assessor, candidates_of(assessor))
    solved = ExactSolver().solve(worth)
    spent = perf_counter() - began
    assert not faults(pool, solved.plan, assessor.policy)
    note = solved.certificate.proof.value
    yield Figure(name="region by the rule book, pool to plan", value=spent * 1000, unit="ms", limit=2000, note=note)
    alone = sum(solved.seconds.values())
    yield Figure(name="region by the rule book, solve", value=alone * 1000, unit="ms", limit=500, note=note)


def _pure_assignment() -> Figure:
    """No siblings and no house rules: the same answer as a flow of least cost, and how much longer it takes."""
    pool = invented(ASSIGNMENT)
    took, solved = _solved(pool)
    points = solved.plan.levels.points
    assert (solved.plan.levels.unplaced, points) == _flow(pool), "a flow of least cost came to something else"
    flow = median_seconds(lambda: _flow(pool), runs=3)
    return Figure(
        name="pure assignment of 600",
        value=took / flow,
        unit="x",
        limit=3,
        note=f"{took * 1000:,.0f} ms; a flow of least cost {flow * 1000:,.0f} ms; {solved.certificate.proof.value}",
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


def _solved(pool: InventedWorth) -> tuple[float, Solved]:
    """Seconds of a solve from nothing, and its plan, looked through."""
    found: list[Solved] = []
    took = seconds(lambda: found.append(ExactSolver().solve(pool.worth)))
    _look_through(pool, found[0])
    return took, found[0]


def _look_through(pool: InventedWorth, solved: Solved) -> None:
    homes, seekers = pool.pool.home_index, pool.pool.seeker_index
    plan = [(homes[one.home], tuple(seekers[child] for child in one.children)) for one in solved.plan.intakes]
    children = [child for _, inside in plan for child in inside]
    assert len(children) == len(set(children)), "a child is proposed twice"
    assert len(plan) == len({home for home, _ in plan}), "a home has two intakes"
    gains = pool.gains(*intake_arrays(plan))
    assert gains.feasible.all(), "an intake is not allowed"
    levels = solved.plan.levels
    assert levels.unplaced == int(pool.urgency.sum() - gains.placed.sum())
    assert (levels.gravity, levels.points) == (int(gains.gravity.sum()), int(gains.points.sum()))
    assert solved.certificate.bound <= levels, "the bound lies above what was reached"


def _first_four(solved: Solved) -> tuple[int, ...]:
    levels = solved.plan.levels
    return (levels.unplaced, levels.parted, levels.gravity, levels.points)
