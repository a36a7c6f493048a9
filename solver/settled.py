"""Where the relaxed problem came to rest for one goal, and what that proves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.prices import SCALE, Prices
from solver.problem import Columns, Whole


@dataclass(frozen=True, slots=True)
class Settled:
    """Where the relaxed problem came to rest for one goal."""

    weights: Whole
    shares: np.ndarray[tuple[int], np.dtype[np.float64]]
    """(k,) how much of each intake at hand is in the solution of the relaxed problem."""
    prices: Prices
    bound: int
    """No plan comes to less, in parts of a point; placing nobody counts as nothing."""
    at_home: Whole
    """(homes,) what each home adds to the bound."""
    complete: bool = True
    """Whether no home had more combinations than could be looked at."""
    searched: int | None = None
    """What a search of every intake within the gap proved, where one was needed."""

    def above(self, columns: Columns) -> Whole:
        """What intakes cost, reduced by what they pay, above the least of their home, in parts of a point, (k,)."""
        found: Whole = SCALE * columns.costs(self.weights) - self.prices.paid(columns.children)
        return found - self.at_home[columns.homes]

    def gap(self, levels: Whole) -> int:
        """How far a plan that adds so much at each level (LEVELS,) lies above the bound, in parts of a point."""
        return int(levels @ self.weights) * SCALE - self.bound

    @property
    def whole(self) -> int:
        """The bound as a whole number of points."""
        whole = -(-self.bound // SCALE)
        return whole if self.searched is None else max(whole, self.searched)
