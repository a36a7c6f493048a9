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
from matching.values import AuthorityCode
from tests import postgres
from tests.benchmarks.figures import Figure, percentile
from tests.databases import PostgresDatabases, SqliteDatabases
from tests.workflow.county import County, founded
from tests.workflow.cycle import Answered, Worker
from tests.workflow.invariants import broken
from tests.workflow.server import serving

SAYS = "offer, answer, hold, sign-off, decide, place: 100 clients of 5 authorities on PostgreSQL, 20 of one on SQLite"
PAUSE = 6.0
"""Mean seconds between an answer and the next request of one client: quicker than people are."""
_HOMES = 1.5
"""Homes of one bed for each search, so that some ask for a bed that another has."""
_CODES = ("E10000020", "E10000003", "E10000029", "E10000012", "E06000031")


def figures() -> Iterator[Figure]:
    """Both databases, each working a search for every client."""
    with tempfile.TemporaryDirectory() as folder, SqliteDatabases(Path(folder)).empty() as url:
        yield from _cycle("SQLite", url, clients=20, authorities=1, limit=500)
    with postgres.server_url() as server, PostgresDatabases(server).empty() as url:
        yield from _cycle("PostgreSQL", url, clients=100, authorities=5, limit=250)


def _cycle(database: str, url: str, *, clients: int, authorities: int, limit: float) -> Iterator[Figure]:
    upgrade(url)
    store, each = Store(url), clients // authorities
    counties = [
        founded(store, homes=int((each + 1) * _HOMES), searches=each + 1, code=AuthorityCode(code))
        for code in _CODES[:authorities]
    ]
    with serving(url, min(2, authorities)) as address:
        for county in counties:  # loads its pool, once
            _work(address, [county], each=1, first=each, pause=0.0)
        began = time.perf_counter()
        told = _work(address, counties, each=each, first=0, pause=PAUSE)
        spent = time.perf_counter() - began
    for at, county in enumerate(counties):
        found = broken(store, county, told[at * each : (at + 1) * each])
        assert found == [], found
    store.close()
    yield from _told(database, told, spent, limit)


def _work(address: str, counties: list[County], *, each: int, first: int, pause: float) -> list[Answered]:
    """Every client works one search of its county to the end."""

    def one(county: County, at: int) -> Answered:
        chance = random.Random(at)
        worker = Worker(address, county, at, lambda: chance.expovariate(1 / pause) if pause else 0.0)
        placed = worker.place(str(county.referrals[at]), str(county.children[at]))
        assert placed, "no home had a bed"
        worker.close()
        return worker.told

    with ThreadPoolExecutor(len(counties) * each) as threads:
        working = [threads.submit(one, county, at) for county in counties for at in range(first, first + each)]
        return [client.result() for client in working]


def _told(database: str, told: list[Answered], spent: float, limit: float) -> Iterator[Figure]:
    every = [one for answered in told for times in answered.seconds.values() for one in times]
    placed = sum(len(answered.started) for answered in told)
    rate = f"{len(every)} requests in {spent:.0f} s, {placed} children placed, nothing lost, nothing double"
    name = f"{database}, {len(told)} clients"
    yield Figure(name=f"{name}: p95", value=percentile(every, 95) * 1000, unit="ms", limit=limit, note=rate)
    yield Figure(name=f"{name}: median", value=percentile(every, 50) * 1000, unit="ms")
    for step in ("offer", "answer", "hold", "sign-off", "decide", "place"):
        times = [one for answered in told for one in answered.seconds.get(step, ())]
        yield Figure(name=f"{name}: p95 of {step}", value=percentile(times, 95) * 1000, unit="ms")
    yield Figure(name=f"{name}: answered 'busy'", value=sum(one.busy for one in told), unit="", limit=0)
