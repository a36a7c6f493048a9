"""Numbers for the few pairs of child and home that have one; every other pair has nothing."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray


class SparsePairs:
    """A whole number for each of a few (child row, home column) pairs; 0 for all the others."""

    __slots__ = ("_columns", "_keys", "_values")

    def __init__(self, numbers: Mapping[tuple[int, int], int], columns: int) -> None:
        self._columns = max(columns, 1)
        ordered = sorted((child * self._columns + home, value) for (child, home), value in numbers.items())
        self._keys = np.array([key for key, _ in ordered], dtype=np.int64)
        self._values = np.array([value for _, value in ordered], dtype=np.int32)

    def look_up(self, children: NDArray[np.int64], homes: NDArray[np.int64]) -> NDArray[np.int32]:
        """The number for each pair of broadcast indices; a child index below zero stands for nobody and has 0."""
        if not len(self._keys):
            return np.zeros((1,) * max(children.ndim, homes.ndim), dtype=np.int32)
        if _is_grid(children, homes):
            return self._grid(children[:, 0], (len(children), homes.shape[1]))
        keys = children * self._columns + homes
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where((self._keys[at] == keys) & (children >= 0), self._values[at], np.int32(0))

    def _grid(self, children: NDArray[np.int64], shape: tuple[int, ...]) -> NDArray[np.int32]:
        """Every pair of consecutive children with all homes: scattering the few is cheaper than looking up the many."""
        found = np.zeros(shape, dtype=np.int32)
        rows, columns = np.divmod(self._keys, self._columns)
        here = (rows >= children[0]) & (rows <= children[-1])
        found[rows[here] - children[0], columns[here]] = self._values[here]
        return found


def _is_grid(children: NDArray[np.int64], homes: NDArray[np.int64]) -> bool:
    if children.ndim != 2 or homes.ndim != 2 or children.shape[1] != 1 or homes.shape[0] != 1:
        return False
    rows, columns = children[:, 0], homes[0]
    return bool(
        len(rows)
        and len(columns)
        and rows[0] >= 0
        and rows[-1] - rows[0] == len(rows) - 1
        and columns[0] == 0
        and columns[-1] == len(columns) - 1
        and (np.diff(rows) == 1).all()
        and (np.diff(columns) == 1).all()
    )
