"""Loads a bundle: all of it in one transaction, or nothing and every problem at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from app.interchange.bundle import IDENTITIES, NOUNS, TABLES
from app.interchange.cells import LOCAL_TIME
from app.interchange.checks import Surroundings, troubles
from app.interchange.counts import Counts
from app.interchange.identities import load_identities
from app.interchange.joining import NounFiles
from app.interchange.names import Names, repository
from app.interchange.nouns import BadRow, Noun, Record, new_id
from app.interchange.problems import Problems
from app.interchange.sources import Source, TableFile
from db.acts import Act
from db.errors import BedsPromised, BedsTaken, BedTaken
from db.repositories.access import Import
from db.session import Store, Work
from matching.errors import DomainError, Invalid
from matching.geography import Gazetteer
from matching.values import AuthorityId

BATCH = 1_000
"""Records made and written at a time."""
Made = tuple[Record, Any]
"""A record and what was made of it."""
Progress = Callable[[str, int], None]
"""Told, now and then, which noun is being loaded and how many records of it were."""


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
                counts[noun.main.name] = _Loading(noun, work, names, problems, act).load(files, progress)
        if IDENTITIES.file in source.names:
            counts[IDENTITIES.name] = load_identities(
                TableFile(source, IDENTITIES, problems), work, names, problems, act
            )
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

    def __init__(self, noun: Noun, work: Work, names: Names, problems: Problems, act: Act) -> None:
        self._noun, self._work, self._names, self._problems, self._act = noun, work, names, problems, act
        self._today = act.at.astimezone(LOCAL_TIME).date()
        self._added = self._changed = self._unchanged = 0
        self._waiting: list[list[Made]] = []

    def load(self, files: NounFiles, progress: Progress | None) -> Counts:
        seen = 0
        for batch in _batches(files.records()):
            made = self._made(batch)
            if self._write(made) is not None:
                self._waiting.append(made)
            seen += len(batch)
            if progress is not None:
                progress(self._noun.main.name, seen)
        self._write_what_waits()
        return Counts(self._added, self._changed, self._unchanged)

    def _made(self, batch: list[Record]) -> list[Made]:
        on_record = self._names.look_up(self._noun, batch)
        made = []
        for record in batch:
            record.id = on_record.get(record.ref) or new_id(self._names.authority, self._noun.name, record.ref)
            value = self._one(record)
            if value is not None:
                made.append((record, value))
        for trouble in troubles(self._noun.name, Surroundings(self._work, self._today, made)):
            trouble.row.refuse(self._problems, trouble.key, trouble.wrong, trouble.right)
        kept = [(record, value) for record, value in made if not any(row.bad for row in record.every_row())]
        refused = {record.ref for record in batch} - {record.ref for record, _ in kept}
        self._names.refused.setdefault(self._noun.name, set()).update(refused)
        return kept

    def _one(self, record: Record) -> Any:
        if any(row.bad for row in record.every_row()):
            return None
        try:
            return self._noun.read(record, self._names)
        except DomainError as error:
            if not self._names.is_known_trouble(error, self._noun):
                note(self._problems, error, record)
            return None

    def _write(self, made: list[Made]) -> BedsTaken | None:
        """Writes a batch, or nothing of it when beds are not free (yet).

        What is good is written even when something else was wrong, so that what refers to it can be checked.
        """
        try:
            done = repository(self._work, self._noun.name).upsert_many([value for _, value in made], self._act)
        except BedsTaken as error:
            return error
        except BedTaken as error:  # of a batch of one
            return BedsTaken({made[0][0].ref: error})
        except BedsPromised as error:
            note(self._problems, error, next(record for record, _ in made if record.id == error.home))
        else:
            self._added += done.added
            self._changed += done.changed
            self._unchanged += done.unchanged
        return None

    def _write_what_waits(self) -> None:
        """A stay later in the file may have ended and so freed a bed: tries again for as long as that helps."""
        while self._waiting:
            refused = [(made, error) for made in self._waiting if (error := self._write(made)) is not None]
            if len(refused) == len(self._waiting):
                for made, error in refused:
                    self._tell(made, error)
                return
            self._waiting = [made for made, _ in refused]

    def _tell(self, made: list[Made], error: BedsTaken) -> None:
        rows = {record.ref: record.row for record, _ in made}
        for ref, why in error.refused.items():
            wrong, _, right = str(why).partition(". ")
            rows[ref].refuse(self._problems, "home_ref", wrong, right.rstrip("."))


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
