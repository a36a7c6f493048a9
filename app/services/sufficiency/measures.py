"""Use cases about measures: every one by month, from our own placements or from statutory returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.services.callers import Caller
from app.services.office import Office
from app.services.sufficiency.reading import on_record, returns_on_record
from matching.sufficiency.measures.book import MEASURES, MeasureTold, tell
from matching.sufficiency.measures.lines import Source, lines_of_records, lines_of_returns
from matching.sufficiency.measures.model import Measured, Unit, Value, months_until

MOST_MONTHS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresAsked:
    """Which months, from where."""

    as_of: date
    months: int = 12
    source: Source = Source.PLACEMENTS
    population: int | None = None
    """Children aged 0 to 17 who live in the area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthShown:
    """One measure in one month."""

    month: str
    """2026-09."""
    until: date
    """The last night that is counted."""
    whole: bool
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureShown:
    """One measure: what it is, and its months, the oldest first."""

    id: str
    name: str
    says: str
    unit: Unit
    statutory: str
    sources: tuple[Source, ...]
    """Where it can be read from; empty when it is not held at all."""
    months: tuple[MonthShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresTold:
    """Every measure."""

    as_of: date
    source: Source
    known_from: date
    known_until: date
    measures: tuple[MeasureShown, ...]


def read_measures(office: Office, caller: Caller, asked: MeasuresAsked) -> MeasuresTold:
    """Every measure by month; one that cannot be told says why. Worked out once while the pool stands. Raises NoReturns."""
    if asked.source is Source.RETURNS:  # they may change while the pool stands
        return _told(office, caller, asked)
    ready = office.pools.ready(caller.authority, asked.as_of)
    name = ("sufficiency/measures", asked)
    kept = ready.worked_out.get(name)
    if kept is None:
        kept = ready.worked_out.keep(name, _told(office, caller, asked))
    found: MeasuresTold = kept
    return found


def _told(office: Office, caller: Caller, asked: MeasuresAsked) -> MeasuresTold:
    measured = _measured(office, caller, asked)
    months = months_until(min(asked.as_of, measured.known_until), asked.months)
    return MeasuresTold(
        as_of=asked.as_of,
        source=asked.source,
        known_from=measured.known_from,
        known_until=measured.known_until,
        measures=tuple(_shown(one) for one in tell(measured, months, MEASURES)),
    )


def _measured(office: Office, caller: Caller, asked: MeasuresAsked) -> Measured:
    ready = office.pools.ready(caller.authority, asked.as_of)
    area = ready.pool.records.authority.code
    if asked.source is Source.RETURNS:
        history = returns_on_record(office, caller.authority)
        return Measured(
            source=asked.source,
            as_of=asked.as_of,
            area=area,
            lines=lines_of_returns(history, area),
            known_from=history.known_from,
            known_until=min(asked.as_of, history.known_until),
            population=asked.population,
        )
    kept = on_record(office, ready)
    return Measured(
        source=asked.source,
        as_of=asked.as_of,
        area=area,
        lines=lines_of_records(kept.children, kept.placements, ready.pool.homes, area),
        known_from=kept.known_from(asked.as_of),
        known_until=asked.as_of,
        population=asked.population,
        children=kept.by_id,
        groups=kept.groups,
        homes=ready.pool.homes,
        placements=kept.placements,
    )


def _shown(told: MeasureTold) -> MeasureShown:
    measure = told.measure
    return MeasureShown(
        id=measure.id,
        name=measure.name,
        says=measure.says,
        unit=measure.unit,
        statutory=measure.statutory,
        sources=tuple(sorted(measure.sources)),
        months=tuple(
            MonthShown(month=f"{one.month.last:%Y-%m}", until=one.month.last, whole=one.month.whole, value=one.value)
            for one in told.months
        ),
    )


def measure_rows(told: MeasuresTold) -> Iterator[dict[str, object]]:
    """A row for each measure and month."""
    for measure in told.measures:
        for one in measure.months:
            yield {
                "month": one.month,
                "until": one.until,
                "measure": measure.id,
                "name": measure.name,
                "number": one.value.number,
                "unit": measure.unit.value,
                "count": one.value.count,
                "of": one.value.of,
                "note": one.value.note,
                "source": told.source.value,
                "definition": measure.says,
                "statutory": measure.statutory,
            }
