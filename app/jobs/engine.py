"""The durable engine (DBOS): each delivery, and each study, is a workflow that goes on when its worker was killed.

One process runs it. Workflows are given ids alone, written as JSON; the name of a workflow is made of what it delivers,
so that starting it twice is starting it once. A queue with one place for each subscriber keeps each one's order.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from dbos import (
    DBOS,
    DBOSConfig,
    DBOSPortableJSONSerializer,
    SetEnqueueOptions,
    SetWorkflowID,
)

from app.jobs.courier import Again, Courier, Due
from app.jobs.desk import Desk
from app.jobs.roll import Roll
from db.errors import Busy
from matching.values import AuthorityId

QUEUE, STUDIES = "webhooks", "studies"
MOST_AT_ONCE = 100
"""Events one run of a workflow delivers before it lets others have the worker."""
_STUCK = ["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]

log = logging.getLogger("placement.jobs")
_couriers: list[Courier] = []
"""The courier of this process: workflows are functions, and find it here."""
_desks: list[Desk] = []
"""Likewise who works out studies."""


def _courier() -> Courier:
    assert _couriers, "the engine was not started"
    return _couriers[-1]


def _due(authority: str, webhook: str, sequence: int) -> Due:
    return Due(AuthorityId(UUID(authority)), UUID(webhook), sequence)


@DBOS.step(retries_allowed=True, max_attempts=10, interval_seconds=0.5)
def _next(authority: str, webhook: str) -> int | None:
    due = _courier().next(AuthorityId(UUID(authority)), UUID(webhook))
    return None if due is None else due.sequence


@DBOS.step(retries_allowed=True, max_attempts=10, interval_seconds=0.5)
def _attempt(authority: str, webhook: str, sequence: int) -> int | None:
    return _courier().attempt(_due(authority, webhook, sequence))


@DBOS.step(retries_allowed=True, max_attempts=10, interval_seconds=0.5)
def _note(authority: str, webhook: str, sequence: int, status: int | None, last: bool) -> bool:  # noqa: FBT001
    return _courier().note(_due(authority, webhook, sequence), status, last=last)


@DBOS.step(retries_allowed=True, max_attempts=10, interval_seconds=0.5)
def _note_replay(authority: str, webhook: str, sequence: int, letter: str, status: int | None) -> None:
    _courier().note_replay(_due(authority, webhook, sequence), UUID(letter), status)


@DBOS.workflow(name="deliver")
def deliver(authority: str, webhook: str) -> int:
    """Tells one subscriber of what it has not heard of, in order; gives how many events that were."""
    for count in range(MOST_AT_ONCE):
        sequence = _next(authority, webhook)
        if sequence is None:
            return count
        _insist(authority, webhook, sequence)
    return MOST_AT_ONCE


def _insist(authority: str, webhook: str, sequence: int) -> None:
    """Tries until the event is taken, ever more slowly, and gives it up as a dead letter after the last attempt."""
    for wait in (*_courier().waits, None):
        status = _attempt(authority, webhook, sequence)
        if _note(authority, webhook, sequence, status, wait is None) or wait is None:
            return
        DBOS.sleep(wait)


@DBOS.workflow(name="replay")
def replay(authority: str, webhook: str, sequence: int, letter: str) -> None:
    """Sends one dead letter again, once."""
    status = _attempt(authority, webhook, sequence)
    _note_replay(authority, webhook, sequence, letter, status)


@DBOS.step(retries_allowed=True, max_attempts=5, interval_seconds=1.0)
def _work_out(authority: str, study: str) -> str:
    assert _desks, "the engine was started without a desk"
    return _desks[-1].work_out(AuthorityId(UUID(authority)), UUID(study)).value


@DBOS.workflow(name="study")
def study(authority: str, study: str) -> str:
    """Works out one study; begun again from the start when its worker was killed, for it is only arithmetic."""
    return _work_out(authority, study)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """Where the engine keeps what it is doing."""

    database_url: str
    every_seconds: float = 1.0
    """How often it looks for what is due."""


class Engine:
    """Delivers, and works out studies when it has a desk, until it is stopped.

    As many may be at work as share the database, each under a name of its own on the roll. One started again under the
    same name goes on with what the one before was doing; what a worker leaves that is gone for good, the others take up.
    """

    def __init__(self, courier: Courier, roll: Roll, settings: EngineSettings, desk: Desk | None = None) -> None:
        self._courier, self._roll, self._settings, self._desk = courier, roll, settings, desk
        self._stopping = threading.Event()

    def start(self) -> None:
        """Opens the engine; what was under way goes on by itself. Raises NameTaken."""
        self._roll.join()
        _couriers.append(self._courier)
        if self._desk is not None:
            _desks.append(self._desk)
        config: DBOSConfig = {
            "name": "placement-matching",
            "system_database_url": self._settings.database_url,
            "executor_id": self._roll.name,
            "application_version": "1",  # workflows of an older process are this one's to go on with
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "WARNING",
            "enable_otlp": False,
        }
        DBOS(config=config)
        DBOS.launch()
        DBOS.register_queue(QUEUE, partition_concurrency=1, polling_interval_sec=self._settings.every_seconds)
        DBOS.register_queue(STUDIES, worker_concurrency=1, polling_interval_sec=self._settings.every_seconds)

    def run(self) -> None:
        """Looks for what is due, again and again, until it is stopped."""
        while not self._stopping.is_set():
            try:
                self.look()
            except Busy:
                log.info("the database is busy; looking again")
            self._stopping.wait(self._settings.every_seconds)

    def look(self) -> int:
        """Starts a workflow for every subscriber that has something waiting; gives how many have."""
        due, again = self._courier.due(), self._courier.to_replay()
        for one in due:
            _begin(f"deliver:{one.webhook}:{one.sequence}", str(one.webhook), one)
        for one_again in again:
            _begin_replay(one_again)
        asked = () if self._desk is None else self._desk.open()
        for authority, wanted in asked:
            with SetWorkflowID(f"study:{wanted}"):
                DBOS.enqueue_workflow(STUDIES, study, str(authority), str(wanted))
        self._resume_stuck()
        return len(due) + len(again) + len(asked)

    def stop(self) -> None:
        """Stops; what is under way goes on when a worker of this name starts again."""
        self._stopping.set()
        DBOS.destroy(workflow_completion_timeout_sec=0)
        _couriers.remove(self._courier)
        if self._desk is not None:
            _desks.remove(self._desk)
        with suppress(Busy):  # the others then wait a while before they take up what is left
            self._roll.leave()

    def _resume_stuck(self) -> None:
        """Workflows that failed for a reason of ours, or whose worker went away for good, are taken up again."""
        stuck = [
            one
            for queue in (QUEUE, STUDIES)
            for one in DBOS.list_workflows(
                status=_STUCK, queue_name=queue, load_input=False, load_output=False, limit=100
            )
        ]
        present = self._roll.present()
        waiting = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False, limit=100)
        orphans = [one for one in waiting if one.executor_id is not None and one.executor_id not in present]
        for one in (*stuck, *orphans):
            DBOS.resume_workflow(one.workflow_id)


def _begin(name: str, partition: str, due: Due) -> None:
    with SetWorkflowID(name), SetEnqueueOptions(queue_partition_key=partition):
        DBOS.enqueue_workflow(QUEUE, deliver, str(due.authority), str(due.webhook))


def _begin_replay(again: Again) -> None:
    letter = again.letter
    name = f"replay:{letter.id}:{letter.replay_asked_at:%Y%m%dT%H%M%S%f}"
    with SetWorkflowID(name), SetEnqueueOptions(queue_partition_key=str(again.webhook)):
        told = (str(again.authority), str(again.webhook), letter.sequence, str(letter.id))
        DBOS.enqueue_workflow(QUEUE, replay, *told)


def engine_url(database_url: str) -> str:
    """Where the engine keeps its own tables: beside an SQLite file, or in a schema of its own on PostgreSQL."""
    if not database_url.startswith("sqlite"):
        return database_url
    directory, _, name = database_url.rpartition("/")
    stem, _, ending = name.rpartition(".")
    return f"{directory}/{stem or name}-jobs.{ending if stem else 'db'}"
