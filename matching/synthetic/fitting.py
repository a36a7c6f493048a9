"""Fitting a table to its margins: iterative proportional fitting, then whole numbers that keep every total."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.errors import DomainError

Table = npt.NDArray[np.float64]
WholeTable = npt.NDArray[np.int64]

_SWEEPS = 5_000
_CLOSE = 1e-9


def fitted(seed: Table, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]) -> Table:
    """The table nearest the seed, in its cross-product ratios, with these row and column totals.

    A zero in the seed stays zero (a structural zero). Source: Deming and Stephan 1940, iterative proportional fitting.
    Raises DomainError when the totals differ or the zeros leave no such table.
    """
    if rows.sum() != columns.sum():
        raise DomainError(f"Rows total {rows.sum()} and columns {columns.sum()}. Give margins with one total.")
    table = seed.astype(np.float64)
    for _ in range(_SWEEPS):
        table = table * _ratio(rows, table.sum(axis=1))[:, np.newaxis]
        table = table * _ratio(columns, table.sum(axis=0))
        if np.abs(table.sum(axis=1) - rows).max() < _CLOSE:
            return table
    raise DomainError("The margins cannot be met with these zeros. Allow more cells, or change a total.")


def _ratio(wanted: npt.NDArray[np.int64], found: Table) -> Table:
    return np.divide(wanted, found, out=np.zeros_like(found), where=found > 0)


def in_whole_numbers(table: Table) -> WholeTable:
    """The table in whole numbers: each cell rounded down or up, every row and column total kept.

    Cells with the largest fractions go up first; where that is not enough, a chain of roundings is turned round
    (an augmenting path), which always succeeds when the totals of the table are whole.
    """
    down = np.floor(table + _CLOSE).astype(np.int64)
    fraction = np.where(table - down > _CLOSE, table - down, 0.0)
    rows = np.rint(table.sum(axis=1)).astype(np.int64) - down.sum(axis=1)
    columns = np.rint(table.sum(axis=0)).astype(np.int64) - down.sum(axis=0)
    up = np.zeros(table.shape, np.bool_)
    for row in range(len(rows)):
        for _ in range(int(rows[row])):
            if not _add(up, fraction, columns, row, set()):
                raise DomainError("The table's totals are not whole numbers, so they cannot be kept in whole numbers.")
    whole: WholeTable = down + up
    return whole


def _add(up: npt.NDArray[np.bool_], fraction: Table, left: npt.NDArray[np.int64], row: int, tried: set[int]) -> bool:
    """Rounds up one more cell of a row, if need be by moving another row's from its column to another."""
    for column in np.argsort(-fraction[row], kind="stable").tolist():
        if fraction[row, column] <= 0 or up[row, column] or column in tried:
            continue
        tried.add(column)
        if left[column] > 0:
            left[column] -= 1
            up[row, column] = True
            return True
        for other in np.flatnonzero(up[:, column]).tolist():
            if _add(up, fraction, left, other, tried):
                up[other, column] = False
                up[row, column] = True
                return True
    return False


def shared_out(total: int, shares: tuple[float, ...]) -> list[int]:
    """A total in whole numbers by shares, the largest remainders rounded up; shares need not add to one."""
    exact = [total * share / sum(shares) for share in shares]
    parts = [int(number) for number in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts
