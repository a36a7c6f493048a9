"""Questions that take long, over HTTP: asked, worked out, followed, stopped and answered; and who could step down."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID

import pytest

from app.api import examples, examples_of_what_ifs
from app.services.scenarios import cheapest, long_work
from matching.workflow.roles import Role
from solver.cheapest_homes import Stopped
from tests.api.service import Service
from tests.api.test_scenarios import DAY, ONE_HOME, close

OFFER = {"name": "a household for two", "adding": {**ONE_HOME, "count": 3, "place": "NR5 8TA"}, "weekly": 84_000}


@pytest.fixture
def near(sqlite_family: Service) -> Service:
    """The family, with no home that they could go to."""
    for ref in ("FH-0291", "FH-0305"):
        sqlite_family.patch(f"/homes/{sqlite_family.id(ref)}", {"availability": {"state": "suspended"}})
    return sqlite_family


def asked(service: Service, what: str, body: Any = None, status: int = 202, **more: Any) -> Any:
    answer = service.post(f"/studies/{what}", {"as_of": DAY, **(body or {})}, Role.COMMISSIONER, **more)
    assert answer.status_code == status, answer.text
    return answer.json()


def worked_out(service: Service, study: Any) -> Any:
    long_work.work_out(service.office, service.authority, UUID(study["id"]))
    return service.get(f"/studies/{study['id']}").json()


def rows(service: Service, study: Any, table: str) -> list[dict[str, str]]:
    answer = service.get(f"/studies/{study['id']}/tables/{table}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_cheapest_homes_for_a_level_are_found_and_said_in_plain_words(near: Service) -> None:
    study = asked(near, "cheapest-homes", {"offers": [OFFER], "level": {"placed_per_cent": 100}})
    assert (study["status"], study["answer"]) == ("queued", None)
    done = worked_out(near, study)
    assert done["status"] == "finished", done["failure"]
    answer = done["answer"]
    assert answer["reached"] is True
    assert answer["today"]["placed"] == 0
    assert answer["best"]["homes"] == [{"name": "a household for two", "count": 1, "weekly_pence": 84_000}]
    assert (answer["best"]["placed"], answer["best"]["cheapest"]) == (2, True)
    assert answer["best"]["yearly_pence"] == 52 * 84_000
    assert "£840 a week" in answer["says"]
    assert "2 of 2 children" in answer["says"]
    assert [point["weekly_pence"] for point in answer["curve"]] == [0, 84_000]
    assert [row["homes"] for row in rows(near, study, "curve")] == ["", "1 x a household for two"]
    assert rows(near, study, "levels")[-1]["cheapest"] == "yes"


def test_a_level_that_no_homes_reach_is_said_to_be_out_of_reach(near: Service) -> None:
    baby = {**OFFER, "adding": {**ONE_HOME, "ages": {"youngest": 0, "oldest": 0}}}
    study = asked(near, "cheapest-homes", {"offers": [baby], "level": {"placed_per_cent": 100}})
    answer = worked_out(near, study)["answer"]
    assert (answer["reached"], answer["out_of_reach"]) == (False, True)
    assert "proved" in answer["says"]


def test_bed_prices_are_a_ranked_list_with_intervals(near: Service) -> None:
    baby = {"name": "for babies", "adding": {**ONE_HOME, "ages": {"youngest": 0, "oldest": 0}}, "weekly": 42_000}
    study = asked(near, "bed-prices", {"offers": [baby, OFFER], "days": 3})
    answer = worked_out(near, study)["answer"]
    first, last = answer["items"]
    assert (first["name"], first["rank"], last["name"]) == ("a household for two", 1, "for babies")
    assert first["placed"]["mean"] > 0
    assert first["placed"]["low"] <= first["placed"]["mean"] <= first["placed"]["high"]
    assert (last["days_used"], last["placed"]["mean"]) == (0, 0)
    assert "would not have been used" in last["says"]
    assert [row["name"] for row in rows(near, study, "prices")] == ["a household for two", "for babies"]
    again = worked_out(near, asked(near, "bed-prices", {"offers": [baby, OFFER], "days": 3}))
    assert again["answer"] == answer, "the same question on the same records has the same answer"


def test_the_usual_homes_are_offered_when_nobody_says_which(near: Service) -> None:
    answer = worked_out(near, asked(near, "bed-prices", {"days": 2}))["answer"]
    assert len(answer["items"]) > 10
    assert [one["rank"] for one in answer["items"]] == list(range(1, len(answer["items"]) + 1))
    assert {one["kind"] for one in answer["items"]} >= {"fostering-mainstream", "childrens-home", "supported-lodgings"}


def test_a_study_says_how_far_it_has_come_and_stops_when_asked(near: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    study = asked(near, "cheapest-homes", {"offers": [OFFER]})
    at = f"/studies/{study['id']}"
    seen = []

    def slow(_: Any, __: Any, ___: Any, progress: Any) -> Any:
        near.clock.move(seconds=1)
        progress(1, 4, "Trying combinations")
        seen.append(near.get(at).json()["progress"])
        seen.append(near.post(f"{at}/stop", None).json()["status"])
        near.clock.move(seconds=1)
        progress(2, 4, "Trying more")
        raise AssertionError("it should have stopped")

    monkeypatch.setattr(long_work, "KINDS", {cheapest.KIND: slow})
    assert worked_out(near, study)["status"] == "cancelled"
    assert seen == [{"done": 1, "of": 4, "says": "Trying combinations"}, "running"]
    assert near.get(f"{at}/tables/curve").status_code == 409, "it has no answer to give"
    assert worked_out(near, study)["status"] == "cancelled", "and is not begun again"


def test_a_study_that_waits_is_stopped_at_once(near: Service) -> None:
    study = asked(near, "bed-prices")
    assert near.post(f"/studies/{study['id']}/stop", None).json()["status"] == "cancelled"
    assert worked_out(near, study)["status"] == "cancelled"


def test_a_study_begun_again_after_its_worker_was_killed_ends_as_if_nothing_had_been(near: Service) -> None:
    study = asked(near, "cheapest-homes", {"offers": [OFFER]})
    with near.store.writing(near.authority) as work:
        work.studies.begin(UUID(study["id"]), near.clock())
    assert worked_out(near, study)["status"] == "finished"


def test_a_study_whose_question_no_longer_fits_the_records_fails_in_plain_words(
    near: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = asked(near, "cheapest-homes", {"offers": [OFFER], "changes": [close("FH-0305")]})
    monkeypatch.setattr(long_work, "KINDS", {cheapest.KIND: lambda *_: 1 / 0})
    failed = worked_out(near, study)
    assert failed["status"] == "failed"
    assert "fault of the service" in failed["failure"]


def test_stopping_is_no_failure() -> None:
    assert not issubclass(Stopped, ValueError)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"offers": [{**OFFER, "adding": {**ONE_HOME, "count": 50}}]}, "/offers/0/adding/count"),
        ({"offers": [{**OFFER, "adding": {**ONE_HOME, "kind": "staying-put"}}]}, "/changes/0/kind"),
        ({"offers": [{**OFFER, "weekly": -1}]}, "/offers/0/weekly"),
        ({"days": 1}, "/days"),
    ],
)
def test_nonsense_is_refused_before_anybody_waits(near: Service, body: Any, pointer: str) -> None:
    refused = near.post("/studies/bed-prices", {"as_of": DAY, **body})
    assert refused.status_code == 422
    assert [fault["pointer"] for fault in refused.json()["errors"]] == [pointer]
    assert near.get("/studies").json()["items"] == []


def test_a_question_sent_again_is_asked_once(near: Service) -> None:
    first, second = (asked(near, "bed-prices", headers={"Idempotency-Key": "ask-1"}) for _ in range(2))
    assert first == second
    assert len(near.get("/studies").json()["items"]) == 1


def test_who_could_step_down_is_told_with_reasons_and_what_it_saves(near: Service) -> None:
    purposes = [{"period": {"starts": "2020-01-01"}, "ages": {"youngest": 5, "oldest": 17}, "number": 4}]
    body = {
        **examples.HOMES[0],
        "external_ref": "CH-1",
        "kind": "childrens-home",
        "approvals": [],
        "purposes": purposes,
        "postcode": "NR5 8TA",
    }
    near.recorded["CH-1"] = near.post("/homes", body).json()
    near.recorded["FH-1"] = near.post("/homes", {**examples.HOMES[0], "external_ref": "FH-1"}).json()
    child = near.post("/children", {**examples.CHILDREN[0], "external_ref": "CH-9"}).json()
    near.recorded["CH-9"] = child
    profile = {**examples.PROFILES[0], "external_ref": "NP-9", "child": child["id"]}
    assert near.post("/needs-profiles", profile).status_code == 201
    placement = {
        **examples.PLACEMENTS[0],
        "external_ref": "PL-9",
        "child": child["id"],
        "home": near.recorded["CH-1"]["id"],
    }
    placement |= {"state": "started", "starts": "2026-01-05", "planned_end": None}
    assert near.post("/placements", placement).status_code == 201
    told = near.post(f"/studies/step-down?as_of={DAY}", None, Role.COMMISSIONER)
    assert told.status_code == 201, told.text
    answer = told.json()["answer"]
    assert answer["looked_at"] == 1
    (one,) = answer["children"]
    assert (one["child"], one["lives_in"]) == ("CH-9", "CH-1")
    assert one["matches"] or one["nearest"] or one["summary"]
    study = {"id": told.json()["study"]}
    assert rows(near, study, "step-down")[0]["child"] == "CH-9"
    near.get(f"/studies/{study['id']}/tables/outgrown")


def test_questions_are_for_those_who_plan(near: Service) -> None:
    for what in ("bed-prices", "cheapest-homes", "step-down"):
        assert near.post(f"/studies/{what}", {}, Role.SOCIAL_WORKER).status_code == 403
        assert near.post(f"/studies/{what}", {}, Role.AUDITOR).status_code == 403


def test_the_examples_of_the_description_can_be_sent_as_they_stand(near: Service) -> None:
    for path, bodies in (
        ("/studies/bed-prices", examples_of_what_ifs.BED_PRICES),
        ("/studies/cheapest-homes", examples_of_what_ifs.CHEAPEST),
        ("/scenarios", examples_of_what_ifs.SCENARIOS),
        ("/scenarios/run", examples_of_what_ifs.RUNS),
    ):
        for example in bodies.values():
            answer = near.post(path, example["value"])
            assert answer.status_code in (201, 202), answer.text


def test_a_sweep_asks_for_each_scenario_by_itself_and_gives_what_running_it_gives(near: Service) -> None:
    homes = [{"name": f"{count} more", "changes": [{**ONE_HOME, "count": count}]} for count in (1, 2, 3)]
    studies = asked(near, "scenarios", {"scenarios": homes})["items"]
    assert [study["asked"]["scenarios"][0]["name"] for study in studies] == ["1 more", "2 more", "3 more"]
    assert {(study["kind"], study["status"]) for study in studies} == {("compare-scenarios", "queued")}
    done = worked_out(near, studies[1])
    run = near.post("/scenarios/run", {"as_of": DAY, "scenarios": [homes[1]]}, Role.COMMISSIONER).json()["compared"]
    assert done["answer"] == {**run, "milliseconds": done["answer"]["milliseconds"]}
    assert done["pool_digest"] == run["sides"][0]["pool_digest"]
    assert "totals" in done["tables"]


def test_a_sweep_with_one_scenario_that_cannot_be_asks_for_none(near: Service) -> None:
    wrong = {"name": "fewer", "changes": [{"change": "change-beds", "which": {"homes": ["FH-0291"]}, "by": -9}]}
    problem = asked(near, "scenarios", {"scenarios": [{"name": "as it is"}, wrong]}, status=422)
    (error,) = problem["errors"]
    assert error["pointer"] == "/scenarios/1/changes/0/by"
    assert near.get("/studies").json()["items"] == []
    many = [{"name": f"{number}"} for number in range(101)]
    assert asked(near, "scenarios", {"scenarios": many}, status=422)["errors"][0]["pointer"] == "/scenarios"
    assert near.post("/studies/scenarios", {"scenarios": many[:1]}, Role.SOCIAL_WORKER).status_code == 403
