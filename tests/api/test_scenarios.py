"""What would be, over HTTP: scenarios kept in versions, tonight under up to four of them, studies and their tables."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import uuid4

import pytest

from app.api import examples
from app.api.examples_of_what_ifs import SURGE, TWENTY_HOUSEHOLDS
from matching.workflow.roles import Role
from tests.api.service import Service

DAY = "2026-09-02"
ONE_HOME = {"change": "add-homes", "count": 1, "kind": "fostering-mainstream", "beds": 2}


def close(ref: str) -> dict[str, Any]:
    return {"change": "close-homes", "which": {"homes": [ref]}}


@pytest.fixture
def near(family: Service) -> Service:
    """The family with one home that they could go to, and no other."""
    for ref in ("FH-0291", "FH-0305"):
        family.patch(f"/homes/{family.id(ref)}", {"availability": {"state": "suspended"}})
    body = {**examples.HOMES[0], "external_ref": "FH-1", "postcode": "NR5 8TA"}
    family.recorded["FH-1"] = family.post("/homes", body).json()
    return family


def run(service: Service, *scenarios: Any, role: Role = Role.COMMISSIONER, **more: Any) -> Any:
    body = {"scenarios": list(scenarios), "as_of": DAY, **more}
    answer = service.post("/scenarios/run", body, role)
    assert answer.status_code == 201, answer.text
    return answer.json()


def sides(told: Any) -> dict[str, Any]:
    return {side["name"]: side for side in told["compared"]["sides"]}


def test_a_scenario_without_changes_reproduces_the_plan_of_today_exactly(near: Service) -> None:
    told = sides(run(near, {"name": "As it is"}))
    today, same = told["Today"], told["As it is"]
    made = near.post("/match-runs", {"as_of": DAY}).json()
    assert same["pool_digest"] == today["pool_digest"] == made["pool_digest"]
    assert same["levels"] == today["levels"] == made["totals"]["levels"]
    assert same["children"] == today["children"]
    assert {child["child"]: child["home"] for child in same["children"]} == {
        one["child"]: one["home"] for one in made["proposals"]
    }
    assert today["sums"]["weekly_pence"] == made["totals"]["weekly_pence"]
    assert today["sums"]["sign_offs"] == made["totals"]["sign_offs"]
    assert today["sums"]["checks"] == made["totals"]["checks"]
    assert today["mean_miles"] == made["totals"]["mean_miles"]
    assert set(same["difference"].values()) == {0}


def test_closing_a_home_says_whom_it_costs_a_home(near: Service) -> None:
    told = sides(run(near, {"name": "FH-1 closes", "changes": [close("FH-1")]}))
    side = told["FH-1 closes"]
    assert side["against"]["lose_a_home"] == ["CH-10412", "CH-10413"]
    assert side["difference"]["placed"] == -2
    assert side["difference"]["weekly_pence"] == -told["Today"]["sums"]["weekly_pence"]


def test_scenarios_are_laid_side_by_side_and_put_together(near: Service) -> None:
    both = {"name": "Both", "changes": [close("FH-1"), ONE_HOME]}
    told = sides(run(near, {"name": "Closing", "changes": [close("FH-1")]}, both))
    assert list(told) == ["Today", "Closing", "Both"]
    assert told["Both"]["homes"] == told["Today"]["homes"] + 1


def test_the_same_question_has_the_same_answer_and_the_records_stay_as_they_are(near: Service) -> None:
    before = near.get("/homes?limit=100").json()
    first, second = (run(near, TWENTY_HOUSEHOLDS, SURGE)["compared"] for _ in range(2))
    assert {**first, "milliseconds": 0} == {**second, "milliseconds": 0}
    assert near.get("/homes?limit=100").json() == before
    other = run(near, SURGE, seed=2)["compared"]
    assert other["sides"][1]["pool_digest"] != first["sides"][2]["pool_digest"]


def test_money_adds_up_to_the_penny_however_it_is_split(near: Service) -> None:
    for side in sides(run(near, SURGE)).values():
        for split in ("by_age", "by_need", "by_area", "cells"):
            for name, total in side["sums"].items():
                assert sum(cell["sums"][name] for cell in side[split]) == total, (split, name)


def test_a_run_sent_again_is_kept_once(near: Service) -> None:
    body = {"scenarios": [TWENTY_HOUSEHOLDS], "as_of": DAY}
    first, second = (near.post("/scenarios/run", body, headers={"Idempotency-Key": "run-1"}) for _ in range(2))
    assert first.content == second.content
    assert second.headers["Idempotency-Replayed"] == "true"
    assert len(near.get("/studies").json()["items"]) == 1
    other = near.post("/scenarios/run", {**body, "seed": 9}, headers={"Idempotency-Key": "run-1"})
    assert other.status_code == 422


def test_a_run_is_kept_as_a_study_with_its_tables(near: Service) -> None:
    told = run(near, {"name": "=Closing", "changes": [close("FH-1")]})
    study = near.get(f"/studies/{told['study']}", Role.AUDITOR).json()
    assert study["answer"] == told["compared"]
    assert (study["status"], study["kind"]) == ("finished", "compare-scenarios")
    assert study["pool_digest"] == told["compared"]["sides"][0]["pool_digest"]
    assert study["tables"] == ["totals", "breakdown", "children", "gains"]
    for table in study["tables"]:
        answer = near.get(f"/studies/{told['study']}/tables/{table}")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows, table
        assert "'=Closing" in {row["scenario"] for row in rows}, "a spreadsheet takes no name for a formula"
    totals = near.get(f"/studies/{told['study']}/tables/totals").content.decode("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(totals)))
    assert int(first["weekly_pence"]) == told["compared"]["sides"][0]["sums"]["weekly_pence"]
    assert near.get(f"/studies/{told['study']}/tables/nothing").status_code == 404
    assert near.get(f"/studies/{uuid4()}").status_code == 404
    (listed,) = near.get("/studies?kind=compare-scenarios&status=finished").json()["items"]
    assert listed["id"] == told["study"]
    assert near.post(f"/studies/{told['study']}/stop", None).json()["status"] == "finished"


def test_a_scenario_is_kept_changed_and_taken_away(service: Service) -> None:
    made = service.post("/scenarios", TWENTY_HOUSEHOLDS, Role.COMMISSIONER)
    assert made.status_code == 201, made.text
    kept = made.json()
    at = f"/scenarios/{kept['id']}"
    assert made.headers["Location"] == f"/api/v1{at}"
    read = service.get(at, Role.AUDITOR)
    assert read.json() == kept
    assert read.headers["ETag"] == '"1"'
    again = {name: kept[name] for name in ("name", "says", "changes")}
    assert service.put(at, again, 1).json()["version"] == 1, "what is shown may be sent again, and changes nothing"
    changed = service.put(at, {**again, "says": "Other", "changes": SURGE["changes"]}, 1)
    assert changed.json()["version"] == 2
    assert service.put(at, again, 1).status_code == 412
    assert service.put(at, again, None).status_code == 428
    versions = service.get(f"{at}/versions").json()["items"]
    assert [one["version"] for one in versions] == [2, 1]
    assert versions[1]["changes"] == kept["changes"]
    assert [one["id"] for one in service.get("/scenarios").json()["items"]] == [kept["id"]]
    assert service.call("DELETE", at, headers={"If-Match": '"1"'}).status_code == 412
    assert service.call("DELETE", at, headers={"If-Match": '"2"'}).status_code == 204
    assert service.get(at).status_code == 404


def test_two_scenarios_have_two_names_and_one_sent_again_is_kept_once(sqlite_service: Service) -> None:
    first, second = (sqlite_service.post("/scenarios", SURGE, headers={"Idempotency-Key": "keep-1"}) for _ in range(2))
    assert first.json() == second.json()
    refused = sqlite_service.post("/scenarios", SURGE)
    assert refused.status_code == 409


def test_saved_and_ready_scenarios_are_run_by_their_ids(near: Service) -> None:
    kept = near.post("/scenarios", {"name": "Closing", "changes": [close("FH-1")]}).json()
    ready = near.get(f"/scenarios/ready?as_of={DAY}").json()
    assert "twenty-households" in [one["id"] for one in ready["items"]]
    assert all(one["source"] for one in ready["items"])
    told = sides(run(near, {"name": "Both", "saved": [kept["id"]], "ready": ["twenty-households"]}))
    assert told["Both"]["homes"] == told["Today"]["homes"] + 20
    missing = near.post("/scenarios/run", {"scenarios": [{"name": "None", "saved": [str(uuid4())]}]})
    assert missing.status_code == 404
    unknown = near.post("/scenarios/run", {"scenarios": [{"name": "None", "ready": ["tea"]}]})
    assert unknown.status_code == 422


@pytest.mark.parametrize(
    ("change", "pointer", "says"),
    [
        ({**ONE_HOME, "beds": -1}, "/scenarios/0/changes/0/beds", "too small"),
        ({**ONE_HOME, "beds": 0}, "/scenarios/0/changes/0/beds", "1 to 60"),
        ({**ONE_HOME, "place": "NR1 9ZZ"}, "/scenarios/0/changes/0/place", "not in the postcode directory"),
        ({**ONE_HOME, "place": "EH1 1YZ"}, "/scenarios/0/changes/0/place", "England"),
        ({**ONE_HOME, "count": 500}, "/scenarios/0/changes/0/count", "Are you sure?"),
        ({"change": "change-demand", "per_mille_a_year": 4_000}, "/scenarios/0/changes/0/per_mille_a_year", "400 %"),
        (close("FH-9999"), "/scenarios/0/changes/0/which/homes/0", "no such home"),
        ({"change": "make-tea"}, "/scenarios/0/changes/0", ""),
        ({"change": "change-beds", "which": {"homes": ["FH-1"]}, "by": -9}, "/scenarios/0/changes/0/by", "negative"),
        ({**ONE_HOME, "area": "E06000001"}, "/scenarios/0/changes/0/area", "Nothing on record"),
    ],
)
def test_nonsense_is_refused_by_field_with_a_remedy(near: Service, change: Any, pointer: str, says: str) -> None:
    answer = near.post("/scenarios/run", {"scenarios": [{"name": "Nonsense", "changes": [change]}], "as_of": DAY})
    assert answer.status_code == 422, answer.text
    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == pointer
    assert says in fault["detail"]
    assert near.get("/studies").json()["items"] == [], "nothing is kept of what was refused"


def test_what_is_confirmed_is_taken(near: Service) -> None:
    growth = {"change": "change-demand", "per_mille_a_year": 4_000, "confirmed": True}
    told = sides(run(near, {"name": "Growth", "changes": [growth]}))
    assert told["Growth"]["sums"]["children"] == 5 * told["Today"]["sums"]["children"]


def test_contradictions_and_too_many_are_refused(near: Service) -> None:
    twice = {"name": "Twice", "changes": [close("FH-1"), close("FH-1")]}
    answer = near.post("/scenarios/run", {"scenarios": [twice], "as_of": DAY})
    assert answer.status_code == 422
    assert "contradicts change 1" in answer.json()["errors"][0]["detail"]
    five = [{"name": str(number)} for number in range(5)]
    assert near.post("/scenarios/run", {"scenarios": five}).status_code == 422
    assert near.post("/scenarios/run", {"scenarios": []}).status_code == 422
    assert near.post("/scenarios/run", {"scenarios": [{"name": "A"}, {"name": "A"}]}).status_code == 422


def test_what_would_be_is_for_those_who_plan(near: Service) -> None:
    body = {"scenarios": [{"name": "A"}], "as_of": DAY}
    assert near.post("/scenarios/run", body, Role.SOCIAL_WORKER).status_code == 403
    assert near.post("/scenarios", SURGE, Role.AUDITOR).status_code == 403
    assert near.get("/scenarios", Role.SOCIAL_WORKER).status_code == 403


def test_asking_what_would_be_leaves_audit_events(near: Service) -> None:
    told = run(near, {"name": "A"})
    near.get(f"/studies/{told['study']}")
    with near.store.reading(near.authority) as work:
        actions = [event.action for event in work.audit.events()][-2:]
    assert actions == ["run-scenarios", "read-study"]
