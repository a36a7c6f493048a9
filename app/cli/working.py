"""The command that delivers events to subscribers until it is stopped."""

from __future__ import annotations

import argparse
import signal

from app.cli.opening import opened
from app.jobs.courier import Courier
from app.jobs.engine import Engine, EngineSettings, engine_url
from app.services.office import system_clock
from app.settings import settings
from app.telemetry import configure


def work(chosen: argparse.Namespace) -> int:
    """Delivers until Ctrl-C or SIGTERM. Killed at any moment, it goes on where it was when it is started again."""
    installation = settings()
    configure(installation.log_level)
    with opened(installation) as store:
        courier = Courier(store, system_clock)
        engine = Engine(
            courier,
            EngineSettings(database_url=engine_url(installation.database_url), executor=chosen.name),
        )
        signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
        engine.start()
        print("Delivering events. Stop it with Ctrl-C; nothing is lost.", flush=True)
        try:
            engine.run()
        finally:
            engine.stop()
            courier.close()
    return 0
