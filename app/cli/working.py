"""The worker: delivers events to subscribers and works out studies, as a command of its own or inside a server."""

from __future__ import annotations

import argparse
import platform
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.cli.opening import require_newest_tables
from app.jobs.courier import Courier
from app.jobs.desk import Desk
from app.jobs.engine import Engine, EngineSettings, engine_url
from app.jobs.roll import Roll
from app.main import create_office
from app.services.office import Office
from app.settings import Settings, settings
from app.telemetry import configure


def work(chosen: argparse.Namespace) -> int:
    """Works until Ctrl-C or SIGTERM. Killed at any moment, it goes on where it was when it is started again."""
    installation = settings()
    configure(installation.log_level)
    require_newest_tables(installation.database_url)
    office = create_office(installation)
    courier = Courier(office.store, office.clock)
    engine = _engine(installation, office, courier, chosen.name or _usual_name("worker"))
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    engine.start()
    print("Delivering events and working out studies. Stop it with Ctrl-C; nothing is lost.", flush=True)
    try:
        engine.run()
    finally:
        engine.stop()
        courier.close()
        office.store.close()
    return 0


@contextmanager
def working_inside(installation: Settings, office: Office) -> Iterator[None]:
    """A worker in this process, for as long as the block lasts: for a server that is all there is."""
    courier = Courier(office.store, office.clock)
    engine = _engine(installation, office, courier, _usual_name("server"))
    engine.start()
    running = threading.Thread(target=engine.run, name="worker", daemon=True)
    running.start()
    try:
        yield
    finally:
        engine.stop()
        running.join(timeout=5)
        courier.close()


def _usual_name(what: str) -> str:
    """The same whenever it is started on this machine."""
    return f"{what}@{platform.node()}"[:100]


def _engine(installation: Settings, office: Office, courier: Courier, name: str) -> Engine:
    kept = EngineSettings(database_url=engine_url(installation.database_url))
    return Engine(courier, Roll(office.store, office.clock, name), kept, Desk(office))
