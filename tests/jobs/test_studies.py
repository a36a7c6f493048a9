"""Studies on the durable engine: worked out by whichever worker runs, and begun again after one was killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from dbos import DBOSClient

from app.jobs.courier import Courier
from app.jobs.desk import Desk
from app.jobs.engine import Engine, EngineSettings, engine_url
from app.jobs.roll import Roll
from matching.workflow.roles import Role
from tests.api.service import Service, running
from tests.api.test_questions import OFFER
from tests.api.test_scenarios import DAY
from tests.jobs.test_deliveries import ROOT, until

slow = pytest.mark.slow("it starts a durable engine, which takes seconds of the processor")


@pytest.fixture
def family(database_url: str) -> Iterator[Service]:
    with running(database_url) as made:
        made.record_examples()
        yield made


@contextmanager
def working(service: Service) -> Iterator[Engine]:
    courier = Courier(service.store, service.clock)
    settings = EngineSettings(database_url=engine_url(service.url), every_seconds=0.05)
    engine = Engine(courier, Roll(service.store, service.clock, "worker"), settings, Desk(service.office))
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()
        courier.close()


@slow
def test_a_worker_answers_what_was_asked_and_what_another_left_half_done(family: Service) -> None:
    asked = [
        family.post("/studies/cheapest-homes", {"as_of": DAY, "offers": [OFFER], "seed": seed}).json()["id"]
        for seed in (1, 2)
    ]
    with family.store.writing(family.authority) as work:
        work.studies.begin(UUID(asked[0]), family.clock())  # by a worker that is no more

    def answered() -> bool:
        return all(family.get(f"/studies/{study}").json()["status"] == "finished" for study in asked)

    with working(family) as engine:
        until(answered, engine)
        assert engine.look() == 0, "what is answered is nobody's work"


@contextmanager
def at_work(service: Service, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own, once it has started; killed in the end."""
    command = [sys.executable, "-m", "tests.jobs.worker", service.url, name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"started\n"
        try:
            yield worker
        finally:
            worker.kill()


def swept(service: Service, count: int) -> list[str]:
    """A study for each of so many scenarios that are asked for at once."""
    scenarios = [{"name": f"{days} days later", "changes": [waiting(days)]} for days in range(1, count + 1)]
    answer = service.post("/studies/scenarios", {"as_of": DAY, "scenarios": scenarios}, Role.COMMISSIONER)
    assert answer.status_code == 202, answer.text
    return [study["id"] for study in answer.json()["items"]]


def waiting(days: int) -> dict[str, Any]:
    return {"change": "postpone-searches", "days": days}


def all_finished(service: Service, studies: list[str]) -> bool:
    return all(service.get(f"/studies/{study}").json()["status"] == "finished" for study in studies)


def worked_by(service: Service) -> list[str | None]:
    """The worker that each study was worked out by, by the engine's own record."""
    client = DBOSClient(system_database_url=engine_url(service.url))
    try:
        return [one.executor_id for one in client.list_workflows(name="study", load_input=False, load_output=False)]
    finally:
        client.destroy()


@slow
def test_workers_share_a_sweep_and_each_scenario_is_answered_once_as_if_asked_by_itself(family: Service) -> None:
    with at_work(family, "one"), at_work(family, "other"):
        studies = swept(family, 10)
        until(lambda: all_finished(family, studies), seconds=60)
    by = worked_by(family)
    assert len(by) == len(studies), "each once"
    assert set(by) == {"one", "other"}
    answered = family.get(f"/studies/{studies[2]}").json()["answer"]
    asked = {"scenarios": [{"name": "3 days later", "changes": [waiting(3)]}], "as_of": DAY}
    alone = family.post("/scenarios/run", asked, Role.COMMISSIONER).json()["compared"]
    assert answered == {**alone, "milliseconds": answered["milliseconds"]}


@slow
def test_what_a_worker_leaves_that_is_gone_for_good_another_takes_up(family: Service) -> None:
    studies = swept(family, 6)
    with at_work(family, "gone for good") as worker:
        until(lambda: family.get(f"/studies/{studies[0]}").json()["status"] != "queued", seconds=60)
        worker.kill()
    with at_work(family, "other"):
        until(lambda: all_finished(family, studies), seconds=60)
