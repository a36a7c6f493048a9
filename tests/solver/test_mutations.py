"""Each constraint taken away in turn: the plan is then wrong, and what looks plans through says so.

First the rules of the book, by the checker that knows no solver; then each part of the engine, by the reference that
tries every plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from matching.assess import Assessor
from matching.candidates import Gains, Worth, candidates_of
from matching.facts.living import Indices
from matching.plan import Wishes, faults
from matching.pool import pool_of
from matching.rules.book import RULE_BOOK, RULES
from matching.rules.model import Standing
from matching.rules.states import standings
from matching.synthetic.pools import small_pool
from solver.brute_force import best_plan
from solver.combinations import Found, Search
from solver.exact import ExactSolver
from solver.interface import Proof
from solver.prices import Cut
from solver.pricing import Priced, Pricing
from solver.programmes import Programme
from solver.wishes import fixed_by
from tests.solver.invented import InventedWorth, Shape, invented

BITES = {
    "approval.ages": 0,
    "approval.care-types": 1,
    "approval.named-children": 6,
    "approval.number": 0,
    "availability.matchable": 1,
    "bed.pace": 0,
    "bed.parent-and-child": 4,
    "bed.remand": 5,
    "bed.short-break-nights": 0,
    "health.pets": 0,
    "health.smoking": 22,
    "limit.beds": 0,
    "limit.mix": 7,
    "limit.never-together": 12,
    "limit.solo": 26,
    "needs.access": 6,
    "needs.culture": 0,
    "needs.language": 0,
    "needs.religion": 0,
    "needs.skills": 2,
    "needs.staffing": 27,
    "place.avoid": 10,
    "purpose.ages": 0,
    "purpose.needs": 0,
    "purpose.number": 2,
    "purpose.sex": 5,
    "setting.registered": 0,
    "setting.secure": 0,
    "setting.staying-put": 4,
    "setting.suitability": 0,
    "setting.under-16": 3,
    "siblings.apart": 0,
    "siblings.together": 4,
}
"""Rules that can block, each with the seed of a pool of a dozen people in which it alone stands in the way of somebody."""
SELDOM_ALONE = {
    "approval.connected-temporary",
    "approval.sex",
    "availability.another-home",
    "bed.uasc-arrival",
    "limit.usual-fostering",
    "setting.dol",
}
"""Rules that can block and beside which another does in all small pools tried; tests/spec holds each of them by itself."""


@pytest.mark.parametrize("name", BITES)
def test_a_plan_made_without_a_rule_is_found_out(name: str) -> None:
    pool = pool_of(small_pool(BITES[name], 12, 12))
    assessor = Assessor(pool, rules=[rule for rule in RULE_BOOK if rule is not RULES[name]])
    plan = ExactSolver().solve(Worth(assessor, candidates_of(assessor))).plan
    assert faults(pool, plan, assessor.policy)


def test_every_rule_that_can_block_is_one_of_these() -> None:
    blocking = {
        rule.id for rule in RULE_BOOK if set(standings(rule).tolist()) & {Standing.BLOCKED, Standing.CHECK_FIRST}
    }
    assert blocking == set(BITES) | SELDOM_ALONE


POOLS = [invented(Shape(seed=seed, children=6, homes=5, ties=seed % 2 == 0)) for seed in range(24)]


class Altered:
    """A pool of numbers whose intakes are told to the engine otherwise than they are."""

    def __init__(self, pool: InventedWorth, alter: Callable[[Gains], Gains]) -> None:
        self._pool, self._alter = pool, alter

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)

    def gains(self, children: Indices, homes: Indices) -> Gains:
        """What the engine is told."""
        return self._alter(self._pool.gains(children, homes))


def found_out(pool: InventedWorth, worth: Worth, wishes: Wishes | None = None) -> bool:
    """Whether the engine's answer on a pool is not what trying every plan finds, or the engine itself says so."""
    try:
        solved = ExactSolver().solve(worth, wishes)
    except AssertionError:
        return True
    best = best_plan(pool.worth, wishes)
    assert best is not None
    same = solved.plan.home_of == best.home_of
    return not (same and solved.certificate.proof is Proof.OPTIMAL and solved.certificate.bound == best.levels)


def test_nothing_is_found_out_where_nothing_is_taken_away() -> None:
    assert not any(found_out(pool, pool.worth) for pool in POOLS)


@pytest.mark.parametrize("level", ["placed", "together", "gravity", "points", "waited", "order"])
def test_a_level_that_is_left_out_is_found_out(level: str) -> None:
    def without(gains: Gains) -> Gains:
        nothing: dict[str, Any] = {level: np.zeros_like(gains.points)}
        return replace(gains, **nothing)

    assert any(found_out(pool, cast(Worth, Altered(pool, without))) for pool in POOLS)


def test_intakes_that_the_rules_refuse_are_found_out() -> None:
    def all_allowed(gains: Gains) -> Gains:
        return replace(gains, feasible=np.ones_like(gains.feasible))

    assert any(found_out(pool, cast(Worth, Altered(pool, all_allowed))) for pool in POOLS)


def _twice(limits: Callable[..., Any]) -> Callable[..., Any]:
    return lambda self, least, most: limits(self, least, most * 2)


def _no_combinations(*_: Any) -> Found:
    limits = cast(np.ndarray[tuple[int], np.dtype[np.int64]], _[2])
    return Found(np.zeros(0, dtype=np.int64), limits.copy())


def _dearer(at: Callable[..., Priced]) -> Callable[..., Priced]:
    def priced(*asked: Any) -> Priced:
        found = at(*asked)
        return replace(found, bound=found.bound + 2**20)

    return priced


ENGINE: dict[str, tuple[Any, str, Any]] = {
    "children and homes count once": (Programme, "rows", _twice(Programme.rows)),
    "families share a home": (Search, "below", _no_combinations),
    "a cut allows whole plans": (Cut, "limit", property(lambda cut: len(cut.members) // 2 - 1)),
    "a bound lies below every plan": (Pricing, "at", _dearer(Pricing.at)),
}
"""What holds in the engine, and how it is taken away: of what, which part, and what stands in its place."""


@pytest.mark.parametrize("what", ENGINE)
def test_a_part_of_the_engine_that_is_taken_away_is_found_out(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*ENGINE[what])
    assert any(found_out(pool, pool.worth) for pool in POOLS)


def test_wishes_that_are_not_heeded_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solver.exact.fixed_by", lambda worth, _: fixed_by(worth, None))
    wanted = []
    for pool in POOLS:
        plan = best_plan(pool.worth)
        assert plan is not None
        wanted.append(Wishes(forbidden=frozenset(sorted(plan.home_of.items())[:1])))
    assert any(found_out(pool, pool.worth, wishes) for pool, wishes in zip(POOLS, wanted, strict=True))
