"""A look ahead in words and drawings: bands by kind of care, chances of unmet need, cost, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.pages.charts.fans import Course, Fan, fan
from app.pages.words import capital, counted, day, plain, pounds
from app.services.scenarios.tables import tables_of
from db.repositories.studies import Study
from matching.sufficiency.kinds import WITH_BEDS

Side = Mapping[str, Any]

NOT_KNOWN = (
    "Policy, law and events: rates are those of the past. A change there is a scenario.",
    "Trends: nothing is extrapolated. A fall in arrivals is taken up as it happens, and then held level.",
    "Why children live where they do: kinds are what happened, not what was needed.",
    "The market: bought beds are those used or offered today. Unmet need says how many more would have to be found.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: what it is about, and its value under each course."""

    says: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of care: a drawing, and the same as a table."""

    name: str
    chart: Fan
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadPage:
    """The years ahead."""

    template: ClassVar[str] = "what_if/ahead.html"
    title: str
    reference: str
    as_of: str
    summary: str
    columns: tuple[str, ...]
    parts: tuple[Part, ...]
    unmet: tuple[Row, ...]
    costs: tuple[Row, ...]
    targets: tuple[Row, ...]
    areas: tuple[Row, ...]
    matched: tuple[Row, ...]
    notes: tuple[str, ...]
    not_known: tuple[str, ...] = NOT_KNOWN
    files: tuple[tuple[str, str], ...]


def ahead_page(study: Study, told: Mapping[str, Any]) -> AheadPage:
    """The page of a look ahead, from its answer as it is stored."""
    sides: Sequence[Side] = told["sides"]
    years = int(told["years"])
    return AheadPage(
        title=f"The next {counted(years, 'year')}",
        reference=study.reference or "",
        as_of=day(date.fromisoformat(told["as_of"])),
        summary=f"{told['replicates']:,} futures, each worked out night by night under the same luck for every course.",
        columns=tuple(one["name"] for one in sides),
        parts=tuple(_part(kind.value, sides) for kind in WITH_BEDS),
        unmet=tuple(_unmet(sides)),
        costs=tuple(_costs(sides)),
        targets=tuple(_targets(sides)),
        areas=tuple(_areas(sides)),
        matched=tuple(_matched(sides)),
        notes=tuple(dict.fromkeys(note for one in sides for note in one["outlook"]["notes"])),
        files=tuple(
            (capital(plain(name)), f"/what-if/studies/{study.id}/{name}.csv") for name in tables_of(study.kind)
        ),
    )


def _days(side: Side, kind: str) -> list[Mapping[str, Any]]:
    return [one for one in side["outlook"]["days_told"] if one["kind"] == kind]


def _part(kind: str, sides: Sequence[Side]) -> Part:
    found = [_days(one, kind) for one in sides]
    days = [date.fromisoformat(one["day"]) for one in found[0]]
    courses = [
        Course(
            side["name"],
            tuple(one["children"]["low"] for one in told),
            tuple(one["children"]["middle"] for one in told),
            tuple(one["children"]["high"] for one in told),
        )
        for side, told in zip(sides, found, strict=True)
    ]
    name = capital(plain(kind))
    ends = [at for at in range(len(days)) if at == 0 or at == len(days) - 1 or at % 12 == 0]
    rows = tuple(Row(f"Children, {day(days[at])}", tuple(_band(told[at]["children"]) for told in found)) for at in ends)
    beds = tuple(
        Row(f"Of them in our own beds, {day(days[at])}", tuple(_band(told[at]["own"]) for told in found))
        for at in ends[-1:]
    )
    chart = fan(f"{name}: children, month by month", [f"{one:%b %Y}" for one in days], courses)
    return Part(name, chart, (*rows, *beds))


def _band(band: Mapping[str, float] | None) -> str:
    if band is None:
        return "not told"
    return f"{band['middle']:,.0f} ({band['low']:,.0f} to {band['high']:,.0f})"


def _unmet(sides: Sequence[Side]) -> Iterator[Row]:
    for at, one in enumerate(sides[0]["outlook"]["unmet"]):
        says = f"Year {one['year']}, {plain(one['kind'])}"
        yield Row(says, tuple(_chance(side["outlook"]["unmet"][at]) for side in sides))


def _chance(one: Mapping[str, Any]) -> str:
    return f"{100 * one['chance']:.0f} %; {_band(one['nights'])} nights"


def _costs(sides: Sequence[Side]) -> Iterator[Row]:
    for at, one in enumerate(sides[0]["outlook"]["years"]):
        yield Row(
            f"Year {one['year']}",
            tuple(
                f"{pounds(side['outlook']['years'][at]['expected'])} "
                f"({pounds(side['outlook']['years'][at]['low'])} to {pounds(side['outlook']['years'][at]['high'])})"
                for side in sides
            ),
        )
    yield Row("All years, expected", tuple(pounds(side["outlook"]["expected_cost"]) for side in sides))
    yield Row("Beside today's course", tuple(_beside(side["difference"]) for side in sides))


def _beside(difference: Mapping[str, Any] | None) -> str:
    if difference is None:
        return "-"
    pence = int(difference["expected_cost"])
    return f"{pounds(abs(pence))} {'more' if pence > 0 else 'less'}" if pence else "the same"


def _targets(sides: Sequence[Side]) -> Iterator[Row]:
    for at, one in enumerate(sides[0]["outlook"]["targets"]):
        yield Row(_target(one["target"]), tuple(_met(side["outlook"]["targets"][at]) for side in sides))


def _target(target: Mapping[str, Any]) -> str:
    most = target["at_most"] is not None
    limit = target["at_most"] if most else target["at_least"]
    what = f"{pounds(limit)}" if target["aim"] == "cost" else f"{limit:,} {plain(target['aim'])}"
    of = f" of {plain(target['kind'])}" if target["kind"] else ""
    return f"Year {target['year']}: at {'most' if most else 'least'} {what}{of}"


def _met(one: Mapping[str, Any]) -> str:
    return "beyond the years looked at" if one["chance"] is None else f"{100 * one['chance']:.0f} % of futures"


def _areas(sides: Sequence[Side]) -> Iterator[Row]:
    """The places and kinds that are shortest on the last day told under today's course."""
    told = sides[0]["outlook"]["areas"]
    if not told:
        return
    last = max(one["day"] for one in told)
    short = sorted(
        (at for at, one in enumerate(told) if one["day"] == last),
        key=lambda at: (-told[at]["short"]["middle"], told[at]["area"], told[at]["kind"]),
    )
    for at in short[:12]:
        says = f"{capital(plain(told[at]['kind']))} in {told[at]['area']}, {day(date.fromisoformat(last))}"
        yield Row(says, tuple(_short(side["outlook"]["areas"][at]) for side in sides))


def _short(one: Mapping[str, Any]) -> str:
    return f"{100 * one['chance_short']:.0f} %; {_band(one['short'])}"


def _matched(sides: Sequence[Side]) -> Iterator[Row]:
    for at, one in enumerate(sides[0]["matched"]):
        for name, says in (
            ("unplaced", "children whom no plan could place"),
            ("unplaced_by_count", "the same by counting beds alone"),
        ):
            values = tuple(_band(side["matched"][at][name]) for side in sides)
            yield Row(f"Year {one['year']}, {says}", values)
