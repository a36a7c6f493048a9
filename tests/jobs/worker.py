"""A worker in a process of its own, to be killed: `python -m tests.jobs.worker DATABASE_URL NAME`."""

from __future__ import annotations

import sys
from datetime import timedelta

from app.jobs.courier import Courier
from app.jobs.desk import Desk
from app.jobs.engine import Engine, EngineSettings, engine_url
from app.jobs.roll import Roll
from app.main import create_office
from app.settings import Settings

GONE_AFTER = timedelta(seconds=2)
"""How long a worker of these tests may say nothing before the others go on with what it was doing."""


def work(url: str, name: str) -> None:
    """Delivers and works out studies until it is killed."""
    office = create_office(Settings(database_url=url))
    courier = Courier(office.store, office.clock, waits=(0.2, 0.2, 0.2, 0.2, 0.2, 0.2))
    roll = Roll(office.store, office.clock, name, gone_after=GONE_AFTER)
    engine = Engine(courier, roll, EngineSettings(database_url=engine_url(url), every_seconds=0.1), Desk(office))
    engine.start()
    print("started", flush=True)
    engine.run()


if __name__ == "__main__":
    work(*sys.argv[1:])
