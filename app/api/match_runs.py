"""Routes about match runs: the joint plan for all who wait, stored, compared and exported."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from app.api import answers, examples
from app.api.nouns import ROOT, WorkAsked
from app.api.plan_requests import RunGiven
from app.bodies.kinds import Day
from app.bodies.wire import plain, written
from app.dependencies import CallerHere, IdHere, OfficeHere, RepeatHere
from app.services import match_runs
from app.services.repeats import Reply
from db.repositories.match_runs import MatchRun, RunProposal
from db.tables.runs import RunStatus
from matching.values import MatchRunId

router = APIRouter(tags=["match-runs"])


class LevelsShown(BaseModel):
    """What a plan comes to, level by level; fewer is better, and no level is traded against a later one."""

    unplaced: int
    parted: int
    gravity: int
    points: int
    waiting: int
    order: int


class TotalsShown(BaseModel):
    """A plan in the units people use."""

    children: int
    placed: int
    sibling_pairs: int
    sibling_pairs_together: int
    sign_offs: int
    checks: int
    mean_miles: float | None
    weekly_pence: int
    prices_missing: int
    points: int
    levels: LevelsShown


class SignOffShown(BaseModel):
    """Who would have to agree to what, and by when."""

    rule: str
    role: str
    deadline: str
    reason: str


class ProposalShown(BaseModel):
    """What is proposed for one child. People decide; this is a proposal."""

    referral: str
    child: str
    home: str
    referral_id: UUID
    child_id: UUID
    home_id: UUID
    kind: str
    sector: str
    with_children: list[str]
    points: int
    tenths_of_a_mile: int | None
    weekly_pence: int | None
    sign_offs: list[SignOffShown]
    checks: list[str]


class PairingShown(BaseModel):
    """A child and a home that people had fixed before the plan was made."""

    child: UUID
    home: UUID


class RunSummary(BaseModel):
    """One stored execution."""

    model_config = ConfigDict(title="MatchRunSummary")

    id: UUID
    reference: str | None
    status: RunStatus
    as_of: date
    requested_by: str
    created_at: datetime | None
    finished_at: datetime | None
    failure: str | None
    proof: str | None
    """proved-optimal, or best-so-far: then the gap says how much better a plan could at most be."""
    bound: LevelsShown | None
    gap: LevelsShown | None
    totals: TotalsShown | None
    """What the plan comes to."""
    seconds: dict[str, float]
    """By step."""


class RunShown(RunSummary):
    """One stored execution with everything it proposed, and what it was made from."""

    model_config = ConfigDict(title="MatchRun")

    pool_digest: str | None
    """Equal for equal facts."""
    rule_book_version: str | None
    policy: dict[str, Any] | None
    versions: dict[str, str]
    method: str | None
    """How the bound was got."""
    pinned: list[PairingShown]
    """What had to be in the plan."""
    forbidden: list[PairingShown]
    """What was not to be in it."""
    proposals: list[ProposalShown]


class RunPage(BaseModel):
    """One page of runs."""

    items: list[RunSummary]
    next: str | None


class Comparison(BaseModel):
    """The joint plan beside what is done today, for the same children, homes, day and policy."""

    run: UUID
    ways: dict[str, TotalsShown]
    """joint-plan, first-come-first-served and in-house-first."""


class RunsAsked(WorkAsked):
    """What may be asked of the list of runs."""

    status: RunStatus | None = None
    as_of: Day | None = None


@router.post(
    "/match-runs",
    name="make_match_run",
    status_code=201,
    summary="Plan for all who wait",
    responses={**answers.shows(RunShown, 201, "Made, checked and stored"), **answers.problems(400, 409, 413, 415)},
)
def make_match_run(
    office: OfficeHere,
    caller: CallerHere,
    repeat: RepeatHere,
    body: Annotated[RunGiven, Body(examples=[examples.MATCH_RUN])],
) -> Response:
    """Proposes homes to all children who wait, together, by the published levels, and proves how good the plan is.

    Pairings may be pinned or forbidden. The same facts, rules, policy and pins give the same plan. A run is a resource with a status: look at it until it is
    finished, though today it is so when this answers.
    """

    def write(run: MatchRun, proposals: tuple[RunProposal, ...]) -> Reply:
        return Reply(201, written(_whole(run, proposals)), {"Location": f"{ROOT}/match-runs/{run.id}"})

    wanted = match_runs.PlanWanted(office.day(body.as_of), body.policy, body.wishes)
    return answers.sent(match_runs.make_match_run(office, caller, wanted, write, repeat))


@router.get(
    "/match-runs",
    name="list_match_runs",
    summary="List match runs",
    responses={**answers.shows(RunPage), **answers.problems()},
)
def list_match_runs(
    request: Request, office: OfficeHere, caller: CallerHere, asked: Annotated[RunsAsked, Query()]
) -> Response:
    """Newest first, without what each proposed."""
    page = match_runs.list_match_runs(office, caller, asked.listing(status=asked.status, as_of=asked.as_of))
    return answers.page(request, [_summary(run) for run in page.items], page.next)


@router.get(
    "/match-runs/{id}",
    name="read_match_run",
    summary="Read a match run",
    responses={**answers.shows(RunShown), **answers.problems(404)},
)
def read_match_run(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """As it stood that day: what was proposed, what it comes to, its proof, and what it was made from."""
    return answers.json(_whole(*match_runs.read_match_run(office, caller, MatchRunId(id))))


@router.get(
    "/match-runs/{id}/comparison",
    name="compare_match_run",
    summary="Lay a plan beside what is done today",
    responses={**answers.shows(Comparison), **answers.problems(404)},
)
def compare_match_run(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """What first come, first served and in-house first would have given, with the same rules and the same facts."""
    run, _ = match_runs.read_match_run(office, caller, MatchRunId(id))
    return answers.json({"run": run.id, "ways": dict(run.totals.get("ways", {}))})


@router.get(
    "/match-runs/{id}/export",
    name="export_match_run",
    summary="Export a match run as one file",
    responses={
        200: {"description": "Gzipped JSON", "content": {"application/gzip": {"schema": {"type": "string"}}}},
        **answers.problems(404),
    },
)
def export_match_run(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """Everything the run read and proposed; `python3 dev.py verify FILE` checks it again. Leaves an audit event."""
    run, document = match_runs.export_match_run(office, caller, MatchRunId(id))
    headers = {"Content-Disposition": f'attachment; filename="match-run-{run.reference}.json.gz"'}
    return Response(document, headers=headers, media_type="application/gzip")


def _summary(run: MatchRun) -> dict[str, Any]:
    totals = run.totals
    return {
        "id": run.id,
        "reference": run.reference,
        "status": run.status,
        "as_of": run.as_of,
        "requested_by": run.requested_by,
        "created_at": run.created_at,
        "finished_at": run.finished_at,
        "failure": run.failure,
        "proof": totals.get("proof"),
        "bound": totals.get("bound"),
        "gap": totals.get("gap"),
        "totals": totals.get("ways", {}).get(match_runs.JOINT),
        "seconds": {step: spent / 1000 for step, spent in run.timing.items()},
    }


def _whole(run: MatchRun, proposals: tuple[RunProposal, ...]) -> dict[str, Any]:
    return {
        **_summary(run),
        "pool_digest": run.pool_digest,
        "rule_book_version": run.rule_book_version,
        "policy": run.policy,
        "versions": run.versions,
        "method": run.totals.get("method"),
        "pinned": run.totals.get("pinned", []),
        "forbidden": run.totals.get("forbidden", []),
        "proposals": [_proposal(proposal) for proposal in proposals],
    }


def _proposal(proposal: RunProposal) -> dict[str, Any]:
    ids = {"referral_id": proposal.referral, "child_id": proposal.child, "home_id": proposal.home}
    told: dict[str, Any] = plain({**proposal.facts, **ids})
    return told
