"""The 20-household question in the terminal, three years ahead: today's course against the scenario, in the same luck."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.rule import Rule

from app.cli.columns import Heading, print_columns
from app.cli.steps import step
from app.cli.words import pounds
from app.services.callers import Caller
from app.services.office import Office
from app.services.scenarios.keeping import list_ready_scenarios
from app.services.sufficiency.ahead import AheadAsked, AheadSide, AheadTold, told_ahead
from matching.sufficiency.kinds import CareKind
from matching.sufficiency.outlooks import Aim, Band, KindOnDay, Target
from matching.values import Pence

QUESTION = "twenty-households"
YEARS, FUTURES, SNAPSHOTS = 3, 500, 1
_UNMET = Target(aim=Aim.UNMET_NIGHTS, kind=CareKind.FOSTERING, year=YEARS, at_most=365)


def print_ahead(out: Console, office: Office, caller: Caller, as_of: date) -> None:
    """Answers what the households of the question would do in the years ahead."""
    ready = {one.id: one.scenario for one in list_ready_scenarios(office, caller, as_of)}
    if QUESTION not in ready:
        return
    asked = AheadAsked(
        as_of=as_of,
        years=YEARS,
        replicates=FUTURES,
        snapshots=SNAPSHOTS,
        scenarios=(ready[QUESTION],),
        targets=(_UNMET,),
    )
    with step(f"Looking {YEARS} years ahead, {FUTURES} times under each course, and planning a night of every quarter"):
        told = told_ahead(office, office.pools.ready(caller.authority, as_of), asked)
    out.print()
    out.print(Rule(f"And ahead: {YEARS} years, night by night", align="left"))
    _print(out, told)


def _print(out: Console, told: AheadTold) -> None:
    today, more = told.sides
    headings = (Heading(""), Heading("Today's course", right=True), Heading("With 20 more", right=True))
    rows = [
        (f"Children in foster care after {YEARS} years", *(_band(_fostered(side)) for side in told.sides)),
        ("  with our own carers", *(_band(_own(side)) for side in told.sides)),
        ("  without a bed of the kind", *(_band(_unmet(side)) for side in told.sides)),
        (
            f"Chance of at most 365 such nights in year {YEARS}",
            *(_per_cent(side.outlook.targets[0].chance) for side in told.sides),
        ),
        ("Waiting children whom a plan can place", *(_placed(side) for side in told.sides)),
        ("Expected cost of the first year", *(pounds(side.outlook.years[0].expected) for side in told.sides)),
        (f"Expected cost of {YEARS} years", *(pounds(side.outlook.expected_cost) for side in told.sides)),
    ]
    print_columns(out, headings, rows)
    out.print()
    assert more.difference is not None, "a scenario is told with its difference"
    first = more.difference.costs[0]
    saved = pounds(Pence(-more.difference.expected_cost))
    out.print(
        f"Over {YEARS} years the scenario is expected to save {saved}; in the first year it is cheaper in "
        f"{_per_cent(first.chance_cheaper)} of the futures, by {pounds(Pence(-first.high))} to {pounds(Pence(-first.low))}."
    )
    out.print(
        "In brackets: nine futures in ten. Prices are today's. What the model does not know: docs/forecast.md.",
        style="dim",
    )
    for note in today.outlook.notes:
        out.print(note, style="dim")


def _fostered(side: AheadSide) -> Band:
    return _last(side).children


def _own(side: AheadSide) -> Band | None:
    return _last(side).own


def _unmet(side: AheadSide) -> Band | None:
    return _last(side).unmet


def _last(side: AheadSide) -> KindOnDay:
    """Foster care on the last day that is told."""
    return [one for one in side.outlook.days_told if one.kind is CareKind.FOSTERING][-1]


def _placed(side: AheadSide) -> str:
    if not side.matched:
        return "-"
    seen = sum(year.snapshots for year in side.matched)
    mean = sum(year.placed_per_cent.mean * year.snapshots for year in side.matched) / seen
    return f"{mean:.0f} %"


def _band(band: Band | None) -> str:
    return "-" if band is None else f"{band.middle:.0f} ({band.low:.0f} to {band.high:.0f})"


def _per_cent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f} %"
