"""Many people working the cycle offer → answer → hold → sign-off → decide → place at the same time, over HTTP."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from db.migrate import upgrade
from db.session import Store
from tests import postgres
from tests.benchmarks.figures import Figure, percentile
from tests.databases import PostgresDatabases, SqliteDatabases
from tests.workflow.county import County, founded
from tests.workflow.cycle import Answered, Worker
from tests.workflow.invariants import broken
from tests.workflow.server import serving

SAYS = "offer, answer, hold, sign-off, decide, place: 100 clients on PostgreSQL, 20 on SQLite"
PAUSE = 4.0
"""Mean seconds between an answer and the next request of one client: far quicker than people are."""
_EACH = 2
"""Searches that one client works, one after another."""
_HOMES = 1.5
"""Homes of one bed for each search, so that some ask for a bed that another has."""


def figures() -> Iterator[Figure]:
    """Both databases, and what the service can do at most."""
    with tempfile.TemporaryDirectory() as folder, SqliteDatabases(Path(folder)).empty() as url:
        yield from _cycle("SQLite", url, clients=20, processes=1, limit=500)
    with postgres.server_url() as server, PostgresDatabases(server).empty() as url:
        yield from _cycle("PostgreSQL", url, clients=100, processes=2, limit=250)


def _cycle(database: str, url: str, *, clients: int, processes: int, limit: float) -> Iterator[Figure]:
    upgrade(url)
    store = Store(url)
    searches = clients * _EACH + 1
    county = founded(store, homes=int(searches * _HOMES), searches=searches)
    with serving(url, processes) as address:
        _work(address, county, clients=1, first=searches - 1, each=1, pause=0.0)  # loads the pool, once
        began = time.perf_counter()
        told = _work(address, county, clients=clients, first=0, each=_EACH, pause=PAUSE)
        spent = time.perf_counter() - began
    found = broken(store, county, told)
    assert found == [], found
    store.close()
    yield from _told(database, told, clients, spent, limit)


def _work(address: str, county: County, *, clients: int, first: int, each: int, pause: float) -> list[Answered]:
    pairs = list(zip(county.referrals, county.children, strict=True))[first : first + clients * each]

    def one(at: int) -> Answered:
        chance = random.Random(at)
        worker = Worker(address, county, at, lambda: chance.expovariate(1 / pause) if pause else 0.0)
        for referral, child in pairs[at::clients]:
            assert worker.place(str(referral), str(child)), "no home had a bed"
        worker.close()
        return worker.told

    with ThreadPoolExecutor(clients) as threads:
        return list(threads.map(one, range(clients)))


def _told(database: str, told: list[Answered], clients: int, spent: float, limit: float) -> Iterator[Figure]:
    every = [one for answered in told for times in answered.seconds.values() for one in times]
    placed = sum(len(answered.started) for answered in told)
    rate = f"{len(every) / spent:.0f} requests a second, {placed} children placed, nothing lost, nothing double"
    name = f"{database}, {clients} clients"
    yield Figure(name=f"{name}: p95", value=percentile(every, 95) * 1000, unit="ms", limit=limit, note=rate)
    yield Figure(name=f"{name}: median", value=percentile(every, 50) * 1000, unit="ms")
    for step in ("offer", "answer", "hold", "sign-off", "decide", "place"):
        times = [one for answered in told for one in answered.seconds.get(step, ())]
        yield Figure(name=f"{name}: p95 of {step}", value=percentile(times, 95) * 1000, unit="ms")
    yield Figure(name=f"{name}: answered 'busy'", value=sum(one.busy for one in told), unit="", limit=0)
