"""Reads one file of a return: knows it by its header, and checks every cell against the codes of the year."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from app.interchange.cells import Wrong
from app.interchange.problems import Problems
from app.interchange.sources import Cells, Source
from app.interchange.ssda903.files import Kind, columns_of, kind_of, missing_from
from app.interchange.tables import Column, loosely
from matching.codes.ssda903 import CollectionYear


class Teller(Protocol):
    """Takes what is wrong: as a problem, which refuses the whole return, or as a note."""

    def add(self, file: str, line: int | None, column: str | None, wrong: str, right: str) -> None:
        """Takes one thing."""
        ...


@dataclass(slots=True)
class ReturnRow:
    """One row that was read, without any cell that could not be."""

    file: str
    line: int
    values: Mapping[str, Any]
    bad: bool = False

    def __getitem__(self, header: str) -> Any:
        return self.values.get(header)


class ReturnFile:
    """One file of a return. `kind` is None when it is none of them, or nothing can be read."""

    def __init__(self, source: Source, name: str, problems: Problems, notes: Teller) -> None:
        self.name, self.size = name, source.size(name)
        self._source, self._problems, self._notes = source, problems, notes
        self._header: list[str] = []
        self.kind = self._known_by()
        self.readable = self.kind is not None and self._has_its_columns(self.kind)

    def rows(self, year: CollectionYear) -> Iterator[ReturnRow]:
        """Every row, with what is wrong told to whom it matters: problems of what is kept, notes of the rest."""
        if not self.readable or self.kind is None:
            return
        teller = self._problems if self.kind.kept else self._notes
        columns = {loosely(column.header): column for column in columns_of(self.kind, year)}
        readers = [_CellReader(columns[name]) if name in columns else None for name in map(loosely, self._header)]
        for line, cells in self._lines(self._problems):
            if len(cells) == len(readers):
                yield self._row(line, cells, readers, teller)
            else:
                wrong = f"The row has {len(cells)} cells and the header {len(readers)}"
                teller.add(self.name, line, None, wrong, "Give every row a cell for each column")

    def raw(self, header: str) -> Iterator[str]:
        """The cells of one column as they are written; a row too short has none."""
        names = [loosely(name) for name in self._header]
        if self.readable and loosely(header) in names:
            at = names.index(loosely(header))
            yield from (cells[at].strip() for _, cells in self._lines(Problems()) if at < len(cells))

    def _row(self, line: int, cells: list[str], readers: list[_CellReader | None], teller: Teller) -> ReturnRow:
        values: dict[str, Any] = {}
        bad = False
        for cell, reader in zip(cells, readers, strict=True):
            if reader is None:
                continue
            found = reader.read(cell)
            if isinstance(found, Wrong):
                bad = True
                teller.add(self.name, line, reader.header, found.wrong, found.right)
            else:
                values[reader.header] = found
        return ReturnRow(self.name, line, values, bad)

    def _lines(self, problems: Problems) -> Iterator[tuple[int, list[str]]]:
        with self._source.open(self.name) as raw:
            cells = Cells(self.name, raw, problems)
            cells.next()
            before = cells.line
            while (found := cells.next()) is not None:
                line, before = before + 1, cells.line
                if any(found):
                    yield line, found

    def _known_by(self) -> Kind | None:
        with self._source.open(self.name) as raw:
            begins = raw.read(4)
        if begins[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or begins[:2] == b"PK":
            what = "a spreadsheet" if begins[:2] == b"PK" else "UTF-16 text"
            self._problems.add(self.name, 1, None, f"The file is {what}, not CSV in UTF-8", "Save it as CSV UTF-8")
            return None
        with self._source.open(self.name) as raw:
            self._header = Cells(self.name, raw, Problems()).next() or []
        if not any(self._header):
            self._notes.add(self.name, None, None, "The file is empty", "Nothing was read from it")
            return None
        found = kind_of(self._header)
        if found is None:
            wrong = "This is none of the files of the return"
            right = f"Give files with the headers of {', '.join(Kind)}, or take this one out"
            self._problems.add(self.name, 1, None, wrong, right)
        return found

    def _has_its_columns(self, kind: Kind) -> bool:
        missing = missing_from(kind, self._header)
        for name in missing:
            wrong = f"The column is missing, which the file {kind} has"
            self._problems.add(self.name, 1, name, wrong, "Add it")
        given = [loosely(name) for name in self._header]
        twice = {name for name in given if given.count(name) > 1 and name}
        if twice:
            self._problems.add(self.name, 1, None, "A column is there twice", "Keep one of them")
        own = {loosely(column.header) for column in columns_of(kind, CollectionYear(2026))}
        strange = sum(name not in own for name in given)
        if strange:
            wrong = f"{strange} column{'s are' if strange > 1 else ' is'} not of the file {kind}"
            self._notes.add(self.name, None, None, wrong, "Nothing was read from there")
        return not missing and not twice


class _CellReader:
    """Reads the cells of one column; the same text is read once."""

    def __init__(self, column: Column) -> None:
        self.header = column.header
        self._column = column
        self._seen: dict[str, Any] = {}

    def read(self, cell: str) -> Any:
        """The value, None for a blank, or what is wrong."""
        try:
            return self._seen[cell]
        except KeyError:
            pass
        try:
            found = self._column.read(cell)
        except Wrong as wrong:
            found = wrong
        self._seen[cell] = found
        return found
