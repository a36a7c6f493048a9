"""Homes with more intakes than can be looked through: what is come upon is cheapest, and nothing is said to cost too much."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from matching.facts.living import NO_CHILD
from solver.combinations import Effort
from solver.crowded import CrowdedHome
from solver.exact import ExactSolver
from solver.interface import Proof, SolveSettings
from solver.lines import Floors
from solver.pricing import Pricing
from solver.problem import GRAVITY, Columns
from solver.residual import Work
from tests.solver.assignment import drawn_assignment
from tests.solver.invented import InventedWorth, Shape, invented

FEW = Shape(children=9, homes=1, density=1.0, room=(5,), conflicts=0.2, shared_gravity=1.0, short=0.3)
NOTHING = Effort(parts=1, sets=1, looks=1)


def looked_into(pool: InventedWorth, seed: int) -> tuple[CrowdedHome, Floors, Pricing]:
    """The only home of a pool with costs drawn from a seed, as if prices had made them."""
    pricing = Pricing(pool.worth)
    own = np.random.default_rng(seed).integers(-900, 300, len(pricing.parts))

    rows = {_inside(kids): at for at, kids in enumerate(pricing.parts.columns.children)}

    def cost(columns: Columns) -> NDArray[np.int64]:
        """What the parts of an intake cost, and a hundred for every unit of gravity that living together adds."""
        apart = [sum(int(own[rows[part]]) for part in _parts(pool, kids)) for kids in columns.children]
        return np.array(apart, dtype=np.int64) + 100 * _living(pool, columns)

    floors = Floors(own, 100 * _living(pool, pricing.parts.columns), cost)
    return CrowdedHome(pricing.parts, pricing.remembered, 0), floors, pricing


def _inside(kids: NDArray[np.int64]) -> tuple[int, ...]:
    return tuple(kids[kids != NO_CHILD].tolist())


def _parts(pool: InventedWorth, kids: NDArray[np.int64]) -> list[tuple[int, ...]]:
    """An intake family by family."""
    inside = np.array(_inside(kids))
    return [tuple(inside[pool.families[inside] == one].tolist()) for one in np.unique(pool.families[inside])]


def _living(pool: InventedWorth, columns: Columns) -> NDArray[np.int64]:
    """The gravity of intakes beyond that of their pairings, (k,)."""
    pairings = [int(pool.gravity[list(_inside(kids)), 0].sum()) for kids in columns.children]
    found: NDArray[np.int64] = columns.levels[:, GRAVITY].astype(np.int64) - np.array(pairings, dtype=np.int64)
    return found


def cheapest_by_listing(home: CrowdedHome, floors: Floors, pricing: Pricing) -> list[int]:
    """What every allowed intake of two families or more costs, the cheapest first."""
    families = pricing.parts.sets.family[pricing.parts.who[home.rows]]
    choices = [[None, *np.flatnonzero(families == one).tolist()] for one in np.unique(families)]
    sets = [some for one in product(*choices) if len(some := tuple(at for at in one if at is not None)) > 1]
    places = np.full((len(sets), max(map(len, sets))), -1, dtype=np.int64)
    for row, some in enumerate(sets):
        places[row, : len(some)] = home.rows[list(some)]
    known = pricing.remembered.look(places)
    return sorted(floors.of(pricing.remembered.columns.take(np.unique(known[known >= 0]))).tolist())


@pytest.mark.parametrize("seed", range(10))
def test_the_cheapest_intake_costs_what_listing_them_all_finds(seed: int) -> None:
    home, floors, pricing = looked_into(invented(replace(FEW, seed=seed)), seed)
    least = home.look(floors, np.ones(len(home.rows), dtype=bool), 10_000, 1, Work(10.0))
    assert least == cheapest_by_listing(home, floors, pricing)[0]


@pytest.mark.parametrize("seed", range(4))
def test_all_intakes_below_a_limit_are_come_upon(seed: int) -> None:
    home, floors, pricing = looked_into(invented(replace(FEW, seed=seed)), seed)
    all_costs = cheapest_by_listing(*looked_into(invented(replace(FEW, seed=seed)), seed))
    limit = all_costs[min(6, len(all_costs) - 1)]
    least = home.look(floors, np.ones(len(home.rows), dtype=bool), limit, 50, Work(10.0))
    assert least == limit
    costs = floors.of(pricing.remembered.columns)
    assert sorted(costs[costs < limit].tolist()) == [cost for cost in all_costs if cost < limit]


def test_without_work_nothing_is_said_of_what_intakes_cost() -> None:
    home, floors, _ = looked_into(invented(FEW), 0)
    assert home.look(floors, np.ones(len(home.rows), dtype=bool), 0, 1, Work(0.0)) < -(10**12)


@pytest.mark.parametrize("seed", range(6))
def test_a_search_cut_short_at_once_leaves_the_same_plan(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shape = Shape(seed=seed, children=10, homes=3, density=0.9, room=(3, 5), conflicts=0.2, shared_gravity=0.6)
    full = ExactSolver().solve(invented(shape).worth)
    assert full.certificate.proof is Proof.OPTIMAL
    monkeypatch.setattr("solver.pricing.EXHAUSTIVE", NOTHING)
    monkeypatch.setattr("solver.relaxation.EXHAUSTIVE", NOTHING)
    monkeypatch.setattr("solver.relaxation.EFFORTS", (None, NOTHING, NOTHING, NOTHING))
    short = ExactSolver().solve(invented(shape).worth)
    assert short.certificate.bound <= full.plan.levels <= short.plan.levels
    if short.certificate.proof is Proof.OPTIMAL:
        assert short.plan == full.plan


@pytest.mark.parametrize("seed", range(4))
def test_what_jobs_weigh_is_a_quick_bound_and_changes_no_answer(seed: int) -> None:
    instance = drawn_assignment(agents=3, jobs=10, seed=seed)
    weighed = ExactSolver().solve(instance.worth)
    instance.__dict__["takes"] = None
    unweighed = ExactSolver().solve(instance.worth)
    assert weighed.plan == unweighed.plan
    assert weighed.certificate.proof is unweighed.certificate.proof is Proof.OPTIMAL


def test_what_is_left_open_is_told_at_the_first_level_where_it_is() -> None:
    shape = Shape(children=40, homes=1, density=1.0, room=(30,), conflicts=0.05)
    solved = ExactSolver().solve(invented(shape).worth, settings=SolveSettings(deterministic_limit=0.0))
    left = solved.open_level()
    assert left is not None
    assert left.level == "unplaced"
    assert 0 < left.share <= 1
    assert "open at unplaced" in str(left)
    assert ExactSolver().solve(invented(shape).worth).open_level() is None
