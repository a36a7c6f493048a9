"""What somebody typed into a form: read field by field, with what is wrong said in words, and nothing lost."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from app.services.repeats import Repeat
from matching.errors import Invalid

Word = TypeVar("Word", bound=StrEnum)

TOKEN, ONCE, VERSION = "form_token", "once", "version"
_OURS = {TOKEN, ONCE, VERSION}
LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field, in words that say what to do."""

    field: str
    says: str
    anchor: str = ""
    """The id of the input that the error summary leads to; the field's own name when empty."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form as they were typed, and what is wrong with them. Empty when a form is first shown."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    errors: tuple[FieldError, ...] = ()

    def value(self, name: str, otherwise: str = "") -> str:
        """What was typed, or what to show before anything was."""
        values = self.fields.get(name)
        return values[0] if values else otherwise

    def values(self, name: str) -> tuple[str, ...]:
        """Everything that was ticked."""
        return self.fields.get(name, ())

    def error(self, name: str) -> dict[str, str] | None:
        """What is wrong with a field, as the GOV.UK macros take it; None when nothing is."""
        return next(({"text": error.says} for error in self.errors if error.field == name), None)

    def told(self, refused: Invalid, names: Mapping[str, str]) -> Typed:
        """With what a use case refused; `names` says which field of the form each of its fields is."""
        found = tuple(FieldError(names.get(at.field, at.field), f"{at.wrong}. {at.remedy}") for at in refused.faults)
        return replace(self, errors=(*self.errors, *found))


NOTHING_TYPED = Typed()
"""A form that is shown for the first time."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent, and who may send it again without doing it twice."""

    path: str = ""
    typed: Typed = field(default_factory=Typed)

    @property
    def repeat(self) -> Repeat:
        """What makes a double click, or a second try after the line broke, do nothing twice.

        The same page sent again with other words is another request: the back button is there to be used.
        """
        said = sorted((name, values) for name, values in self.typed.fields.items() if name != TOKEN)
        sha256 = hashlib.sha256(repr(said).encode()).hexdigest()
        return Repeat(f"{self.typed.value(ONCE)[:100]}.{sha256[:32]}", f"POST {self.path}"[:200], sha256)

    @property
    def version(self) -> int | None:
        """The version that the page showed; None when it shows none. One that cannot be is one that nothing has."""
        written = self.typed.value(VERSION)
        if not written:
            return None
        return int(written) if re.fullmatch(r"[0-9]{1,9}", written) else -1

    @property
    def said(self) -> Mapping[str, tuple[str, ...]]:
        """The fields without those of our own."""
        return {name: values for name, values in self.typed.fields.items() if name not in _OURS}


class Reading:
    """Reads the fields of a form one after another and gathers what is wrong with any of them."""

    def __init__(self, sent: Sent) -> None:
        self._typed = sent.typed
        self._errors: list[FieldError] = []

    @property
    def typed(self) -> Typed:
        """What was typed, with all that is wrong: show the page again with it, and status 422, when `wrong`."""
        return replace(self._typed, errors=tuple(self._errors))

    @property
    def wrong(self) -> bool:
        """Whether anything is."""
        return bool(self._errors)

    def refuse(self, name: str, says: str, anchor: str = "") -> None:
        """Notes what is wrong with a field."""
        self._errors.append(FieldError(name, says, anchor))

    def text(self, name: str, needed: str = "", most: int = LONGEST_TEXT) -> str:
        """A text without space around it; `needed` is what to say when there is none."""
        value = self._typed.value(name).strip().replace("\r\n", "\n")
        if not value and needed:
            self.refuse(name, needed)
        if len(value) > most:
            self.refuse(name, f"This is {len(value):,} characters long. Shorten it to {most:,} or fewer")
        if any(ord(letter) < 32 and letter not in "\n\t" for letter in value):
            self.refuse(name, "This holds a character that cannot be kept. Type it again instead of pasting it")
        return value

    def choice(self, name: str, words: type[Word], needed: str = "") -> Word | None:
        """One word of a closed list; `needed` is what to say when none is chosen."""
        value = self._typed.value(name)
        found = next((word for word in words if word.value == value), None)
        if found is None and (needed or value):
            self.refuse(name, needed or "Choose one of the answers shown")
        return found

    def one_of(self, name: str, allowed: Iterable[str], needed: str) -> str:
        """One of some values; `needed` is what to say when it is none of them."""
        value = self._typed.value(name)
        if value not in set(allowed):
            self.refuse(name, needed)
        return value

    def whole(self, name: str, least: int, most: int, needed: str = "") -> int | None:
        """A whole number; None when the field is empty and may be."""
        value = self._typed.value(name).strip().replace(",", "")
        if not value and not needed:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            self.refuse(name, needed or f"Give a whole number from {least:,} to {most:,}")
            return None
        return int(value)

    def day(self, name: str, needed: str = "") -> date | None:
        """A day typed as day, month and year (`name-day`, `name-month`, `name-year`); None when empty and may be."""
        parts = [self._typed.value(f"{name}-{part}").strip() for part in ("day", "month", "year")]
        if not any(parts):
            if needed:
                self.refuse(name, needed, f"{name}-day")
            return None
        found = _day_of(parts)
        if found is None:
            says = "This is no day of the calendar. Give day, month and year, for example 27 3 2026"
            self.refuse(name, says, f"{name}-day")
        return found


def _day_of(parts: Sequence[str]) -> date | None:
    """The day that three texts are: day, month, year; None when there is no such day in or after 1900."""
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        return None
    day, month, year = map(int, parts)
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None
