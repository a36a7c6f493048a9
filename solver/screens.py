"""What a choice would cost at least, from prices alone: quick enough to put every home of a child in order.

A plan with a child in a home has an intake of the home with the child in it, so it lies above the bound by no less than
that intake does. How much more it costs in truth, and whom, a plan made anew tells (solver/counterfactual.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.candidates import Worth
from matching.values import ChildId, HomeId
from solver.exact import ExactSolver
from solver.prices import SCALE
from solver.problem import POINTS, Whole
from solver.solving import Standing

FAR_ENOUGH = 2**20 * SCALE
"""Intakes further above the bound than this, in parts of a point, are said to be this far."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The least that plans with one child in each home come to above the best plan, by a goal of weighted levels."""

    weights: Whole
    """(LEVELS,) what a unit of each level weighs in the goal."""
    least: dict[HomeId, int]
    """By home: a plan with the child there weighs no less than this more than the best one, in whole points."""


def screen(solver: ExactSolver, worth: Worth, child: ChildId, within: int = FAR_ENOUGH) -> Screen | None:
    """What each home that the child may be proposed costs at least; None unless a plan of the pool has just been proved.

    Raises KeyError for a child who does not wait.
    """
    with solver.one_at_a_time:
        standing = solver.standing(worth)
        return None if standing is None else _screened(standing, worth, worth.pool.seeker_index[child], within)


def _screened(standing: Standing, worth: Worth, row: int, within: int) -> Screen:
    settled, pricing = standing.proofs[POINTS], standing.relaxation.pricing
    pricing.set(standing.fixed)
    near = pricing.at(settled.weights, settled.prices, within)
    above = near.reduced - near.at_home[near.columns.homes]
    with_child = (near.columns.children == row).any(axis=1)
    least = np.full(worth.homes, within, dtype=np.int64)
    np.minimum.at(least, near.columns.homes[with_child], above[with_child])
    if not near.complete:
        least[:] = 0
    gap = settled.whole * SCALE - near.bound  # what is proved best may lie above what prices prove
    homes = worth.candidates.of_child(row).tolist()
    return Screen(
        settled.weights, {worth.pool.homes[at].id: max(0, -(-(int(least[at]) - gap) // SCALE)) for at in homes}
    )
