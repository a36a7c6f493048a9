"""The best plans that differ from one another: for one child named, or overall by a number of children."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matching.candidates import Worth
from matching.plan import Wishes
from matching.values import ChildId
from solver.differences import Difference, difference
from solver.interface import Solved, Solver, SolveSettings


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan, and how it differs from the best."""

    solved: Solved
    changes: Difference


def alternatives_for(
    solver: Solver,
    worth: Worth,
    best: Solved,
    child: ChildId,
    most: int,
    wishes: Wishes | None = None,
    settings: SolveSettings | None = None,
) -> tuple[Alternative, ...]:
    """Up to `most` other plans, best first, in each of which the child has another home than in all before it.

    Each is the best plan of those in which the child lives in none of the homes already seen; the last may be the plan
    that leaves the child without a proposal.
    """
    wishes, found, latest = wishes or Wishes(), [], best
    while len(found) < most and child in latest.plan.home_of:
        wishes = replace(wishes, forbidden=wishes.forbidden | {(child, latest.plan.home_of[child])})
        latest = solver.solve(worth, wishes, settings)
        found.append(Alternative(latest, difference(best.plan, latest.plan)))
    return tuple(found)
