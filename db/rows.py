"""Reads and writes any noun by its shape, in a number of statements that does not grow with the number of rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Select,
    Table,
    Uuid,
    any_,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from db.mapping.shapes import Shape, Stored, Values, by_parent

T = TypeVar("T")

Ids = Sequence[UUID] | Select[Any]
"""The ids wanted: a list, or a query that gives them."""


def one_of(connection: Connection, column: ColumnElement[Any], ids: Ids) -> ColumnElement[bool]:
    """The condition that a column holds one of the ids; a list goes as one parameter, however long it is."""
    if isinstance(ids, Select):
        return column.in_(ids)
    if connection.dialect.name == "sqlite":
        listed = func.json_each(json.dumps([wanted.hex for wanted in ids])).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == any_(literal(list(ids), ARRAY(Uuid())))


MOST_AT_ONCE = 5_000
"""Ids in one statement; SQLite takes 32,766 parameters and PostgreSQL 65,535."""


def load(connection: Connection, shape: Shape[T], ids: Ids, *, words: bool = True) -> dict[UUID, Stored[T]]:
    """What is stored under the ids, in one statement for the noun and one for each of its parts.

    Without `words` people's own words are left unread, and stand empty in what is returned.
    """
    if not isinstance(ids, Select) and not ids:
        return {}
    table = shape.table
    rows = connection.execute(select(table).where(one_of(connection, table.c.id, ids))).all()
    parts = [
        by_parent(_part_rows(connection, part.table, part.parent, ids), part.parent) if words or not part.words else {}
        for part in shape.parts
    ]
    return {row.id: _stored(shape, row, parts) for row in rows}


def values(connection: Connection, shape: Shape[T], ids: Ids) -> tuple[T, ...]:
    """The domain objects under the ids, in the order of the ids, without stamps and without people's own words."""
    table = shape.table
    columns = [column for column in table.c if column.name not in _STAMPS]
    rows = connection.execute(select(*columns).where(one_of(connection, table.c.id, ids)).order_by(table.c.id)).all()
    parts = [
        {} if part.words else by_parent(_part_rows(connection, part.table, part.parent, ids), part.parent)
        for part in shape.parts
    ]
    return tuple(shape.build(row, *[part.get(row.id, ()) for part in parts]) for row in rows)


_STAMPS = ("version", "created_at", "updated_at")


def _part_rows(connection: Connection, table: Table, parent: str, ids: Ids) -> Sequence[Any]:
    # whose the rows are is known from the main row
    columns = [column for column in table.c if column.name != "authority_id"]
    wanted = select(*columns).where(one_of(connection, table.c[parent], ids))
    order = [table.c[name] for name in (parent, "position") if name in table.c]
    return connection.execute(wanted.order_by(*order)).all()


def _stored(shape: Shape[T], row: Any, parts: Sequence[dict[UUID, list[Any]]]) -> Stored[T]:
    value = shape.build(row, *[part.get(row.id, ()) for part in parts])
    reference = row.reference if "reference" in row._fields else None
    return Stored(value, row.version, row.created_at, row.updated_at, reference)


def add(
    connection: Connection,
    shape: Shape[T],
    values: Sequence[T],
    own: Values,
    at: datetime,
    extra: Sequence[Values] = (),
) -> None:
    """Writes new rows. `own` (the authority) fills what the domain object does not say; `extra` adds to each row."""
    stamps = {"version": 1, "created_at": at, "updated_at": at}
    more = extra or [{}] * len(values)
    rows = [{**own, **shape.row(value), **stamps, **also} for value, also in zip(values, more, strict=True)]
    if rows:
        connection.execute(insert(shape.table), rows)
    _add_parts(connection, shape, values, own)


def change(connection: Connection, shape: Shape[T], values: Sequence[tuple[T, int]], own: Values, at: datetime) -> None:
    """Writes anew what is stored, each under the version given; the parts are replaced."""
    table = shape.table
    for value, version in values:
        row = {**own, **shape.row(value), "version": version, "updated_at": at}
        connection.execute(update(table).where(table.c.id == row.pop("id")).values(row))
    ids = [shape.row(value)["id"] for value, _ in values]
    for part in reversed(shape.parts):
        for some in in_batches(ids):
            connection.execute(delete(part.table).where(part.table.c[part.parent].in_(some)))
    _add_parts(connection, shape, [value for value, _ in values], own)


def _add_parts(connection: Connection, shape: Shape[T], values: Sequence[T], own: Values) -> None:
    for part in shape.parts:
        rows = [{**own, **row} for value in values for row in part.rows(value)]
        if rows:
            connection.execute(insert(part.table), rows)


def in_batches(ids: Sequence[T]) -> list[Sequence[T]]:
    """The same, in lists short enough for one statement."""
    return [ids[start : start + MOST_AT_ONCE] for start in range(0, len(ids), MOST_AT_ONCE)]
