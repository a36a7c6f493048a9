"""Which of plans that are as good by every level above waiting is made: longest waiting first, then by reference.

The published levels end with an order worked out from references, in numbers small enough for people to add up; plans
can be even by those too. What then decides is a second such order, in larger numbers, that nobody needs to see.
"""

from __future__ import annotations

import numpy as np

from matching.candidates import Worth
from solver.faces import Face
from solver.problem import ORDER, WAITING, Columns, Whole, fine_order


def tie_costs(worth: Worth, columns: Columns) -> list[Whole]:
    """What each intake costs by the goals that settle ties, the most important first, each (k,) whole numbers."""
    return [published(columns, len(worth.urgency)), fine_order(worth, columns.children, columns.homes)]


def published(columns: Columns, children: int) -> Whole:
    """Days waited by those left out, then the published order, as one number that cannot mix the two up."""
    unit = int(np.abs(columns.levels[:, ORDER]).max(initial=0)) * children + 1
    found: Whole = columns.levels[:, WAITING].astype(np.int64) * unit + columns.levels[:, ORDER]
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
    finest = narrower.preferred(fine_order(worth, narrower.columns.children, narrower.columns.homes))
    return None if finest is None else finest[0]
