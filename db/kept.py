"""Domain objects read before, so that a pool in which little has changed is read again by its versions alone."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Table,
    literal_column,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.types import NullType

from db.mapping.shapes import Shape, Stored, Values
from db.rows import Ids, one_of, statement, values

T = TypeVar("T")

_Stamp = tuple[int, Any]


class Kept:
    """What one store has read, without people's own words. Safe to share between threads.

    An object is good for as long as its row has the same version and moment of change: every write raises the one and
    sets the other, also in the tables of its parts. Only what was committed may be kept.
    """

    def __init__(self, most: int = 50_000) -> None:
        self._most = most
        """Objects of one noun; beyond that all are let go, for a pool that large fills memory by itself."""
        self._by_noun: dict[str, dict[UUID, tuple[_Stamp, Any]]] = {}
        self._unchanging: dict[UUID, Any] = {}

    def values(
        self, connection: Connection, wanted: Sequence[tuple[Shape[Any], Ids]], *, wrote: Collection[str] = ()
    ) -> list[tuple[Any, ...]]:
        """As rows.values for each of several nouns: the objects under the ids in the order of the ids.

        What is known already costs one statement for all of it. `wrote` are the nouns that the unit has written to:
        nobody has committed what it reads of them.
        """
        conditions = tuple((shape, one_of(connection, shape.table.c.id, ids)) for shape, ids in wanted)
        return self.at_once(connection, conditions, wrote=wrote)

    def at_once(
        self,
        connection: Connection,
        wanted: tuple[tuple[Shape[Any], ColumnElement[bool]], ...],
        given: Values | None = None,
        *,
        wrote: Collection[str] = (),
    ) -> list[tuple[Any, ...]]:
        """The same by conditions on the main rows, in the order of ids; a noun that comes twice is given once.

        Conditions whose parameters are `given` are constants, as is what holds them (see rows.statement).
        """
        shapes = {shape.noun: shape for shape, _ in wanted}
        stamps: dict[str, dict[UUID, _Stamp]] = {noun: {} for noun in shapes}
        for at, row, version, changed in connection.execute(statement(_stamps, given, wanted), given):
            stamps[wanted[at][0].noun][row] = (version, changed)
        answer = []
        for noun, mine in stamps.items():
            found = self._found(connection, shapes[noun], mine, keep=noun not in wrote)
            twice = sum(shape.noun == noun for shape, _ in wanted) > 1
            answer.append(tuple(found[at] for at in (sorted(mine) if twice else mine)))
        return answer

    def unchanging(
        self, connection: Connection, table: Table, build: Callable[[Any], T], wanted: Collection[UUID]
    ) -> tuple[T, ...]:
        """What rows hold that are never written again: versions of policies and of frameworks. Each is read once."""
        missing = sorted(set(wanted) - self._unchanging.keys())
        if missing:
            rows = connection.execute(select(table).where(one_of(connection, table.c.id, missing)))
            self._unchanging.update({row.id: build(row) for row in rows})
        return tuple(self._unchanging[one] for one in sorted(set(wanted)))

    def learn(self, noun: str, at: UUID, version: int, changed: datetime, value: object) -> None:
        """Keeps what was written and is now committed, as a database that gives moments as such will stamp it."""
        self._room(noun, 1)[at] = ((version, changed), value)

    def stored(
        self,
        connection: Connection,
        shape: Shape[T],
        wanted: ColumnElement[bool],
        given: Values | None = None,
        *,
        keep: bool,
        lock: bool = False,
    ) -> dict[UUID, Stored[T]]:
        """What a condition on the main row lets through, by id, without people's own words.

        With `lock` the rows are kept from every other writer, one after another by id, before they are read. A
        condition whose parameters are `given` is a constant (see rows.statement).
        """
        rows = connection.execute(statement(_stamped, given, shape.table, wanted, lock), given).all()
        found = self._found(connection, shape, {row[0]: (row[1], row[2]) for row in rows}, keep=keep)
        return {row[0]: Stored(found[row[0]], row[1], *row[3:]) for row in rows}

    def knows(self, noun: str, wanted: UUID, owner: UUID) -> bool:
        """Whether something under an id is known to be on record for its owner: what once was is never taken away."""
        known = self._by_noun.get(noun, {}).get(wanted)
        return known is not None and known[1].authority == owner

    def _found(
        self, connection: Connection, shape: Shape[T], stamps: Mapping[UUID, _Stamp], *, keep: bool
    ) -> dict[UUID, T]:
        known = self._room(shape.noun, len(stamps))
        found = {at: known[at][1] for at, stamp in stamps.items() if at in known and known[at][0] == stamp}
        missing = [at for at in stamps if at not in found]
        if missing:
            read = dict(zip(sorted(missing), values(connection, shape, missing), strict=True))
            if keep:
                known.update({at: (stamps[at], value) for at, value in read.items()})
            found |= read
        return found

    def _room(self, noun: str, more: int) -> dict[UUID, tuple[_Stamp, Any]]:
        known = self._by_noun.setdefault(noun, {})
        if len(known) + more > self._most:
            known = self._by_noun[noun] = {}
        return known


def _stamped(table: Table, wanted: ColumnElement[bool], lock: bool) -> Select[Any]:  # noqa: FBT001 - a part of its name
    extra = [table.c[name] for name in ("reference",) if name in table.c]
    columns = (table.c.id, table.c.version, _changed(table), table.c.created_at, table.c.updated_at, *extra)
    query = select(*columns).where(wanted)
    return query.order_by(table.c.id).with_for_update(key_share=True) if lock else query


def _stamps(wanted: Sequence[tuple[Shape[Any], ColumnElement[bool]]]) -> CompoundSelect[Any]:
    every = union_all(*(_stamps_of(at, shape.table, condition) for at, (shape, condition) in enumerate(wanted)))
    return every.order_by("which", "id")


def _stamps_of(at: int, table: Table, wanted: ColumnElement[bool]) -> Select[Any]:
    columns: tuple[ColumnElement[Any], ...]
    columns = (literal_column(str(at)).label("which"), table.c.id, table.c.version, _changed(table))
    return select(*columns).where(wanted)


def _changed(table: Table) -> ColumnElement[Any]:
    """When a row was last changed; only compared, so left as the database gives it."""
    return type_coerce(table.c.updated_at, NullType()).label("changed")


@contextmanager
def no_collecting() -> Iterator[None]:
    """Looks for no cycles while tens of thousands of objects that have none are made: a third of the time otherwise."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
