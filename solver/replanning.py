"""A plan made anew after something changed, keeping what was already shown to people where that does no harm."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.candidates import Worth
from matching.plan import Levels, Plan, levels_of
from solver.differences import Difference, Move, difference, moved
from solver.interface import Solved
from solver.made_plans import MadePlan, proved


@dataclass(frozen=True, slots=True)
class Replanned:
    """The plan that keeps most of what was shown, beside the plan that pays no heed to it."""

    plan: Plan
    best: Solved
    """The best plan by the published levels alone."""
    kept: int
    """Children who are proposed the home that was shown for them."""
    changed: tuple[Move, ...]
    """Children for whom another home was shown, or none, or who no longer wait; by child."""
    price: Difference
    """From the best plan to this one: what it costs to keep what was shown."""
    spared: int
    """How many children fewer are moved from what was shown than by the best plan."""
    exact: bool
    """Whether both plans are proved best."""


def replan(made: MadePlan, shown: Plan, points: int) -> Replanned:
    """The best plan for a pool when each proposal that was shown and still stands counts as so many points saved.

    `shown` is the plan that people have seen, of this pool or of one before a referral came or a home went; `made` is
    the best plan of the pool as it now is, with what is now fixed. The levels above points are not touched: no child
    goes without a home, no siblings are parted and nobody has more to agree to so that a proposal may stand.
    """
    worth = made.worth
    solved = made.solver.solve(_remembering(worth, shown, points), made.wishes, made.settings)
    plan = replace(solved.plan, levels=_levels(worth, solved.plan))
    return Replanned(
        plan=plan,
        best=made.best,
        kept=len(shown.home_of) - moved(shown, plan),
        changed=_changed(shown, plan),
        price=difference(worth, made.plan, plan),
        spared=moved(shown, made.plan) - moved(shown, plan),
        exact=proved(made.best, solved),
    )


def _remembering(worth: Worth, shown: Plan, points: int) -> Worth:
    """The pool as it is to people who have been shown a plan: each pairing of that plan costs fewer points."""
    candidates, pool = worth.candidates, worth.pool
    home = np.full(len(pool.seekers), -1, dtype=np.int64)
    for child, place in shown.home_of.items():
        if child in pool.seeker_index and place in pool.home_index:
            home[pool.seeker_index[child]] = pool.home_index[place]
    kept = np.repeat(home, np.diff(candidates.starts)) == candidates.homes
    changed = candidates.points - np.where(kept, points, 0).astype(np.int32)
    return Worth(worth.assessor, replace(candidates, points=changed))


def _levels(worth: Worth, plan: Plan) -> Levels:
    """What a plan comes to by the published levels."""
    pool = worth.pool
    return levels_of(
        worth,
        ((pool.home_index[one.home], tuple(pool.seeker_index[kid] for kid in one.children)) for one in plan.intakes),
    )


def _changed(shown: Plan, plan: Plan) -> tuple[Move, ...]:
    before, after = shown.home_of, plan.home_of
    return tuple(
        Move(child, before.get(child), after.get(child))
        for child in sorted({*before, *after})
        if before.get(child) != after.get(child)
    )
