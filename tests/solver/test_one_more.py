"""What one more home brings: each figure is the difference of two plans of two pools, made apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.pool import pool_of
from matching.records import Records
from matching.scenarios.outcomes import outcome_of
from solver.exact import ExactSolver
from solver.one_more import one_more
from tests.solver.test_cheapest_homes import scarce


def planned(records: Records) -> tuple[Worth, int, int]:
    """A pool by itself: children placed, and pence a week of the places proposed, by its best plan."""
    assessor = Assessor(pool_of(records))
    worth = Worth(assessor, candidates_of(assessor))
    plan = ExactSolver().solve(worth).plan
    return worth, len(plan.home_of), outcome_of(assessor, plan).sums.weekly_pence


@pytest.mark.parametrize("seed", [1, 4])
def test_every_figure_is_what_two_pools_planned_apart_differ_by(seed: int) -> None:
    worth, offers = scarce(seed)
    first = [offer.homes[0] for offer in offers]
    added = {home for offer in offers for home in offer.homes}
    records = worth.pool.records
    without = tuple(home for home in records.homes if home.id not in added)
    _, placed, weekly = planned(replace(records, homes=without))
    pool, *_ = planned(replace(records, homes=tuple(h for h in records.homes if h.id not in added or h.id in first)))
    for brought in one_more(pool, first):
        more = next(home for home in records.homes if home.id == brought.home)
        _, placed_with, weekly_with = planned(replace(records, homes=(*without, more)))
        assert (brought.placed, brought.weekly) == (placed_with - placed, weekly_with - weekly)
        assert brought.proved
        assert brought.levels <= type(brought.levels)(0, 0, 0, 0, 0, 0), "one home more makes no plan worse"
