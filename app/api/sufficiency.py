"""Routes about sufficiency: measures by month, beds beside needs, and the years ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response
from pydantic import BaseModel, ConfigDict
from pydantic import Field as JsonField

from app.api import answers, examples_of_what_ifs
from app.api.studies import StudyShown, shown
from app.bodies.kinds import Day
from app.bodies.sufficiency import AheadGiven, LookAheadGiven, asked_ahead
from app.bodies.wire import written
from app.dependencies import AsOfHere, CallerHere, OfficeHere, RepeatHere
from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Reply
from app.services.scenarios import long_work
from app.services.scenarios.long_work import Question
from app.services.scenarios.tables import as_csv
from app.services.sufficiency import ahead, back_testing, measures, supply_tables
from app.services.sufficiency.ahead import AheadTold
from app.services.sufficiency.measures import MOST_MONTHS, MeasuresAsked, MeasuresTold
from app.services.sufficiency.supply_tables import MOST_WEEKS, GapsTold
from db.repositories.studies import Study
from matching.sufficiency.back_tests import BackTest
from matching.sufficiency.beds_tonight import BedsTonight
from matching.sufficiency.measures.lines import Source
from matching.sufficiency.needs_and_cost import NeedsAndCost
from matching.sufficiency.occupancy import Occupancy

ROOT = "/api/v1"
router = APIRouter(tags=["sufficiency"])


class Table(StrEnum):
    """Tables that can be had as CSV."""

    MEASURES = "measures"
    BEDS_TONIGHT = "beds-tonight"
    OCCUPANCY = "occupancy"
    GAPS = "gaps"
    NEEDS_AND_COST = "needs-and-cost"


class _Query(BaseModel):
    model_config = ConfigDict(extra="forbid")

    as_of: Day | None = JsonField(None, description="The day to look at; today when left out.")


class MonthsAsked(_Query):
    """Which months are told, from where."""

    months: int = JsonField(12, ge=1, le=MOST_MONTHS, description="How many months, up to the one that holds the day.")
    source: Source = JsonField(Source.PLACEMENTS, description="Our own placements, or statutory returns read in.")
    population: int | None = JsonField(
        None, ge=1, le=5_000_000, description="People aged 0 to 17 who live in the area: without it there is no rate."
    )


class WeeksAsked(_Query):
    """Which weeks are told, of which homes."""

    weeks: int = JsonField(12, ge=1, le=MOST_WEEKS, description="How many whole weeks before the day.")
    own_only: bool = JsonField(default=True, description="The authority's own homes alone, or everybody's.")


class TableAsked(MonthsAsked, WeeksAsked):
    """Which months or weeks a table tells; what it does not need is left aside."""


class AheadShown(BaseModel):
    """The years ahead, and the study under which they are kept."""

    study: UUID
    ahead: AheadTold


class AheadAnswered(StudyShown):
    """A look ahead as a study, once it is finished."""

    answer: AheadTold | None


@router.get(
    "/sufficiency/measures",
    name="read_measures",
    summary="Read every measure by month",
    responses={**answers.shows(MeasuresTold), **answers.problems(409)},
)
def read_measures(
    office: OfficeHere,
    caller: CallerHere,
    asked: Annotated[MonthsAsked, Query()],
) -> Response:
    """Each with its definition, source and statutory meaning. One that cannot be told has no number and says why: it is
    never nought. Distance and out of area are told apart; moves are to other carers, and not episodes.
    """
    return answers.json(measures.read_measures(office, caller, _measures(office, asked)))


@router.get(
    "/sufficiency/beds-tonight",
    name="read_beds_tonight",
    summary="Read which beds can be offered tonight",
    responses={**answers.shows(BedsTonight), **answers.problems()},
)
def read_beds_tonight(office: OfficeHere, caller: CallerHere, as_of: AsOfHere) -> Response:
    """Matchable beds, not approved ones, by kind and age; beds kept for a purpose, with zero cover; and why other empty
    beds cannot be offered.
    """
    return answers.json(supply_tables.read_beds_tonight(office, caller, as_of))


@router.get(
    "/sufficiency/occupancy",
    name="read_occupancy",
    summary="Read bed-nights used and void, by home and week",
    responses={**answers.shows(Occupancy), **answers.problems()},
)
def read_occupancy(office: OfficeHere, caller: CallerHere, asked: Annotated[WeeksAsked, Query()]) -> Response:
    """Whole weeks before the one that holds the day. Beds are not kept by date: past weeks are told by those there are."""
    return answers.json(_occupancy(office, caller, asked))


@router.get(
    "/sufficiency/gaps",
    name="read_gaps",
    summary="Read the gap table",
    responses={**answers.shows(GapsTold), **answers.problems()},
)
def read_gaps(office: OfficeHere, caller: CallerHere, as_of: AsOfHere) -> Response:
    """Groups of need, how many wait, how many beds every rule leaves open to them, the gap, and what to do about it."""
    return answers.json(supply_tables.read_gaps(office, caller, as_of))


@router.get(
    "/sufficiency/needs-and-cost",
    name="read_needs_and_cost",
    summary="Read the map of needs against cost",
    responses={**answers.shows(NeedsAndCost), **answers.problems()},
)
def read_needs_and_cost(office: OfficeHere, caller: CallerHere, as_of: AsOfHere) -> Response:
    """What is paid for each child beside what the child needs, with a line for each kind of home and supplier, and
    outliers by reference. Leaves an audit event.
    """
    return answers.json(supply_tables.read_needs_and_cost(office, caller, as_of))


@router.get(
    "/sufficiency/tables/{table}",
    name="read_sufficiency_table",
    summary="Read one of these tables as CSV",
    responses={
        200: {"description": "CSV in UTF-8", "content": {"text/csv": {"schema": {"type": "string"}}}},
        **answers.problems(409),
    },
)
def read_sufficiency_table(
    office: OfficeHere,
    caller: CallerHere,
    table: Table,
    asked: Annotated[TableAsked, Query()],
) -> Response:
    """Opens in a spreadsheet. What a table does not need is left aside."""
    rows = list(_ROWS[table](office, caller, asked))
    headers = {"Content-Disposition": f'attachment; filename="{table.value}-{office.day(asked.as_of)}.csv"'}
    return Response(as_csv(rows), headers=headers, media_type="text/csv; charset=utf-8")


Rows = Iterator[dict[str, Any]]


def _measures(office: Office, asked: MonthsAsked) -> MeasuresAsked:
    day = office.day(asked.as_of)
    return MeasuresAsked(as_of=day, months=asked.months, source=asked.source, population=asked.population)


def _occupancy(office: Office, caller: Caller, asked: WeeksAsked) -> Occupancy:
    day = office.day(asked.as_of)
    return supply_tables.read_occupancy(office, caller, day, asked.weeks, own_only=asked.own_only)


def _measure_rows(office: Office, caller: Caller, asked: TableAsked) -> Rows:
    return measures.measure_rows(measures.read_measures(office, caller, _measures(office, asked)))


def _bed_rows(office: Office, caller: Caller, asked: TableAsked) -> Rows:
    return supply_tables.bed_rows(supply_tables.read_beds_tonight(office, caller, office.day(asked.as_of)))


def _occupancy_rows(office: Office, caller: Caller, asked: TableAsked) -> Rows:
    return supply_tables.occupancy_rows(_occupancy(office, caller, asked))


def _gap_rows(office: Office, caller: Caller, asked: TableAsked) -> Rows:
    return supply_tables.gap_rows(supply_tables.read_gaps(office, caller, office.day(asked.as_of)))


def _cost_rows(office: Office, caller: Caller, asked: TableAsked) -> Rows:
    return supply_tables.cost_rows(supply_tables.read_needs_and_cost(office, caller, office.day(asked.as_of)))


_ROWS: dict[Table, Callable[[Office, Caller, TableAsked], Rows]] = {
    Table.MEASURES: _measure_rows,
    Table.BEDS_TONIGHT: _bed_rows,
    Table.OCCUPANCY: _occupancy_rows,
    Table.GAPS: _gap_rows,
    Table.NEEDS_AND_COST: _cost_rows,
}


@router.get(
    "/sufficiency/back-test",
    name="read_back_test",
    summary="Read by how much forecasts erred on years that are known",
    responses={**answers.shows(BackTest), **answers.problems(409)},
)
def read_back_test(office: OfficeHere, caller: CallerHere) -> Response:
    """Each half year in the statutory returns from which a whole year is known, forecast from what was known on its first
    morning, beside what came, and beside saying that nothing changes; and how often the truth lay within the band.
    """
    return answers.json(back_testing.read_back_test(office, caller))


@router.post(
    "/sufficiency/ahead",
    name="look_ahead",
    status_code=201,
    summary="Look years ahead, under scenarios side by side",
    responses={
        **answers.shows(AheadShown, 201, "Worked out and kept"),
        **answers.problems(400, 404, 409, 413, 415),
    },
)
def look_ahead(
    office: OfficeHere,
    caller: CallerHere,
    repeat: RepeatHere,
    body: Annotated[AheadGiven, Body(openapi_examples=examples_of_what_ifs.AHEAD)],
) -> Response:
    """Stock and flow with uncertainty, night by night: children by kind, age and area, own and bought beds, unmet need and
    its chance, expected cost to the penny, and the chance that a target is met; today's course, and each scenario beside it
    under the same luck. The same question on the same records has the same answer. Kept as a study. What would take longer
    than some seconds is refused: ask for it as a study (POST /studies/look-ahead).
    """
    asked = asked_ahead(office, caller, body)

    def write(study: Study, told: AheadTold) -> tuple[bytes, Reply]:
        answer = written(told)
        place = {"Location": f"{ROOT}/studies/{study.id}"}
        whole_answer = b'{"study":' + written(study.id) + b',"ahead":' + answer + b"}"
        return answer, Reply(201, whole_answer, place)

    return answers.sent(ahead.look_ahead(office, caller, asked, write, repeat))


@router.post(
    "/studies/look-ahead",
    name="ask_look_ahead",
    status_code=202,
    tags=["studies"],
    summary="Ask to look years ahead with children matched on sampled nights",
    responses={
        **answers.shows(AheadAnswered, 202, "Asked: read the study"),
        **answers.problems(400, 404, 409, 413, 415),
    },
)
def ask_look_ahead(
    office: OfficeHere,
    caller: CallerHere,
    repeat: RepeatHere,
    body: Annotated[LookAheadGiven, Body(openapi_examples=examples_of_what_ifs.AHEAD)],
) -> Response:
    """As the years ahead, and on the middle night of every quarter of some futures everybody who waits is planned by the
    rules and the solver: who can be placed, siblings together, miles and cost, beside what counting beds alone would say.
    Worked out by a worker: read the study until it is finished. It can be stopped, and survives a restart.
    """
    asked = asked_ahead(office, caller, body)
    ahead.situations_of(office, office.pools.ready(caller.authority, asked.as_of), asked)
    question = Question(kind=ahead.KIND, as_of=asked.as_of, asked=ahead.asked_document(asked))

    def write(study: Study) -> Reply:
        place = {"Location": f"{ROOT}/studies/{study.id}", "Retry-After": "1"}
        return Reply(202, written({**shown(study), "answer": None}), place)

    return answers.sent(long_work.ask(office, caller, question, write, repeat))
