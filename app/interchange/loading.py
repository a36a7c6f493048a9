"""Loads a bundle: all of it in one transaction, or nothing and every problem at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from app.interchange.bundle import NOUNS, TABLES
from app.interchange.joining import NounFiles
from app.interchange.names import Names, repository
from app.interchange.nouns import BadRow, Noun, Record, new_id
from app.interchange.problems import Problems
from app.interchange.sources import Source
from db.acts import Act
from db.errors import BedsPromised, BedsTaken
from db.repositories.access import Import
from db.session import Store, Work
from matching.errors import DomainError, Invalid
from matching.geography import Gazetteer
from matching.values import AuthorityId

BATCH = 1_000
"""Records made and written at a time."""
Progress = Callable[[str, int], None]
"""Told, now and then, which noun is being loaded and how many records of it were."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the records of one file."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a bundle came to, by main file."""

    id: UUID
    counts: dict[str, Counts]

    @property
    def changes(self) -> int:
        """Records added or changed; none when the same bundle is loaded again."""
        return sum(count.added + count.changed for count in self.counts.values())


def import_bundle(
    store: Store,
    authority: AuthorityId,
    source: Source,
    gazetteer: Gazetteer,
    act: Act,
    progress: Progress | None = None,
) -> Loaded:
    """Loads every file of a source into one authority's records.

    Records are known by their references: what is new is added, what differs is changed, the rest is left alone, and
    nothing is taken away. Raises BundleRefused with every problem, Busy, NotFound for an authority there is not.
    """
    problems = Problems()
    _note_strange_files(source, problems)
    with store.writing(authority) as work:
        names = Names(work, gazetteer)
        counts = {}
        for noun in NOUNS:
            files = NounFiles(noun, source, problems)
            if files.there:
                counts[noun.main.name] = _Loading(noun, work, names, problems, act, progress).load(files)
        problems.refuse_if_any()
        loaded = Loaded(uuid4(), counts)
        _record(work, loaded, source, act)
    return loaded


def _note_strange_files(source: Source, problems: Problems) -> None:
    known = {table.file for table in TABLES}
    strange = len(source.names - known)
    if strange or not source.names:
        wrong = "There is no CSV file" if not source.names else f"{strange} CSV file(s) of names that no file here has"
        problems.add("(the bundle)", None, None, wrong, f"Give files named {', '.join(sorted(known))}")


class _Loading:
    """Loads the records of one noun."""

    def __init__(
        self, noun: Noun, work: Work, names: Names, problems: Problems, act: Act, progress: Progress | None
    ) -> None:
        self._noun, self._work, self._names, self._problems = noun, work, names, problems
        self._act, self._progress = act, progress
        self._added = self._changed = self._unchanged = self._seen = 0

    def load(self, files: NounFiles) -> Counts:
        for batch in _batches(files.records()):
            self._write(batch, self._made(batch))
            self._seen += len(batch)
            if self._progress is not None:
                self._progress(self._noun.main.name, self._seen)
        return Counts(self._added, self._changed, self._unchanged)

    def _made(self, batch: list[Record]) -> list[Any]:
        on_record = self._names.look_up(self._noun, batch)
        made = []
        for record in batch:
            record.id = on_record.get(record.ref) or new_id(self._names.authority, self._noun.name, record.ref)
            value = self._one(record)
            if value is None:
                self._names.refused.setdefault(self._noun.name, set()).add(record.ref)
            else:
                made.append(value)
        return made

    def _one(self, record: Record) -> Any:
        if any(row.bad for row in record.every_row()):
            return None
        try:
            return self._noun.read(record, self._names)
        except DomainError as error:
            if not self._names.is_known_trouble(error, self._noun):
                note(self._problems, error, record)
            return None

    def _write(self, batch: list[Record], made: list[Any]) -> None:
        """Writes what could be made even when something else could not: what refers to it can then be checked."""
        lines = {record.ref: record for record in batch}
        try:
            done = repository(self._work, self._noun.name).upsert_many(made, self._act)
        except BedsTaken as error:
            for ref, why in error.refused.items():
                wrong, _, right = str(why).partition(". ")
                lines[ref].row.refuse(self._problems, "home_ref", wrong, right.rstrip(".") or "Choose another home")
        except BedsPromised as error:
            of_home = next(record for record in batch if record.id == error.home)
            note(self._problems, error, of_home)
        else:
            self._added += done.added
            self._changed += done.changed
            self._unchanged += done.unchanged


def note(problems: Problems, error: DomainError, record: Record) -> None:
    """Writes down what keeps a record from being made, at the row and column it is about."""
    if isinstance(error, BadRow):
        error.row.refuse(problems, error.key, error.wrong, error.right)
    elif isinstance(error, Invalid):
        for fault in error.faults:
            record.row.refuse(problems, _column_of(fault.field, record), fault.wrong, fault.remedy)
    else:
        wrong, _, right = str(error).partition(". ")
        record.row.refuse(problems, None, wrong.rstrip("."), right.rstrip(".") or "Correct the row")


def _column_of(field: str, record: Record) -> str | None:
    """The key of the column that a field of the record is written in; None when it is in none of the main file."""
    key = field.replace("/", "_")
    known = record.row.table.by_key
    return next((name for name in (key, f"{key}_ref", key.rpartition("_")[2]) if name in known), None)


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, BATCH)):
        yield batch


def _record(work: Work, loaded: Loaded, source: Source, act: Act) -> None:
    counts = {
        name: {"added": found.added, "changed": found.changed, "unchanged": found.unchanged}
        for name, found in loaded.counts.items()
    }
    work.imports.record(Import(id=loaded.id, sha256=_digest(source), counts=counts, created_at=act.at), act)


def _digest(source: Source) -> str:
    """The SHA-256 of every file by name, in hexadecimal."""
    digest = hashlib.sha256()
    for name in sorted(source.names):
        digest.update(name.encode())
        with source.open(name) as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
