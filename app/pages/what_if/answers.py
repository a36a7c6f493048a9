"""Answers in words: what a bed is worth, the cheapest homes and their trade-off, who could step down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.pages.naming import kind, listed
from app.pages.words import capital, counted, plain, pounds

Answer = Mapping[str, Any]
WIDTH, HEIGHT, LEFT, BELOW = 480, 240, 40, 34
MOST = 20
"""Rows shown of one list; the file has all."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One list of an answer."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Spot:
    """One point of a trade-off."""

    x: int
    y: int
    best: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a scale."""

    at: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Cost against service: pounds a week to the right, children with a home upwards."""

    description: str
    line: str
    spots: tuple[Spot, ...]
    costs: tuple[Mark, ...]
    served: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """An answer."""

    says: tuple[str, ...]
    shown: tuple[Shown, ...]
    curve: Curve | None = None


def in_words(of: str, answer: Answer) -> InWords:
    """The answer of a kind of study that has no page of its own."""
    return _KINDS[of](answer)


def _listed(name: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Shown:
    return Shown(name, tuple(columns), tuple(rows[:MOST]), max(0, len(rows) - MOST))


def _money(pence: float | None) -> str:
    if pence is None:
        return "not known"
    return f"-{pounds(round(-pence))}" if pence < 0 else pounds(round(pence))


# --- what one more home would be worth -----------------------------------------------------------


def _prices(answer: Answer) -> InWords:
    rows = [
        (
            f"{one['rank']}. {one['name']}",
            _money(one["home_weekly_pence"]),
            _spread(one["placed"], 1),
            _spread(one["together"], 1),
            _money(one["weekly_pence"]["mean"]),
            f"{one['days_used']} of {answer['days']}",
        )
        for one in answer["items"]
    ]
    columns = ("One more home", "What it costs a week", "Children more with a home", "Pairs more together")
    shown = _listed("The most useful first", (*columns, "Other places, a week", "Days used"), rows)
    return InWords(says=(answer["says"],), shown=(shown,))


def _spread(spread: Mapping[str, float], places: int) -> str:
    return f"{spread['mean']:.{places}f} ({spread['low']} to {spread['high']})"


# --- the cheapest homes ---------------------------------------------------------------------------


def _cheapest(answer: Answer) -> InWords:
    points = answer["curve"]
    shown = (
        _listed("From little to what is wanted", _POINT, [_point(one) for one in answer["levels"]]),
        _listed("Everything tried that nothing betters", _POINT, [_point(one) for one in points]),
    )
    return InWords(says=(answer["says"], answer["best"]["says"]), shown=shown, curve=_curve(answer) if points else None)


_POINT = ("Homes added", "What they cost a week", "Children with a home", "Pairs together, near home", "In words")


def _point(one: Answer) -> tuple[str, ...]:
    homes = listed((f"{some['count']} x {some['name']}" for some in one["homes"]), "none")
    return (homes, _money(one["weekly_pence"]), str(one["placed"]), str(one["together"]), one["says"])


def _curve(answer: Answer) -> Curve:
    points: list[Answer] = sorted(answer["curve"], key=lambda one: (one["weekly_pence"], one["placed"]))
    dearest = max(one["weekly_pence"] for one in points) or 1
    placed: list[int] = [one["placed"] for one in points]
    least, most = min(placed), max(placed)
    ground = HEIGHT - BELOW

    def x(pence: int) -> int:
        return LEFT + (WIDTH - LEFT - 20) * pence // dearest

    def y(placed: int) -> int:
        return ground - (ground - 16) * (placed - least) // max(1, most - least)

    best = answer["best"]
    spots = tuple(
        Spot(x(one["weekly_pence"]), y(one["placed"]), one["weekly_pence"] == best["weekly_pence"]) for one in points
    )
    return Curve(
        description=f"{counted(len(points), 'mix', 'mixes')} of homes, from {_money(points[0]['weekly_pence'])} a week "
        f"with {least} children placed to {_money(dearest)} a week with {most}.",
        line=" ".join(f"{spot.x},{spot.y}" for spot in spots),
        spots=spots,
        costs=(Mark(x(0), "£0"), Mark(x(dearest), _money(dearest))),
        served=tuple(Mark(y(placed), str(placed)) for placed in dict.fromkeys((least, most))),
    )


# --- stepping down --------------------------------------------------------------------------------


def _stepping(answer: Answer) -> InWords:
    could = [_could(answer, one) for one in answer["children"] if one["matches"]]
    without = [
        (one["child"], str(one["age"]), one["lives_in"], one["summary"])
        for one in answer["children"]
        if not one["matches"]
    ]
    outgrown = [
        (one["child"], str(one["age"]), f"{one['home']}, {kind(one['kind'])}", str(one["levels_short"]), _short(one))
        for one in answer["outgrown"]
    ]
    columns = ("Child", "Lives in, a week", "Best foster home", "Saving a week", "To close the gap", "To agree")
    return InWords(
        says=(answer["says"],),
        shown=(
            _listed("Who has a foster home that the rules allow", columns, could),
            _listed("Who has none, and why", ("Child", "Age", "Lives in", "Why"), without),
            _listed(
                "Outgrown: who needs more than the home can meet",
                ("Child", "Age", "Home", "Levels short", "What would close it"),
                outgrown,
            ),
        ),
    )


def _could(answer: Answer, one: Answer) -> tuple[str, ...]:
    best = one["matches"][0]
    planned = answer["planned"].get(one["child"])
    home = f"{best['home']}, {kind(best['kind'])}" + (f"; in the joint plan {planned}" if planned else "")
    return (
        f"{one['child']}, {one['age']}",
        f"{one['lives_in']}, {_money(one['weekly'])}",
        home,
        _money(best["saving"]),
        _short(best) or "Nothing is short",
        "; ".join(best["to_agree"]) or "Nobody",
    )


def _short(one: Answer) -> str:
    return "; ".join(
        f"{capital(plain(short['domain']))} needs {short['needed']}, meets {short['met']}: {short['support']}"
        for short in one["shortfalls"]
    )


_KINDS: Mapping[str, Callable[[Answer], InWords]] = MappingProxyType(
    {"bed-prices": _prices, "cheapest-homes": _cheapest, "step-down": _stepping}
)


def files(names: Sequence[str], href: str) -> Iterator[tuple[str, str]]:
    """Every table of an answer as a file, by name."""
    for name in names:
        yield capital(plain(name)), f"{href}/{name}.csv"
