"""The fields of questions: from what was typed to what the service is sent, back again, and into words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from app.pages.words import day

Word = TypeVar("Word", bound=StrEnum)
Typed = Mapping[str, Sequence[str]]
"""Texts by the name of the input, as they were typed."""

PARTS = ("day", "month", "year")


class Kind(StrEnum):
    """How a field is asked for."""

    DAY = "day"
    ONE = "one"
    """Radios."""
    PICK = "pick"
    """A select, for long lists."""
    SEVERAL = "several"
    """Checkboxes."""
    FLAG = "flag"
    """Yes or no, of which a tick is yes."""
    LINE = "line"
    TEXT = "text"
    WHOLE = "whole"
    LINES = "lines"
    """A text box of which each line is one of several."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a closed list."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that is asked."""

    name: str
    """Of the input."""
    path: str
    """Where the answer goes in the body, as in a JSON Pointer without the leading slash."""
    label: str
    kind: Kind
    hint: str = ""
    options: tuple[Option, ...] = ()
    missing: str = ""
    """What to say when an answer is needed and there is none; empty for what may be left out."""
    narrow: bool = False
    """Whether the input is short, as for a number."""
    small: bool = False
    """Whether the options are drawn small and side by side, as in long lists."""
    whole: bool = False
    """For closed lists whose answers are whole numbers."""
    other: str = "{}"
    """How an answer is shown that is on record and is none of those asked about."""
    unsaid: Any = None
    """What the body holds when nothing was said, where that is not the domain's own default."""
    truth: bool = False
    """For yes and no that are a truth, not a word."""

    def said(self, typed: Typed) -> Any:
        """The answer as the body holds it; None when nothing was said.

        What cannot be is handed on as it was typed, so that the one set of rules refuses it.
        """
        if self.kind is Kind.DAY:
            return _day([_one(typed, f"{self.name}-{part}") for part in PARTS])
        if self.kind is Kind.SEVERAL:
            return [value for value in typed.get(self.name, ()) if value] or None
        value = _one(typed, self.name)
        if self.kind is Kind.LINES:
            return [line.strip() for line in value.splitlines() if line.strip()] or None
        return self._plain(value) if value else None

    def _plain(self, value: str) -> Any:
        if self.kind is Kind.FLAG:
            return True
        if self.truth:
            return {"yes": True, "no": False}.get(value)
        if (self.kind is Kind.WHOLE or self.whole) and re.fullmatch(r"-?[0-9]{1,9}", value):
            return int(value)
        return value

    def typed(self, value: Any) -> dict[str, list[str]]:
        """What somebody would have typed to give an answer."""
        if self.truth and value is not None:
            return {self.name: ["yes" if value else "no"]}
        if value is None or value is False or value in ([], ""):
            return {}
        if self.kind is Kind.DAY:
            on = value if isinstance(value, date) else date.fromisoformat(value)
            return {f"{self.name}-{part}": [str(getattr(on, part))] for part in PARTS}
        if self.kind is Kind.FLAG:
            return {self.name: ["yes"]}
        if self.kind is Kind.LINES:
            return {self.name: ["\n".join(map(str, value))]}
        return {self.name: [str(one) for one in value] if isinstance(value, list) else [str(value)]}

    def offered(self, values: Sequence[str]) -> tuple[Option, ...]:
        """The answers to choose from, with those that are on record already and are not asked about by name."""
        asked = {option.value for option in self.options}
        others = [value for value in values if value and value not in asked] if self.options else []
        return (*self.options, *(Option(value, self.other.format(value)) for value in others))

    def inputs(self) -> tuple[str, ...]:
        """The names of its inputs."""
        return tuple(f"{self.name}-{part}" for part in PARTS) if self.kind is Kind.DAY else (self.name,)

    @property
    def anchor(self) -> str:
        """The id of its first input."""
        return f"{self.name}-day" if self.kind is Kind.DAY else self.name

    def words(self, typed: Typed) -> str:
        """The answer in words, for checking; what cannot be is shown as it was typed."""
        said = self.said(typed)
        if said is None:
            return ""
        if self.kind is Kind.DAY:
            return day(date.fromisoformat(said)) if _is_day(said) else str(said).replace("-", " ")
        if self.kind is Kind.FLAG:
            return "Yes"
        if self.truth:
            said = "yes" if said else "no"
        texts = {option.value: option.text for option in self.options}
        values = said if isinstance(said, list) else [said]
        return (", " if self.options or self.kind is Kind.LINES else "").join(
            texts.get(str(value)) or self.other.format(value) for value in values
        )


def _one(typed: Typed, name: str) -> str:
    return next(iter(typed.get(name, ())), "").strip().replace("\r\n", "\n")


def _day(parts: list[str]) -> str | None:
    """Year-month-day of three texts; what is no number stays as it is, for the rules to refuse."""
    if not any(parts):
        return None
    if all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        return f"{int(parts[2]):04}-{int(parts[1]):02}-{int(parts[0]):02}"
    return "-".join(reversed(parts))


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


# --- making fields ---------------------------------------------------------------------------------


def one(path: str, label: str, words: Mapping[Any, str], **more: Any) -> Field:
    """Radios of a closed list."""
    return _listed(path, label, words, Kind.ONE, more)


def pick(path: str, label: str, words: Mapping[Any, str], **more: Any) -> Field:
    """A select of a closed list that is long."""
    return _listed(path, label, words, Kind.PICK, more)


def several(path: str, label: str, words: Mapping[Any, str], **more: Any) -> Field:
    """Checkboxes of a closed list."""
    return _listed(path, label, words, Kind.SEVERAL, more)


def _listed(path: str, label: str, words: Mapping[Any, str], kind: Kind, more: dict[str, Any]) -> Field:
    hints: Mapping[Any, str] = more.pop("hints", {})
    options = tuple(Option(str(code), text, hints.get(code, "")) for code, text in words.items())
    return Field(name=more.pop("name", _name(path)), path=path, label=label, kind=kind, options=options, **more)


def day_of(path: str, label: str, **more: Any) -> Field:
    """A day, typed as day, month and year."""
    return Field(name=more.pop("name", _name(path)), path=path, label=label, kind=Kind.DAY, **more)


def line(path: str, label: str, **more: Any) -> Field:
    """A short text."""
    return Field(name=more.pop("name", _name(path)), path=path, label=label, kind=more.pop("kind", Kind.LINE), **more)


def text(path: str, label: str, **more: Any) -> Field:
    """A longer text."""
    return line(path, label, kind=Kind.TEXT, **more)


def whole(path: str, label: str, **more: Any) -> Field:
    """A whole number."""
    return line(path, label, kind=Kind.WHOLE, narrow=True, **more)


def flag(path: str, label: str, **more: Any) -> Field:
    """A tick for yes."""
    return line(path, label, kind=Kind.FLAG, **more)


def _name(path: str) -> str:
    return path.replace("/", "-").replace("_", "-")
