"""How values are written in columns, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect, String, Text, Uuid
from sqlalchemy.types import TypeDecorator

LONGEST_CODE = 40


def small_map() -> JSON:
    """A small map or list that is read whole; the order of its keys is kept."""
    return JSON(none_as_null=True)


class Moment(TypeDecorator[datetime]):
    """An instant: aware datetimes in UTC, in and out. A naive datetime is a bug."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: D102
        if value is None:
            return None
        assert value.tzinfo is not None, "a stored moment needs its time zone"
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Key(TypeDecorator[UUID]):
    """A UUID made in Python: native on PostgreSQL, 32 hexadecimal digits on SQLite.

    The same few ids stand in thousands of rows, so on SQLite equal text is turned into one UUID, once.
    """

    impl = Uuid
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: D102
        return _uuid if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


@lru_cache(maxsize=1 << 15)
def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def key() -> Key:
    """The type of every id."""
    return Key()


class Code(TypeDecorator[StrEnum]):
    """One word of a closed list, stored as the word itself; the table's CHECK holds the list."""

    impl = String(LONGEST_CODE)
    cache_ok = True

    def __init__(self, codes: type[StrEnum]) -> None:
        super().__init__()
        self.codes = codes
        self._by_word: dict[str | None, StrEnum | None] = {code.value: code for code in codes} | {None: None}

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002, D102
        return None if value is None else self.codes(value).value

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ARG002, D102
        return self._by_word.__getitem__


class Codes(TypeDecorator[frozenset[Any]]):
    """A set of words (of a closed list when one is given) or whole numbers, as a sorted JSON list.

    Text on both databases, because equal text is then read once: most homes share a few sets.
    """

    impl = Text
    cache_ok = True

    def __init__(self, codes: type[StrEnum] | None = None) -> None:
        super().__init__()
        self.codes = codes
        self._read = lru_cache(maxsize=4096)(partial(_set_of, codes))

    def process_bind_param(self, value: Iterable[Any] | None, dialect: Dialect) -> str | None:  # noqa: ARG002, D102
        return None if value is None else json.dumps(sorted(value))

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ARG002, D102
        return self._read


def _set_of(codes: type[StrEnum] | None, text: str | None) -> frozenset[Any] | None:
    if text is None:
        return None
    words = json.loads(text)
    return frozenset(words if codes is None else map(codes, words))
