"""A comparison of tonight in words: its columns, who gains and who loses, and each part beside the plan of today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.pages.words import counted, pounds

Side = Mapping[str, Any]
"""One column of a comparison, as it is stored and sent (app/services/scenarios/tonight.py)."""

AGES: Mapping[str, str] = MappingProxyType(
    {"under-1": "Under 1", "1-4": "1 to 4", "5-9": "5 to 9", "10-15": "10 to 15", "16-17": "16 and 17"}
)
NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "universal": "Universal needs",
        "additional": "Additional needs",
        "high": "High needs",
        "complex": "Complex needs",
        "not-known": "Needs not known",
    }
)


@dataclass(frozen=True, slots=True)
class Value:
    """One cell: what it comes to, and what that is beside the plan of today."""

    says: str
    beside: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the comparison."""

    says: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Children of one age, need or area, under each scenario."""

    says: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """One way to split the children."""

    caption: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a small drawing."""

    name: str
    value: str
    width: int
    y: int


@dataclass(frozen=True, slots=True)
class Bars:
    """How many children have no home under each scenario, as bars."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Gains:
    """Who gains and who loses under one scenario."""

    name: str
    lines: tuple[tuple[str, str], ...]
    """What happens, and to whom."""


def lines(sides: Sequence[Side]) -> tuple[Line, ...]:
    """The comparison row by row, the plan of today in the first column."""
    return tuple(_lines(sides))


def _lines(sides: Sequence[Side]) -> Iterator[Line]:
    yield _number("Children who wait", sides, "children")
    yield _number("With a home proposed", sides, "placed")
    yield _number("Without a home", sides, "unplaced")
    pairs = [f"{one['sibling_pairs_together']} of {one['sibling_pairs']}" for one in sides]
    yield Line("Pairs of brothers and sisters together", tuple(Value(says, "") for says in pairs))
    far = ["not known" if one["mean_miles"] is None else f"{one['mean_miles']:.1f}" for one in sides]
    yield Line("Miles from family home, straight line, on average", tuple(Value(says, "") for says in far))
    yield _number("Farther than the authority calls distant", sides, "distant")
    yield _number("Outside the authority's area", sides, "out_of_area")
    yield _number("Both", sides, "distant_and_out_of_area")
    yield _number("Sign-offs to ask for", sides, "sign_offs")
    yield _number("Facts to check first", sides, "checks")
    yield _money("Cost a week", sides, "weekly_pence")
    yield _money("Cost a year (52 weeks)", sides, "yearly_pence")
    yield _number("Prices not known", sides, "prices_missing")


def _number(says: str, sides: Sequence[Side], name: str) -> Line:
    today = sides[0]["sums"][name]
    return Line(says, tuple(_value(f"{one['sums'][name]:,}", one["sums"][name] - today) for one in sides))


def _value(says: str, more: int) -> Value:
    return Value(says, f"{more:+,}" if more else "")


def _money(says: str, sides: Sequence[Side], name: str) -> Line:
    today = sides[0]["sums"][name]
    found = []
    for one in sides:
        more = one["sums"][name] - today
        sign = "+" if more > 0 else "-"
        found.append(Value(pounds(one["sums"][name]), f"{sign}{pounds(abs(more))}" if more else ""))
    return Line(says, tuple(found))


def splits(sides: Sequence[Side]) -> tuple[Split, ...]:
    """Without a home, of all who wait, by age band, by band of need and by area of the family home."""
    return (
        _split("By age", sides, "by_age", "age", AGES),
        _split("By need", sides, "by_need", "need", NEEDS),
        _split("By postcode area of the family home", sides, "by_area", "area", {}),
    )


def _split(caption: str, sides: Sequence[Side], part: str, word: str, names: Mapping[str, str]) -> Split:
    cells = [{cell[word]: cell["sums"] for cell in one[part]} for one in sides]
    found = dict.fromkeys(key for one in cells for key in one)
    return Split(
        caption,
        tuple(
            Group(
                names.get(key, "not known" if key == "not-known" else key), tuple(_part(one.get(key)) for one in cells)
            )
            for key in found
        ),
    )


def _part(sums: Mapping[str, Any] | None) -> Value:
    if sums is None:
        return Value("nobody", "")
    return Value(f"{sums['unplaced']} of {sums['children']}", pounds(sums["weekly_pence"]))


def gains(sides: Sequence[Side]) -> tuple[Gains, ...]:
    """Who gains and who loses, for each scenario; references alone."""
    return tuple(Gains(one["name"], tuple(_gained(one["against"]))) for one in sides if one["against"] is not None)


def _gained(against: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, says in (
        ("gain_a_home", "Would have a home proposed"),
        ("lose_a_home", "Would no longer have a home proposed"),
        ("added_placed", "Added by the scenario, with a home"),
        ("added_unplaced", "Added by the scenario, without a home"),
        ("no_longer_wait", "Would no longer wait"),
        ("homes_used", "Homes added that would be used"),
    ):
        if against[name]:
            yield f"{says} ({len(against[name])})", ", ".join(against[name])
    for name, says in (("brought_together", "Brought together"), ("parted", "Parted")):
        if against[name]:
            yield f"{says} ({len(against[name])})", ", ".join(f"{one} and {other}" for one, other in against[name])
    moved = against["other_home"]
    if moved:
        yield (
            f"Would be proposed another home ({len(moved)})",
            ", ".join(f"{one['child']} ({one['before']} to {one['after']})" for one in moved),
        )


_WIDEST, _STEP = 280, 42


def bars(sides: Sequence[Side]) -> Bars:
    """Children without a home under each scenario."""
    most = max((one["sums"]["unplaced"] for one in sides), default=0) or 1
    drawn = tuple(
        Bar(one["name"], str(one["sums"]["unplaced"]), one["sums"]["unplaced"] * _WIDEST // most, at * _STEP)
        for at, one in enumerate(sides)
    )
    says = "; ".join(f"{one['name']}: {counted(one['sums']['unplaced'], 'child', 'children')}" for one in sides)
    return Bars("Children without a home tonight", f"{says}.", drawn, len(sides) * _STEP)
