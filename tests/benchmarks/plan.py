"""The county plan over HTTP: from the request to the stored run, with the pool read anew and with it at hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2

from matching.run_documents import unpacked
from matching.verification import verify
from tests.benchmarks.figures import Figure, seconds
from tests.benchmarks.served import Served, served_county

SAYS = "POST /match-runs for 60 children and 900 homes, solved, checked, compared and stored on SQLite"
_SEEDS = (1, 2, 3)
"""Counties; each is planned twice."""


def figures() -> Iterator[Figure]:
    """The slowest county decides: the first request reads the pool, the second has it."""
    first, second, proved = [], [], 0
    for seed in _SEEDS:
        with served_county(seed) as service, service.client() as client:
            runs: list[Any] = []
            first.append(seconds(lambda: runs.append(_plan(client, service))))  # noqa: B023 - called at once
            second.append(seconds(lambda: runs.append(_plan(client, service))))  # noqa: B023 - called at once
            assert _proposed(runs[0]) == _proposed(runs[1]), "the same facts gave two plans"
            _check(client, runs[0])
            proved += runs[0]["proof"] == "proved-optimal"
    yield Figure(
        name=f"slowest of {len(_SEEDS)} counties, pool read anew",
        value=max(first) * 1000,
        unit="ms",
        limit=1500,
        note=f"{proved} of {len(_SEEDS)} proved optimal",
    )
    yield Figure(name="slowest, pool at hand", value=max(second) * 1000, unit="ms", limit=1500)


def _plan(client: httpx2.Client, service: Served) -> Any:
    answer = client.post("/match-runs", json={"as_of": str(service.as_of)})
    assert answer.status_code == 201, answer.text
    return answer.json()


def _proposed(run: Any) -> Any:
    return [(one["child_id"], one["home_id"]) for one in run["proposals"]]


def _check(client: httpx2.Client, run: Any) -> None:
    """The stored run, exported, holds when it is checked without the solver."""
    document = client.get(f"/match-runs/{run['id']}/export")
    assert document.status_code == 200, document.text
    found = verify(unpacked(document.content))
    assert found.holds, [check for check in found.checks if not check.holds]
