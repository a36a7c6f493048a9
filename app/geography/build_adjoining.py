"""Derives which authorities share a boundary from where their postcodes lie, and writes the tables that say so."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.geography.authorities import TABLES, authorities, rows
from app.geography.postcodes import PostcodeDirectory
from matching.geography import Points

CELL = 200
"""Metres: every square of this side belongs to the authority of the postcode nearest to its middle."""
REACH = 4_000
"""Metres: beyond this from any postcode lies the sea; no moor in England on a boundary is as empty."""
NORTH_OF_THE_BORDER = 700_000
"""Metres north: everything that England touches lies below."""

ROUND_ABOUT = [(east, north) for east in (-1, 0, 1) for north in (-1, 0, 1) if (east, north) != (0, 0)]
NOBODY = -1


def touching(points: Points, authority: npt.NDArray[np.uint16]) -> set[tuple[int, int]]:
    """The pairs of authorities, by index and in order, whose squares lie side by side.

    `points` and `authority` have one length. A boundary found so runs half-way between the last postcodes on either
    side of it, which is near enough to the true line to tell who meets whom.
    """
    nearest = _nearest_postcodes(points)
    owner = np.where(nearest == NOBODY, NOBODY, authority[nearest].astype(np.int32))
    return _neighbours(owner[:, 1:], owner[:, :-1]) | _neighbours(owner[1:], owner[:-1])


def _nearest_postcodes(points: Points) -> npt.NDArray[np.int32]:
    """For each square of a grid, northwards and eastwards, which postcode is nearest to its middle, or NOBODY.

    Spreads from the squares that hold postcodes to the squares round about, as long as each gets a nearer one by it.
    """
    margin = REACH // CELL + 2
    east, north = ((side - side.min() + margin * CELL).astype(np.float32) for side in (points.easting, points.northing))
    shape = (int(north.max()) // CELL + margin, int(east.max()) // CELL + margin)
    nearest = np.full(shape, NOBODY, np.int32).reshape(-1)
    distance = np.full(nearest.shape, np.inf, np.float32)

    def away(postcode: npt.NDArray[np.int32], square: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        middle_north, middle_east = (
            (step * CELL + CELL // 2).astype(np.float32) for step in np.divmod(square, shape[1])
        )
        metres: npt.NDArray[np.float32] = np.hypot(east[postcode] - middle_east, north[postcode] - middle_north)
        return metres

    offered = np.arange(len(points), dtype=np.int32)
    squares = (north // CELL).astype(np.int64) * shape[1] + (east // CELL).astype(np.int64)
    first = np.lexsort((away(offered, squares), squares))
    front, holders = np.unique(squares[first], return_index=True)
    nearest[front] = offered[first][holders]
    distance[front] = away(nearest[front], front)
    while len(front):
        reached = []
        for step_east, step_north in ROUND_ABOUT:
            there, offered = front + step_north * shape[1] + step_east, nearest[front]
            metres = away(offered, there)
            nearer = (metres < distance[there]) & (metres <= REACH)
            nearest[there[nearer]], distance[there[nearer]] = offered[nearer], metres[nearer]
            reached.append(there[nearer])
        front = np.unique(np.concatenate(reached))
    return nearest.reshape(shape)


def _neighbours(one: npt.NDArray[np.int32], other: npt.NDArray[np.int32]) -> set[tuple[int, int]]:
    differ = (one != other) & (one != NOBODY) & (other != NOBODY)
    pairs = np.unique(np.sort(np.stack([one[differ], other[differ]]), axis=0), axis=1)
    return {(int(low), int(high)) for low, high in pairs.T}


def adjoining(directory: PostcodeDirectory) -> list[tuple[str, str]]:
    """Every pair of adjoining authorities of which at least one is English, in order of code."""
    tables = [table for _, table in directory.every_letter()]
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


def letters(directory: PostcodeDirectory) -> list[tuple[str, str]]:
    """Each authority with the first letters of its postcodes."""
    codes = [None, *authorities().by_code]
    used: dict[str, str] = {}
    for initial, table in directory.every_letter():
        for index in np.unique(table.authority):
            used[str(codes[index])] = used.get(str(codes[index]), "") + initial
    return sorted(used.items())


def build(folder: Path = TABLES) -> None:
    """Writes both tables into a folder from the installed edition of the postcode package: some seconds."""
    directory = PostcodeDirectory()
    _write(folder / "postcode_letters.csv", ("authority", "letters"), letters(directory))
    _write(folder / "adjoining.csv", ("authority", "neighbour"), adjoining(directory))


def _write(path: Path, header: tuple[str, str], lines: Iterable[tuple[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


if __name__ == "__main__":
    build()
