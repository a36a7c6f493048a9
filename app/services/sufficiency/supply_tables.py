"""Use cases about supply beside need: beds tonight, occupancy by week, the gap table, needs against cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.services.callers import Caller
from app.services.office import Office
from app.services.sufficiency.reading import on_record
from matching.assess import Assessor
from matching.sufficiency.beds_tonight import BedsTonight, beds_tonight
from matching.sufficiency.gaps import Gap, gap_table
from matching.sufficiency.needs_and_cost import NeedsAndCost, needs_and_cost
from matching.sufficiency.occupancy import Occupancy, occupancy

MOST_WEEKS = 104
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class GapsTold:
    """The gap table as at a day."""

    as_of: date
    groups: tuple[Gap, ...]


def read_beds_tonight(office: Office, caller: Caller, as_of: date) -> BedsTonight:
    """What can be offered on the night of a day, by kind and age, and zero cover; worked out once while the pool stands."""
    ready = office.pools.ready(caller.authority, as_of)
    kept = ready.worked_out.get(("sufficiency/beds-tonight",))
    if kept is None:
        records = ready.pool.records
        made = beds_tonight(records.homes, records.placements, records.holds, as_of)
        kept = ready.worked_out.keep(("sufficiency/beds-tonight",), made)
    found: BedsTonight = kept
    return found


def read_occupancy(office: Office, caller: Caller, as_of: date, weeks: int, *, own_only: bool) -> Occupancy:
    """Bed-nights used and void by home and week; worked out once while the pool stands."""
    ready = office.pools.ready(caller.authority, as_of)
    name = ("sufficiency/occupancy", weeks, own_only)
    kept = ready.worked_out.get(name)
    if kept is None:
        placements = on_record(office, ready).placements
        made = occupancy(ready.pool.homes, placements, as_of, weeks, own_only=own_only)
        kept = ready.worked_out.keep(name, made)
    found: Occupancy = kept
    return found


def read_gaps(office: Office, caller: Caller, as_of: date) -> GapsTold:
    """Groups of need, what could take them, the gap and what to do; worked out once while the pool stands."""
    ready = office.pools.ready(caller.authority, as_of)
    kept: GapsTold | None = ready.worked_out.get(("sufficiency/gaps",))
    if kept is not None:
        return kept
    with ready.at_work:
        groups = gap_table(ready.pool, Assessor(ready.pool, ready.policy))
    made: GapsTold = ready.worked_out.keep(("sufficiency/gaps",), GapsTold(as_of, groups))
    return made


def read_needs_and_cost(office: Office, caller: Caller, as_of: date) -> NeedsAndCost:
    """What is paid beside what is needed, by reference; leaves an audit event, for it tells of children's needs."""
    records = office.pools.ready(caller.authority, as_of).pool.records
    told = needs_and_cost(records)
    with office.store.writing(caller.authority) as work:
        act = caller.act("read-needs-and-cost", office.clock())
        work.audit.append(act, "needs and cost", None, after={"as_of": as_of, "children": len(told.children)})
    return told


def bed_rows(told: BedsTonight) -> Iterator[Row]:
    """A row for each kind, supplier and age, then for each purpose beds are kept for."""
    for one in told.ordinary:
        yield _bed_row(told, f"{one.kind.value}", one.supplier.value, one.ages, one.beds, one.homes)
    for kept in told.kept:
        yield _bed_row(told, kept.purpose.value, None, None, kept.beds, kept.homes)


def _bed_row(told: BedsTonight, kind: str, supplier: str | None, ages: str | None, beds: int, homes: int) -> Row:
    return {
        "as_of": told.as_of,
        "kind": kind,
        "supplier": supplier,
        "ages": ages,
        "beds": beds,
        "homes": homes,
        "zero_cover": beds == 0,
    }


def occupancy_rows(told: Occupancy) -> Iterator[Row]:
    """A row for each home and week."""
    for home in told.homes:
        for week in home.weeks:
            yield {
                "week": week.begins,
                "home": home.reference,
                "kind": home.kind.value,
                "sector": home.sector.value,
                "beds": home.beds,
                "available": week.available,
                "used": week.used,
                "void": week.void,
                "over": week.over,
            }


def gap_rows(told: GapsTold) -> Iterator[Row]:
    """A row for each group."""
    for gap in told.groups:
        yield {"as_of": told.as_of, **{name: getattr(gap, name) for name in Gap.__slots__}}


def cost_rows(told: NeedsAndCost) -> Iterator[Row]:
    """A row for each child."""
    for one in told.children:
        yield {name: getattr(one, name) for name in type(one).__slots__}
