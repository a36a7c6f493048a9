"""The reference: every plan of a tiny pool, with nothing but the one predicate and no short cut. Slow on purpose."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np

from matching.candidates import Worth, intake_arrays
from matching.plan import Plan, Wishes, plan_of
from solver.problem import fine_order

Intakes = tuple[tuple[int, tuple[int, ...]], ...]
Added = tuple[int, ...]


def best_plan(worth: Worth, wishes: Wishes | None = None) -> Plan | None:
    """The best of all plans, home after home with every set of the children left; None when wishes cannot be kept."""
    allowed = _allowed(worth, wishes or Wishes())
    pinned = {worth.pool.seeker_index[kid] for kid, _ in (wishes or Wishes()).pinned}

    @cache
    def best(home: int, left: frozenset[int]) -> tuple[Added, Intakes] | None:
        if home == worth.homes:
            return None if pinned & left else ((0,) * 7, ())
        found = best(home + 1, left)
        for some, added in allowed[home]:
            rest = best(home + 1, left - some) if some <= left else None
            if rest is not None:
                total = tuple(one + other for one, other in zip(added, rest[0], strict=True))
                here = total, ((home, tuple(sorted(some))), *rest[1])
                found = here if found is None else min(found, here)
        return found

    answer = best(0, frozenset(range(len(worth.urgency))))
    return None if answer is None else plan_of(worth, answer[1])


def _allowed(worth: Worth, wishes: Wishes) -> list[list[tuple[frozenset[int], Added]]]:
    """For each home every set of children that it may take, and what it adds at each level and to the finest order."""
    kids = range(len(worth.urgency))
    sets = [some for size in range(1, len(kids) + 1) for some in combinations(kids, size)]
    found = []
    for home in range(worth.homes):
        children, homes = intake_arrays((home, some) for some in sets)
        gains = worth.gains(children, homes)
        finest = fine_order(worth, children, homes)
        added = zip(
            -gains.placed, -gains.together, gains.gravity, gains.points, -gains.waited, gains.order, finest, strict=True
        )
        rows = [tuple(int(value) for value in row) for row in added]
        found.append(
            [
                (frozenset(sets[at]), rows[at])
                for at in np.flatnonzero(gains.feasible)
                if _keeps(worth, wishes, home, sets[at])
            ]
        )
    return found


def _keeps(worth: Worth, wishes: Wishes, home: int, some: tuple[int, ...]) -> bool:
    children, place = [worth.pool.seekers[kid].child.id for kid in some], worth.pool.homes[home].id
    elsewhere = {kid for kid, pinned in wishes.pinned if pinned != place}
    return not any(kid in elsewhere or (kid, place) in wishes.forbidden for kid in children)
