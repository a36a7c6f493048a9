"""Questions about what would be, asked on a short form each: the years ahead, the cheapest homes, a bed's worth, stepping down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Depends, Response

from app.bodies.sufficiency import LookAheadGiven, asked_ahead
from app.bodies.wire import written
from app.pages.typed import NOTHING_TYPED, FieldError, Reading, Typed
from app.pages.visits import May, Visit, answered
from app.services.repeats import Reply
from app.services.scenarios import bed_prices, cheapest, keeping, long_work, stepping
from app.services.scenarios.long_work import Question
from app.services.sufficiency import ahead
from app.services.sufficiency.ahead import MOST_SIDE_BY_SIDE, AheadTold
from db.repositories.studies import Study
from matching.errors import Invalid
from matching.scenarios import SEED

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be ticked or chosen."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAheadPage:
    """What is asked of the years ahead."""

    template: ClassVar[str] = "what_if/ask_ahead.html"
    title: str = "Look years ahead"
    years: tuple[Option, ...]
    scenarios: tuple[Option, ...]
    cost: str
    matched: bool
    typed: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCheapestPage:
    """What is asked of the cheapest homes."""

    template: ClassVar[str] = "what_if/ask_cheapest.html"
    title: str = "The cheapest homes that reach a target"
    placed: str
    together: str
    emergencies: bool
    typed: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPricesPage:
    """What is asked of a bed's worth."""

    template: ClassVar[str] = "what_if/ask_prices.html"
    title: str = "What one more home would be worth"
    days: str
    typed: Typed


@router.get("/what-if/ahead", name="page_ask_ahead")
def ask_ahead(visit: Annotated[Visit, Depends(May("look_ahead"))]) -> Response:
    """The form."""
    return visit.page(_ahead(visit, NOTHING_TYPED))


@router.post("/what-if/ahead", name="page_look_ahead")
def look_ahead(visit: Annotated[Visit, Depends(May("look_ahead"))]) -> Response:
    """Works it out at once; with nights really matched, a worker does and the study's page says how far it is."""
    reading = Reading(visit.sent)
    years = reading.whole("years", 1, 5, "Choose one to five years")
    cost = reading.whole("cost", 1, 999_999_999)
    chosen = visit.sent.typed.values("ready")
    known = {one.value: one.text for one in _scenarios(visit, ())}
    if len(chosen) > MOST_SIDE_BY_SIDE:
        reading.refuse("ready", f"Choose at most {MOST_SIDE_BY_SIDE} scenarios")
    if not set(chosen) <= set(known):
        reading.refuse("ready", "One of the scenarios cannot be run today. Choose among those shown")
    if reading.wrong or years is None:
        return visit.page(_ahead(visit, reading.typed), 422)
    matched = "matched" in visit.sent.typed.fields
    given: dict[str, Any] = {
        "years": years,
        "snapshots": 4 if matched else 0,
        "scenarios": [{"name": known[one], "ready": [one]} for one in chosen],
        "targets": [] if cost is None else [{"aim": "cost", "year": years, "at_most": cost * 100}],
    }
    try:
        return answered(_asked_ahead(visit, LookAheadGiven.model_validate(given), matched=matched))
    except Invalid as refused:
        return visit.page(_ahead(visit, _said(visit.sent.typed, refused, "ready")), 422)


def _asked_ahead(visit: Visit, given: LookAheadGiven, *, matched: bool) -> Reply:
    office, caller = visit.office, visit.caller
    asked = asked_ahead(office, caller, given)
    if matched:
        ready = office.pools.ready(caller.authority, asked.as_of)
        ahead.situations_of(office, ready, asked)
        question = Question(kind=ahead.KIND, as_of=asked.as_of, asked=ahead.asked_document(asked))
        return long_work.ask(office, caller, question, lambda kept: _gone(visit, kept), visit.sent.repeat)

    def write(study: Study, told: AheadTold) -> tuple[bytes, Reply]:
        return written(told), _gone(visit, study)

    return ahead.look_ahead(office, caller, asked, write, visit.sent.repeat)


@router.get("/what-if/cheapest", name="page_ask_cheapest")
def ask_cheapest(visit: Annotated[Visit, Depends(May("ask_cheapest_homes"))]) -> Response:
    """The form."""
    return visit.page(_cheapest(NOTHING_TYPED))


@router.post("/what-if/cheapest", name="page_find_cheapest")
def find_cheapest(visit: Annotated[Visit, Depends(May("ask_cheapest_homes"))]) -> Response:
    """Puts it to a worker; the study's page says how far it is."""
    reading = Reading(visit.sent)
    placed = reading.whole("placed", 0, 100, "Give a whole number from 0 to 100")
    together = reading.whole("together", 0, 100, "Give a whole number from 0 to 100")
    if reading.wrong:
        return visit.page(_cheapest(reading.typed), 422)
    level = {
        "placed_per_cent": placed,
        "together_per_cent": together,
        "emergencies": "emergencies" in visit.sent.typed.fields,
    }
    return _put(visit, cheapest.KIND, {"level": level, "changes": []})


@router.get("/what-if/bed-prices", name="page_ask_prices")
def ask_prices(visit: Annotated[Visit, Depends(May("ask_bed_prices"))]) -> Response:
    """The form."""
    return visit.page(AskPricesPage(days=str(bed_prices.USUAL_DAYS), typed=NOTHING_TYPED))


@router.post("/what-if/bed-prices", name="page_find_prices")
def find_prices(visit: Annotated[Visit, Depends(May("ask_bed_prices"))]) -> Response:
    """Puts it to a worker; the study's page says how far it is."""
    reading = Reading(visit.sent)
    days = reading.whole("days", 2, bed_prices.MOST_DAYS, f"Give a whole number from 2 to {bed_prices.MOST_DAYS}")
    if reading.wrong or days is None:
        return visit.page(AskPricesPage(days=reading.typed.value("days"), typed=reading.typed), 422)
    return _put(visit, bed_prices.KIND, {"days": days})


@router.post("/what-if/step-down", name="page_find_step_downs")
def find_step_downs(visit: Annotated[Visit, Depends(May("find_step_downs"))]) -> Response:
    """Works it out at once and keeps it as a study."""

    def write(study: Study, told: object) -> tuple[bytes, Reply]:
        return written(told), _gone(visit, study)

    today = visit.office.today()
    return answered(stepping.read_step_down(visit.office, visit.caller, today, None, write, visit.sent.repeat))


def _put(visit: Visit, kind: str, asked: dict[str, Any]) -> Response:
    question = Question(
        kind=kind,
        as_of=visit.office.today(),
        asked={"policy": None, "seed": SEED, "offers": [], **asked},
    )
    return answered(
        long_work.ask(visit.office, visit.caller, question, lambda study: _gone(visit, study), visit.sent.repeat)
    )


def _gone(visit: Visit, study: Study) -> Reply:
    return visit.gone(f"/what-if/studies/{study.id}")


def _said(typed: Typed, refused: Invalid, field: str) -> Typed:
    errors = tuple(FieldError(field, f"{one.wrong}. {one.remedy}") for one in refused.faults)
    return replace(typed, errors=(*typed.errors, *errors))


def _ahead(visit: Visit, typed: Typed) -> AskAheadPage:
    years = typed.value("years", "3")
    return AskAheadPage(
        years=tuple(Option(str(one), str(one), str(one) == years) for one in range(1, 6)),
        scenarios=_scenarios(visit, typed.values("ready")),
        cost=typed.value("cost"),
        matched="matched" in typed.fields,
        typed=typed,
    )


def _scenarios(visit: Visit, chosen: tuple[str, ...]) -> tuple[Option, ...]:
    ready = keeping.list_ready_scenarios(visit.office, visit.caller, visit.office.today())
    return tuple(Option(one.id, one.scenario.name, one.id in chosen) for one in ready)


def _cheapest(typed: Typed) -> AskCheapestPage:
    return AskCheapestPage(
        placed=typed.value("placed", "95"),
        together=typed.value("together", "0"),
        emergencies="emergencies" in typed.fields or not typed.fields,
        typed=typed,
    )
