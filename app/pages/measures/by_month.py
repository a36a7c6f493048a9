"""Every measure by month, with its definition, where it comes from and what the law means by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.charts.sparks import Spark, spark
from app.pages.visits import May, Visit
from app.pages.words import capital, day
from app.services.scenarios.tables import as_csv
from app.services.sufficiency.measures import MeasuresAsked, MeasureShown, MonthShown, measure_rows, read_measures
from matching.sufficiency.measures.lines import Source
from matching.sufficiency.measures.model import Unit

router = APIRouter(include_in_schema=False)

SOURCES: Mapping[Source, str] = MappingProxyType(
    {Source.PLACEMENTS: "Placements on record here", Source.RETURNS: "Statutory returns read in"}
)


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One month of a measure."""

    month: str
    says: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """One measure."""

    id: str
    name: str
    now: str
    """Its last whole month, in words."""
    says: str
    statutory: str
    note: str
    """What its number leaves out, or why there is none."""
    spark: Spark | None
    """None where no month can be told."""
    months: tuple[MonthCell, ...]


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """Where to read from."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresPage:
    """Measures."""

    template: ClassVar[str] = "measures/by_month.html"
    title: str = "Measures by month"
    known: str
    sources: tuple[SourceChoice, ...]
    measures: tuple[MeasureView, ...]
    file: str


@router.get("/measures", name="page_measures")
def measures(visit: Annotated[Visit, Depends(May("read_measures"))]) -> Response:
    """Twelve months of every measure."""
    source = _source(visit)
    told = read_measures(visit.office, visit.caller, MeasuresAsked(as_of=visit.office.today(), source=source))
    return visit.page(
        MeasuresPage(
            known=f"From {day(told.known_from)} to {day(told.known_until)}.",
            sources=tuple(SourceChoice(one.value, words, one is source) for one, words in SOURCES.items()),
            measures=tuple(map(_view, told.measures)),
            file=f"/measures/by-month.csv?source={source.value}",
        )
    )


@router.get("/measures/by-month.csv", name="page_measures_file")
def measures_file(visit: Annotated[Visit, Depends(May("read_sufficiency_table"))]) -> Response:
    """The same as a file."""
    asked = MeasuresAsked(as_of=visit.office.today(), source=_source(visit))
    rows = list(measure_rows(read_measures(visit.office, visit.caller, asked)))
    return file_of(as_csv(rows), f"measures-{asked.as_of}")


def file_of(content: bytes, name: str) -> Response:
    """A file that a spreadsheet opens."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(content, headers=headers, media_type="text/csv; charset=utf-8")


def _source(visit: Visit) -> Source:
    asked = visit.request.query_params.get("source", "")
    return Source(asked) if asked in set(Source) else Source.PLACEMENTS


def _view(one: MeasureShown) -> MeasureView:
    numbers = [month.value.number for month in one.months]
    last = next((month for month in reversed(one.months) if month.whole), one.months[-1] if one.months else None)
    known = any(number is not None for number in numbers)
    told = "; ".join(f"{month.month}: {_number(month, one.unit)}" for month in one.months)
    return MeasureView(
        id=one.id,
        name=capital(one.name),
        now=f"{_number(last, one.unit)} ({_called(last)})" if last else "not told",
        says=one.says,
        statutory=one.statutory,
        note=(last.value.note or "") if last else "",
        spark=spark(numbers, told) if known else None,
        months=tuple(_cell(month, one.unit) for month in one.months) if known else (),
    )


def _called(month: MonthShown) -> str:
    return f"{month.until:%B %Y}{'' if month.whole else ' so far'}"


def _cell(month: MonthShown, unit: Unit) -> MonthCell:
    value = month.value
    of = f"{value.count:,} of {value.of:,}" if value.count is not None and value.of is not None else ""
    return MonthCell(_called(month), _number(month, unit), of)


def _number(month: MonthShown, unit: Unit) -> str:
    number = month.value.number
    if number is None:
        return "not told"
    said = f"{number:,.1f}" if number != int(number) else f"{int(number):,}"
    return f"{said} %" if unit is Unit.PER_CENT else said if unit is Unit.CHILDREN else f"{said} {unit.value}"
