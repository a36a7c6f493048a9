"""What the use cases of every noun do the same: list, read, record and change, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply, answered_before, keep_answer
from app.services.workflow.doing import Doing
from db.errors import AlreadyExists, Stale
from db.mapping.shapes import Stored
from db.pages import Listing, Page
from db.repositories.repository import Repository
from db.session import Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """A record about to be written, and what it takes the place of: None when it is new."""

    work: Work
    now: T
    before: T | None
    at: datetime
    """The moment of the change, aware UTC."""
    today: date


def _anything(change: Change[T]) -> None:
    """Nothing more to check."""


def _nothing(doing: Doing, before: T, now: T) -> None:
    """Nothing follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun(Generic[T]):
    """What the use cases of one noun need to know of it."""

    name: str
    plural: str
    records: Callable[[Work], Repository[T]]
    check: Callable[[Change[T]], None] = _anything
    """Raises a DomainError unless the change may be written."""
    follow: Callable[[Doing, T, T], None] = _nothing
    """Does what follows from a change, given what was on record and what is now, in the same transaction."""
    of_children: bool = False
    """Whether it is part of a child's record, so that reading it leaves an audit event."""


Build = Callable[[Work, UUID, T | None, datetime], T]
"""Makes the record: in a transaction, under an id, from what is on record under it (None when new), at a moment."""
Write = Callable[[Stored[T], bool], Reply]
"""Writes the answer from what is stored and whether it is new."""


def list_records(office: Office, caller: Caller, noun: Noun[T], asked: Listing) -> Page[Stored[T]]:
    """One page of a noun's list, without people's own words. Raises UnknownList."""
    if not noun.of_children:
        with office.store.reading(caller.authority) as work:
            return noun.records(work).page(asked)
    with office.store.writing(caller.authority, alone=False) as work:
        page = noun.records(work).page(asked)
        ids = [stored.value.id for stored in page.items]  # type: ignore[attr-defined]  # every noun has an id
        work.audit.append(caller.act(f"list-{noun.plural}", office.clock()), noun.name, None, after={"shown": ids})
        return page


def read_record(office: Office, caller: Caller, noun: Noun[T], wanted: UUID) -> Stored[T]:
    """One record. Raises NotFound."""
    if not noun.of_children:
        with office.store.reading(caller.authority) as work:
            return noun.records(work).get(wanted)
    with office.store.writing(caller.authority, alone=False) as work:
        stored = noun.records(work).get(wanted)
        work.audit.append(caller.act(f"read-{noun.name}", office.clock()), noun.name, wanted)
        return stored


def record(
    office: Office, caller: Caller, noun: Noun[T], ref: str, build: Build[T], write: Write[T], repeat: Repeat | None
) -> Reply:
    """Records something under the authority's own reference; sending the same again changes nothing.

    Raises AlreadyExists when the reference has other content, KeyReused, and whatever build and check raise.
    """
    now = office.clock()
    with office.store.writing(caller.authority, catching=False) as work:
        kept = answered_before(work, caller, repeat, now)
        if kept is not None:
            return kept
        records = noun.records(work)
        before = records.find(ref)
        value = build(work, _id_of(before), None if before is None else before.value, now)
        if before is not None and value != before.value:
            raise AlreadyExists(noun.name, ref, _id_of(before))
        if before is None:
            noun.check(Change(work, value, None, now, office.today()))
        stored = before or records.add(value, caller.act(f"record-{noun.name}", now))
        return keep_answer(work, caller, repeat, write(stored, before is None), now)


def change(
    office: Office, caller: Caller, noun: Noun[T], wanted: UUID, expected: int | None, build: Build[T], write: Write[T]
) -> Reply:
    """Puts a record in the place of one. Raises NotFound, Stale unless the version is the one expected, and others."""
    now = office.clock()
    with office.store.writing(caller.authority, catching=False) as work:
        records = noun.records(work)
        before = records.get(wanted)
        if expected is not None and expected != before.version:
            raise Stale(noun.name, wanted, before.version)
        value = build(work, wanted, before.value, now)
        if value != before.value:
            noun.check(Change(work, value, before.value, now, office.today()))
        after = records.replace(value, caller.act(f"change-{noun.name}", now), expected=expected)
        if value != before.value:
            noun.follow(Doing(office, work, caller, now, office.today()), before.value, value)
        return write(after, False)  # noqa: FBT003 - nothing is new


def _id_of(stored: Stored[T] | None) -> UUID:
    if stored is None:
        return uuid4()
    found: UUID = stored.value.id  # type: ignore[attr-defined]  # every noun has an id
    return found
