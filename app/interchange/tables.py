"""What the files of a bundle are made of: files, their columns, and one row read or written by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.interchange.cells import Cell, Wrong, as_meant
from app.interchange.problems import Problems

Values = dict[str, Any]
"""The values of one row by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its header, the key its value goes by, how its cells are written, and what a blank means."""

    header: str
    key: str
    cell: Cell
    says: str
    required: bool = False
    """Whether a blank is a problem."""
    blank: Any = None
    """The value of a blank cell, and of a column that is not there."""
    kept: bool = True
    """False for a column that another standard has and this service has no use for: accepted, and not read."""

    def read(self, cell: str) -> Any:
        """The value of a cell. Raises Wrong."""
        trimmed = cell.strip()
        if trimmed:
            return self.cell.read(cell if self.cell.verbatim else trimmed)
        if self.required:
            raise Wrong("This is blank", f"Give {self.cell.says}")
        return self.blank

    def write(self, value: Any) -> str:
        """The cell of a value; nothing is written blank."""
        return "" if value is None else self.cell.write(value)


def column(header: str, cell: Cell, says: str, *, key: str = "", required: bool = False, blank: Any = None) -> Column:
    """A column; its key is its header unless another is given."""
    return Column(header=header, key=key or header, cell=cell, says=says, required=required, blank=blank)


@dataclass(frozen=True)
class Table:
    """One file: its name without .csv, what one row of it is, and its columns."""

    name: str
    says: str
    columns: tuple[Column, ...]
    of: str = field(default="")
    """Key of the column that names the record a row belongs to; rows of one record may stand anywhere in the file."""

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header, in the order in which they are written."""
        return tuple(column.header for column in self.columns)

    @cached_property
    def by_header(self) -> Mapping[str, Column]:
        """The column of each header as it is looked up: in small letters, without spaces at the ends."""
        return {loosely(column.header): column for column in self.columns}

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """The column of each key."""
        return {column.key: column for column in self.columns}

    def header_of(self, key: str) -> str | None:
        """The header of the column with a key; None when there is none."""
        found = self.by_key.get(key)
        return None if found is None else found.header

    def write(self, values: Mapping[str, Any]) -> list[str]:
        """The cells of a row."""
        return [column.write(values.get(column.key)) for column in self.columns]


@dataclass(slots=True)
class Row:
    """One row that was read: where it stands, and its values by key."""

    table: Table
    line: int
    values: Values
    bad: bool = False
    """Whether a cell could not be read, so that nothing more is said of the row than that."""

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def pick(self, *keys: str) -> Values:
        """Some of the values."""
        return {key: self.values[key] for key in keys}

    def refuse(self, problems: Problems, key: str | None, wrong: str, right: str) -> None:
        """Notes a problem with the row, at the column of a key when there is one."""
        self.bad = True
        header = None if key is None else self.table.header_of(key)
        problems.add(self.table.file, self.line, header, wrong, right)


class Reader:
    """Reads the rows of one file by its header."""

    def __init__(self, table: Table, header: Sequence[str], problems: Problems) -> None:
        self.table, self._problems = table, problems
        self._width = len(header)
        found = [table.by_header.get(loosely(name)) for name in header]
        self._at = [(place, column) for place, column in enumerate(found) if column is not None and column.kept]
        of = table.by_key[table.of]
        self._of = next((place for place, column in enumerate(found) if column is of), None)
        self._blank = {column.key: column.blank for column in table.columns}

    def ref_in(self, cells: Sequence[str]) -> str:
        """The reference of the record a row belongs to, as it is written; nothing when there is none."""
        return as_meant(cells[self._of].strip()) if self._of is not None and self._of < len(cells) else ""

    def row(self, line: int, cells: Sequence[str]) -> Row:
        """One row; what cannot be read is noted, and the row is then bad."""
        row = Row(self.table, line, dict(self._blank))
        if len(cells) != self._width:
            row.refuse(
                self._problems,
                None,
                f"The row has {len(cells)} cells and the header {self._width}",
                "Give every row a cell for each column, with quotation marks around a cell that holds a comma",
            )
            return row
        for place, column in self._at:
            try:
                row.values[column.key] = column.read(cells[place])
            except Wrong as wrong:
                row.values[column.key] = column.blank
                row.refuse(self._problems, column.key, wrong.wrong, wrong.right)
        return row


def header_problems(table: Table, header: Sequence[str]) -> Iterator[tuple[str | None, str, str]]:
    """What is wrong with a header, as (column, what, what would be right)."""
    given = [loosely(name) for name in header]
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        yield None, "The cells are not parted by commas", "Save the file as CSV (comma delimited)"
        return
    for column in table.columns:
        count = given.count(loosely(column.header))
        if count > 1:
            yield column.header, "The column is there twice", "Keep one of them"
        if count == 0 and column.required:
            yield column.header, "The column is missing", f"Add it: {column.says[0].lower()}{column.says[1:]}"
    unknown = sum(name not in table.by_header for name in given)
    if unknown:
        places = ", ".join(str(at) for at, name in enumerate(given, start=1) if name not in table.by_header)
        yield (
            None,
            f"There is no column of that name (column {places} of the header)",
            "Correct the header or take the column out; docs/bundle.md lists the columns of every file",
        )


def loosely(header: str) -> str:
    """A header as it is compared: capitals, spaces and line breaks do not matter."""
    return " ".join(header.split()).lower()
