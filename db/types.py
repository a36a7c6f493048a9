"""How values are written in columns, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, String, Text, Uuid
from sqlalchemy.types import TypeDecorator

LONGEST_CODE = 40


def key() -> Uuid[Any]:
    """A UUID made in Python: native on PostgreSQL, 32 hexadecimal digits on SQLite."""
    return Uuid(as_uuid=True)


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


class Code(TypeDecorator[StrEnum]):
    """One word of a closed list, stored as the word itself; the table's CHECK holds the list."""

    impl = String(LONGEST_CODE)
    cache_ok = True

    def __init__(self, codes: type[StrEnum]) -> None:
        super().__init__()
        self.codes = codes
        self._by_word: dict[str, StrEnum] = {code.value: code for code in codes}

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002, D102
        return None if value is None else self.codes(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002, D102
        return None if value is None else self._by_word[value]


class Codes(TypeDecorator[frozenset[Any]]):
    """A set of words (of a closed list when one is given) or whole numbers, as a sorted JSON list.

    Text on both databases, because equal text is then read once: most homes share a few sets.
    """

    impl = Text
    cache_ok = True

    def __init__(self, codes: type[StrEnum] | None = None) -> None:
        super().__init__()
        self.codes = codes

    def process_bind_param(self, value: Iterable[Any] | None, dialect: Dialect) -> str | None:  # noqa: ARG002, D102
        return None if value is None else json.dumps(sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[Any] | None:  # noqa: ARG002, D102
        return None if value is None else _set_of(self.codes, value)


@lru_cache(maxsize=8192)
def _set_of(codes: type[StrEnum] | None, text: str) -> frozenset[Any]:
    words = json.loads(text)
    return frozenset(words if codes is None else map(codes, words))
