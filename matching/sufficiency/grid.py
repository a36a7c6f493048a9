"""The cells that rates are held by: kinds of care, bands of age, and bands of time lived so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

DAYS_OF_A_YEAR: Final = 365.25
EIGHTEEN: Final = round(18 * DAYS_OF_A_YEAR)
"""Age in days at which a child stops being looked after, to the day."""

AGE_EDGES: Final = (0, 1, 5, 10, 16)
"""First whole year of each band of the statutory tables; the last ends on the 18th birthday."""
STAY_EDGES: Final = (28, 91, 365, 730)
"""Days of living so at which the next band begins: most who leave soon leave very soon."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Kinds of care x bands of age x bands of stay; days count from birth and from the first night lived so."""

    kinds: tuple[str, ...]
    age_edges: tuple[int, ...] = AGE_EDGES
    """Whole years, rising from 0: the first of each band."""
    stay_edges: tuple[int, ...] = STAY_EDGES
    """Days, rising: the first of each band but the first."""

    def __post_init__(self) -> None:
        assert self.kinds, "rates are of at least one kind of care"
        assert self.age_edges[0] == 0, "the first band of age begins at birth"
        assert list(self.age_edges) == sorted(set(self.age_edges)), "bands of age rise"
        assert list(self.stay_edges) == sorted(set(self.stay_edges)), "bands of stay rise"

    @property
    def shape(self) -> tuple[int, int, int]:
        """Kinds, bands of age, bands of stay."""
        return len(self.kinds), len(self.age_edges), len(self.stay_edges) + 1

    @property
    def age_labels(self) -> tuple[str, ...]:
        """Each band of age in words, for example '10 to 15'."""
        last = [*(edge - 1 for edge in self.age_edges[1:]), 17]
        spans = zip(self.age_edges, last, strict=True)
        return tuple("under 1" if (a, b) == (0, 0) else f"{a} to {b}" for a, b in spans)

    @property
    def age_starts(self) -> NDArray[np.float32]:
        """Days of age at which each band begins."""
        return np.array([year * DAYS_OF_A_YEAR for year in self.age_edges], np.float32)

    @property
    def age_ends(self) -> NDArray[np.float32]:
        """Days of age at which each band ends; the last is the 18th birthday."""
        return np.append(self.age_starts[1:], np.float32(EIGHTEEN)).astype(np.float32)

    @property
    def stay_starts(self) -> NDArray[np.float32]:
        """Days of stay at which each band begins."""
        return np.array((0, *self.stay_edges), np.float32)

    @property
    def stay_ends(self) -> NDArray[np.float32]:
        """Days of stay at which each band ends; the last never does."""
        return np.array((*self.stay_edges, np.inf), np.float32)

    def age_band(self, days: NDArray[np.float32]) -> NDArray[np.int16]:
        """The band of each age in days, shape as given."""
        return np.clip(np.searchsorted(self.age_ends, days, side="right"), 0, self.shape[1] - 1).astype(np.int16)

    def stay_band(self, days: NDArray[np.float32]) -> NDArray[np.int16]:
        """The band of each stay in days, shape as given."""
        return np.searchsorted(self.stay_ends, days, side="right").astype(np.int16)
