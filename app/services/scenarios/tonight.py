"""Use cases about tonight: the pool planned anew under up to four scenarios, side by side with the plan of today."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import uuid4

from app.services.callers import Caller
from app.services.office import Office
from app.services.pools import ReadyPool
from app.services.repeats import Repeat, Reply, answered_before, keep_answer
from app.services.scenarios.plans import Supposed, supposed
from db.repositories.studies import Study, StudyStatus
from matching.errors import Fault, Invalid
from matching.plan import Levels
from matching.policy import Preset
from matching.rules.book import RULE_BOOK_VERSION
from matching.scenarios import SEED, Scenario
from matching.scenarios.documents import changes_document, changes_of
from matching.scenarios.limits import AreYouSure
from matching.scenarios.outcomes import Against, Cell, ChildOutcome, Split, Sums, against, breakdown
from solver.cheapest_homes import Progress

KIND = "compare-scenarios"
MOST_SIDE_BY_SIDE = 4
BASELINE = "Today"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What is asked: the scenarios, as at which day, by which policy (None: the one in force), drawn by which seed."""

    as_of: date
    scenarios: tuple[Scenario, ...]
    preset: Preset | None = None
    seed: int = SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One column of the comparison: the plan of today, or the plan under a scenario."""

    name: str
    says: str
    changes: tuple[dict[str, Any], ...]
    pool_digest: str
    """Of the pool with the changes; equal for equal facts."""
    homes: int
    proof: str
    """proved-optimal, or best-so-far."""
    levels: Levels
    sums: Sums
    mean_miles: float | None
    """From the family home, straight line, to one decimal."""
    sibling_pairs: int
    """Pairs of brothers and sisters who wait and should live together."""
    sibling_pairs_together: int
    difference: dict[str, int] | None
    """What each sum is more than in the plan of today, less below zero; null for the plan of today."""
    against: Against | None
    """Who gains and who loses; null for the plan of today."""
    by_age: tuple[Cell, ...]
    by_need: tuple[Cell, ...]
    by_area: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    """By all three at once."""
    children: tuple[ChildOutcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Tonight under each scenario, the plan of today first."""

    as_of: date
    seed: int
    policy: str
    rule_book_version: str
    sides: tuple[Side, ...]
    milliseconds: int
    """Taken to answer, most of it planning."""


def run_scenarios(
    office: Office,
    caller: Caller,
    asked: WhatIf,
    write: Callable[[Study, Compared], tuple[bytes, Reply]],
    repeat: Repeat | None = None,
) -> Reply:
    """Plans tonight under each scenario, stores the study, and answers.

    `write` gives what is kept and what is sent. Raises Invalid naming each change that cannot be, KeyReused and Busy.
    """
    if repeat is not None:
        with office.store.reading(caller.authority) as work:
            kept = answered_before(work, caller, repeat, office.clock())
        if kept is not None:
            return kept
    compared = compare_tonight(office, caller, asked)
    study = _study(caller, asked, compared)
    with office.store.writing(caller.authority) as work:
        now = office.clock()
        before = answered_before(work, caller, repeat, now)  # the same request may have finished meanwhile
        if before is not None:
            return before
        answer, reply = write(study, compared)
        work.studies.add(study, caller.act("run-scenarios", now), answer)
        return keep_answer(work, caller, repeat, reply, now)


def compare_tonight(office: Office, caller: Caller, asked: WhatIf) -> Compared:
    """Tonight under each scenario, beside the plan of today; nothing is stored. Raises Invalid."""
    _check(asked.scenarios)
    return _compared(office, office.pools.ready(caller.authority, asked.as_of, asked.preset), asked)


def work_out(office: Office, ready: ReadyPool, asked: Mapping[str, Any], progress: Progress) -> tuple[Compared, str]:
    """The same for a worker, from what was kept of the question. Raises Stopped when asked to, and Invalid."""
    scenarios = tuple(
        Scenario(name=one["name"], says=one["says"], changes=changes_of(one["changes"])) for one in asked["scenarios"]
    )
    progress(0, 1, f"Planning {', '.join(one.name for one in scenarios)}")
    wanted = WhatIf(as_of=ready.pool.as_of, scenarios=scenarios, seed=int(asked.get("seed") or SEED))
    compared = _compared(office, ready, wanted)
    return compared, compared.sides[0].pool_digest


def _compared(office: Office, ready: ReadyPool, asked: WhatIf) -> Compared:
    began = time.perf_counter()
    with ready.at_work:
        baseline = supposed(office, ready, (), asked.seed)
        sides = [_side(Scenario(name=BASELINE), baseline, None)]
        for at, scenario in enumerate(asked.scenarios):
            with naming(at):
                one = supposed(office, ready, scenario.changes, asked.seed)
            sides.append(_side(scenario, one, baseline))
    return Compared(
        as_of=asked.as_of,
        seed=asked.seed,
        policy=ready.policy.name,
        rule_book_version=RULE_BOOK_VERSION,
        sides=tuple(sides),
        milliseconds=int((time.perf_counter() - began) * 1_000),
    )


def _check(scenarios: Sequence[Scenario]) -> None:
    if not 1 <= len(scenarios) <= MOST_SIDE_BY_SIDE:
        wrong = f"{len(scenarios)} scenarios cannot be laid side by side"
        raise Invalid([Fault("scenarios", wrong, f"Give 1 to {MOST_SIDE_BY_SIDE}")])
    names = [scenario.name for scenario in scenarios]
    if len(set(names)) < len(names):
        raise Invalid([Fault("scenarios", "Two scenarios have one name", "Give each a name of its own")])


class naming:  # noqa: N801 - it reads as a word where it is used
    """Says in which scenario something is wrong."""

    def __init__(self, at: int) -> None:
        self._at = at

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if isinstance(error, Invalid):
            faults = [Fault(f"scenarios/{self._at}/{one.field}", one.wrong, one.remedy) for one in error.faults]
            raise (AreYouSure if isinstance(error, AreYouSure) else Invalid)(faults) from error


def _side(scenario: Scenario, one: Supposed, baseline: Supposed | None) -> Side:
    outcome, sums = one.outcome, one.outcome.sums
    children = outcome.children
    return Side(
        name=scenario.name,
        says=scenario.says,
        changes=tuple(changes_document(scenario.changes)),
        pool_digest=one.digest,
        homes=len(one.pool.homes),
        proof=one.solved.certificate.proof.value,
        levels=one.plan.levels,
        sums=sums,
        mean_miles=sums.mean_miles,
        sibling_pairs=len(outcome.pairs),
        sibling_pairs_together=sum(pair.together for pair in outcome.pairs),
        difference=None if baseline is None else _difference(baseline.outcome.sums, sums),
        against=None if baseline is None else against(baseline.outcome, outcome),
        by_age=breakdown(children, (Split.AGE,)),
        by_need=breakdown(children, (Split.NEED,)),
        by_area=breakdown(children, (Split.AREA,)),
        cells=breakdown(children, tuple(Split)),
        children=children,
    )


def _difference(before: Sums, after: Sums) -> dict[str, int]:
    return {field.name: getattr(after, field.name) - getattr(before, field.name) for field in fields(Sums)}


def asked_document(asked: WhatIf) -> dict[str, Any]:
    """What is asked, as it is kept."""
    told = [{"name": one.name, "says": one.says, "changes": changes_document(one.changes)} for one in asked.scenarios]
    return {"scenarios": told, "policy": None if asked.preset is None else asked.preset.value, "seed": asked.seed}


def _study(caller: Caller, asked: WhatIf, compared: Compared) -> Study:
    return Study(
        id=uuid4(),
        kind=KIND,
        status=StudyStatus.FINISHED,
        as_of=asked.as_of,
        requested_by=str(caller.key),
        asked=asked_document(asked),
        pool_digest=compared.sides[0].pool_digest,
    )
