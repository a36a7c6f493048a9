"""A question as a page shows it: each field with its options and hints, each row with its own inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.pages.asking.fields import Field, Option
from app.pages.asking.fields import Typed as Answers
from app.pages.asking.questions import MOST_ROWS, Question


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field: what it is called, how it is asked for, and what may be answered."""

    kind: str
    name: str
    label: str
    hint: str
    options: tuple[Option, ...]
    narrow: bool
    small: bool
    before: str = ""
    """What was said the last time, where that helps."""


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of several."""

    title: str
    fields: tuple[FieldShown, ...]


def fields_shown(
    fields: Iterable[Field], who: str, typed: Answers, prefix: str = "", before: Mapping[str, str] | None = None
) -> tuple[FieldShown, ...]:
    """Fields about somebody, with a prefix to the names of their inputs."""
    return tuple(
        FieldShown(
            kind=one.kind.value,
            name=f"{prefix}{one.name}",
            label=one.label.format(who=who),
            hint=one.hint,
            options=one.offered(typed.get(f"{prefix}{one.name}", ())),
            narrow=one.narrow,
            small=one.small,
            before=(before or {}).get(one.name, ""),
        )
        for one in fields
    )


def rows_shown(question: Question, typed: Answers, who: str) -> tuple[RowShown, ...]:
    """The rows that were typed and an empty one to go on with."""
    rows = question.rows
    if rows is None:
        return ()
    return tuple(
        RowShown(f"{rows.one} {at + 1}", fields_shown(rows.fields, who, typed, f"{at}-"))
        for at in range(min(rows.count(typed) + 1, MOST_ROWS))
    )


def inputs_of(question: Question) -> set[str]:
    """The names of every input of a question."""
    names = {name for one in question.fields for name in one.inputs()}
    if question.rows is not None:
        rows = [name for one in question.rows.fields for name in one.inputs()]
        names |= {f"{at}-{name}" for at in range(MOST_ROWS) for name in rows}
    return names
