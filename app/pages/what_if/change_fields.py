"""What each kind of change asks: its fields, in the order of its short form, and how they make a body."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.pages.naming import HOME_KINDS, SECTORS
from app.pages.plan.asked import WEIGHED
from app.pages.typed import Reading
from app.pages.wording import BANDS
from app.pages.words import capital
from matching.codes import AvailabilityState
from matching.rules.parameters import PARAMETERS


class Ask(StrEnum):
    """What a field holds."""

    WHOLE = "whole"
    SIGNED = "signed"
    """A whole number that may lie below zero."""
    POUNDS = "pounds"
    PER_CENT = "per-cent"
    """A number with one decimal at most; thousandths in the body."""
    CHOICE = "choice"
    TEXT = "text"
    NAMES = "names"
    """References, parted by commas."""
    DAY = "day"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `path` is where its value goes in the body, parted by '/'."""

    path: str
    label: str
    ask: Ask
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    needed: bool = False

    @property
    def name(self) -> str:
        """In the form."""
        return self.path.replace("/", "-")


_AGES = (
    Field("ages/youngest", "Youngest age", Ask.WHOLE),
    Field("ages/oldest", "Oldest age", Ask.WHOLE),
)
_KINDS = MappingProxyType({code: capital(words) for code, words in HOME_KINDS.items()})
_WHICH = (
    Field("which/homes", "Homes by reference, if you mean certain ones", Ask.NAMES, "For example H00164, H00301"),
    Field("which/kinds", "Of which kind", Ask.CHOICE, choices={"": "Any kind", **_KINDS}),
    Field(
        "which/sectors",
        "Run by whom",
        Ask.CHOICE,
        choices={"": "Anybody", **{code: capital(words) for code, words in SECTORS.items()}},
    ),
    Field("which/count", "So many of them, drawn by lot", Ask.WHOLE, "All of them when left empty"),
)
_COUNT = Field("count", "How many", Ask.WHOLE, needed=True)

ASKED: Mapping[str, tuple[str, tuple[Field, ...]]] = MappingProxyType(
    {
        "add-homes": (
            "Add homes",
            (
                _COUNT,
                Field("kind", "Of which kind", Ask.CHOICE, choices=_KINDS, needed=True),
                *_AGES,
                Field("beds", "Beds in each", Ask.WHOLE, "1 when left empty"),
                Field(
                    "place", "Postcode where they stand", Ask.TEXT, "Anywhere in the authority's area when left empty"
                ),
                Field("weekly", "What a week costs", Ask.POUNDS, "What homes like them cost when left empty"),
                Field("from_day", "From which night", Ask.DAY, "Tonight when left empty"),
                Field("years", "As many again each year, for how many years", Ask.WHOLE, "1 when left empty"),
                Field("solo", "A child lives there with no other", Ask.YES),
            ),
        ),
        "close-homes": (
            "Close homes",
            (*_WHICH, Field("children_stay", "Children who live there stay until their placement ends", Ask.YES)),
        ),
        "change-beds": (
            "Change the number of beds",
            (*_WHICH, Field("by", "So many more; fewer below zero", Ask.SIGNED, "For example 1 or -1", needed=True)),
        ),
        "change-availability": (
            "Change whether homes can be asked",
            (
                *_WHICH,
                Field(
                    "state",
                    "They are",
                    Ask.CHOICE,
                    choices={one.value: capital(one.value.replace("-", " ")) for one in AvailabilityState},
                    needed=True,
                ),
                Field("until", "Until which day", Ask.DAY, "Until further notice when left empty"),
            ),
        ),
        "change-approvals": (
            "Change whom homes are approved for",
            (*_WHICH, *_AGES, Field("number", "Most children", Ask.WHOLE)),
        ),
        "change-prices": (
            "Change prices",
            (
                *_WHICH,
                Field(
                    "per_mille", "Per cent more; less below zero", Ask.PER_CENT, "For example 3 or -2.5", needed=True
                ),
            ),
        ),
        "add-children": (
            "Add children who wait",
            (
                _COUNT,
                *_AGES,
                Field(
                    "band",
                    "Need",
                    Ask.CHOICE,
                    choices={"": "As those who wait", **{k.value: v for k, v in BANDS.items()}},
                ),
                Field("within_days", "Spread over how many days from today", Ask.WHOLE, "All tonight when left empty"),
                Field("uasc", "They are unaccompanied children seeking asylum", Ask.YES),
            ),
        ),
        "change-demand": (
            "Growth or decline",
            (
                Field(
                    "per_mille_a_year",
                    "Per cent a year; fewer below zero",
                    Ask.PER_CENT,
                    "For example 3 or -2",
                    needed=True,
                ),
                Field("years", "For how many years", Ask.WHOLE, "1 when left empty"),
            ),
        ),
        "step-down": ("Step down from residential care", (_COUNT, *_AGES)),
        "postpone-searches": (
            "Let searches wait",
            (
                Field("days", "For how many days", Ask.WHOLE, "Beds known to fall free by then count", needed=True),
                Field(
                    "referrals",
                    "Searches by reference, if you mean certain ones",
                    Ask.NAMES,
                    "Every planned search when left empty; an emergency cannot wait",
                ),
            ),
        ),
        "change-policy": (
            "Change one weight of the policy",
            (
                Field(
                    "measure",
                    "What is weighed",
                    Ask.CHOICE,
                    choices={k.value: v for k, v in WEIGHED.items()},
                    needed=True,
                ),
                Field("points", "Points", Ask.WHOLE, "0 to 1,000", needed=True),
            ),
        ),
        "change-parameters": (
            "Change one value of the rules",
            (
                Field(
                    "parameter",
                    "Which",
                    Ask.CHOICE,
                    choices={one.name: capital(one.says) for one in PARAMETERS.values() if one.local},
                    needed=True,
                ),
                Field("value", "Value", Ask.WHOLE, needed=True),
            ),
        ),
    }
)
"""The title and the fields of each kind of change."""


def body_of(change: str, reading: Reading) -> dict[str, Any]:
    """The body of one change, read from a form; what cannot be read is said beside its field."""
    found: dict[str, Any] = {}
    for asked in ASKED[change][1]:
        value = _read(asked, reading)
        if value not in (None, "", [], False):
            _put(found, asked.path.split("/"), value)
    if change in _WITH_WHICH:
        found.setdefault("which", {})
    if change == "change-policy":
        found = {"weights": {found.get("measure"): found.get("points", 0)}}
    if change == "change-parameters":
        found = {"own": {found.get("parameter"): found.get("value", 0)}}
    if "confirmed" in reading.typed.fields:
        found["confirmed"] = True
    return {"change": change, **found}


_WITH_WHICH = frozenset(name for name, (_, fields) in ASKED.items() if _WHICH[0] in fields)


def _put(body: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        body = body.setdefault(part, {})
    several = path[-1] in ("kinds", "sectors")
    body[path[-1]] = [value] if several else value


def _read(asked: Field, reading: Reading) -> Any:
    return _READERS[asked.ask](asked, reading)


def _whole(asked: Field, reading: Reading) -> int | None:
    return reading.whole(asked.name, 0, 999_999_999, f"{asked.label}: give a whole number" if asked.needed else "")


def _pounds(asked: Field, reading: Reading) -> int | None:
    pounds = reading.whole(asked.name, 0, 50_000)
    return None if pounds is None else pounds * 100


def _choice(asked: Field, reading: Reading) -> str:
    allowed = set(asked.choices) - {""} if asked.needed else {*asked.choices, ""}
    return reading.one_of(asked.name, allowed, f"{asked.label}: choose one")


def _names(asked: Field, reading: Reading) -> list[str]:
    return [name.strip() for name in reading.text(asked.name).split(",") if name.strip()]


def _day(asked: Field, reading: Reading) -> str | None:
    day = reading.day(asked.name)
    return None if day is None else day.isoformat()


def _number(asked: Field, reading: Reading) -> int | None:
    """A number that may lie below zero; per cent with one decimal, as thousandths."""
    written = reading.text(asked.name).replace("%", "").strip()
    tenths = asked.ask is Ask.PER_CENT
    try:
        number = float(written) * (10 if tenths else 1)
    except ValueError:
        number = 0.5
    if number != int(number) or abs(number) > 100_000:
        reading.refuse(asked.name, f"{asked.label}: give a number{' with one decimal at most' if tenths else ''}")
        return None
    return int(number)


_READERS: Mapping[Ask, Callable[[Field, Reading], Any]] = MappingProxyType(
    {
        Ask.WHOLE: _whole,
        Ask.SIGNED: _number,
        Ask.POUNDS: _pounds,
        Ask.PER_CENT: _number,
        Ask.CHOICE: _choice,
        Ask.TEXT: lambda asked, reading: reading.text(asked.name),
        Ask.NAMES: _names,
        Ask.DAY: _day,
        Ask.YES: lambda asked, reading: asked.name in reading.typed.fields,
    }
)


def in_words(change: Mapping[str, Any]) -> str:
    """A change as it is kept, in a line."""
    title = ASKED[str(change["change"])][0]
    said = "; ".join(
        _said({name: value for name, value in change.items() if name not in ("change", "confirmed", "alike")})
    )
    return f"{title}: {said}" if said else title


def _said(told: Mapping[str, Any], of: str = "") -> Iterator[str]:
    for name, value in told.items():
        if value in (None, "", [], {}, False):
            continue
        label = name.replace("_", " ") if not of else f"{of} {name}"
        if name == "ages" and isinstance(value, Mapping):
            yield f"ages {value['youngest']} to {value['oldest']}"
        elif isinstance(value, Mapping):
            yield from _said(value, "" if name in ("which", "own", "weights") else label)
        elif isinstance(value, list | tuple):
            yield f"{label} {', '.join(map(str, value))}"
        elif name.startswith("per_mille"):
            yield f"{value / 10:+g} %{' a year' if name.endswith('year') else ''}"
        elif name == "weekly":
            yield f"£{value / 100:,.0f} a week"
        else:
            yield label if value is True else f"{label} {value}"
