"""A pool of numbers with the children who wait in a nation: drawn only where a bed is vacant, and held in few bytes."""

from __future__ import annotations

import numpy as np

from matching.pool import NIGHTS_AHEAD
from tests.solver.invented import InventedWorth, Shape, families_drawn

BEDS = (*(0,) * 17, 1, 1, 2)
"""One home in seven has a vacant bed: 100 beds in a county of 440 homes, 10,000 in a nation of 50,000."""
NATION = Shape(
    children=6_000, homes=50_000, room=BEDS, density=0.25, family_sizes=(*(1,) * 7, 2, 3), conflicts=0.02, gravity=3
)


def large(shape: Shape) -> InventedWorth:
    """A pool of a shape, of the kind that `invented` draws, though not the same; the same shape gives the same pool.

    What is drawn by child and home is drawn for the homes with a vacant bed alone: nobody can move into the others.
    """
    chance = np.random.default_rng(shape.seed)
    families = families_drawn(shape, chance)
    n, m = shape.children, shape.homes
    room = chance.choice(np.array(shape.room), size=m).astype(np.int64)
    tables = n, int(np.count_nonzero(room))
    allowed = chance.random(tables, dtype=np.float32) < shape.density
    gravity = chance.integers(0, shape.gravity + 1, tables, dtype=np.int8)
    gravity *= chance.random(tables, dtype=np.float32) < 0.4
    same = families[:, None] == families[None, :]
    never = np.triu(chance.random((n, n), dtype=np.float32) < shape.conflicts, 1) & ~same
    together = np.triu(np.where(same, chance.choice(np.array([0, 2, 2, 4], dtype=np.int8), size=(n, n)), np.int8(0)), 1)
    first = chance.integers(0, 40, n)
    short = chance.random(n) < shape.short
    return InventedWorth(
        shape=shape,
        allowed=allowed,
        gravity=gravity,
        points=chance.integers(0, shape.points + 1, tables, dtype=np.int16),
        urgency=chance.choice([4, 4, 4, 5, 6], size=n).astype(np.int64),
        waited=chance.integers(0, 300, n),
        families=families,
        room=room,
        first_night=first,
        last_morning=np.where(short, first + chance.integers(1, 120, n), NIGHTS_AHEAD),
        never=never | never.T,
        together=together + together.T,
        required=chance.random(int(families.max(initial=-1)) + 1) < shape.required,
        extra=(chance.random(m) < shape.shared_gravity).astype(np.int64),
        names=chance.permutation(n * 3)[:n].astype(np.int64),
        home_names=chance.permutation(m * 3)[:m].astype(np.int64),
        open_homes=np.flatnonzero(room),
    )
