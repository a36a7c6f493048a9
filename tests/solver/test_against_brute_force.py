"""The solver against every plan tried one by one: thousands of tiny pools, of numbers and of invented people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.facts.living import NO_CHILD
from matching.plan import Wishes, faults
from matching.policy import PRESETS, Preset
from matching.pool import pool_of
from matching.synthetic.pools import small_pool
from solver.brute_force import best_plan
from solver.exact import ExactSolver
from solver.interface import PinnedPairingBlocked, Proof
from tests.solver.invented import Shape, invented

SHAPES = st.builds(
    Shape,
    children=st.integers(0, 6),
    homes=st.integers(0, 6),
    seed=st.integers(0, 10**6),
    density=st.sampled_from([0.2, 0.5, 0.9]),
    conflicts=st.sampled_from([0.0, 0.2]),
    required=st.sampled_from([0.0, 0.3]),
    short=st.sampled_from([0.0, 0.4]),
    points=st.sampled_from([0, 5, 1_000]),
    gravity=st.sampled_from([0, 3]),
    shared_gravity=st.sampled_from([0.0, 0.5, 1.0]),
    ties=st.booleans(),
    family_sizes=st.sampled_from([(1,), (1, 1, 2, 3), (3, 4)]),
)


@settings(max_examples=150)
@given(SHAPES)
def test_the_plan_is_the_best_of_all_plans_and_is_proved_to_be(shape: Shape) -> None:
    worth = invented(shape).worth
    solved, reference = ExactSolver().solve(worth), best_plan(worth)
    assert reference is not None
    assert solved.plan == reference
    assert solved.certificate.proof is Proof.OPTIMAL
    assert solved.certificate.bound == reference.levels


@settings(max_examples=100)
@given(SHAPES, st.data())
def test_pins_and_forbids_are_kept_at_the_least_cost_or_said_to_be_impossible(
    shape: Shape, data: st.DataObject
) -> None:
    worth = invented(shape).worth
    pairings = [(one.child.id, home.id) for one in worth.pool.seekers for home in worth.pool.homes]
    some = st.frozensets(st.sampled_from(pairings), max_size=3) if pairings else st.just(frozenset())
    wishes = Wishes(pinned=data.draw(some), forbidden=data.draw(some))
    reference = best_plan(worth, wishes) if len(dict(wishes.pinned)) == len(wishes.pinned) else None
    if reference is None:
        with pytest.raises(PinnedPairingBlocked):
            ExactSolver().solve(worth, wishes)
    else:
        assert ExactSolver().solve(worth, wishes).plan == reference


@pytest.mark.parametrize("block", range(8))
def test_a_thousand_pools_more(block: int) -> None:
    for seed in range(block * 125, block * 125 + 125):
        shape = Shape(
            seed=seed, children=1 + seed % 6, homes=1 + seed % 7, ties=seed % 3 == 0, short=0.1 + seed % 5 / 10
        )
        worth = invented(shape).worth
        assert ExactSolver().solve(worth).plan == best_plan(worth)


@pytest.mark.parametrize("seed", range(40))
def test_the_order_in_which_children_and_homes_are_given_changes_nothing(seed: int) -> None:
    pool, chance = invented(Shape(seed=seed, children=12, homes=15, ties=seed % 2 == 0)), np.random.default_rng(seed)
    other = pool.permuted(chance.permutation(12), chance.permutation(15))
    one, two = ExactSolver().solve(pool.worth).plan, ExactSolver().solve(other.worth).plan
    assert one.levels == two.levels
    assert one.home_of == two.home_of


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), preset=st.sampled_from(list(Preset)))
def test_among_invented_people_too_the_plan_is_best_and_without_fault(seed: int, preset: Preset) -> None:
    worth = worth_of(seed, preset)
    solved, reference = ExactSolver().solve(worth), best_plan(worth)
    assert reference is not None
    assert solved.plan.levels == reference.levels
    assert solved.certificate.proof is Proof.OPTIMAL
    assert faults(worth.pool, solved.plan, worth.policy) == ()


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), preset=st.sampled_from(list(Preset)))
def test_the_rules_of_living_together_are_as_the_search_supposes(seed: int, preset: Preset) -> None:
    worth = worth_of(seed, preset)
    kids = range(len(worth.urgency))
    for home in range(worth.homes):
        for family in set(worth.families.tolist()):
            mine = [kid for kid in kids if worth.families[kid] == family]
            rest = [kid for kid in kids if worth.families[kid] != family]
            _holds_without(worth, home, mine, rest)


def _holds_without(worth: Worth, home: int, mine: list[int], rest: list[int]) -> None:
    """An intake that is allowed stays allowed without one family, and that family took nothing off it."""
    sets = [(a, b) for a in _subsets(mine) for b in _subsets(rest) if a and b]
    if not sets:
        return
    whole = worth.gains(_padded([[*a, *b] for a, b in sets]), np.full(len(sets), home))
    left = worth.gains(_padded([b for _, b in sets]), np.full(len(sets), home))
    assert (left.feasible | ~whole.feasible).all()
    alone = worth.gains(_padded([a for a, _ in sets]), np.full(len(sets), home))
    pairings = [_of_pairings(worth, a, home) for a, _ in sets]
    here = np.flatnonzero(whole.feasible)
    assert alone.feasible[here].all()
    for at in here:
        gravity, points = pairings[at]
        assert whole.gravity[at] >= left.gravity[at] + gravity
        assert whole.points[at] >= left.points[at] + points
    assert (whole.together[here] == left.together[here] + alone.together[here]).all()


def _of_pairings(worth: Worth, some: list[int], home: int) -> tuple[int, int]:
    found = worth.candidates.find(np.array(some), np.full(len(some), home))
    if (found < 0).any():
        return 0, 0
    return int(worth.candidates.gravity[found].sum()), int(worth.candidates.points[found].sum())


def _subsets(kids: list[int]) -> list[list[int]]:
    return [[kid for at, kid in enumerate(kids) if mask >> at & 1] for mask in range(1 << len(kids))]


def _padded(sets: list[list[int]]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    width = max(len(one) for one in sets)
    return np.array([sorted(one) + [NO_CHILD] * (width - len(one)) for one in sets], dtype=np.int64)


def worth_of(seed: int, preset: Preset = Preset.BALANCED) -> Worth:
    """A small pool of invented people, by one of the three policies."""
    assessor = Assessor(pool_of(small_pool(seed)), PRESETS[preset])
    return Worth(assessor, candidates_of(assessor))
