"""Kills a real server at random moments while people work with it, again and again, then looks for anything broken.

`python3 dev.py torture [--kills N] [--clients N]` runs it on SQLite and on PostgreSQL and prints the figures; the tests
run a short form of it.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from db.migrate import upgrade
from db.session import Store
from tests import postgres
from tests.databases import PostgresDatabases, SqliteDatabases
from tests.workflow.county import County, founded
from tests.workflow.cycle import Answered, Worker
from tests.workflow.invariants import broken
from tests.workflow.server import Mortal, mortal


@dataclass(frozen=True, slots=True)
class Survived:
    """What came of it."""

    kills: int
    requests: int
    """Requests that were answered in the end."""
    again: int
    """Requests sent again because nothing answered."""
    decided: int
    placed: int
    refused: int
    """Beds that another search had."""
    seconds: float
    broken: tuple[str, ...]
    """Everything that should hold and does not; empty when all is well."""


def torture(url: str, *, kills: int, clients: int, seed: int = 1) -> Survived:
    """Kills the server so many times under the load of so many clients. The database is empty and is migrated here."""
    upgrade(url)
    store, began = Store(url), time.monotonic()
    county = founded(store, homes=max(10, kills * 2), searches=kills * 3 + clients)
    stop, killed = threading.Event(), [0]
    with mortal(url) as server, ThreadPoolExecutor(clients + 1) as threads:
        reaper = threads.submit(_kill, server, kills, stop, killed, random.Random(seed))
        workers = [Worker(server.address, county, seed * 1000 + at) for at in range(clients)]
        done = [threads.submit(_work, one, county, at, clients, stop) for at, one in enumerate(workers)]
        try:
            for one in (reaper, *done):
                one.result()
        finally:
            stop.set()
    found = broken(store, county, [one.told for one in workers])
    store.close()
    return _survived([one.told for one in workers], killed[0], time.monotonic() - began, tuple(found))


def _kill(server: Mortal, kills: int, stop: threading.Event, killed: list[int], chance: random.Random) -> None:
    """Kills and starts again; between the two nothing of the server is left running."""
    try:
        for _ in range(kills):
            time.sleep(0.05 + 3 * chance.random() ** 2)  # mostly soon; sometimes long enough for slow steps to end
            server.kill()
            killed[0] += 1
            server.start()
    finally:
        stop.set()


def _work(worker: Worker, county: County, at: int, clients: int, stop: threading.Event) -> None:
    """Works searches of its own, one after another, until the killing is over."""
    worker.patience = 3_600.0
    mine = list(zip(county.referrals, county.children, strict=True))[at::clients]
    for referral, child in mine:
        if stop.is_set():
            break
        worker.place(str(referral), str(child))
    worker.close()


def _survived(told: Sequence[Answered], kills: int, seconds: float, found: tuple[str, ...]) -> Survived:
    return Survived(
        kills=kills,
        requests=sum(len(times) for one in told for times in one.seconds.values()),
        again=sum(one.again for one in told),
        decided=sum(len(one.decided) for one in told),
        placed=sum(len(one.started) for one in told),
        refused=sum(one.refused for one in told),
        seconds=seconds,
        broken=found,
    )


def main(words: Sequence[str] | None = None) -> int:
    """Runs it on both databases and prints what came of it; 1 when anything is broken."""
    parser = argparse.ArgumentParser(prog="dev.py torture", description="Kill the server under load, and look.")
    parser.add_argument("--kills", type=int, default=200, help="on each database (200)")
    parser.add_argument("--clients", type=int, default=6, help="working at the same time (6)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the moments and choices")
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    chosen = parser.parse_args(words)
    print(f"seed {chosen.seed}")
    bad = 0
    for kind in ("sqlite", "postgresql") if chosen.on == "both" else (chosen.on,):
        bad += _on(kind, chosen)
    return 1 if bad else 0


def _on(kind: str, chosen: argparse.Namespace) -> bool:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder, SqliteDatabases(Path(folder)).empty() as url:
            return _said(kind, torture(url, kills=chosen.kills, clients=chosen.clients, seed=chosen.seed))
    with postgres.server_url() as server, PostgresDatabases(server).empty() as url:
        return _said(kind, torture(url, kills=chosen.kills, clients=chosen.clients, seed=chosen.seed))


def _said(kind: str, survived: Survived) -> bool:
    print(
        f"{kind}: {survived.kills} kills in {survived.seconds:.0f} s; {survived.requests} requests answered, "
        f"{survived.again} sent again; {survived.decided} decided, {survived.placed} placed, "
        f"{survived.refused} refused a bed that another search had"
    )
    for what in survived.broken:
        print(f"  BROKEN: {what}")
    if not survived.broken:
        print("  nothing lost, nothing doubled, nothing half done; the audit trail is unbroken")
    return bool(survived.broken)


if __name__ == "__main__":
    raise SystemExit(main())
