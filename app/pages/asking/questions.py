"""What a question is: its fields, whom it is about, and how its answers become part of a body and come back from one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.pages.asking.fields import Field, Typed

MOST_ROWS = 20


class About(StrEnum):
    """What a question's answers become part of."""

    CHILD = "child"
    NAME = "name"
    ASK = "ask"
    SEARCH = "search"
    PAIR = "pair"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Fields that are asked for again and again, such as one place after another."""

    path: str
    """Of the list in the body."""
    one: str
    """What one row is, for headings: "Place"."""
    fields: tuple[Field, ...]

    def typed_rows(self, typed: Typed) -> Iterator[tuple[int, dict[str, Sequence[str]]]]:
        """The rows in which anything was typed, each with its number as typed."""
        for at in range(self.count(typed)):
            row = {
                name: typed[f"{at}-{name}"]
                for one in self.fields
                for name in one.inputs()
                if any(typed.get(f"{at}-{name}", ()))
            }
            if row:
                yield at, row

    def count(self, typed: Typed) -> int:
        """How many rows there are, empty ones too."""
        numbers = [int(name.split("-", 1)[0]) for name in typed if name.split("-", 1)[0].isdigit()]
        return min(max(numbers, default=-1) + 1, MOST_ROWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One page of questions, about one thing."""

    slug: str
    """In its address."""
    title: str
    """The question itself, which may hold {who}."""
    about: About
    fields: tuple[Field, ...] = ()
    rows: Rows | None = None
    hint: str = ""

    def answered(self, typed: Typed) -> bool:
        """Whether anything was typed."""
        return any(value.strip() for values in typed.values() for value in values)


@dataclass(frozen=True, slots=True)
class Origin:
    """Which input of which question something in a body came from."""

    address: str
    """Of the question within the draft: `a/about`."""
    field: Field
    row: int | None = None

    @property
    def input(self) -> str:
        """The name that errors are shown under."""
        return self.field.name if self.row is None else f"{self.row}-{self.field.name}"

    @property
    def anchor(self) -> str:
        """The id that an error leads to."""
        return self.field.anchor if self.row is None else f"{self.row}-{self.field.anchor}"


@dataclass(slots=True)
class Compiled:
    """A body in the making, and where each part of it came from."""

    body: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """The first name of each path that was asked about: what is not said there has its default."""

    def put(self, path: str, value: Any, origin: Origin) -> None:
        """Puts a value at its place, and notes where it came from."""
        self.origins[path] = origin
        self.asked.add(path.split("/", 1)[0])
        if value is None:
            return
        at, *names = self.body, *path.split("/")
        for name in names[:-1]:
            at = at.setdefault(name, {})
        at[names[-1]] = value

    def origin(self, pointer: str) -> Origin | None:
        """Where what a fault points at came from: the nearest part of which it is, or that is part of it."""
        pointer = pointer.strip("/")
        names = pointer.split("/")
        for length in range(len(names), 0, -1):
            found = self.origins.get("/".join(names[:length]))
            if found is not None:
                return found
        return next((one for path, one in self.origins.items() if path.startswith(f"{pointer}/")), None)

    def with_base(self, base: Mapping[str, Any]) -> dict[str, Any]:
        """The body, with what was on record wherever nothing was asked."""
        return {**{name: value for name, value in base.items() if name not in self.asked}, **self.body}


def compile_into(made: Compiled, question: Question, address: str, typed: Typed) -> None:
    """Adds a question's answers to a body."""
    for one in question.fields:
        said = one.said(typed)
        made.put(one.path, one.unsaid if said is None else said, Origin(address, one))
    rows = question.rows
    if rows is None:
        return
    made.asked.add(rows.path)
    made.origins[rows.path] = Origin(address, rows.fields[0], 0)
    found: list[dict[str, Any]] = []
    for at, row in rows.typed_rows(typed):
        body = Compiled()
        for one in rows.fields:
            body.put(one.path, one.said(row), Origin(address, one, at))
        made.origins |= {f"{rows.path}/{len(found)}/{path}": origin for path, origin in body.origins.items()}
        found.append(body.body)
    if found:
        made.body[rows.path] = found


def typed_from(
    question: Question, body: Mapping[str, Any], defaults: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, list[str]]:
    """What somebody would have typed, for a body as it is on record; what is so by default was typed by nobody."""
    typed: dict[str, list[str]] = {}
    for one in question.fields:
        value = _at(body, one.path)
        if one.unsaid is not None or value != _at(defaults, one.path):
            typed |= one.typed(value)
    if question.rows is not None:
        for at, row in enumerate(body.get(question.rows.path) or ()):
            for one in question.rows.fields:
                typed |= {f"{at}-{name}": values for name, values in one.typed(_at(row, one.path)).items()}
    return typed


def _at(body: Any, path: str) -> Any:
    for name in path.split("/"):
        if not isinstance(body, Mapping) or name not in body:
            return None
        body = body[name]
    return body
