"""The published levels as goals for the relaxed problem: each weighs the levels up to its own, and proves that one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.patterns import Parts
from solver.problem import GRAVITY, LEVELS, PARTED, POINTS, UNPLACED, Whole

PROVED_BY_PRICE = (UNPLACED, PARTED, GRAVITY, POINTS)
LARGEST_UNIT = 2**33


@dataclass(frozen=True, slots=True)
class Goals:
    """How many units of each level one unit of the level above weighs.

    The weights need not be large enough to be safe by themselves. A plan that is best for the goals of all levels down
    to one is best level by level down to that one, whatever the weights: being best for `of(UNPLACED)` it places the
    most; of those that do, being best for `of(PARTED)` it parts the fewest; and so on.
    """

    steps: tuple[int, int, int]

    def of(self, level: int) -> Whole:
        """The weights (LEVELS,) of the goal that proves a level."""
        weights = np.zeros(LEVELS, dtype=np.int64)
        unit = 1
        for at in range(level, -1, -1):
            weights[at] = unit
            if at:
                unit *= self.steps[at - 1]
        if unit >= LARGEST_UNIT:
            raise AssertionError(f"a unit of the first level would weigh {unit}")
        return weights

    def firmer(self) -> Goals:
        """The same with each level weighing more."""
        return Goals((self.steps[0] * 2, self.steps[1] * 2, self.steps[2] * 4))


def goals_for(parts: Parts) -> Goals:
    """Weights by what one child's home could change at each level below."""
    levels, sizes = parts.columns.levels, parts.columns.sizes()
    if not len(parts):
        return Goals((1, 1, 1))
    points = levels[:, POINTS] // sizes
    spread = int(points.max() - points.min()) + 1
    gravity = int((levels[:, GRAVITY] // sizes).max()) + 1
    pairs = int(-levels[:, PARTED].min()) + 1
    return Goals((pairs, gravity, 2 * spread))
