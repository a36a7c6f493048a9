"""From a domain object to JSON: sets in order, places by their postcode, enums by their word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from matching.places import Place

Json = Any


def plain(value: Any) -> Json:
    """A value of the domain in what JSON has."""
    if isinstance(value, Enum):
        return value.value
    way = next((way for kind, way in _WAYS if isinstance(value, kind)), object_of)
    return way(value)


def object_of(value: Any) -> dict[str, Json]:
    """A dataclass as an object, field by field; a place in it becomes its postcode."""
    assert is_dataclass(value), f"no way to write {type(value).__name__}"
    written = {}
    kind: Any = type(value)
    for name in _names(kind):
        inner = getattr(value, name)
        written["postcode" if isinstance(inner, Place) else name] = plain(inner)
    return written


_WAYS: tuple[tuple[Any, Callable[[Any], Json]], ...] = (
    ((str, int, NoneType), lambda value: value),
    (date, lambda value: value.isoformat()),  # and moments
    (UUID, str),
    (Mapping, lambda value: {str(plain(name)): plain(inner) for name, inner in value.items()}),
    (frozenset, lambda value: sorted(plain(inner) for inner in value)),
    ((tuple, list), lambda value: [plain(inner) for inner in value]),
    (Place, lambda value: value.postcode),
)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def written(value: Any) -> bytes:
    """JSON, straight from computed dataclasses and plain values."""
    return to_json(value, fallback=_fallback)


def _fallback(value: Any) -> Json:
    return dict(value)  # a read-only mapping
