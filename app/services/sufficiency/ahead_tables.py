"""The answer of a look ahead as tables of plain rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Row = dict[str, Any]
Answer = Mapping[str, Any]
_BAND = ("low", "middle", "high", "mean")


def _band(name: str, band: Mapping[str, float] | None) -> Row:
    return {f"{name}_{part}": None if band is None else band[part] for part in _BAND}


def _days(answer: Answer) -> Iterator[Row]:
    for side in answer["sides"]:
        for one in side["outlook"]["days_told"]:
            yield {
                "scenario": side["name"],
                "day": one["day"],
                "kind": one["kind"],
                **_band("children", one["children"]),
                **_band("own", one["own"]),
                **_band("bought", one["bought"]),
                **_band("unmet", one["unmet"]),
                "chance_of_unmet": one["chance_of_unmet"],
            }


def _areas(answer: Answer) -> Iterator[Row]:
    for side in answer["sides"]:
        for one in side["outlook"]["areas"]:
            yield {
                "scenario": side["name"],
                **{name: one[name] for name in ("day", "kind", "area")},
                **_band("children", one["children"]),
                "beds": one["beds"],
                **_band("short", one["short"]),
                "chance_short": one["chance_short"],
            }


def _unmet(answer: Answer) -> Iterator[Row]:
    for side in answer["sides"]:
        for one in side["outlook"]["unmet"]:
            named = {name: one[name] for name in ("year", "kind")}
            yield {"scenario": side["name"], **named, **_band("nights", one["nights"]), "chance": one["chance"]}


def _plain(name: str) -> Callable[[Answer], Iterator[Row]]:
    def rows(answer: Answer) -> Iterator[Row]:
        for side in answer["sides"]:
            for one in side["outlook"][name]:
                yield {"scenario": side["name"], **one}

    return rows


def _targets(answer: Answer) -> Iterator[Row]:
    for side in answer["sides"]:
        for one in side["outlook"]["targets"]:
            yield {"scenario": side["name"], **one["target"], "chance": one["chance"], **_band("value", one["value"])}


def _differences(answer: Answer) -> Iterator[Row]:
    for side in answer["sides"]:
        for one in (side["difference"] or {}).get("kinds", ()):
            yield {
                "scenario": side["name"],
                "year": one["year"],
                "kind": one["kind"],
                **_band("children", one["children"]),
                **_band("own", one["own"]),
                **_band("unmet_nights", one["unmet_nights"]),
            }


def _savings(answer: Answer) -> Iterator[Row]:
    for side in answer["sides"]:
        for one in (side["difference"] or {}).get("costs", ()):
            yield {"scenario": side["name"], **one}


def _matched(answer: Answer) -> Iterator[Row]:
    for side in answer["sides"]:
        for one in side["matched"]:
            bands = (
                "waiting",
                "placed_per_cent",
                "together_per_cent",
                "miles",
                "weekly",
                "unplaced",
                "unplaced_by_count",
            )
            named = {"scenario": side["name"], "year": one["year"], "snapshots": one["snapshots"]}
            yield {**named, **{name: part for of in bands for name, part in _band(of, one[of]).items()}}


LOOK_AHEAD: dict[str, Callable[[Answer], Iterator[Row]]] = {
    "nights": _days,
    "areas": _areas,
    "unmet": _unmet,
    "costs": _plain("costs"),
    "years": _plain("years"),
    "targets": _targets,
    "differences": _differences,
    "savings": _savings,
    "matched": _matched,
}
"""Tables by name, in reading order."""
