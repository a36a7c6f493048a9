"""Domain objects read before, so that a pool in which little has changed is read again by its versions alone."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.types import NullType

from db.mapping.shapes import Shape
from db.rows import Ids, one_of, values

T = TypeVar("T")

_Stamp = tuple[int, Any]


class Kept:
    """What one store has read, without people's own words. Safe to share between threads.

    An object is good for as long as its row has the same version and moment of change: every write raises the one and
    sets the other, also in the tables of its parts. Only what was committed may be kept, so only readings use this.
    """

    def __init__(self, most: int = 50_000) -> None:
        self._most = most
        """Objects of one noun; beyond that all are let go, for a pool that large fills memory by itself."""
        self._by_noun: dict[str, dict[UUID, tuple[_Stamp, Any]]] = {}

    def values(self, connection: Connection, shape: Shape[T], ids: Ids) -> tuple[T, ...]:
        """As rows.values: the objects under the ids in the order of the ids."""
        table = shape.table
        changed = type_coerce(table.c.updated_at, NullType())  # only compared, so left as the database gives it
        wanted = select(table.c.id, table.c.version, changed).where(one_of(connection, table.c.id, ids))
        stamps = {row[0]: (row[1], row[2]) for row in connection.execute(wanted.order_by(table.c.id))}
        known = self._room(shape.noun, len(stamps))
        found = {at: known[at][1] for at, stamp in stamps.items() if at in known and known[at][0] == stamp}
        missing = [at for at in stamps if at not in found]
        if missing:
            read = dict(zip(missing, values(connection, shape, missing), strict=True))
            known.update({at: (stamps[at], value) for at, value in read.items()})
            found |= read
        return tuple(found[at] for at in stamps)

    def _room(self, noun: str, more: int) -> dict[UUID, tuple[_Stamp, Any]]:
        known = self._by_noun.setdefault(noun, {})
        if len(known) + more > self._most:
            known = self._by_noun[noun] = {}
        return known


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
