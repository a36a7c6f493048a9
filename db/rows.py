"""Reads and writes any noun by its shape, in a number of statements that does not grow with the number of rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Insert,
    Select,
    Table,
    Text,
    Update,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from db.errors import Stale
from db.mapping.shapes import Shape, Stored, Values, by_parent
from db.types import Key

T = TypeVar("T")

Ids = Sequence[UUID] | Select[Any]
"""The ids wanted: a list, or a query that gives them."""


def one_of(
    connection: Connection, column: ColumnElement[Any], wanted: Sequence[UUID] | Sequence[str] | Select[Any]
) -> ColumnElement[bool]:
    """The condition that a column of ids or words holds one of those wanted.

    A list goes as one parameter however long it is: the statement stays the same, and PostgreSQL plans it well also
    before it has gathered statistics.
    """
    if isinstance(wanted, Select):
        return column.in_(wanted)
    if len(wanted) == 1:
        return column == wanted[0]
    if connection.dialect.name == "sqlite":
        written = json.dumps([one.hex if isinstance(one, UUID) else one for one in wanted])
        return column.in_(select(func.json_each(written).table_valued("value").c.value))
    kind = Uuid() if isinstance(column.type, Key) else Text()
    return column.in_(select(func.unnest(literal(list(wanted), ARRAY(kind)))))


def load(
    connection: Connection,
    shape: Shape[T],
    wanted: ColumnElement[bool],
    given: Values | None = None,
    *,
    words: bool = True,
) -> dict[UUID, Stored[T]]:
    """What is stored of what a condition on the main row lets through, by id.

    One statement for the noun and one for each of its parts. Without `words` people's own words are left unread, and
    stand empty in what is returned. A condition whose parameters are `given` is a constant (see `statement`).
    """
    found = connection.execute(statement(_whole, given, shape.table, wanted), given).all()
    if not found:
        return {}
    seen = [row.id for row in found]
    parts = [
        by_parent(_part_rows(connection, part.table, part.parent, seen), part.parent) if words or not part.words else {}
        for part in shape.parts
    ]
    return {row.id: _stored(shape, row, parts) for row in found}


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


MOST_AT_ONCE = 5_000
"""Records held in memory at once by those who go through very many."""
_STAMPS = ("version", "created_at", "updated_at")


def _part_rows(connection: Connection, table: Table, parent: str, ids: Ids) -> Sequence[Any]:
    if not isinstance(ids, Select) and len(ids) == 1:
        return connection.execute(_rows_of_one(table, parent), {"of_id": ids[0]}).all()
    return connection.execute(_rows_of(table, parent, one_of(connection, table.c[parent], ids))).all()


def _rows_of(table: Table, parent: str, wanted: ColumnElement[bool]) -> Select[Any]:
    # whose the rows are is known from the main row
    columns = [column for column in table.c if column.name != "authority_id"]
    order = [table.c[name] for name in (parent, "position") if name in table.c]
    return select(*columns).where(wanted).order_by(*order)


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
    insert_rows(connection, shape.table, rows)
    _add_parts(connection, shape, values, own)


def change(
    connection: Connection, shape: Shape[T], changes: Sequence[tuple[Stored[T], T]], own: Values, at: datetime
) -> None:
    """Puts new values in the place of those stored, under the next version. Raises Stale when one has another by now."""
    table = shape.table
    for stored, value in changes:
        row = {**own, **shape.row(value), "version": stored.version + 1, "updated_at": at}
        changed = row.pop("id")
        if connection.execute(changing(table), {**row, "of_id": changed, "of_version": stored.version}).rowcount != 1:
            raise Stale(shape.noun, changed, stored.version + 1)
    # parts may hang on one another, so those of a value are replaced together
    anew = [value for stored, value in changes if _parts(shape, stored.value) != _parts(shape, value)]
    if anew:
        ids = [shape.row(value)["id"] for value in anew]
        for part in reversed(shape.parts):
            connection.execute(delete(part.table).where(one_of(connection, part.table.c[part.parent], ids)))
        _add_parts(connection, shape, anew, own)


def _parts(shape: Shape[T], value: T) -> list[list[Values]]:
    return [part.rows(value) for part in shape.parts]


def _add_parts(connection: Connection, shape: Shape[T], values: Sequence[T], own: Values) -> None:
    for part in shape.parts:
        insert_rows(connection, part.table, [{**own, **row} for value in values for row in part.rows(value)])


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes new rows, any number of them, every one with the same columns."""
    if rows:
        connection.execute(_inserting(table), all_of(rows))


def all_of(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Parameters of a statement sent once for each row: one alone goes by itself, which costs half as much."""
    return rows[0] if len(rows) == 1 else list(rows)


# Making a statement takes longer than sending it, so those that come again and again are made once.


def statement(making: Callable[..., T], given: Values | None, *parts: Any) -> T:
    """The statement that some parts make: kept, when parameters are `given`, for then the parts are constants.

    A condition that holds values of its own is another each time, and must come without.
    """
    return making(*parts) if given is None else _made_once(making, *parts)


@cache
def _made_once(making: Callable[..., T], *parts: Any) -> T:
    return making(*parts)


def _whole(table: Table, wanted: ColumnElement[bool]) -> Select[Any]:
    return select(table).where(wanted)


@cache
def _rows_of_one(table: Table, parent: str) -> Select[Any]:
    return _rows_of(table, parent, table.c[parent] == bindparam("of_id"))


@cache
def with_id(table: Table) -> ColumnElement[bool]:
    """The condition that a row has the id given as `of_id`."""
    condition: ColumnElement[bool] = table.c.id == bindparam("of_id")
    return condition


@cache
def owned(table: Table) -> ColumnElement[bool]:
    """The condition that a row is of the authority given as `own`."""
    condition: ColumnElement[bool] = table.c.authority_id == bindparam("own")
    return condition


@cache
def both(one: ColumnElement[bool], other: ColumnElement[bool]) -> ColumnElement[bool]:
    """Two constant conditions as one, itself a constant."""
    return one & other


@cache
def _inserting(table: Table) -> Insert:
    return insert(table).inline()


@cache
def changing(table: Table) -> Update:
    """The statement that puts new values in the row whose id is `of_id`, if it still has the version `of_version`."""
    return update(table).where(table.c.id == bindparam("of_id"), table.c.version == bindparam("of_version"))


def in_batches(ids: Sequence[T]) -> list[Sequence[T]]:
    """The same, in lists short enough to be read at once."""
    return [ids[start : start + MOST_AT_ONCE] for start in range(0, len(ids), MOST_AT_ONCE)]
