"""What a noun of the bundle is: its files, and the way between rows and records; and how references become ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID, uuid5

from app.interchange.tables import Row, Table, Values
from matching.authorities import Authority
from matching.errors import DomainError
from matching.geography import Gazetteer
from matching.needs import Framework
from matching.places import Place

Written = tuple[Table, Values]
"""A row to be written, with the file it belongs to."""


class BadRow(DomainError):
    """A row whose cells can each be read, but not together."""

    def __init__(self, row: Row, key: str | None, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.row, self.key, self.wrong, self.right = row, key, wrong, right


NO_ID = UUID(int=0)


@dataclass(slots=True)
class Record:
    """The rows of one record: those of its main file, and those of each of its parts, in the order of the files."""

    ref: str
    rows: list[Row]
    part_rows: dict[str, list[Row]] = field(default_factory=dict)
    id: UUID = NO_ID
    """The id on record for the reference, or the one a new record gets."""

    @property
    def row(self) -> Row:
        """The first row of the main file."""
        return self.rows[0]

    def parts(self, table: Table) -> list[Row]:
        """The rows of one of its parts."""
        return self.part_rows.get(table.name, [])

    def once(self, table: Table, key: str, value: str) -> dict[Any, Any]:
        """A part as a map. Raises BadRow when a key is there twice."""
        found: dict[Any, Any] = {}
        for row in self.parts(table):
            if row[key] in found:
                raise BadRow(row, key, "This is there twice for the same record", "Keep one of the rows")
            found[row[key]] = row[value]
        return found

    def every_row(self) -> Iterator[Row]:
        """All of its rows."""
        yield from self.rows
        for rows in self.part_rows.values():
            yield from rows


class Resolver(Protocol):
    """Turns references into ids and back, within one authority."""

    authority: Authority
    gazetteer: Gazetteer

    def require(self, row: Row, noun: str, key: str) -> UUID:
        """The id of what a cell of a row refers to. Raises BadRow when there is no such record."""
        ...

    def home(self, row: Row) -> UUID:
        """The id of the home that a row names by reference, and by authority when it is another's. Raises BadRow."""
        ...

    def home_ref(self, wanted: UUID) -> tuple[str | None, str]:
        """The authority (None for one's own) and the reference of a home."""
        ...

    def ref(self, noun: str, wanted: UUID) -> str:
        """The reference of a record."""
        ...

    def place(self, row: Row) -> Place:
        """The place that a row's postcode names. Raises BadRow."""
        ...

    def framework(self, row: Row, key: str) -> Framework:
        """The framework that a cell names by code and version. Raises BadRow."""
        ...

    def framework_name(self, wanted: UUID) -> str:
        """A framework by code and version, as in default/1."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """One noun of the bundle."""

    name: str
    """As other files refer to it: a column `child_ref` refers to a child."""
    main: Table
    parts: tuple[Table, ...] = ()
    several_rows: bool = False
    """Whether one record has several rows in its main file."""
    refers_to: Mapping[str, str] = field(default_factory=dict)
    """Which noun each column of any of its files refers to, by key."""
    read: Callable[[Record, Resolver], Any]
    """Raises BadRow, or any DomainError of the record."""
    write: Callable[[Any, Resolver], Iterable[Written]]

    @property
    def words(self) -> str:
        """The name as people say it."""
        return self.name.replace("_", " ")

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every file of the noun, the main one first."""
        return (self.main, *self.parts)


def new_id(authority: Authority, noun: str, ref: str) -> UUID:
    """The id a record gets when its reference is not on record: the same whenever the same bundle is loaded."""
    return uuid5(authority.id, f"{noun}/{ref}")
