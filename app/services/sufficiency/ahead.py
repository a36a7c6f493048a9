"""Use cases about the years ahead: children, beds and money on every night, today's course beside up to four scenarios."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply, answered_before, keep_answer
from app.services.sufficiency.situations import Assumed, situation_of
from db.repositories.studies import Study, StudyStatus
from matching.errors import Fault, Invalid
from matching.scenarios import SEED, Scenario
from matching.scenarios.documents import changes_document
from matching.scenarios.limits import AreYouSure
from matching.sufficiency.comparisons import AheadDifference, difference
from matching.sufficiency.futures import Future, Situation, futures
from matching.sufficiency.nights import Ahead, Progress, nobody_asks
from matching.sufficiency.outlooks import Outlook, Target, outlook_of
from matching.sufficiency.scenarios_ahead import with_changes

KIND = "look-ahead"
BASELINE = "Today's course"
MOST_SIDE_BY_SIDE = 4
DAYS_OF_A_YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadAsked:
    """What is asked: from which day, how many years and replicates, under which scenarios, with which targets."""

    as_of: date
    years: int = 3
    replicates: int = 500
    seed: int = SEED
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadTold:
    """The years ahead, today's course first."""

    as_of: date
    years: int
    replicates: int
    seed: int
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
    if repeat is not None:
        with office.store.reading(caller.authority) as work:
            kept = answered_before(work, caller, repeat, office.clock())
        if kept is not None:
            return kept
    told = told_ahead(office, caller, asked)
    study = study_of(caller, asked, told.pool_digest)
    with office.store.writing(caller.authority) as work:
        now = office.clock()
        before = answered_before(work, caller, repeat, now)  # the same request may have finished meanwhile
        if before is not None:
            return before
        answer, reply = write(study, told)
        work.studies.add(study, caller.act("look-ahead", now), answer)
        return keep_answer(work, caller, repeat, reply, now)


def told_ahead(office: Office, caller: Caller, asked: AheadAsked, progress: Progress = nobody_asks) -> AheadTold:
    """The years ahead; nothing is stored. The same question on the same records has the same answer.

    `progress` is told of replicates over all sides, and may raise to stop. Raises Invalid, NoReturns.
    """
    began = time.perf_counter()
    _check(asked)
    ready = office.pools.ready(caller.authority, asked.as_of)
    records = ready.pool.records
    situation = situation_of(office, caller, ready, asked.assumed)
    ahead = Ahead(first=asked.as_of, days=asked.years * DAYS_OF_A_YEAR, replicates=asked.replicates, seed=asked.seed)
    situations = [situation]
    for at, scenario in enumerate(asked.scenarios):
        with naming(at):
            situations.append(with_changes(situation, records, scenario.changes, asked.seed))
    sides = tuple(_sides(asked, situations, ahead, progress))
    return AheadTold(
        as_of=asked.as_of,
        years=asked.years,
        replicates=asked.replicates,
        seed=asked.seed,
        assumed=asked.assumed,
        pool_digest=ready.digests.of(records),
        sides=sides,
        milliseconds=int((time.perf_counter() - began) * 1_000),
    )


def _sides(asked: AheadAsked, situations: list[Situation], ahead: Ahead, progress: Progress) -> Iterator[AheadSide]:
    """One future at a time, so that only the baseline's nights are held beside it."""
    of = len(situations) * ahead.replicates
    baseline: Future | None = None
    for at, one in enumerate(situations):
        scenario = Scenario(name=BASELINE) if at == 0 else asked.scenarios[at - 1]
        future = futures(one, ahead, lambda done, _, at=at: progress(at * ahead.replicates + done, of))  # type: ignore[misc]
        yield AheadSide(
            name=scenario.name,
            says=scenario.says,
            changes=tuple(changes_document(scenario.changes)),
            outlook=outlook_of(future, asked.targets),
            difference=None if baseline is None else difference(baseline, future),
        )
        baseline = baseline or future


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


def study_of(
    caller: Caller, asked: AheadAsked, digest: str | None, status: StudyStatus = StudyStatus.FINISHED
) -> Study:
    """The study under which the question is kept, with all that it needs to be asked again."""
    told = [{"name": one.name, "says": one.says, "changes": changes_document(one.changes)} for one in asked.scenarios]
    return Study(
        id=uuid4(),
        kind=KIND,
        status=status,
        as_of=asked.as_of,
        requested_by=str(caller.key),
        asked={
            "years": asked.years,
            "replicates": asked.replicates,
            "seed": asked.seed,
            "scenarios": told,
            "targets": [asdict(target) for target in asked.targets],
            "assumed": asdict(asked.assumed),
        },
        pool_digest=digest,
    )
