"""Lists in pages: filtered and sorted by named columns, each page going on from the last row of the one before."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Column, Date, Select, literal, tuple_

from db.audit import plain
from db.errors import UnknownList
from db.types import Code, Moment

T = TypeVar("T")

MOST_ON_A_PAGE = 500

_LOST = "This list cannot go on from there. Take `next` from the page before, unchanged, with the same order."


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is asked of a list."""

    where: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Value by filter name; a tuple means any of its values; names ending in _from and _to bound a range."""
    sort: str = "created_at"
    descending: bool = False
    after: str | None = None
    """`next` of the page before."""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `next` is None on the last."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Listable:
    """What one noun's list may be filtered and sorted by: columns by the names that callers use."""

    key: Column[Any]
    filters: Mapping[str, Column[Any]]
    sorts: Mapping[str, Column[Any]]
    """Columns that are never null, or going on from a row could lose some."""

    def narrowed(self, query: Select[Any], where: Mapping[str, Any]) -> Select[Any]:
        """The query with the filters. Raises UnknownList for a name there is not."""
        for name, value in where.items():
            query = query.where(self._condition(name, value))
        return query

    def _condition(self, name: str, value: Any) -> Any:
        if name in self.filters:
            column = self.filters[name]
            return column.in_(value) if isinstance(value, tuple | frozenset | list) else column == value
        base, _, end = name.rpartition("_")
        if end in {"from", "to"} and base in self.filters:
            column = self.filters[base]
            return column >= value if end == "from" else column <= value
        raise UnknownList(f"There is no filter {name!r} here. The filters: {', '.join(sorted(self.filters))}.")

    def paged(self, query: Select[Any], asked: Listing) -> Select[Any]:
        """The query for the ids and sort values of one page and the row after it.

        Raises UnknownList for an order there is not, or a `next` that this list did not give.
        """
        if asked.sort not in self.sorts:
            raise UnknownList(f"There is no order {asked.sort!r} here. The orders: {', '.join(sorted(self.sorts))}.")
        if not 1 <= asked.limit <= MOST_ON_A_PAGE:
            raise UnknownList(f"A page holds 1 to {MOST_ON_A_PAGE}. Ask for a limit within that.")
        column = self.sorts[asked.sort]
        query = self.narrowed(query, asked.where)
        if asked.after is not None:
            last, last_id = _decoded(asked, column, self.key)
            both, before = tuple_(column, self.key), tuple_(last, last_id)
            query = query.where(both < before if asked.descending else both > before)
        order = (column.desc(), self.key.desc()) if asked.descending else (column, self.key)
        return query.order_by(*order).limit(asked.limit + 1)

    def next_of(self, asked: Listing, rows: list[Any]) -> str | None:
        """Where the page after goes on from: rows are (id, sort value), with one more than the page holds."""
        if len(rows) <= asked.limit:
            return None
        last_id, last = rows[asked.limit - 1]
        written = json.dumps([asked.sort, asked.descending, plain(last), str(last_id)])
        return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def _decoded(asked: Listing, column: Column[Any], key: Column[Any]) -> tuple[Any, Any]:
    after = str(asked.after)
    try:
        sort, descending, last, last_id = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        value, found = literal(_read(column, last), column.type), literal(UUID(last_id), key.type)
    except (ValueError, TypeError, AttributeError) as error:
        raise UnknownList(_LOST) from error
    if (sort, descending) != (asked.sort, asked.descending):
        raise UnknownList(_LOST)
    return value, found


def _read(column: Column[Any], written: Any) -> Any:
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(written)
    if isinstance(column.type, Date):
        return date.fromisoformat(written)
    return column.type.codes(written) if isinstance(column.type, Code) else written
