"""Tonight under up to four scenarios beside the plan of today; looked at freely, and kept when somebody says so."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.bodies.wire import written
from app.pages.typed import NOTHING_TYPED, FieldError, Typed
from app.pages.visits import May, Visit, answered
from app.pages.what_if import sides as told
from app.pages.what_if.sides import Bars, Gains, Line, Split
from app.pages.words import day
from app.services.repeats import Reply
from app.services.scenarios import keeping
from app.services.scenarios.tables import tables_of
from app.services.scenarios.tonight import KIND, MOST_SIDE_BY_SIDE, Compared, WhatIf, compare_tonight, run_scenarios
from db.errors import NotFound
from db.repositories.studies import Study
from matching.errors import Fault, Invalid
from matching.scenarios import Scenario

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """The scenarios of one comparison, by where each comes from."""

    fields: tuple[tuple[str, str], ...]
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TonightPage:
    """Tonight side by side."""

    template: ClassVar[str] = "what_if/tonight.html"
    title: str
    as_of: str
    policy: str
    columns: tuple[str, ...]
    says: tuple[tuple[str, str], ...]
    """Each scenario's name and what it is about."""
    lines: tuple[Line, ...]
    bars: Bars
    splits: tuple[Split, ...]
    gains: tuple[Gains, ...]
    proved: bool
    keeping: tuple[tuple[str, str], ...]
    """What is asked, as fields of the form that keeps it; empty once it is kept."""
    files: tuple[tuple[str, str], ...]
    """Name and address of each table as CSV; once it is kept."""
    study: str
    typed: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingChosen:
    """Too few or too many scenarios, or one that is not there."""

    template: ClassVar[str] = "what_if/nothing_chosen.html"
    title: str = "Choose one to four scenarios"
    typed: Typed


@router.get("/what-if/tonight", name="page_what_if_tonight")
def tonight(visit: Annotated[Visit, Depends(May("run_scenarios"))]) -> Response:
    """The comparison; nothing is kept."""
    try:
        asked = _asked(visit, visit.request.query_params.multi_items())
        compared = compare_tonight(visit.office, visit.caller, _what_if(visit, asked))
    except Invalid as refused:
        return _refused(visit, refused)
    return visit.page(page_of(json.loads(written(compared)), asked.fields, None))


@router.post("/what-if/tonight", name="page_keep_tonight")
def keep(visit: Annotated[Visit, Depends(May("run_scenarios"))]) -> Response:
    """Keeps the comparison as a study."""
    sent = [(name, value) for name, values in visit.sent.said.items() for value in values]

    def write(study: Study, compared: Compared) -> tuple[bytes, Reply]:
        return written(compared), visit.gone(f"/what-if/studies/{study.id}", said="study-kept")

    try:
        asked = _asked(visit, sent)
        reply = run_scenarios(visit.office, visit.caller, _what_if(visit, asked), write, visit.sent.repeat)
    except Invalid as refused:
        return _refused(visit, refused)
    return answered(reply)


def _what_if(visit: Visit, asked: Asked) -> WhatIf:
    return WhatIf(as_of=visit.office.today(), scenarios=asked.scenarios)


def _asked(visit: Visit, given: Sequence[tuple[str, str]]) -> Asked:
    """The scenarios that an address or a form names. Raises Invalid."""
    ready = {one.id: one for one in keeping.list_ready_scenarios(visit.office, visit.caller, visit.office.today())}
    fields, scenarios = [], []
    for field, value in dict.fromkeys(given):
        if field == "ready" and value in ready:
            scenarios.append(ready[value].scenario)
        elif field == "saved":
            scenarios.append(_saved(visit, value))
        elif field == "ready":
            raise Invalid([Fault("ready", "One of the scenarios cannot be run today", "Choose among those shown")])
        else:
            continue
        fields.append((field, value))
    if not 1 <= len(scenarios) <= MOST_SIDE_BY_SIDE:
        wrong = f"{len(scenarios) or 'No'} scenarios are chosen"
        raise Invalid([Fault("scenarios", wrong, f"Choose one to {MOST_SIDE_BY_SIDE}")])
    together = dict(given).get("together") == "yes" and 1 < len(scenarios) < MOST_SIDE_BY_SIDE
    if together:
        changes = tuple(change for one in scenarios for change in one.changes)
        scenarios.append(Scenario(name="All of them together", changes=changes))
        fields.append(("together", "yes"))
    return Asked(tuple(fields), tuple(scenarios))


def _saved(visit: Visit, value: str) -> Scenario:
    try:
        return keeping.read_scenario(visit.office, visit.caller, UUID(value)).scenario
    except (ValueError, NotFound):
        wrong = "One of the saved scenarios is no longer there"
        raise Invalid([Fault("saved", wrong, "Choose among those shown")]) from None


def _refused(visit: Visit, refused: Invalid) -> Response:
    errors = tuple(FieldError("scenarios", f"{one.wrong}. {one.remedy}") for one in refused.faults)
    return visit.page(NothingChosen(typed=replace(NOTHING_TYPED, errors=errors)), 422)


def page_of(
    compared: Mapping[str, Any], keeping_fields: tuple[tuple[str, str], ...], study: Study | None
) -> TonightPage:
    """The page of a comparison as it is stored or sent; of a study once it is kept."""
    columns: Sequence[told.Side] = compared["sides"]
    address = "" if study is None else f"/what-if/studies/{study.id}"
    return TonightPage(
        title="Tonight, side by side",
        as_of=day(date.fromisoformat(compared["as_of"])),
        policy=compared["policy"],
        columns=tuple(one["name"] for one in columns),
        says=tuple((one["name"], one["says"]) for one in columns[1:]),
        lines=told.lines(columns),
        bars=told.bars(columns),
        splits=told.splits(columns),
        gains=told.gains(columns),
        proved=all(one["proof"] == "proved-optimal" for one in columns),
        keeping=keeping_fields,
        files=() if study is None else tuple((name, f"{address}/{name}.csv") for name in tables_of(KIND)),
        study="" if study is None else study.reference or "",
        typed=NOTHING_TYPED,
    )
