"""What must hold between the plans of two pools that differ in one thing, whatever the best plan may be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.plan import Levels
from matching.pool import Pool, pool_of
from matching.rules.book import RULE_BOOK
from matching.rules.model import Rule
from matching.scenarios import ChangePrices, apply
from matching.scenarios.outcomes import outcome_of
from matching.synthetic.pools import small_pool
from solver.exact import ExactSolver
from solver.interface import Proof
from tests.solver.every_plan import worth_of
from tests.solver.invented import InventedWorth, Shape, invented

SEEDS = range(6)
PEOPLE = tuple(pool_of(small_pool(seed, 12, 24)) for seed in (1, 2))
"""Pools in which some of the children can be placed."""
SHAPE = Shape(children=14, homes=18, room=(0, 1, 1, 2, 3))


def levels(worth: Worth) -> Levels:
    """What the best plan comes to."""
    solved = ExactSolver().solve(worth)
    assert solved.certificate.proof is Proof.OPTIMAL
    return solved.plan.levels


def beside(one: InventedWorth, other: InventedWorth) -> InventedWorth:
    """Two pools as one: no child of either may live in a home of the other."""
    tables = ("allowed", "gravity", "points", "never", "together")
    lists = ("urgency", "waited", "room", "first_night", "last_morning", "required", "extra")
    both: dict[str, Any] = {name: np.concatenate([getattr(one, name), getattr(other, name)]) for name in lists}
    both |= {name: _corner(getattr(one, name), getattr(other, name)) for name in tables}
    return replace(
        one,
        **both,
        families=np.concatenate([one.families, other.families + len(one.required)]),
        names=np.concatenate([one.names, other.names + 1_000]),
        home_names=np.concatenate([one.home_names, other.home_names + 1_000]),
    )


def _corner(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """Two tables corner to corner, with nothing where they do not meet."""
    apart = [np.zeros((len(one), other.shape[1]), one.dtype), np.zeros((len(other), one.shape[1]), one.dtype)]
    return np.block([[one, apart[0]], [apart[1], other]])


def without(pool: Pool, rule: Rule) -> Worth:
    """The worth of intakes where one rule is not asked."""
    assessor = Assessor(pool, rules=[one for one in RULE_BOOK if one is not rule])
    return Worth(assessor, candidates_of(assessor))


def test_the_pools_of_people_place_some_and_not_all() -> None:
    for pool in PEOPLE:
        placed = len(ExactSolver().solve(worth_of(pool.records)).plan.home_of)
        assert 0 < placed < len(pool.seekers)


@pytest.mark.parametrize("rule", RULE_BOOK, ids=lambda rule: rule.id)
def test_a_rule_less_never_makes_a_plan_worse(rule: Rule) -> None:
    for pool in PEOPLE:
        assert levels(without(pool, rule)) <= levels(worth_of(pool.records))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bed_more_in_any_home_never_makes_a_plan_worse(seed: int) -> None:
    pool = invented(replace(SHAPE, seed=seed))
    before = levels(pool.worth)
    for home in range(pool.homes):
        room = pool.room.copy()
        room[home] += 1
        assert levels(replace(pool, room=room).worth) <= before


@pytest.mark.parametrize("seed", SEEDS)
def test_a_child_who_no_longer_waits_never_leaves_more_children_without_a_home(seed: int) -> None:
    pool = invented(replace(SHAPE, seed=seed, family_sizes=(1,)))
    before, everybody = levels(pool.worth), np.arange(len(pool.urgency))
    for gone in everybody:
        fewer = pool.permuted(np.delete(everybody, gone), np.arange(pool.homes))
        assert levels(fewer.worth).unplaced <= before.unplaced


@pytest.mark.parametrize("seed", SEEDS)
def test_names_settle_nothing_but_what_is_even(seed: int) -> None:
    pool, chance = invented(replace(SHAPE, seed=seed)), np.random.default_rng(seed)
    renamed = replace(
        pool, names=chance.permutation(pool.names) + 1_000, home_names=chance.permutation(pool.home_names) + 1_000
    )
    assert replace(levels(renamed.worth), order=0) == replace(levels(pool.worth), order=0)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("times", [2, 7])
def test_points_in_another_unit_give_the_same_plan(seed: int, times: int) -> None:
    pool = invented(replace(SHAPE, seed=seed))
    plan = ExactSolver().solve(pool.worth).plan
    scaled = ExactSolver().solve(replace(pool, points=pool.points * times).worth).plan
    assert scaled.home_of == plan.home_of
    assert scaled.levels == replace(plan.levels, points=plan.levels.points * times)


@pytest.mark.parametrize("seed", SEEDS)
def test_where_every_price_doubles_the_same_plan_costs_twice_as_much(seed: int) -> None:
    records = small_pool(seed, 12, 24)
    dearer = apply(records, (ChangePrices(per_mille=1_000, confirmed=True),))
    plan = ExactSolver().solve(worth_of(records)).plan
    once, twice = (outcome_of(Assessor(pool_of(one)), plan).sums for one in (records, dearer))
    assert once.placed
    assert once.weekly_pence > 0
    assert twice.weekly_pence == 2 * once.weekly_pence


@pytest.mark.parametrize("seed", SEEDS)
def test_two_regions_that_share_no_home_are_planned_together_as_apart(seed: int) -> None:
    """So that regions, and scenarios, may be planned by different workers."""
    one, other = invented(replace(SHAPE, seed=seed)), invented(replace(SHAPE, seed=seed + 100))
    apart = [levels(pool.worth) for pool in (one, other)]
    together = levels(beside(one, other).worth)
    for name in ("unplaced", "parted", "gravity", "points", "waiting"):
        assert getattr(together, name) == sum(getattr(levels, name) for levels in apart)
