"""Many threads and processes want one bed on one night: exactly one has it, and the others are told until when."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from db.session import Store
from tests.workflow.cast import Cast, a_child, a_home, a_search
from tests.workflow.county import founded

ROOT = Path(__file__).resolve().parents[2]
MANY = 12


def all_at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Does them all, each in a thread of its own, from one moment."""
    ready = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        ready.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def searches(cast: Cast, count: int) -> list[str]:
    for at in range(count):
        cast.recorded("children", a_child(f"C-{at}"))
    return [cast.recorded("referrals", a_search(f"S-{at}", f"C-{at}"))["id"] for at in range(count)]


def test_one_of_many_holds_the_bed_and_the_others_are_told_until_when(cast: Cast) -> None:
    cast.recorded("homes", a_home("H-1", registered_beds=1))
    wanting = searches(cast, MANY)
    body = {"home": "H-1", "until": "2026-09-02T16:00:00Z"}
    answers = all_at_once(
        [
            partial(cast.call, "placements", "POST", f"/referrals/{search}/holds", {**body, "child": f"C-{at}"})
            for at, search in enumerate(wanting)
        ]
    )
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: MANY - 1}
    for answer in answers:
        if answer.status_code == 409:
            assert "held until 2026-09-02 16:00 UTC by another search" in answer.json()["detail"]
    assert len(cast.sees("placements", "/holds")["items"]) == 1


def test_a_hold_expires_by_itself(cast: Cast) -> None:
    cast.recorded("homes", a_home("H-1", registered_beds=1))
    first, second = searches(cast, 2)
    body = {"home": "H-1", "until": "2026-09-02T16:00:00Z"}
    cast.does("placements", f"/referrals/{first}/holds", {**body, "child": "C-0"}, 201)
    cast.does("placements", f"/referrals/{second}/holds", {**body, "child": "C-1"}, 409)
    cast.service.clock.move(hours=8)
    assert cast.sees("placements", "/holds")["items"] == []
    later = {"home": "H-1", "child": "C-1", "until": "2026-09-03T09:00:00Z"}
    cast.does("placements", f"/referrals/{second}/holds", later, 201)


def test_one_of_many_homes_answers_yes_for_the_last_bed(cast: Cast) -> None:
    cast.recorded("homes", a_home("H-1", registered_beds=1))
    offers = [
        cast.does("placements", f"/referrals/{search}/offers", {"offers": [{"home": "H-1"}]}, 201)["items"][0]["id"]
        for search in searches(cast, MANY)
    ]
    answers = all_at_once([partial(cast.call, "provider", "POST", f"/offers/{offer}/say-willing") for offer in offers])
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: MANY - 1}
    states = Counter(cast.sees("placements", f"/offers/{offer}")["state"] for offer in offers)
    assert states == {"willing": 1, "made": MANY - 1}


def test_the_same_request_many_times_at_once_is_done_once(cast: Cast) -> None:
    cast.recorded("homes", a_home("H-1"))
    [search] = searches(cast, 1)
    path, body = f"/referrals/{search}/offers", {"offers": [{"home": "H-1"}]}
    answers = all_at_once([partial(cast.call, "placements", "POST", path, body, Idempotency_Key="once")] * MANY)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(cast.sees("placements", "/offers")["items"]) == 1


def test_beds_are_not_lowered_below_what_is_promised(cast: Cast) -> None:
    home = cast.recorded("homes", a_home("H-1", registered_beds=2))
    for at, search in enumerate(searches(cast, 2)):
        body = {"home": "H-1", "child": f"C-{at}", "until": "2026-09-02T16:00:00Z"}
        cast.does("placements", f"/referrals/{search}/holds", body, 201)
    fewer = {
        "availability": {"state": "available"},
        "effective": {"beds": 1, "reason": "staffing", "review_on": "2026-10-01"},
    }
    refused = cast.call("provider", "PUT", f"/vacancies/{home['id']}", fewer, If_Match="*")
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("beds-promised")
    assert "held until 2026-09-02 16:00 UTC" in refused.json()["detail"]


@pytest.mark.slow("it starts processes, each of which loads the service")
def test_processes_race_for_one_bed_as_threads_do(database_url: str) -> None:
    store = Store(database_url)
    county = founded(store, homes=1, searches=4)
    racers = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.workflow.racer",
                database_url,
                str(county.authority),
                str(county.homes[0]),
                str(county.referrals[at]),
                str(county.children[at]),
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for at in range(4)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    said = [racer.communicate("go\n")[0] for racer in racers]
    won = Counter(one for line in said for one in json.loads(line))
    assert won["held"] == 1
    assert won["taken"] == 4 * 3 - 1
    store.close()
