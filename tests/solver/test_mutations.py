"""Each constraint taken away in turn: the plan is then wrong, and what looks plans through says so."""

from __future__ import annotations

import pytest

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.plan import faults
from matching.pool import pool_of
from matching.rules.book import RULE_BOOK, RULES
from matching.rules.model import Standing
from matching.rules.states import standings
from matching.synthetic.pools import small_pool
from solver.exact import ExactSolver

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
