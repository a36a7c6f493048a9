"""Plans made from where another came to rest: the same as if they had been made afresh, whatever was asked before."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.plan import Wishes, faults
from matching.pool import pool_of
from matching.synthetic.pools import county
from solver.exact import ExactSolver
from solver.interface import PinnedPairingBlocked, Proof, Solved
from solver.screens import screen
from tests.solver.invented import Shape, invented

SHAPES = {
    "plenty": Shape(children=8, homes=20, density=0.4),
    "scarce": Shape(children=10, homes=6, density=0.6, room=(1, 1, 2, 3)),
    "ties": Shape(children=9, homes=12, ties=True, points=200, density=0.7),
    "families": Shape(children=12, homes=10, family_sizes=(3, 4), room=(1, 2, 3, 4), density=0.7),
    "short stays": Shape(children=9, homes=8, short=0.6, density=0.6),
}


def _told(solver: ExactSolver, worth: Worth, wishes: Wishes, *, again: bool) -> Solved | None:
    try:
        return solver.again(worth, wishes) if again else solver.solve(worth, wishes)
    except PinnedPairingBlocked:
        return None


def _wished(worth: Worth, chance: np.random.Generator, plan: Solved) -> Wishes:
    """A few pins and forbids at random, some of them of what was proposed."""
    homes = [home.id for home in worth.pool.homes]
    pairs = [(one.child.id, homes[int(chance.integers(len(homes)))]) for one in worth.pool.seekers]
    pinned = frozenset(
        pairs[int(at)] for at in chance.choice(len(pairs), size=int(chance.integers(0, 3)), replace=False)
    )
    proposed = sorted(plan.plan.home_of.items())
    many = min(len(proposed), int(chance.integers(0, 3)))
    forbidden = frozenset(proposed[int(at)] for at in chance.choice(len(proposed), size=many, replace=False))
    return Wishes(pinned, (forbidden | frozenset(pairs[:1])) - pinned)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", SHAPES)
def test_a_plan_made_again_is_the_plan_made_afresh(name: str, seed: int) -> None:
    worth, chance = invented(Shape(**{**SHAPES[name].__dict__, "seed": seed})).worth, np.random.default_rng(seed)
    kept = ExactSolver()
    first = kept.solve(worth)
    for _ in range(6):
        wishes = _wished(worth, chance, first)
        warm, fresh = _told(kept, worth, wishes, again=True), _told(ExactSolver(), worth, wishes, again=False)
        assert (warm is None) == (fresh is None)
        if warm is not None and fresh is not None:
            assert warm.plan == fresh.plan
            assert warm.certificate.bound == fresh.certificate.bound
            assert warm.certificate.proof is fresh.certificate.proof is Proof.OPTIMAL


def county_worth(seed: int) -> Worth:
    assessor = Assessor(pool_of(county(seed)))
    return Worth(assessor, candidates_of(assessor))


@pytest.mark.parametrize("seed", [1, 2])
def test_in_a_county_too_and_prices_never_say_more_than_a_plan_made_anew(seed: int) -> None:
    worth, kept = county_worth(seed), ExactSolver()
    best = kept.solve(worth)
    asked = 0
    for seeker in worth.pool.seekers[:: len(worth.pool.seekers) // 4]:
        screened = screen(kept, worth, seeker.child.id)
        assert screened is not None
        for home, least in sorted(screened.least.items(), key=lambda one: (one[1], one[0]))[:12:4]:
            wishes = Wishes(frozenset({(seeker.child.id, home)}))
            warm, fresh = _told(kept, worth, wishes, again=True), _told(ExactSolver(), worth, wishes, again=False)
            if warm is None or fresh is None:
                assert warm is fresh
                continue
            asked += 1
            assert warm.plan == fresh.plan
            assert not faults(worth.pool, warm.plan, worth.policy, wishes)
            more = np.array(astuple(warm.plan.levels - best.plan.levels))
            assert least <= int(more @ screened.weights)
    assert asked > 4


def test_the_home_that_is_proposed_costs_nothing() -> None:
    worth, kept = county_worth(3), ExactSolver()
    for child, home in kept.solve(worth).plan.home_of.items():
        screened = screen(kept, worth, child)
        assert screened is not None
        assert screened.least[home] == 0


def test_without_a_plan_nothing_is_screened() -> None:
    worth = invented(Shape()).worth
    assert screen(ExactSolver(), worth, worth.pool.seekers[0].child.id) is None


def test_a_pool_asked_about_long_ago_is_forgotten_and_still_answered() -> None:
    kept, pools = ExactSolver(), [invented(Shape(seed=seed)).worth for seed in range(4)]
    first = [kept.solve(worth).plan for worth in pools]
    assert [kept.again(worth).plan for worth in pools] == first
    assert kept.standing(pools[0]) is None
    assert kept.standing(pools[3]) is not None
