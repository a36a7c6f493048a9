"""Match runs over HTTP: made, checked, stored, read again, compared and exported."""

from __future__ import annotations

import gzip
import json
from uuid import uuid4

import pytest

from app.services import match_runs
from matching.plan import PlanFault
from matching.workflow.roles import Role
from tests.api.service import Service


def test_a_run_is_stored_as_it_was_answered_and_says_what_it_was_made_from(family: Service) -> None:
    made = family.post("/match-runs", {"as_of": "2026-09-02", "policy": "child-first"})
    assert made.status_code == 201, made.text
    run = made.json()
    assert family.get(made.headers["location"].removeprefix("/api/v1")).json() == run
    assert run["status"] == "finished"
    assert run["proof"] == "proved-optimal"
    assert run["reference"].startswith("M-")
    assert run["policy"]["name"] == "child-first"
    assert len(run["pool_digest"]) == 64
    assert run["rule_book_version"]
    assert set(run["versions"]) >= {"python", "ortools"}
    assert set(run["seconds"]) == {"load", "solve", "check", "compare"}
    assert run["totals"]["placed"] == 2
    assert run["totals"]["sibling_pairs_together"] == 1
    assert {proposal["child"] for proposal in run["proposals"]} == {"CH-10412", "CH-10413"}
    assert run["bound"] == run["totals"]["levels"]


def test_the_points_of_the_proposals_add_up_to_the_plans(family: Service) -> None:
    run = family.post("/match-runs", {"as_of": "2026-09-02"}).json()
    assert sum(proposal["points"] for proposal in run["proposals"]) == run["totals"]["levels"]["points"]


def test_the_same_facts_give_the_same_plan(family: Service) -> None:
    first, again = (family.post("/match-runs", {"as_of": "2026-09-02"}).json() for _ in range(2))
    assert first["id"] != again["id"]
    same = ("pool_digest", "proposals", "totals", "bound", "rule_book_version")
    assert {name: first[name] for name in same} == {name: again[name] for name in same}


def test_a_plan_is_laid_beside_what_is_done_today(family: Service) -> None:
    run = family.post("/match-runs", {"as_of": "2026-09-02"}).json()
    ways = family.get(f"/match-runs/{run['id']}/comparison").json()["ways"]
    assert set(ways) == {"joint-plan", "first-come-first-served", "in-house-first"}
    assert ways["joint-plan"] == run["totals"]
    order = list(run["totals"]["levels"])
    best = [ways["joint-plan"]["levels"][level] for level in order]
    for way in ways.values():
        assert best <= [way["levels"][level] for level in order]


def test_an_exported_run_holds_all_it_read_and_no_name(family: Service) -> None:
    run = family.post("/match-runs", {"as_of": "2026-09-02"}).json()
    answer = family.get(f"/match-runs/{run['id']}/export", Role.AUDITOR)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/gzip"
    assert run["reference"] in answer.headers["content-disposition"]
    document = json.loads(gzip.decompress(answer.content))
    assert document["pool_digest"] == run["pool_digest"]
    assert document["certificate"]["proof"] == run["proof"]
    assert "stay with my sister" not in json.dumps(document)


def test_a_plan_with_a_fault_is_a_bug_and_is_never_stored(family: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match_runs, "faults", lambda *_: (PlanFault("made up"),))
    assert family.post("/match-runs", {"as_of": "2026-09-02"}).status_code == 500
    assert family.get("/match-runs").json()["items"] == []


def test_with_nobody_waiting_the_plan_is_empty(service: Service) -> None:
    run = service.post("/match-runs", {}).json()
    assert run["as_of"] == "2026-09-02"
    assert run["proposals"] == []
    assert run["totals"]["children"] == 0


def test_runs_are_listed_newest_first(family: Service) -> None:
    made = []
    for _ in range(3):
        made.append(family.post("/match-runs", {"as_of": "2026-09-02"}).json()["id"])
        family.clock.move(minutes=5)
    first = family.get("/match-runs?limit=2").json()
    second = family.get("/match-runs", params={"limit": 2, "after": first["next"]}).json()
    assert [run["id"] for run in first["items"] + second["items"]] == made[::-1]
    assert family.get("/match-runs?status=failed").json()["items"] == []


def test_a_run_that_is_not_there(sqlite_service: Service) -> None:
    for address in ("", "/comparison", "/export"):
        assert sqlite_service.get(f"/match-runs/{uuid4()}{address}").status_code == 404
