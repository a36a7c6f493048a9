"""Derives which authorities share a boundary from where their postcodes lie, and writes the tables that say so."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from app.geography.authorities import TABLES, authorities, rows
from app.geography.postcodes import PostcodeDirectory, every_letter
from matching.geography import Points

CELL = 200
"""Metres: every square of this side belongs to the authority of the postcode nearest to its middle."""
REACH = 4_000
"""Metres: beyond this from any postcode lies the sea; no moor in England on a boundary is as empty."""
NORTH_OF_THE_BORDER = 700_000
"""Metres north: everything that England touches lies below."""

Grid = npt.NDArray[np.int32]


def touching(points: Points, authority: npt.NDArray[np.uint16]) -> set[tuple[int, int]]:
    """The pairs of authorities, by index and in order, whose postcodes' squares lie side by side.

    `points` and `authority` have one length. Each square of the grid is given to the postcode nearest to it, by jump
    flooding (Rong and Tan 2006): a boundary then runs half-way between the last postcodes on either side of it, which
    is near enough to the true line to tell who meets whom.
    """
    west, south = int(points.easting.min()) - REACH, int(points.northing.min()) - REACH
    column = (points.easting - west) // CELL
    row = (points.northing - south) // CELL
    shape = (int(row.max()) + REACH // CELL, int(column.max()) + REACH // CELL)
    nearest = np.full(shape, -1, np.int32)
    nearest[row, column] = np.arange(len(points), dtype=np.int32)
    flood = _Flood(points, west, south, nearest)
    for step in (32, 16, 8, 4, 2, 1, 1):
        flood.jump(step)
    owner = np.where((flood.nearest >= 0) & (flood.distance <= REACH), authority[flood.nearest].astype(np.int32), -1)
    return _neighbours(owner[:, 1:], owner[:, :-1]) | _neighbours(owner[1:], owner[:-1])


class _Flood:
    """Which postcode is nearest to each square, as far as it is known, and how far it is."""

    def __init__(self, points: Points, west: int, south: int, nearest: Grid) -> None:
        self._easting = points.easting.astype(np.float32)
        self._northing = points.northing.astype(np.float32)
        self._middle_east = (west + CELL * np.arange(nearest.shape[1]) + CELL // 2).astype(np.float32)[np.newaxis, :]
        self._middle_north = (south + CELL * np.arange(nearest.shape[0]) + CELL // 2).astype(np.float32)[:, np.newaxis]
        self.nearest = nearest
        self.distance = self._how_far(nearest, slice(None), slice(None))

    def jump(self, step: int) -> None:
        """Each square asks the eight squares `step` away whether they know of a nearer postcode."""
        for north in (-step, 0, step):
            for east in (-step, 0, step):
                self._ask(north, east)

    def _ask(self, north: int, east: int) -> None:
        rows_here, rows_there = _overlap(north)
        columns_here, columns_there = _overlap(east)
        offered = self.nearest[rows_there, columns_there]
        distance = self._how_far(offered, rows_here, columns_here)
        here = (rows_here, columns_here)
        nearer = distance < self.distance[here]
        self.nearest[here] = np.where(nearer, offered, self.nearest[here])
        self.distance[here] = np.where(nearer, distance, self.distance[here])

    def _how_far(self, postcode: Grid, rows_here: slice, columns_here: slice) -> npt.NDArray[np.float32]:
        away = np.hypot(
            self._easting[postcode] - self._middle_east[:, columns_here],
            self._northing[postcode] - self._middle_north[rows_here, :],
        )
        return np.where(postcode >= 0, away, np.float32(np.inf))


def _overlap(step: int) -> tuple[slice, slice]:
    """The part of an axis that has a square `step` further on, and those squares."""
    if step >= 0:
        return slice(None, -step or None), slice(step, None)
    return slice(-step, None), slice(None, step)


def _neighbours(one: Grid, other: Grid) -> set[tuple[int, int]]:
    differ = (one != other) & (one >= 0) & (other >= 0)
    pairs = np.unique(np.sort(np.stack([one[differ], other[differ]]), axis=0), axis=1)
    return {(int(low), int(high)) for low, high in pairs.T}


def adjoining(directory: PostcodeDirectory) -> list[tuple[str, str]]:
    """Every pair of adjoining authorities of which at least one is English, in order of code."""
    tables = [table for _, table in every_letter(directory)]
    easting, northing, owner = (
        np.concatenate([getattr(table, column) for table in tables]) for column in ("easting", "northing", "authority")
    )
    south = northing < NORTH_OF_THE_BORDER
    codes = [None, *authorities().by_code]
    found = {
        (str(codes[low]), str(codes[high]))
        for low, high in touching(Points(easting[south], northing[south]), owner[south])
    }
    for row in rows("over_water"):
        pair = (row["authority"], row["neighbour"])
        found = found | {pair} if row["adjoining"] == "yes" else found - {pair}
    return sorted(pair for pair in found if "E" in (pair[0][0], pair[1][0]))


def letters(directory: PostcodeDirectory) -> Iterator[tuple[str, str]]:
    """Each authority with the first letters of its postcodes."""
    codes = [None, *authorities().by_code]
    used: dict[str, str] = {}
    for initial, table in every_letter(directory):
        for index in np.unique(table.authority):
            used[str(codes[index])] = used.get(str(codes[index]), "") + initial
    return iter(sorted(used.items()))


def write(table: str, header: tuple[str, str], lines: Iterable[tuple[str, str]]) -> None:
    """Writes one of the tables beside this module."""
    with (TABLES / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def build() -> None:
    """Writes both tables from the installed edition of the postcode package: some twenty seconds."""
    directory = PostcodeDirectory()
    write("postcode_letters", ("authority", "letters"), letters(directory))
    write("adjoining", ("authority", "neighbour"), adjoining(directory))


if __name__ == "__main__":
    build()
