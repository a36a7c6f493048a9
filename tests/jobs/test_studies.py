"""Studies on the durable engine: worked out by whichever worker runs, and begun again after one was killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest

from app.jobs.courier import Courier
from app.jobs.desk import Desk
from app.jobs.engine import Engine, EngineSettings, engine_url
from tests.api.service import Service, running
from tests.api.test_questions import OFFER
from tests.api.test_scenarios import DAY
from tests.jobs.test_deliveries import until

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
    engine = Engine(courier, settings, Desk(service.office))
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
