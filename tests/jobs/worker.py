"""A worker in a process of its own, to be killed: `python -m tests.jobs.worker DATABASE_URL`."""

from __future__ import annotations

import sys

from app.jobs.courier import Courier
from app.jobs.engine import Engine, EngineSettings, engine_url
from app.services.office import system_clock
from db.session import Store


def work(url: str) -> None:
    """Delivers until it is killed."""
    courier = Courier(Store(url), system_clock, waits=(0.2, 0.2, 0.2, 0.2, 0.2, 0.2))
    engine = Engine(courier, EngineSettings(database_url=engine_url(url), every_seconds=0.1))
    engine.start()
    print("started", flush=True)
    engine.run()


if __name__ == "__main__":
    work(sys.argv[1])
