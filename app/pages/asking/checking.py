"""What is wrong with a draft, question by question: the domain's own refusals, in the words of the page that asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.bodies.reading import DoesNotFit, Unfit
from app.pages.asking.fields import Field, Kind
from app.pages.asking.questions import Origin
from app.pages.asking.sheets import Sheet
from app.pages.asking.steps import Steps
from app.pages.typed import FieldError
from app.services.callers import Caller
from app.services.errors import AlreadyPlaced
from app.services.intakes import Written, try_draft
from app.services.office import Office
from db.errors import AlreadyExists
from matching.errors import DomainError, Invalid

_OF_OTHERS = re.compile(r"asks/\d+/child|child|members/\d+|pairs/\d+/(one|other)|sibling_group")
"""Pointers at a record of another step: when that step was refused, its own refusal says why."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong, and the question it is asked at."""

    address: str
    error: FieldError


@dataclass(frozen=True, slots=True)
class Checked:
    """All that is wrong with a draft."""

    wrong: tuple[Wrong, ...] = ()
    general: tuple[str, ...] = ()
    """What no question answers for."""
    by_address: Mapping[str, tuple[FieldError, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def at(self, address: str) -> tuple[FieldError, ...]:
        """What is wrong at one question."""
        return self.by_address.get(address, ())

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong and not self.general


def check(office: Office, caller: Caller, sheet: Sheet) -> Checked:
    """Looks at the whole draft as if it were recorded now; nothing is written."""
    steps = Steps(sheet, office, lenient=True)
    written = try_draft(office, caller, sheet.draft, steps)
    return told(steps, written)


def told(steps: Steps, written: Written) -> Checked:
    """What was refused, at the questions it came from and in their order."""
    found, general = list[Wrong](), list[str]()
    wanted = "search/when" in steps.sheet.tasks and bool(steps.sheet.typed("search/when"))
    for name, refused in [*steps.unfit.items(), *written.refused.items()]:
        if isinstance(refused, AlreadyPlaced) and not wanted:
            continue
        for pointer, says in _refusals(refused, steps, name):
            if isinstance(refused, Invalid) and _told_elsewhere(pointer, written, steps):
                continue
            compiled = steps.bodies.get(name)
            origin = None if compiled is None else compiled.origin(pointer)
            if origin is not None:
                found.append(Wrong(origin.address, FieldError(origin.input, says, origin.anchor)))
            else:
                general.append(says)
    order = {address: at for at, address in enumerate(steps.sheet.tasks)}
    wrong = tuple(sorted(dict.fromkeys(found), key=lambda one: order.get(one.address, 0)))
    by_address: dict[str, tuple[FieldError, ...]] = {}
    for one in wrong:
        by_address[one.address] = (*by_address.get(one.address, ()), one.error)
    return Checked(wrong, tuple(dict.fromkeys(general)), MappingProxyType(by_address))


def _told_elsewhere(pointer: str, written: Written, steps: Steps) -> bool:
    """Whether a fault is only that another record of the draft is missing, which that record's own fault tells."""
    others = any(name.startswith(("child/", "group")) for name in (*written.refused, *steps.unfit))
    return others and _OF_OTHERS.fullmatch(pointer.strip("/")) is not None


def _refusals(refused: DomainError, steps: Steps, name: str) -> Iterator[tuple[str, str]]:
    """Pointer and words of each thing that an error refuses."""
    if isinstance(refused, DoesNotFit):
        for unfit in refused.unfit:
            origin = steps.bodies[name].origin(unfit.pointer)
            yield unfit.pointer, _words(unfit, origin)
    elif isinstance(refused, Invalid):
        for fault in refused.faults:
            yield fault.field, f"{fault.wrong}. {fault.remedy}"
    elif isinstance(refused, AlreadyExists):
        noun = refused.noun
        yield (
            "external_ref",
            f"There is already a {noun} with this number. Choose the {noun} that is on record, or enter another number",
        )
    elif isinstance(refused, AlreadyPlaced):
        yield refused.pointer, str(refused)
    else:
        yield "", str(refused)


_SAYS: Mapping[str, str] = MappingProxyType(
    {
        "day": "This is no day of the calendar. Enter day, month and year in numbers, for example 27 3 2026",
        "whole_number": "Enter a whole number, in figures",
        "enum": "Select one of the answers shown",
        "greater_than_equal": "Enter {ge} or more",
        "less_than_equal": "Enter {le} or less",
        "string_too_long": "This is too long: shorten it to {max_length} characters or fewer",
        "string_too_short": "This is too short: enter at least {min_length} characters",
        "too_long": "These are too many: give at most {max_length}",
    }
)
"""What to do, by the name that the rule has for what is wrong; others say it in their own words."""


def _words(unfit: Unfit, origin: Origin | None) -> str:
    asked: Field | None = None if origin is None else origin.field
    if unfit.kind == "missing" and asked is not None:
        return asked.missing or f"{'Enter' if asked.kind in (Kind.LINE, Kind.DAY) else 'Select'} this"
    is_form = unfit.kind == "string_pattern_mismatch" or (asked is not None and asked.narrow)
    if is_form and unfit.kind.startswith("string_"):
        hint = asked.hint if asked is not None else ""
        return f"This is not written as it must be. {hint}".strip()
    words = _SAYS.get(unfit.kind)
    return unfit.says if words is None else words.format(**unfit.limits)
