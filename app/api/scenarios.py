"""Routes about what would be: scenarios that are kept, those that are ready, and tonight under up to four of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel
from pydantic import Field as JsonField

from app.api import answers, examples_of_what_ifs
from app.api.studies import StudyShown, shown
from app.bodies import scenarios as bodies
from app.bodies.kinds import Day, whole
from app.bodies.scenarios import ScenarioAsked, ScenarioGiven
from app.bodies.shapes import Given
from app.bodies.wire import written
from app.dependencies import AsOfHere, CallerHere, ExpectedHere, IdHere, OfficeHere, RepeatHere
from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Reply
from app.services.scenarios import keeping, sweeping, tonight
from app.services.scenarios.keeping import Kept
from app.services.scenarios.tonight import Compared, WhatIf
from db.repositories.studies import Study
from matching.policy import Preset
from matching.scenarios import SEED, Scenario
from matching.scenarios.documents import changes_of

ROOT = "/api/v1"
MOST_IN_A_SWEEP = 100
router = APIRouter(tags=["scenarios"])


class ScenarioShown(ScenarioGiven):
    """A what-if with a name, as it is kept."""

    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime


class ScenarioList(BaseModel):
    """Every scenario of the authority, by name."""

    items: list[ScenarioShown]


class VersionShown(ScenarioGiven):
    """A scenario as it stood once, and who made it so."""

    version: int
    made_at: datetime
    made_by: str


class VersionList(BaseModel):
    """Every version of one scenario, newest first."""

    items: list[VersionShown]


class ReadyShown(ScenarioGiven):
    """A scenario that is ready to run on the records of the day."""

    id: str
    source: str
    """Where its figures come from."""


class ReadyList(BaseModel):
    """The scenarios that are ready, in reading order."""

    as_of: date
    items: list[ReadyShown]


class RunAsked(Given):
    """What is laid side by side with the plan of today."""

    scenarios: list[ScenarioAsked] = JsonField(min_length=1, max_length=tonight.MOST_SIDE_BY_SIDE)
    as_of: Day | None = JsonField(None, description="The day to plan as at; today when left out.")
    policy: Preset | None = JsonField(None, description="A preset; the authority's own policy when left out.")
    seed: whole(0, 1_000_000) = JsonField(  # type: ignore[valid-type]  # made while running
        SEED, description="What is drawn is drawn by it: the same seed draws the same homes and children."
    )


class SweepAsked(RunAsked):
    """Scenarios of which each is laid beside the plan of today by itself, by whichever worker is free."""

    scenarios: list[ScenarioAsked] = JsonField(min_length=1, max_length=MOST_IN_A_SWEEP)


class SweepTold(BaseModel):
    """A study for each scenario, in the order given."""

    items: list[StudyShown]


class RunTold(BaseModel):
    """Tonight under each scenario, and the study under which it is kept."""

    study: UUID
    compared: Compared


@router.get(
    "/scenarios",
    name="list_scenarios",
    summary="List scenarios",
    responses={**answers.shows(ScenarioList), **answers.problems()},
)
def list_scenarios(office: OfficeHere, caller: CallerHere) -> Response:
    """By name, each in its newest version."""
    return answers.json({"items": [_shown(kept) for kept in keeping.list_scenarios(office, caller)]})


@router.get(
    "/scenarios/ready",
    name="list_ready_scenarios",
    summary="List scenarios that are ready to run",
    responses={**answers.shows(ReadyList), **answers.problems()},
)
def list_ready_scenarios(office: OfficeHere, caller: CallerHere, as_of: AsOfHere) -> Response:
    """What councils' own plans asked, made for the records of the day, each with where its figures come from."""
    items = [
        {"id": one.id, "source": one.source, **_said(one.scenario)}
        for one in keeping.list_ready_scenarios(office, caller, as_of)
    ]
    return answers.json({"as_of": as_of, "items": items})


@router.post(
    "/scenarios",
    name="record_scenario",
    status_code=201,
    summary="Keep a scenario",
    responses={**answers.shows(ScenarioShown, 201, "Kept", with_etag=True), **answers.problems(400, 409, 413, 415)},
)
def record_scenario(
    office: OfficeHere,
    caller: CallerHere,
    repeat: RepeatHere,
    body: Annotated[ScenarioGiven, Body(openapi_examples=examples_of_what_ifs.SCENARIOS)],
) -> Response:
    """Under a name of its own. It changes nothing on record: it says what would be different."""

    def write(kept: Kept) -> Reply:
        headers = {"ETag": answers.etag(kept.stored.version), "Location": f"{ROOT}/scenarios/{kept.stored.id}"}
        return Reply(201, written(_shown(kept)), headers)

    def build(work: Any) -> Scenario:
        return bodies.scenario_built(office, work, body)

    return answers.sent(keeping.record_scenario(office, caller, build, write, repeat))


@router.post(
    "/scenarios/run",
    name="run_scenarios",
    status_code=201,
    summary="Plan tonight under scenarios, side by side",
    responses={
        **answers.shows(RunTold, 201, "Planned, compared and kept"),
        **answers.problems(400, 404, 409, 413, 415),
    },
)
def run_scenarios(
    office: OfficeHere,
    caller: CallerHere,
    repeat: RepeatHere,
    body: Annotated[RunAsked, Body(openapi_examples=examples_of_what_ifs.RUNS)],
) -> Response:
    """Up to four scenarios, inline, saved or ready, each planned anew by the same rules and beside the plan of today:
    who is placed, where, at what cost, and who gains and who loses. Money adds up to the penny however it is split.
    The same question on the same records has the same answer. Kept as a study; nothing else is written.
    """
    asked = _what_if(office, caller, body)

    def write(study: Study, compared: Compared) -> tuple[bytes, Reply]:
        answer = written(compared)
        place = {"Location": f"{ROOT}/studies/{study.id}"}
        told = b'{"study":' + written(study.id) + b',"compared":' + answer + b"}"
        return answer, Reply(201, told, place)

    return answers.sent(tonight.run_scenarios(office, caller, asked, write, repeat))


@router.get(
    "/scenarios/{id}",
    name="read_scenario",
    summary="Read a scenario",
    responses={**answers.shows(ScenarioShown, with_etag=True), **answers.problems(404)},
)
def read_scenario(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """Its newest version, as it may be sent again."""
    kept = keeping.read_scenario(office, caller, id)
    return answers.json(_shown(kept), headers={"ETag": answers.etag(kept.stored.version)})


@router.get(
    "/scenarios/{id}/versions",
    name="list_scenario_versions",
    summary="List the versions of a scenario",
    responses={**answers.shows(VersionList), **answers.problems(404)},
)
def list_scenario_versions(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """The newest first; none is ever written over."""
    items = [
        {
            "version": one.version,
            "made_at": one.made_at,
            "made_by": one.made_by,
            **_said(Scenario(name=one.name, says=one.says, changes=changes_of(one.changes))),
        }
        for one in keeping.list_scenario_versions(office, caller, id)
    ]
    return answers.json({"items": items})


@router.put(
    "/scenarios/{id}",
    name="replace_scenario",
    summary="Keep another version of a scenario",
    responses={
        **answers.shows(ScenarioShown, with_etag=True),
        **answers.problems(400, 404, 409, 412, 413, 415, 428),
    },
)
def replace_scenario(
    office: OfficeHere,
    caller: CallerHere,
    expected: ExpectedHere,
    id: IdHere,  # noqa: A002 - the name in the address
    body: Annotated[ScenarioGiven, Body(openapi_examples=examples_of_what_ifs.SCENARIOS)],
) -> Response:
    """The one before stays on record. Sending what is there already changes nothing."""
    kept = keeping.replace_scenario(
        office, caller, id, lambda work: bodies.scenario_built(office, work, body), expected
    )
    return answers.json(_shown(kept), headers={"ETag": answers.etag(kept.stored.version)})


@router.delete(
    "/scenarios/{id}",
    name="remove_scenario",
    status_code=204,
    summary="Take a scenario away",
    responses={204: {"description": "Gone"}, **answers.problems(404, 412, 428)},
)
def remove_scenario(office: OfficeHere, caller: CallerHere, expected: ExpectedHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """With its versions. Studies that were made with it stay."""
    keeping.remove_scenario(office, caller, id, expected)
    return Response(status_code=204)


@router.post(
    "/studies/scenarios",
    name="sweep_scenarios",
    tags=["studies"],
    status_code=202,
    summary="Ask for many scenarios, each beside the plan of today",
    responses={**answers.shows(SweepTold, 202, "Asked: read the studies"), **answers.problems(400, 404, 413, 415)},
)
def sweep_scenarios(
    office: OfficeHere,
    caller: CallerHere,
    repeat: RepeatHere,
    body: Annotated[SweepAsked, Body(openapi_examples=examples_of_what_ifs.RUNS)],
) -> Response:
    """Up to a hundred, each a study of its own, answered as `/scenarios/run` answers one: as many at the same time as there
    are workers, on this machine or on others. All are asked, or none.
    """
    asked = _what_if(office, caller, body)

    def write(studies: tuple[Study, ...]) -> Reply:
        return Reply(202, written({"items": [shown(study) for study in studies]}), {"Retry-After": "1"})

    return answers.sent(sweeping.sweep_scenarios(office, caller, asked, write, repeat))


def _what_if(office: Office, caller: Caller, body: RunAsked) -> WhatIf:
    as_of = office.day(body.as_of)
    scenarios = tuple(_asked(office, caller, as_of, at, one) for at, one in enumerate(body.scenarios))
    return WhatIf(as_of=as_of, scenarios=scenarios, preset=body.policy, seed=body.seed)


def _asked(office: Office, caller: Caller, as_of: date, at: int, one: ScenarioAsked) -> Scenario:
    with office.store.reading(caller.authority) as work:
        own = bodies.changes_built(office, work, one.changes, f"scenarios/{at}/changes")
    others = keeping.put_together(office, caller, as_of, one.saved, one.ready) if one.saved or one.ready else ()
    return Scenario(name=one.name, says=one.says, changes=(*own, *others))


def _said(scenario: Scenario) -> dict[str, Any]:
    return {"name": scenario.name, "says": scenario.says, "changes": bodies.changes_shown(scenario.changes)}


def _shown(kept: Kept) -> dict[str, Any]:
    stored = kept.stored
    stamps = {"version": stored.version, "created_at": stored.created_at, "updated_at": stored.updated_at}
    return {"id": stored.id, **_said(kept.scenario), **stamps}
