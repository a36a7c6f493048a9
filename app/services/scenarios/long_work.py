"""Studies that take long: asked for, worked out by a worker step by step, followed, stopped, and answered."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from pydantic_core import to_json

from app.services.callers import Caller
from app.services.office import Office
from app.services.pools import ReadyPool
from app.services.repeats import Repeat, Reply, answered_before, keep_answer
from app.services.scenarios import bed_prices, cheapest, tonight
from app.services.sufficiency import ahead
from db.acts import Act
from db.repositories.studies import Study, StudyStatus
from matching.errors import DomainError, Invalid
from matching.policy import Preset
from matching.scenarios import SEED, Change
from matching.scenarios.chosen import faults_of
from matching.values import AuthorityId
from solver.cheapest_homes import Progress, Stopped

log = logging.getLogger("placement.studies")
SECONDS_BETWEEN_WORDS = 0.5
Work = Callable[[Office, ReadyPool, Mapping[str, Any], Progress], tuple[Any, str]]
"""Works a question out on a pool; gives the answer, to be written as JSON, and the digest of the pool."""

KINDS: Mapping[str, Work] = MappingProxyType(
    {
        bed_prices.KIND: bed_prices.work_out,
        cheapest.KIND: cheapest.work_out,
        tonight.KIND: tonight.work_out,
        ahead.KIND: ahead.work_out,
    }
)
"""What a worker can work out, by the kind of study."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a worker."""

    kind: str
    as_of: date
    asked: Mapping[str, Any]
    """As JSON; `policy` is a preset or null."""


def ask(
    office: Office, caller: Caller, question: Question, write: Callable[[Study], Reply], repeat: Repeat | None = None
) -> Reply:
    """Puts a question to whichever worker is free. Raises KeyReused and Busy."""
    return ask_all(office, caller, (question,), lambda studies: write(studies[0]), repeat)


def ask_all(
    office: Office,
    caller: Caller,
    questions: Sequence[Question],
    write: Callable[[tuple[Study, ...]], Reply],
    repeat: Repeat | None = None,
) -> Reply:
    """Puts several questions, all or none, each a study of its own for whichever worker is free. Raises KeyReused and Busy."""
    assert {one.kind for one in questions} <= set(KINDS), "no worker knows such a question"
    with office.store.writing(caller.authority) as work:
        now = office.clock()
        before = answered_before(work, caller, repeat, now)
        if before is not None:
            return before
        stored = tuple(
            work.studies.add(_queued(caller, question), caller.act(f"ask-{question.kind}", now))
            for question in questions
        )
        return keep_answer(work, caller, repeat, write(stored), now)


def _queued(caller: Caller, question: Question) -> Study:
    return Study(
        id=uuid4(),
        kind=question.kind,
        status=StudyStatus.QUEUED,
        as_of=question.as_of,
        requested_by=str(caller.key),
        asked=question.asked,
        progress={"done": 0, "of": 1, "says": "Waiting for a worker"},
    )


def check(office: Office, caller: Caller, as_of: date, preset: Preset | None, changes: Sequence[Change]) -> None:
    """Raises Invalid for changes that cannot be on the records of the day, so that nobody waits to hear it."""
    records = office.pools.ready(caller.authority, as_of, preset).pool.records
    faults = faults_of(records, changes, SEED)
    if faults:
        raise Invalid(list(faults))


def work_out(office: Office, authority: AuthorityId, study: UUID) -> StudyStatus:
    """Works out one study to its end: answered, stopped because somebody asked, or failed with the reason in words.

    Safe to do again after a worker was killed in the middle: the same question on the same records has the same answer.
    """
    with office.store.writing(authority) as work:
        found = work.studies.begin(study, office.clock())
    if found.status is not StudyStatus.RUNNING:
        return found.status
    try:
        telling = _Telling(office, authority, study)
        preset = found.asked.get("policy")
        ready = office.pools.ready(authority, found.as_of, None if preset is None else Preset(preset))
        answer, digest = KINDS[found.kind](office, ready, found.asked, telling)
        written = to_json(answer, fallback=dict)
    except Stopped:
        return _ended(office, authority, found, lambda work, act: work.studies.cancel(study, act))
    except DomainError as error:
        says = str(error)
        return _ended(office, authority, found, lambda work, act: work.studies.fail(study, says, act))
    except Exception:
        log.exception("study %s failed", study)
        says = "This is a fault of the service, not of your question. Tell us the study's reference."
        return _ended(office, authority, found, lambda work, act: work.studies.fail(study, says, act))
    return _ended(office, authority, found, lambda work, act: work.studies.finish(study, written, digest, act))


def _ended(office: Office, authority: AuthorityId, study: Study, end: Callable[[Any, Act], Study]) -> StudyStatus:
    now = office.clock()
    act = Act(actor=study.requested_by, role="worker", action="work-out-study", at=now, origin="worker")
    with office.store.writing(authority) as work:
        return end(work, act).status


class _Telling:
    """Writes down how far a study has come, now and then, and stops it when somebody has asked."""

    def __init__(self, office: Office, authority: AuthorityId, study: UUID) -> None:
        self._office, self._authority, self._study = office, authority, study
        self._last = 0.0

    def __call__(self, done: int, of: int, says: str) -> None:
        now = self._office.clock()
        if now.timestamp() - self._last < SECONDS_BETWEEN_WORDS:
            return
        self._last = now.timestamp()
        with self._office.store.writing(self._authority) as work:
            found = work.studies.told(self._study, {"done": done, "of": of, "says": says}, now)
        if found.cancel_asked_at is not None or not found.is_open:
            raise Stopped
