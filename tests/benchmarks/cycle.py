"""Many people working the cycle offer → answer → hold → sign-off → decide → place at the same time, over HTTP."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from db.migrate import upgrade
from db.session import Store
from matching.values import AuthorityCode
from tests import postgres
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.processors import spent_below
from tests.databases import PostgresDatabases, SqliteDatabases
from tests.workflow.county import County, founded
from tests.workflow.cycle import Answered, Worker
from tests.workflow.invariants import broken
from tests.workflow.server import serving

THINKS = 2.0
"""Mean seconds (exponential) between an answer and the next request of one client: far quicker than people are."""
SAYS = (
    "offer, answer, hold, sign-off, decide, place: 100 clients of 5 authorities on PostgreSQL, 20 of one on SQLite; "
    f"first thinking {THINKS:g} s between two steps on average, then without any pause"
)
_HOMES = 1.5
"""Homes of one bed for each search, so that some ask for a bed that another has."""
_CODES = ("E10000020", "E10000003", "E10000029", "E10000012", "E06000031")
_STEPS = ("offer", "answer", "hold", "sign-off", "decide", "place")
_PROCESSES = 2


def figures() -> Iterator[Figure]:
    """Both databases, every client working a search of its own under each load."""
    with tempfile.TemporaryDirectory() as folder, SqliteDatabases(Path(folder)).empty() as url:
        yield from _cycle("SQLite", url, clients=20, authorities=1, limit=500)
    with postgres.server_url() as server, PostgresDatabases(server).empty() as url:
        yield from _cycle("PostgreSQL", url, clients=100, authorities=5, limit=250)


@dataclass(frozen=True, slots=True)
class _Load:
    """What came of one load."""

    told: list[Answered]
    spent: float
    """Wall seconds."""
    own: float
    """Processor seconds of the clients."""
    theirs: dict[str, float]
    """Processor seconds of the server's and the database's processes, by program; empty where they cannot be seen."""


def _cycle(database: str, url: str, *, clients: int, authorities: int, limit: float) -> Iterator[Figure]:
    upgrade(url)
    store, each = Store(url), clients // authorities
    searches = 2 * each + _PROCESSES
    counties = [
        founded(store, homes=int(searches * _HOMES), searches=searches, code=AuthorityCode(code))
        for code in _CODES[:authorities]
    ]
    with serving(url, min(_PROCESSES, authorities)) as address:
        for at in range(_PROCESSES):  # loads pools, once
            _work(address, counties, range(2 * each + at, 2 * each + at + 1), thinks=0.0)
        thinking = _work(address, counties, range(each), thinks=THINKS)
        pressing = _work(address, counties, range(each, 2 * each), thinks=0.0)
    for at, county in enumerate(counties):
        mine = slice(at * each, (at + 1) * each)
        found = broken(store, county, thinking.told[mine] + pressing.told[mine])
        assert found == [], found
    store.close()
    yield from _told(f"{database}, {clients} who think {THINKS:g} s", thinking, limit)
    yield from _told(f"{database}, {clients} without a pause", pressing, None)


def _work(address: str, counties: list[County], searches: range, *, thinks: float) -> _Load:
    """Every client works one search of its county to the end."""

    def one(county: County, at: int) -> Answered:
        chance = random.Random(at)
        worker = Worker(address, county, at, lambda: chance.expovariate(1 / thinks) if thinks else 0.0)
        placed = worker.place(str(county.referrals[at]), str(county.children[at]))
        assert placed, "no home had a bed"
        worker.close()
        return worker.told

    before, began, busy = spent_below(os.getpid()), time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(len(counties) * len(searches)) as threads:
        working = [threads.submit(one, county, at) for county in counties for at in searches]
        told = [client.result() for client in working]
    spent, own, after = time.perf_counter() - began, time.process_time() - busy, spent_below(os.getpid())
    theirs = {name: after[name] - (before or {}).get(name, 0.0) for name in after} if after else {}
    return _Load(told, spent, own, theirs)


def _told(name: str, load: _Load, limit: float | None) -> Iterator[Figure]:
    every = [one for answered in load.told for times in answered.seconds.values() for one in times]
    placed = sum(len(answered.started) for answered in load.told)
    share = 100 * load.own / load.spent / (os.cpu_count() or 1)
    came = (
        f"{len(every)} requests in {load.spent:.0f} s, {len(every) / load.spent:.0f} a second; {placed} children placed, "
        f"nothing lost, nothing double; the clients themselves took {share:.0f} % of the processors"
    )
    yield Figure(name=f"{name}: p95", value=percentile(every, 95) * 1000, unit="ms", limit=limit, note=came)
    for program, busy in sorted(load.theirs.items()):
        each = busy / len(every) * 1000
        yield Figure(name=f"{name}: processor of {program}", value=each, unit="ms", note="for each request")
    yield Figure(name=f"{name}: median", value=percentile(every, 50) * 1000, unit="ms")
    for step in _STEPS:
        times = [one for answered in load.told for one in answered.seconds.get(step, ())]
        yield Figure(name=f"{name}: p95 of {step}", value=percentile(times, 95) * 1000, unit="ms")
    yield Figure(name=f"{name}: answered 'busy'", value=sum(one.busy for one in load.told), unit="", limit=0)
