"""Shortlists over HTTP: a county, SQLite, four clients at once, none of the answers asked for before."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.served import Served, served_county

SAYS = "GET /referrals/{id}/shortlist with all reasons, 900 homes, 4 clients on SQLite"
_CLIENTS = 4
_ROUNDS = 4
"""How often each referral is asked about; each time for another length, so that no answer is a kept one."""


def figures() -> Iterator[Figure]:
    """Answers worked out, then the same again as they are kept until something changes."""
    with served_county() as service:
        _ask(service, [(service.referrals[0], 1)])  # reads the pool, once
        questions = [(referral, 20 - turn) for turn in range(_ROUNDS) for referral in service.referrals]
        worked_out = _ask_together(service, questions)
        yield Figure(
            name=f"p95 of {len(worked_out)} answers worked out",
            value=percentile(worked_out, 95) * 1000,
            unit="ms",
            limit=60,
        )
        yield Figure(name="median of them", value=percentile(worked_out, 50) * 1000, unit="ms")
        kept = _ask_together(service, questions)
        yield Figure(name="p95 of the same again", value=percentile(kept, 95) * 1000, unit="ms", limit=60)


def _ask_together(service: Served, questions: list[tuple[str, int]]) -> list[float]:
    """Seconds of each answer, the questions dealt out among the clients."""
    with ThreadPoolExecutor(_CLIENTS) as clients:
        dealt = [questions[at::_CLIENTS] for at in range(_CLIENTS)]
        return [spent for found in clients.map(lambda some: _ask(service, some), dealt) for spent in found]


def _ask(service: Served, questions: list[tuple[str, int]]) -> list[float]:
    found = []
    with service.client() as client:
        for referral, most in questions:
            began = time.perf_counter()
            answer = client.get(f"/referrals/{referral}/shortlist", params={"most": most, "as_of": str(service.as_of)})
            found.append(time.perf_counter() - began)
            assert answer.status_code == 200, answer.text
            shortlist = answer.json()
            assert shortlist["homes_considered"] == 900
            assert len(shortlist["entries"]) <= most
            assert shortlist["summary"]
    return found
