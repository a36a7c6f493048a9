"""The shapes of what is sent, made from the domain's own dataclasses so that a field is named, typed and told of once.

In a body a place is its postcode, a set is a list, something else on record is its id or the authority's own
reference for it, and a field that is not known is refused.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import pairwise
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import BaseModel, ConfigDict, create_model
from pydantic import Field as JsonField

from app.bodies.kinds import LIMITED, MOST_LISTED, MOST_WHOLE, Day, Flag, Moment, Reference, text, whole
from matching.places import Place

Told = dict[str, Any]
"""Fields by name: the kind and what pydantic is to know of it."""


class Given(BaseModel):
    """A JSON body; fields that are not known are refused."""

    model_config = ConfigDict(extra="forbid", use_enum_values=False, frozen=True)


def given(kind: type, name: str, *, without: frozenset[str], also: Told | None = None) -> type[Given]:
    """The body from which a domain object is made; `also` adds fields, or takes the place of some."""
    return create_model(name, __base__=Given, __doc__=_says(kind), **{**_fields(kind, without), **(also or {})})


def shown(kind: type, name: str, *, without: frozenset[str], also: Told) -> type[BaseModel]:
    """The body in which a domain object is shown: the same fields, and those that only the service knows."""
    head: Told = {"id": (UUID, JsonField(description="The id that the service gave it."))}
    tail: Told = {
        "version": (int, JsonField(description="Rises with every change; the ETag is made from it.")),
        "created_at": (datetime, JsonField(description="When it was recorded.")),
        "updated_at": (datetime, JsonField(description="When it was last changed.")),
    }
    told = {**head, **_fields(kind, without), **also, **tail}
    return create_model(name, __doc__=_says(kind), **told)


def _fields(kind: type, without: frozenset[str]) -> Told:
    hints, words = get_type_hints(kind), told_of(kind)
    told: Told = {}
    for field in fields(kind):
        if field.name in without or not field.init:
            continue
        name = "postcode" if hints[field.name] is Place else field.name
        told[name] = (_kind(hints[field.name], name), _json_field(field, words.get(field.name)))
    return told


def _json_field(field: Field[Any], words: str | None) -> Any:
    if field.default is MISSING and field.default_factory is MISSING:
        return JsonField(description=words)
    default = field.default if field.default_factory is MISSING else field.default_factory()
    if default is None or isinstance(default, Enum | int | str):
        return JsonField(default, description=words)
    if is_dataclass(default):
        part: Any = type(default)
        return JsonField(default_factory=nested(part), description=words)
    plain = dict(default) if isinstance(default, Mapping) else list(default)
    return JsonField(default_factory=plain.copy, description=words)


@cache
def nested(kind: Any) -> type[Given]:
    """The shape of a part: a dataclass within another."""
    return create_model(kind.__name__, __base__=Given, __doc__=_says(kind), **_fields(kind, frozenset()))


_PLAIN: dict[Any, Any] = {bool: Flag, date: Day, datetime: Moment, Place: LIMITED["postcode"]}


def _kind(hint: Any, name: str) -> Any:
    """What pydantic reads for an annotation of the domain."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    supertype = getattr(hint, "__supertype__", None)
    if hint is UUID or supertype is UUID:
        return Reference
    if supertype is not None:
        return _kind(supertype, name)
    if hint is int or hint is str:
        return _limited(hint, name)
    if isinstance(hint, type):
        part: Any = hint
        return hint if issubclass(hint, Enum) else nested(part)
    return _compound(get_origin(hint), get_args(hint), name)


def _limited(hint: type, name: str) -> Any:
    limited = LIMITED.get(name)
    if limited is None or (get_args(limited)[0] is str) is not (hint is str):
        return text(200) if hint is str else whole(0, MOST_WHOLE)
    return limited


def _compound(origin: Any, inner: tuple[Any, ...], name: str) -> Any:
    if origin in (Union, UnionType):
        kinds = [one for one in inner if one is not NoneType]
        return _kind(kinds[0], name) | None
    if origin is tuple and inner[-1] is not Ellipsis:
        exactly = JsonField(min_length=len(inner), max_length=len(inner))
        return Annotated[list[_kind(inner[0], name)], exactly]  # type: ignore[misc]  # made while running
    if origin in (tuple, frozenset):
        return Annotated[list[_kind(inner[0], name)], JsonField(max_length=MOST_LISTED)]  # type: ignore[misc]
    key, value = inner
    keyed: Any = key if key is not str else Annotated[str, JsonField(max_length=60)]
    return Annotated[dict[keyed, _kind(value, name)], JsonField(max_length=MOST_LISTED)]  # type: ignore[misc]


def _says(kind: Any) -> str:
    return inspect.cleandoc(kind.__doc__ or "")


@cache
def told_of(kind: Any) -> Mapping[str, str]:
    """What a dataclass says of each of its fields, in the text below it."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    said = {}
    for at, after in pairwise(body):
        if isinstance(at, ast.AnnAssign) and isinstance(at.target, ast.Name) and isinstance(after, ast.Expr):
            value = after.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                said[at.target.id] = " ".join(value.value.split())
    return said


def keys_of(kind: Any, field: str) -> Any:
    """The closed list whose words are the keys of a map in a dataclass."""
    return get_args(get_type_hints(kind)[field])[0]
