"""What an authority decides: its policy, its own values, and its framework of needs."""

from __future__ import annotations

from app.api import examples
from tests.api.service import Service


def test_the_balanced_preset_is_in_force_until_a_policy_is_adopted(service: Service) -> None:
    known = service.get("/policies").json()
    assert known["in_force"]["name"] == "balanced"
    assert {preset["name"] for preset in known["presets"]} == {"child-first", "balanced", "cost-aware"}
    assert known["history"] == []
    assert service.get("/policies/in-force").headers["etag"] == '"0"'


def test_a_policy_is_adopted_under_the_next_version_and_the_earlier_ones_are_kept(service: Service) -> None:
    first = service.put("/policies/in-force", examples.POLICY, 0)
    assert first.status_code == 200, first.text
    assert first.json()["version"] == 1
    assert service.put("/policies/in-force", examples.POLICY, 0).status_code == 412
    assert service.put("/policies/in-force", examples.POLICY, None).status_code == 428
    heavier = {**examples.POLICY, "weights": {"cost": 900}}
    assert service.put("/policies/in-force", heavier, 1).json()["version"] == 2
    history = service.get("/policies").json()["history"]
    assert [policy["version"] for policy in history] == [2, 1]


def test_plans_are_made_by_the_policy_in_force(family: Service) -> None:
    family.put("/policies/in-force", examples.POLICY, 0)
    run = family.post("/match-runs", {"as_of": "2026-09-02"}).json()
    assert run["policy"]["name"] == "closer-to-home"


def test_a_weight_that_cannot_be(sqlite_service: Service) -> None:
    for weights, pointer in (
        ({"cost": 1_001}, "/weights/cost"),
        ({"luck": 1}, "/weights/luck"),
        ({"cost": True}, "/weights/cost"),
    ):
        answer = sqlite_service.put("/policies/in-force", {**examples.POLICY, "weights": weights}, 0)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_policy_weighs_every_role_that_may_have_to_agree(sqlite_service: Service) -> None:
    answer = sqlite_service.put("/policies/in-force", {**examples.POLICY, "gravity": {"team-manager": 1}}, 0)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/gravity"
    assert "fostering-panel" in answer.json()["errors"][0]["detail"]


def test_an_authority_sets_what_policy_leaves_to_it_and_not_what_the_law_sets(service: Service) -> None:
    before = service.get("/parameters")
    version = int(before.headers["etag"].strip('"'))
    done = service.put("/parameters", examples.PARAMETERS, version)
    assert done.status_code == 200, done.text
    told = {item["name"]: item for item in done.json()["items"]}
    assert (told["confirmed_within_days"]["value"], told["confirmed_within_days"]["default"]) == (7, 14)
    assert told["usual_fostering_limit"]["may_be_set"] is False
    assert service.put("/parameters", examples.PARAMETERS, version).status_code == 412
    for own, word in (
        ({"usual_fostering_limit": 5}, "set by law"),
        ({"nonsense": 1}, "no such parameter"),
        ({"confirmed_within_days": 0}, "outside its limits"),
    ):
        answer = service.put("/parameters", {"own": own}, version + 1)
        assert answer.status_code == 422, answer.text
        assert word in answer.json()["errors"][0]["detail"]
        assert answer.json()["errors"][0]["pointer"] == f"/own/{next(iter(own))}"


def test_a_framework_is_recorded_once_used_and_never_changed(service: Service) -> None:
    made = service.post("/frameworks", examples.FRAMEWORK)
    assert made.status_code == 201, made.text
    assert service.post("/frameworks", examples.FRAMEWORK).status_code == 200
    assert service.post("/frameworks", {**examples.FRAMEWORK, "name": "Another"}).status_code == 409
    where = f"/frameworks/{made.json()['id']}"
    assert service.get(where).json()["in_use"] is False
    assert service.call("PUT", f"{where}/use").json()["in_use"] is True
    used = {one["code"]: one["in_use"] for one in service.get("/frameworks").json()["items"]}
    assert used == {"county": True, "default": False}


def test_a_framework_that_cannot_be(sqlite_service: Service) -> None:
    bands = {"universal": 0, "additional": 9, "high": 8, "complex": 12}
    answer = sqlite_service.post("/frameworks", {**examples.FRAMEWORK, "band_starts": bands})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/band_starts"
    short = {**examples.FRAMEWORK["domains"][0], "descriptors": ["None."]}
    answer = sqlite_service.post("/frameworks", {**examples.FRAMEWORK, "domains": [short]})
    assert answer.json()["errors"][0]["pointer"] == "/domains/0/descriptors"


def test_the_rule_book_is_read_with_the_values_in_force(service: Service) -> None:
    book = service.get("/rules").json()
    assert len(book["items"]) > 30
    limit = next(rule for rule in book["items"] if rule["id"] == "limit.usual-fostering")
    assert limit["parameters"] == {"usual_fostering_limit": 3}
    assert limit["sources"][0]["checked"] in {True, False}
    assert service.get("/rules/limit.usual-fostering").json() == limit
    assert service.get("/rules/no.such").status_code == 404
    for rule in book["items"]:
        assert rule["says"]
        assert rule["not_met"]
        assert rule["sources"]
