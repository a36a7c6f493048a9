"""Which of plans that are as good by every level above waiting is made: longest waiting first, then by reference.

The published levels end with an order worked out from references, in numbers small enough for people to add up; plans
can be even by those too. What then decides is a second such order, in larger numbers, that nobody needs to see.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np

from matching.candidates import Worth
from matching.facts.living import NO_CHILD
from solver.faces import Face
from solver.goals import ORDER, WAITING
from solver.problem import Columns, Whole

FINEST = 2**31 - 1


def tie_costs(worth: Worth, columns: Columns) -> list[Whole]:
    """What each intake costs by the goals that settle ties, the most important first, each (k,) whole numbers."""
    return [published(columns, len(worth.urgency)), fine_order(worth, columns)]


def published(columns: Columns, children: int) -> Whole:
    """Days waited by those left out, then the published order, as one number that cannot mix the two up."""
    unit = int(np.abs(columns.levels[:, ORDER]).max(initial=0)) * children + 1
    found: Whole = columns.levels[:, WAITING] * unit + columns.levels[:, ORDER]
    return found


def fine_order(worth: Worth, columns: Columns) -> Whole:
    """A number for each intake from nothing but the identities of its children and its home."""
    pool = worth.pool
    homes, home = np.unique(columns.homes, return_inverse=True)
    of_home = np.array([crc32(str(pool.homes[one].id).encode()) for one in homes.tolist()], dtype=np.int64)
    of_child = np.array([crc32(str(one.child.id).encode()) for one in pool.seekers] + [0], dtype=np.int64)
    mixed = (of_child[columns.children] * 40_503 + of_home[home][:, None] * 2_654_435_761) & 0xFFFFFFFFFFFF
    mixed = (mixed ^ (mixed >> 17)) * 2_246_822_519 % FINEST
    found: Whole = np.where(columns.children != NO_CHILD, mixed, 0).sum(axis=1)
    return found


def preferred(worth: Worth, face: Face) -> Columns | None:
    """The plan of a face that the ties are settled for; None when the relaxed problem does not tell."""
    found = face.preferred(published(face.columns, len(worth.urgency)))
    if found is None:
        return None
    chosen, narrower = found
    if narrower is None:
        return None
    if len(narrower.columns) == len(chosen):
        return chosen
    finest = narrower.preferred(fine_order(worth, narrower.columns))
    return None if finest is None else finest[0]
