"""What every noun's repository does the same: read, list, add, replace, and load in bulk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import islice
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from db import rows
from db.acts import Act
from db.audit import plain
from db.errors import AlreadyExists, NotFound, Stale, speaking_plainly
from db.mapping.shapes import Shape, Stored, Values
from db.pages import Listable, Listing, Page
from db.units import Unit

T = TypeVar("T")

_BATCH = 1_000
_FEW = 100
"""So many records are remembered for as long as a unit of work lasts; more are only passed through."""


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    left = iter(values)
    while batch := list(islice(left, _BATCH)):
        yield batch


@dataclass(frozen=True, slots=True)
class Upserted:
    """What loading in bulk came to."""

    added: int
    changed: int
    unchanged: int


class Repository(Generic[T]):
    """The records of one noun that the unit's authority may see; it writes only its own."""

    def __init__(self, unit: Unit, shape: Shape[T], listable: Listable) -> None:
        self.unit = unit
        self.shape = shape
        self.listable = listable
        self._has_words = any(part.words for part in shape.parts)
        self._seen: dict[tuple[UUID, bool], Stored[T]] = {}
        """What this unit has read one by one, by id and whether it holds people's own words."""

    # --- reading -----------------------------------------------------------------------------------

    def get(self, wanted: UUID, *, words: bool = True) -> Stored[T]:
        """What is stored under an id. Raises NotFound, also for another authority's."""
        found = self.many([wanted], words=words)
        if wanted not in found:
            raise NotFound(self.shape.noun, wanted)
        return found[wanted]

    def find(self, external_ref: str) -> Stored[T] | None:
        """What the authority's own reference names; None when nothing does."""
        wanted = self.ids_by_ref([external_ref]).get(external_ref)
        return None if wanted is None else self.get(wanted)

    def many(self, wanted: Sequence[UUID], *, words: bool = True) -> dict[UUID, Stored[T]]:
        """What is stored under the ids that the authority may see, in a fixed number of statements."""
        if len(wanted) > _FEW:
            return self._read(rows.one_of(self.unit.connection, self.shape.table.c.id, wanted), words=words)
        words = words and self._has_words
        missing = [one for one in wanted if (one, words) not in self._seen]
        if missing:
            found = self._under(missing, words=words)
            self._seen |= {(at, words): stored for at, stored in found.items()}
        return {one: self._seen[one, words] for one in wanted if (one, words) in self._seen}

    def _under(self, wanted: Sequence[UUID], *, words: bool) -> dict[UUID, Stored[T]]:
        if len(wanted) == 1:
            return self._read(rows.with_id(self.shape.table), {"of_id": wanted[0]}, words=words)
        return self._read(rows.one_of(self.unit.connection, self.shape.table.c.id, wanted), words=words)

    def where(
        self, wanted: ColumnElement[bool], given: Values | None = None, *, words: bool = True
    ) -> dict[UUID, Stored[T]]:
        """What a condition lets through of what the authority may see, by id, in a fixed number of statements.

        A condition whose parameters are `given` is a constant (see rows.statement).
        """
        found = self._read(wanted, given, words=words)
        self._seen |= {(at, words and self._has_words): stored for at, stored in found.items()}
        return found

    def locked(self, wanted: ColumnElement[bool], given: Values | None = None) -> tuple[Stored[T], ...]:
        """The same, in the order of ids and without people's own words, kept from others until the unit ends.

        Others wait here, so what is read is what is on record. Only for nouns that matching reads.
        """
        assert self.shape.read_by_matching, "what nobody keeps is locked by the referral it belongs to"
        found = self._read_kept(wanted, given, lock=True)
        self._seen = {name: stored for name, stored in self._seen.items() if name[0] not in found}
        self._seen |= {(at, False): stored for at, stored in found.items()}
        return tuple(found.values())

    def lock_these(self, wanted: Sequence[UUID]) -> tuple[Stored[T], ...]:
        """As locked, for those under some ids."""
        if len(wanted) == 1:
            return self.locked(rows.with_id(self.shape.table), {"of_id": wanted[0]})
        return self.locked(rows.one_of(self.unit.connection, self.shape.table.c.id, wanted))

    def exist(self, wanted: Sequence[UUID]) -> frozenset[UUID]:
        """Which of the ids name something that the authority may see: in one statement, or none where all is known."""
        known = {one for one in wanted if self.unit.kept.knows(self.shape.noun, one, self.unit.authority)}
        unknown = sorted(set(wanted) - known)
        if not unknown:
            return frozenset(known)
        t = self.shape.table.c
        there = select(t.id).where(rows.one_of(self.unit.connection, t.id, unknown), self.visible())
        return frozenset(known | {row.id for row in self.unit.connection.execute(there)})

    def _read(self, wanted: ColumnElement[bool], given: Values | None = None, *, words: bool) -> dict[UUID, Stored[T]]:
        if self.shape.read_by_matching and not (words and self._has_words):
            return self._read_kept(wanted, given)
        wanted, given = self._mine(wanted, given)
        return rows.load(self.unit.connection, self.shape, wanted, given, words=words)

    def _read_kept(
        self, wanted: ColumnElement[bool], given: Values | None = None, *, lock: bool = False
    ) -> dict[UUID, Stored[T]]:
        keep = self.shape.noun not in self.unit.wrote
        wanted, given = self._mine(wanted, given)
        return self.unit.kept.stored(self.unit.connection, self.shape, wanted, given, keep=keep, lock=lock)

    def _mine(self, wanted: ColumnElement[bool], given: Values | None) -> tuple[ColumnElement[bool], Values | None]:
        """A condition narrowed to what the authority may see; constant when it was."""
        if given is None:
            return wanted & self.visible(), None
        return rows.both(wanted, self.sees()), {**given, "own": self.unit.authority}

    def remembered(self, wanted: UUID) -> Stored[T] | None:
        """What this unit has read of one record without people's own words; None when it has not."""
        return self._seen.get((wanted, False))

    def learn(self, stored: Stored[T], at: UUID) -> None:
        """Notes an object without people's own words that will be on record, just so, when the unit has ended."""
        if not self.unit.catching:  # else it might yet be undone
            self.unit.learned.append((self.shape.noun, at, stored.version, stored.updated_at, stored.value))

    def changes(self) -> None:
        """Notes that rows are written: what was read before is read again, and what is read now is nobody else's."""
        self._seen.clear()
        self.unit.wrote.add(self.shape.noun)

    def ids_by_ref(self, refs: Iterable[str] | None = None) -> dict[str, UUID]:
        """Id by the authority's own reference: of those given that there are, or of all."""
        table = self.shape.table
        query = select(table.c.external_ref, table.c.id).where(table.c.authority_id == self.unit.authority)
        if refs is None:
            return dict(self.unit.connection.execute(query).all())
        wanted = query.where(rows.one_of(self.unit.connection, table.c.external_ref, list(refs)))
        return dict(self.unit.connection.execute(wanted).all())

    def page(self, asked: Listing | None = None) -> Page[Stored[T]]:
        """One page of the list, without people's own words. Raises UnknownList."""
        asked = asked or Listing()
        listed = self.listable.paged(self._listed(asked), asked)
        found = [(row[0], row[1]) for row in self.unit.connection.execute(listed)]
        shown = [wanted for wanted, _ in found[: asked.limit]]
        these = rows.one_of(self.unit.connection, self.shape.table.c.id, shown)
        stored = rows.load(self.unit.connection, self.shape, these, words=False) if shown else {}
        return Page(tuple(stored[wanted] for wanted in shown), self.listable.next_of(asked, found))

    def count(self, where: Mapping[str, Any] | None = None) -> int:
        """How many there are that the filters let through. Raises UnknownList."""
        query = select(func.count()).select_from(self.shape.table).where(self.visible())
        return int(self.unit.connection.execute(self.listable.narrowed(query, where or {})).scalar_one())

    def visible(self) -> ColumnElement[bool]:
        """Which rows the authority may see: its own."""
        return self.shape.table.c.authority_id == self.unit.authority

    def sees(self) -> ColumnElement[bool]:
        """The same as a constant condition, for the authority given as `own`."""
        return rows.owned(self.shape.table)

    def _listed(self, asked: Listing) -> Select[Any]:
        column = self.listable.sorts.get(asked.sort, self.listable.key)
        return select(self.shape.table.c.id, column).where(self.visible())

    # --- writing -----------------------------------------------------------------------------------

    def add(self, value: T, act: Act) -> Stored[T]:
        """Records something new. Raises AlreadyExists when its reference is taken, Refused for what it refers to."""
        row = self._row(value)
        self._refuse_taken(row)
        beside = self._write([(None, value)], act)
        self.unit.audit.append(act, self.shape.noun, row["id"], after=self._told(row))
        at = act.at.astimezone(UTC)
        return Stored(value, 1, at, at, beside[0].get("reference"))

    def replace(self, value: T, act: Act, *, expected: int | None = None) -> Stored[T]:
        """Puts the value in the place of what is stored under its id; what is equal already is left alone.

        Raises NotFound, Stale when the version is not the one expected, AlreadyExists, Refused.
        """
        row = self._row(value)
        stored = self.get(row["id"])
        if expected is not None and stored.version != expected:
            raise Stale(self.shape.noun, row["id"], stored.version)
        if stored.value == value:
            return stored
        if row.get("external_ref") != self._row(stored.value).get("external_ref"):
            self._refuse_taken(row)
        self._write([(stored, value)], act)
        before, after = self._difference(stored.value, value)
        self.unit.audit.append(act, self.shape.noun, row["id"], before=before, after=after)
        changed = replace(stored, value=value, version=stored.version + 1, updated_at=act.at.astimezone(UTC))
        self._seen[row["id"], self._has_words] = changed
        return changed

    def upsert_many(self, values: Iterable[T], act: Act) -> Upserted:
        """Adds what is new by reference, changes what differs, leaves the rest alone; one audit event tells of it.

        A value whose reference is on record must carry the id on record (see ids_by_ref). Raises AlreadyExists when
        it does not, Refused for what it refers to.
        """
        added = changed = unchanged = 0
        digest = hashlib.sha256()
        with self.unit.connection.begin_nested():
            for batch in _batches(values):
                pairs = self._paired(batch)
                writes = [(stored, value) for stored, value in pairs if stored is None or stored.value != value]
                self._write(writes, act)
                new = sum(stored is None for stored, _ in writes)
                added, changed = added + new, changed + len(writes) - new
                unchanged += len(pairs) - len(writes)
                for _, value in writes:
                    digest.update(json.dumps(plain(self._row(value)), sort_keys=True).encode())
        if added or changed:
            told = {"added": added, "changed": changed, "unchanged": unchanged, "sha256": digest.hexdigest()}
            self.unit.audit.append(act, self.shape.noun, None, after=told)
        return Upserted(added, changed, unchanged)

    def _paired(self, values: Sequence[T]) -> list[tuple[Stored[T] | None, T]]:
        by_row = [(self._row(value), value) for value in values]
        known = self.ids_by_ref([row["external_ref"] for row, _ in by_row])
        for row, _ in by_row:
            if known.get(row["external_ref"], row["id"]) != row["id"]:
                raise AlreadyExists(self.shape.noun, row["external_ref"], known[row["external_ref"]])
        stored = self.many(list(known.values()))
        return [(stored.get(row["id"]), value) for row, value in by_row]

    def _write(self, writes: Sequence[tuple[Stored[T] | None, T]], act: Act) -> Sequence[Values]:
        """Writes all or none, so that a caller may catch a refusal and do something else in the same unit of work.

        Returns what was written beside each new value.
        """
        if not writes:
            return ()
        connection, own = self.unit.connection, {"authority_id": self.unit.authority}
        new = [value for stored, value in writes if stored is None]
        old = [(stored, value) for stored, value in writes if stored is not None]
        self.changes()
        undoing = connection.begin_nested() if self.unit.catching else nullcontext()
        with speaking_plainly(), undoing:
            self.prepare(writes, act)
            beside = self.beside(new)
            rows.add(connection, self.shape, new, own, act.at, beside)
            rows.change(connection, self.shape, old, own, act.at)
            self.settle(writes, act)
        if self.shape.read_by_matching:
            self.unit.pool_changes()
        return beside

    def prepare(self, writes: Sequence[tuple[Stored[T] | None, T]], act: Act) -> None:
        """What must hold before rows are written; nouns with more to check say it here."""

    def settle(self, writes: Sequence[tuple[Stored[T] | None, T]], act: Act) -> None:
        """What follows from rows that were written."""

    def beside(self, new: Sequence[T]) -> Sequence[Values]:
        """Columns of new rows that the domain object does not have."""
        return [{} for _ in new]

    # --- parts of the above ------------------------------------------------------------------------

    def _row(self, value: T) -> Values:
        """The main row. Raises NotFound for another authority's: a home that it shares may be seen, not written."""
        row = {"authority_id": self.unit.authority, **self.shape.row(value)}
        if row["authority_id"] != self.unit.authority:
            raise NotFound(self.shape.noun, row["id"])
        return row

    def _refuse_taken(self, row: Values) -> None:
        ref = row.get("external_ref")
        existing = self.ids_by_ref([ref]).get(ref) if ref is not None else None
        if existing is not None and existing != row["id"]:
            raise AlreadyExists(self.shape.noun, str(ref), existing)

    def _told(self, row: Values) -> Values:
        return {name: value for name, value in row.items() if name in self.shape.audited and value is not None}

    def _difference(self, before: T, after: T) -> tuple[Values, Values]:
        old, new = self._row(before), self._row(after)
        differ = {name for name in new if old[name] != new[name]}
        parts = {part.table.name for part in self.shape.parts if part.rows(before) != part.rows(after)}
        told = differ & self.shape.audited
        also = {"also_changed": sorted((differ - told) | parts)} if (differ - told) | parts else {}
        return {name: old[name] for name in told}, {name: new[name] for name in told} | also
