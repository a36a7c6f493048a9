"""What a noun is made of in the database: a main row, the rows of its parts, and the two ways between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Table

T = TypeVar("T")

Values = dict[str, Any]
"""One row to be written, by column name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[T]):
    """Rows that belong to one main row and are written and read with it."""

    table: Table
    parent: str
    """The column that holds the main row's id."""
    rows: Callable[[T], list[Values]]
    words: bool = False
    """Whether it holds people's own words, which are read only by those who need them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape(Generic[T]):
    """How one noun is stored."""

    noun: str
    table: Table
    row: Callable[[T], Values]
    """The main row, without version and stamps; holds `id`, `authority_id` and mostly `external_ref`."""
    build: Callable[..., T]
    """(main row, rows of the first part, rows of the second, ...) → the domain object."""
    parts: tuple[Part[T], ...] = ()
    audited: frozenset[str] = frozenset()
    """Columns whose codes, ids and dates an audit event may hold. Of any other it tells only that it changed."""
    read_by_matching: bool = True


@dataclass(frozen=True, slots=True)
class Stored(Generic[T]):
    """A domain object as it stands in the database."""

    value: T
    version: int
    """Rises by one with every change; an ETag is made from it."""
    created_at: datetime
    updated_at: datetime
    reference: str | None = None
    """The short reference people say aloud, R-7K3M9; only referrals have one."""


def by_parent(rows: Sequence[Any], parent: str) -> dict[UUID, list[Any]]:
    """The rows of a part, gathered by the main row they belong to, in the order they came."""
    gathered: dict[UUID, list[Any]] = {}
    if not rows:
        return gathered
    at = rows[0]._fields.index(parent)
    for row in rows:
        gathered.setdefault(row[at], []).append(row)
    return gathered
