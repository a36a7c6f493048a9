"""The answers of studies as tables of plain rows, for files that open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.services.sufficiency.ahead_tables import LOOK_AHEAD
from matching.errors import DomainError

Row = dict[str, Any]
Answer = Mapping[str, Any]


class NoSuchTable(DomainError):
    """The study has no table of that name."""

    def __init__(self, known: tuple[str, ...]) -> None:
        super().__init__(f"This study has no table of that name. Ask for one of {', '.join(known)}.")


def table_of(kind: str, answer: Answer, name: str) -> list[Row]:
    """The rows of one table of a study's answer; every row has the same columns. Raises NoSuchTable."""
    known = _TABLES.get(kind, {})
    if name not in known:
        raise NoSuchTable(tuple(known))
    return list(known[name](answer))


def tables_of(kind: str) -> tuple[str, ...]:
    """The names of the tables that a kind of study has."""
    return tuple(_TABLES.get(kind, {}))


def as_csv(rows: list[Row]) -> bytes:
    """Rows as CSV, UTF-8 with a mark that spreadsheets read; a cell that a spreadsheet would take for a formula is quoted."""
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return "" if value is None else value


def _totals(answer: Answer) -> Iterator[Row]:
    for side in answer["sides"]:
        yield {
            "scenario": side["name"],
            **side["sums"],
            "mean_miles": side["mean_miles"],
            "sibling_pairs": side["sibling_pairs"],
            "sibling_pairs_together": side["sibling_pairs_together"],
            "proof": side["proof"],
            "pool_digest": side["pool_digest"],
        }


def _breakdown(answer: Answer) -> Iterator[Row]:
    for side in answer["sides"]:
        for cell in side["cells"]:
            yield {
                "scenario": side["name"],
                **{split: cell[split] for split in ("age", "need", "area")},
                **cell["sums"],
            }


def _children(answer: Answer) -> Iterator[Row]:
    for side in answer["sides"]:
        for child in side["children"]:
            yield {"scenario": side["name"], **{name: value for name, value in child.items() if not _is_id(name)}}


def _is_id(name: str) -> bool:
    return name.endswith("_id")


def _gains(answer: Answer) -> Iterator[Row]:
    for side in answer["sides"]:
        told = side["against"] or {}
        for what in ("gain_a_home", "lose_a_home", "added_placed", "added_unplaced", "no_longer_wait"):
            for child in told.get(what, ()):
                yield _gain(side, what, child)
        for move in told.get("other_home", ()):
            yield _gain(side, "other_home", move["child"], move)
        for what in ("brought_together", "parted"):
            for one, other in told.get(what, ()):
                yield {**_gain(side, what, one), "with": other}


def _gain(side: Row, what: str, child: str, move: Row | None = None) -> Row:
    told = move or {}
    columns = ("before", "after", "tenths", "weekly")
    return {"scenario": side["name"], "what": what, "child": child, "with": None, **{n: told.get(n) for n in columns}}


def _bed_prices(answer: Answer) -> Iterator[Row]:
    for one in answer["items"]:
        plain = {
            name: one[name] for name in ("rank", "name", "kind", "beds", "postcode", "home_weekly_pence", "days_used")
        }
        ages = one["ages"] or {}
        spreads = {
            f"{figure}_{part}": one[figure][part]
            for figure in ("placed", "together", "tenths_of_a_mile", "weekly_pence", "sign_offs")
            for part in ("mean", "low", "high")
        }
        yield {
            **plain,
            "youngest": ages.get("youngest"),
            "oldest": ages.get("oldest"),
            **spreads,
            "proved": one["proved"],
        }


def _points(of: str) -> Callable[[Answer], Iterator[Row]]:
    def rows(answer: Answer) -> Iterator[Row]:
        for point in answer[of]:
            homes = "; ".join(f"{some['count']} x {some['name']}" for some in point["homes"])
            yield {"homes": homes, **{name: value for name, value in point.items() if name != "homes"}}

    return rows


def _step_down(answer: Answer) -> Iterator[Row]:
    for child in answer["children"]:
        own = {name: child[name] for name in ("child", "age", "need", "band", "lives_in", "weekly")}
        planned = answer["planned"].get(child["child"])
        for match in child["matches"] or [_NO_MATCH]:
            yield {
                **own,
                "in_the_joint_plan": planned,
                **{name: match[name] for name in ("home", "kind", "sector", "weekly", "saving")},
                "to_agree": "; ".join(match["to_agree"]),
                "support": "; ".join(short["support"] for short in match["shortfalls"]),
                "reasons": "; ".join(match["reasons"]) or child["summary"],
            }


_NO_MATCH: Row = {
    **dict.fromkeys(("home", "kind", "sector", "weekly", "saving")),
    "to_agree": (),
    "shortfalls": (),
    "reasons": (),
}


def _outgrown(answer: Answer) -> Iterator[Row]:
    for one in answer["outgrown"]:
        own = {name: one[name] for name in ("child", "age", "home", "kind", "band", "levels_short")}
        for short in one["shortfalls"]:
            told = {name: short[name] for name in ("domain", "needed", "met", "support")}
            yield {**own, **told, "skills_missing": "; ".join(short["skills_missing"])}


_TABLES: dict[str, dict[str, Callable[[Answer], Iterator[Row]]]] = {
    "look-ahead": LOOK_AHEAD,
    "compare-scenarios": {"totals": _totals, "breakdown": _breakdown, "children": _children, "gains": _gains},
    "bed-prices": {"prices": _bed_prices},
    "cheapest-homes": {"levels": _points("levels"), "curve": _points("curve")},
    "step-down": {"step-down": _step_down, "outgrown": _outgrown},
}
