"""Use cases about the years ahead: children, beds and money on every night, today's course beside up to four scenarios."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from app.services.callers import Caller
from app.services.office import Office
from app.services.pools import ReadyPool
from app.services.repeats import Repeat, Reply, answered_before, keep_answer
from app.services.sufficiency.matching import matcher
from app.services.sufficiency.situations import Assumed, Basis, situation_of
from db.repositories.studies import Study, StudyStatus
from matching.errors import Fault, Invalid
from matching.scenarios import SEED, Scenario
from matching.scenarios.documents import changes_document, changes_of
from matching.scenarios.limits import AreYouSure
from matching.sufficiency.comparisons import AheadDifference, difference
from matching.sufficiency.futures import Future, Situation, futures
from matching.sufficiency.kinds import CareKind
from matching.sufficiency.nights import Ahead, Progress
from matching.sufficiency.outlooks import Aim, Outlook, Target, outlook_of
from matching.sufficiency.scenarios_ahead import with_changes
from matching.sufficiency.snapshots import MatchedInYear, matched_ahead

Telling = Callable[[int, int, str], None]
"""Told how much of how much is done, and what, in words; may raise to stop."""
KIND = "look-ahead"
BASELINE = "Today's course"
MOST_SIDE_BY_SIDE = 4
MOST_AT_ONCE = 7_500
"""Years times futures times courses that are answered at once: about two seconds. More is a study for a worker."""
DAYS_OF_A_YEAR = 365


def nobody_listens(done: int, of: int, says: str) -> None:
    """Progress that nobody follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadAsked:
    """What is asked: from which day, how many years and replicates, under which scenarios, with which targets."""

    as_of: date
    years: int = 3
    replicates: int = 500
    seed: int = SEED
    snapshots: int = 0
    """Replicates in which a night of every quarter is really matched; nought: beds are counted only."""
    scenarios: tuple[Scenario, ...] = ()
    targets: tuple[Target, ...] = ()
    assumed: Assumed = field(default_factory=Assumed)


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadSide:
    """One course of the years ahead: today's, or that of a scenario."""

    name: str
    says: str
    changes: tuple[dict[str, Any], ...]
    outlook: Outlook
    difference: AheadDifference | None
    """Replicate by replicate, less today's course; null for today's course."""
    matched: tuple[MatchedInYear, ...]
    """What matching sampled nights came to, by year; empty when none was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadTold:
    """The years ahead, today's course first."""

    as_of: date
    years: int
    replicates: int
    seed: int
    snapshots: int
    assumed: Assumed
    pool_digest: str
    """Of the records of the day; equal for equal facts."""
    sides: tuple[AheadSide, ...]
    milliseconds: int


def look_ahead(
    office: Office,
    caller: Caller,
    asked: AheadAsked,
    write: Callable[[Study, AheadTold], tuple[bytes, Reply]],
    repeat: Repeat | None = None,
) -> Reply:
    """Works the years ahead out, stores the study, and answers. Raises Invalid, NoReturns, KeyReused and Busy."""
    _check_size(asked)
    if repeat is not None:
        with office.store.reading(caller.authority) as work:
            kept = answered_before(work, caller, repeat, office.clock())
        if kept is not None:
            return kept
    told = told_ahead(office, office.pools.ready(caller.authority, asked.as_of), asked)
    study = study_of(caller, asked, told.pool_digest)
    with office.store.writing(caller.authority) as work:
        now = office.clock()
        before = answered_before(work, caller, repeat, now)  # the same request may have finished meanwhile
        if before is not None:
            return before
        answer, reply = write(study, told)
        work.studies.add(study, caller.act("look-ahead", now), answer)
        return keep_answer(work, caller, repeat, reply, now)


def told_ahead(office: Office, ready: ReadyPool, asked: AheadAsked, progress: Telling = nobody_listens) -> AheadTold:
    """The years ahead; nothing is stored. The same question on the same records has the same answer.

    `progress` is told of futures and snapshots over all sides, and may raise to stop. Raises Invalid, NoReturns.
    """
    began = time.perf_counter()
    records = ready.pool.records
    situations = situations_of(office, ready, asked)
    sides = tuple(_Sides(office, ready, asked, situations, progress).told())
    return AheadTold(
        as_of=asked.as_of,
        years=asked.years,
        replicates=asked.replicates,
        seed=asked.seed,
        snapshots=asked.snapshots,
        assumed=asked.assumed,
        pool_digest=ready.digests.of(records),
        sides=sides,
        milliseconds=int((time.perf_counter() - began) * 1_000),
    )


def _check_size(asked: AheadAsked) -> None:
    courses = len(asked.scenarios) + 1
    if asked.years * asked.replicates * courses > MOST_AT_ONCE:
        most = MOST_AT_ONCE // (asked.years * courses) // 50 * 50
        wrong = "So many futures take longer than a request should wait"
        remedy = f"Give at most {most} for {asked.years} years and {courses} courses, or ask POST /studies/look-ahead"
        raise Invalid([Fault("replicates", wrong, remedy)])


def situations_of(office: Office, ready: ReadyPool, asked: AheadAsked) -> list[Situation]:
    """Today's, and that of each scenario; quick, so that what cannot be is refused at once. Raises Invalid, NoReturns."""
    _check(asked)
    situations = [situation_of(office, ready, asked.assumed)]
    for at, scenario in enumerate(asked.scenarios):
        with naming(at):
            situations.append(with_changes(situations[0], ready.pool.records, scenario.changes, asked.seed))
    return situations


class _Sides:
    """One future at a time, so that only the baseline's nights are held beside it."""

    def __init__(
        self, office: Office, ready: ReadyPool, asked: AheadAsked, situations: list[Situation], progress: Telling
    ) -> None:
        self._match = matcher(office, ready.policy)
        self._records, self._asked, self._situations = ready.pool.records, asked, situations
        self._progress = progress
        self._ahead = Ahead(
            first=asked.as_of, days=asked.years * DAYS_OF_A_YEAR, replicates=asked.replicates, seed=asked.seed
        )

    def told(self) -> Iterator[AheadSide]:
        baseline: Future | None = None
        scenarios = (Scenario(name=BASELINE), *self._asked.scenarios)
        for at, (scenario, situation) in enumerate(zip(scenarios, self._situations, strict=True)):
            future = futures(situation, self._ahead, self._telling(at, 0, scenario.name, "futures"))
            yield AheadSide(
                name=scenario.name,
                says=scenario.says,
                changes=tuple(changes_document(scenario.changes)),
                outlook=outlook_of(future, self._asked.targets),
                difference=None if baseline is None else difference(baseline, future),
                matched=self._matched(at, scenario, future),
            )
            baseline = baseline or future

    def _matched(self, at: int, scenario: Scenario, future: Future) -> tuple[MatchedInYear, ...]:
        if not self._asked.snapshots:
            return ()
        telling = self._telling(at, 1, scenario.name, "snapshots planned")
        return matched_ahead(
            future, self._records, self._match, scenario.changes, samples=self._asked.snapshots, progress=telling
        )

    def _telling(self, side: int, part: int, name: str, what: str) -> Progress:
        """Each side is two parts, futures and snapshots; snapshots take nearly all of the time."""
        parts = 10 if self._asked.snapshots else 1
        of = 100 * parts * len(self._situations)

        def tell(done: int, of_part: int) -> None:
            share = 100 * done // of_part
            here = 100 + share * (parts - 1) if part else share
            self._progress(100 * parts * side + here, of, f"{name}: {done} of {of_part} {what}")

        return tell


def work_out(office: Office, ready: ReadyPool, asked: Mapping[str, Any], progress: Telling) -> tuple[AheadTold, str]:
    """For a worker: the question that a study keeps, and its answer with the digest of the records."""
    told = told_ahead(office, ready, asked_again(ready.pool.as_of, asked), progress)
    return told, told.pool_digest


def asked_again(as_of: date, asked: Mapping[str, Any]) -> AheadAsked:
    """The question that a study keeps."""
    plain = {name: asked[name] for name in ("years", "replicates", "seed", "snapshots")}
    return AheadAsked(
        as_of=as_of,
        scenarios=tuple(
            Scenario(name=one["name"], says=one["says"], changes=changes_of(one["changes"]))
            for one in asked["scenarios"]
        ),
        targets=tuple(_target(one) for one in asked["targets"]),
        assumed=Assumed(**{**asked["assumed"], "basis": Basis(asked["assumed"]["basis"])}),
        **plain,
    )


def _target(told: Mapping[str, Any]) -> Target:
    kind = None if told["kind"] is None else CareKind(told["kind"])
    return Target(
        aim=Aim(told["aim"]), year=told["year"], kind=kind, at_most=told["at_most"], at_least=told["at_least"]
    )


def _check(asked: AheadAsked) -> None:
    if len(asked.scenarios) > MOST_SIDE_BY_SIDE:
        wrong = f"{len(asked.scenarios)} scenarios cannot be laid side by side"
        raise Invalid([Fault("scenarios", wrong, f"Give at most {MOST_SIDE_BY_SIDE}")])
    names = [BASELINE, *(scenario.name for scenario in asked.scenarios)]
    if len(set(names)) < len(names):
        raise Invalid([Fault("scenarios", "Two scenarios have one name", "Give each a name of its own")])


@contextmanager
def naming(at: int) -> Iterator[None]:
    """Says in which scenario something is wrong."""
    try:
        yield
    except Invalid as error:
        faults = [Fault(f"scenarios/{at}/{one.field}", one.wrong, one.remedy) for one in error.faults]
        raise (AreYouSure if isinstance(error, AreYouSure) else Invalid)(faults) from error


def study_of(caller: Caller, asked: AheadAsked, digest: str) -> Study:
    """The study under which an answered question is kept."""
    return Study(
        id=uuid4(),
        kind=KIND,
        status=StudyStatus.FINISHED,
        as_of=asked.as_of,
        requested_by=str(caller.key),
        asked=asked_document(asked),
        pool_digest=digest,
    )


def asked_document(asked: AheadAsked) -> dict[str, Any]:
    """The question as JSON: all that is needed to ask it again."""
    told = [{"name": one.name, "says": one.says, "changes": changes_document(one.changes)} for one in asked.scenarios]
    return {
        "policy": None,
        "years": asked.years,
        "replicates": asked.replicates,
        "seed": asked.seed,
        "snapshots": asked.snapshots,
        "scenarios": told,
        "targets": [asdict(target) for target in asked.targets],
        "assumed": asdict(asked.assumed),
    }
