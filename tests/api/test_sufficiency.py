"""What is enough, over HTTP: measures, beds, gaps, costs and the years ahead of the made-up county."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.api.examples_of_what_ifs import AHEAD, SURGE, TWENTY_HOUSEHOLDS
from app.cli.made_up import made_up_county
from app.main import create_office
from app.services.scenarios import long_work
from app.settings import Settings
from matching.codes.ssda903 import CollectionYear
from matching.sufficiency.measures.book import MEASURES
from matching.workflow.roles import Role
from tests.api.service import _GAZETTEER, NOW, Service, act, running, serving
from tests.databases import SqliteDatabases
from tests.spec.sufficiency.invented_histories import a_child

DAY = "2026-09-02"


@pytest.fixture(scope="module")
def county(sqlite_databases: SqliteDatabases) -> Iterator[Service]:
    """The made-up county, as at a day; nothing here changes it but studies and audit events."""
    with sqlite_databases.migrated() as url:
        office = create_office(Settings(database_url=url))
        made_up_county(office.store, _GAZETTEER, NOW.date())
        office.store.close()
        with serving(url) as service:
            yield service


@pytest.fixture
def empty(database_url: str) -> Iterator[Service]:
    """Nothing on record, on SQLite and on PostgreSQL."""
    with running(database_url) as service:
        yield service


def rows(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def put_return(service: Service, year: int) -> None:
    """One collection year of a child a fortnight who stays for a year and a half."""
    first, last = date(year, 4, 1), date(year + 1, 3, 31)
    children = []
    for number in range(130):
        came = date(2021, 4, 5) + timedelta(days=14 * number)
        left = came + timedelta(days=540)
        if came <= last and left > first:
            told = left if left <= last else None
            children.append(a_child(number, date(2012, 1, 1) + timedelta(days=30 * number), ("U6", came, told)))
    with service.store.writing(service.authority) as work:
        work.care_histories.put(CollectionYear(year), children, f"{year:064}", {}, act("load-return"))


def ahead(service: Service, role: Role = Role.COMMISSIONER, **body: Any) -> Any:
    answer = service.post("/sufficiency/ahead", {"as_of": DAY, "replicates": 50, "years": 1, **body}, role)
    assert answer.status_code == 201, answer.text
    return answer.json()


# --- measures -----------------------------------------------------------------------------------------


def test_every_measure_is_told_by_month_or_says_why_not(county: Service) -> None:
    answer = county.get("/sufficiency/measures?months=3", Role.COMMISSIONER)
    assert answer.status_code == 200, answer.text
    told = {one["id"]: one for one in answer.json()["measures"]}
    assert list(told) == [measure.id for measure in MEASURES]
    for one in told.values():
        assert [month["month"] for month in one["months"]] == ["2026-07", "2026-08", "2026-09"]
        assert all(m["value"]["number"] is not None or m["value"]["note"] for m in one["months"])
    assert told["carers.staying-put"]["months"][2]["value"]["number"] == 71
    assert told["children.rate"]["months"][2]["value"]["number"] is None


def test_a_rate_is_told_when_the_population_is_given(county: Service) -> None:
    answer = county.get("/sufficiency/measures?months=1&population=167000", Role.COMMISSIONER).json()
    told = {one["id"]: one["months"][0]["value"] for one in answer["measures"]}
    assert told["children.rate"]["of"] == 167_000
    assert 55 < told["children.rate"]["number"] < 70


def test_returns_that_nobody_read_in_are_asked_for_in_vain(county: Service) -> None:
    answer = county.get("/sufficiency/measures?source=returns", Role.COMMISSIONER)
    assert answer.status_code == 409
    assert "No statutory return is on record" in answer.json()["detail"]
    again = county.post("/sufficiency/ahead", {"as_of": DAY, "assumed": {"basis": "returns"}}, Role.COMMISSIONER)
    assert again.status_code == 409
    assert county.get("/sufficiency/back-test", Role.COMMISSIONER).status_code == 409


def test_returns_that_were_read_in_tell_measures_rates_and_by_how_much_forecasts_erred(database_url: str) -> None:
    with running(database_url) as service:
        for year in (2022, 2023, 2024, 2025):
            put_return(service, year)
        told = service.get("/sufficiency/measures?source=returns&months=2&as_of=2026-03-31", Role.COMMISSIONER).json()
        assert (told["known_from"], told["known_until"]) == ("2022-04-01", "2026-03-31")
        values = {one["id"]: one["months"][1]["value"]["number"] for one in told["measures"]}
        assert values["children.looked-after"] > 0
        assert values["beds.pace-tonight"] is None
        tested = service.get("/sufficiency/back-test", Role.AUDITOR)
        assert tested.status_code == 200, tested.text
        assert tested.json()["years"][0]["first"] == "2023-04-01"
        assert tested.json()["mean_absolute_error"] >= 0


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/sufficiency/measures?months=0", "months"),
        ("/sufficiency/measures?months=61", "months"),
        ("/sufficiency/measures?source=guess", "source"),
        ("/sufficiency/measures?population=-1", "population"),
        ("/sufficiency/occupancy?weeks=105", "weeks"),
        ("/sufficiency/gaps?as_of=2010-01-01", "as_of"),
        ("/sufficiency/tables/secrets", "table"),
    ],
)
def test_what_cannot_be_asked_names_the_field(county: Service, path: str, field: str) -> None:
    answer = county.get(path, Role.COMMISSIONER)
    assert answer.status_code == 422, answer.text
    assert field in answer.json()["errors"][0]["pointer"]


# --- tables -------------------------------------------------------------------------------------------


def test_beds_tonight_name_zero_cover(county: Service) -> None:
    told = county.get(f"/sufficiency/beds-tonight?as_of={DAY}", Role.PLACEMENTS).json()
    assert {one["purpose"] for one in told["kept"]} == {
        "emergency",
        "pace",
        "remand",
        "parent-and-child",
        "uasc-arrival",
    }
    assert all(one["zero_cover"] == (one["beds"] == 0) for one in told["kept"])
    assert len(told["ordinary"]) == 30


def test_occupancy_is_told_for_own_homes_or_for_all(county: Service) -> None:
    own = county.get("/sufficiency/occupancy?weeks=2", Role.COMMISSIONER).json()
    every = county.get("/sufficiency/occupancy?weeks=2&own_only=false", Role.COMMISSIONER).json()
    assert len(own["homes"]) < len(every["homes"])
    assert all(len(home["weeks"]) == 2 for home in own["homes"])


def test_the_gap_table_says_what_to_do(county: Service) -> None:
    told = county.get("/sufficiency/gaps", Role.COMMISSIONER).json()
    gaps = {one["group"]: one for one in told["groups"]}
    assert gaps["everybody"]["demand"] == 48
    assert gaps["complex"]["gap"] > 0
    assert gaps["complex"]["action"]


def test_reading_needs_against_cost_leaves_an_audit_event(county: Service) -> None:
    told = county.get("/sufficiency/needs-and-cost", Role.COMMISSIONER).json()
    assert {one["outlier"] for one in told["children"]} >= {None, "dearer"}
    with county.store.reading(county.authority) as work:
        assert any(one.action == "read-needs-and-cost" for one in work.audit.events(limit=500))


@pytest.mark.parametrize("table", ["measures", "beds-tonight", "occupancy", "gaps", "needs-and-cost"])
def test_every_table_can_be_had_as_csv(county: Service, table: str) -> None:
    found = rows(county.get(f"/sufficiency/tables/{table}?months=2&weeks=1", Role.AUDITOR))
    assert len(found) >= 12
    assert all(None not in row for row in found)


def test_an_authority_without_records_is_told_so_and_nothing_breaks(empty: Service) -> None:
    told = empty.get("/sufficiency/measures?months=1", Role.COMMISSIONER).json()
    assert all(one["months"][0]["value"]["number"] in (None, 0) for one in told["measures"])
    for path in ("beds-tonight", "occupancy", "gaps", "needs-and-cost"):
        assert empty.get(f"/sufficiency/{path}", Role.COMMISSIONER).status_code == 200
    answer = empty.post("/sufficiency/ahead", {}, Role.COMMISSIONER)
    assert answer.status_code == 422
    assert "days of history" in answer.json()["errors"][0]["detail"]


# --- the years ahead ----------------------------------------------------------------------------------


def test_scenarios_are_laid_beside_today_s_course_under_the_same_luck(county: Service) -> None:
    told = ahead(county, scenarios=[{"name": "As it is"}, TWENTY_HOUSEHOLDS])["ahead"]
    today, same, more = told["sides"]
    assert [side["name"] for side in told["sides"]] == ["Today's course", "As it is", TWENTY_HOUSEHOLDS["name"]]
    assert today["difference"] is None
    assert same["outlook"] == today["outlook"]
    assert same["difference"]["expected_cost"] == 0
    assert more["difference"]["expected_cost"] < 0
    own = next(one["own"] for one in more["difference"]["kinds"] if one["kind"] == "fostering")
    assert own["mean"] > 3


def test_the_same_question_has_the_same_answer(county: Service) -> None:
    one, other = (ahead(county, seed=7)["ahead"] for _ in range(2))
    for told in (one, other):
        told.pop("milliseconds")
    assert one == other
    assert ahead(county, seed=8)["ahead"]["sides"] != one["sides"]


def test_money_adds_up_to_the_penny(county: Service) -> None:
    outlook = ahead(county, years=2, assumed={"inflation_per_mille": 30})["ahead"]["sides"][0]["outlook"]
    assert sum(part["pence"] for part in outlook["costs"]) == outlook["expected_cost"]
    assert sum(year["expected"] for year in outlook["years"]) == outlook["expected_cost"]


def test_it_is_kept_as_a_study_with_its_tables(county: Service) -> None:
    told = ahead(county, scenarios=[SURGE], targets=[{"aim": "cost", "at_most": 10_000_000_000}])
    study = county.get(f"/studies/{told['study']}", Role.AUDITOR).json()
    assert (study["kind"], study["status"]) == ("look-ahead", "finished")
    assert study["answer"] == told["ahead"]
    assert study["pool_digest"] == told["ahead"]["pool_digest"]
    assert study["asked"]["seed"] == told["ahead"]["seed"]
    for table in study["tables"]:
        found = rows(county.get(f"/studies/{told['study']}/tables/{table}", Role.AUDITOR))
        assert found or table == "matched", table  # nobody asked for snapshots
    assert told["ahead"]["sides"][0]["outlook"]["targets"][0]["chance"] == 1.0


def test_a_request_sent_again_is_worked_out_once(county: Service) -> None:
    body = {"as_of": DAY, "years": 1, "replicates": 50}
    first, again = (
        county.post("/sufficiency/ahead", body, Role.COMMISSIONER, headers={"Idempotency-Key": "one"}) for _ in range(2)
    )
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"


def test_the_example_of_the_description_is_answered(county: Service) -> None:
    body = AHEAD["twenty-households"]["value"]
    told = county.post("/sufficiency/ahead", {**body, "as_of": DAY, "years": 1}, Role.COMMISSIONER)
    assert told.status_code == 201, told.text
    target = told.json()["ahead"]["sides"][0]["outlook"]["targets"][0]
    assert target["chance"] is None  # its second year is not looked at


def test_a_question_with_snapshots_is_a_study_that_a_worker_works_out(county: Service) -> None:
    body = {"as_of": DAY, "years": 1, "replicates": 50, "snapshots": 1, "scenarios": [TWENTY_HOUSEHOLDS]}
    answer = county.post("/studies/look-ahead", body, Role.COMMISSIONER)
    assert answer.status_code == 202, answer.text
    study = answer.json()
    assert (study["status"], study["answer"]) == ("queued", None)
    long_work.work_out(county.office, county.authority, UUID(study["id"]))
    done = county.get(f"/studies/{study['id']}", Role.COMMISSIONER).json()
    assert done["status"] == "finished", done["failure"]
    assert done["progress"]["of"] > 0
    today, more = done["answer"]["sides"]
    assert today["matched"][0]["snapshots"] == 4
    assert today["matched"][0]["unplaced"]["mean"] >= today["matched"][0]["unplaced_by_count"]["mean"]
    assert more["difference"]["expected_cost"] < 0
    found = rows(county.get(f"/studies/{study['id']}/tables/matched", Role.AUDITOR))
    assert [row["scenario"] for row in found] == ["Today's course", TWENTY_HOUSEHOLDS["name"]]


def test_a_question_that_cannot_be_is_refused_before_anybody_waits_for_it(county: Service) -> None:
    closing = {"name": "x", "changes": [{"change": "close-homes", "which": {"homes": ["nowhere"]}}]}
    answer = county.post("/studies/look-ahead", {"as_of": DAY, "scenarios": [closing]}, Role.COMMISSIONER)
    assert answer.status_code in (404, 422)
    late = county.post("/studies/look-ahead", {"as_of": DAY, "snapshots": 9}, Role.COMMISSIONER)
    assert late.status_code == 422


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"years": 6}, "/years"),
        ({"replicates": 10}, "/replicates"),
        ({"replicates": 5_000}, "/replicates"),
        ({"years": 5, "replicates": 1_000, "scenarios": [{"name": "x"}]}, "/replicates"),
        ({"targets": [{"aim": "cost"}]}, "/targets/0/at_most"),
        ({"targets": [{"aim": "cost", "at_most": 1, "year": 9}]}, "/targets/0/year"),
        ({"assumed": {"leave_per_mille": 1_000}}, "/assumed/leave_per_mille"),
        ({"scenarios": [{"name": "x", "changes": [{"change": "add-homes", "count": -1, "kind": "secure"}]}]}, "/scenarios/0/changes/0/count"),
        ({"scenarios": [{"name": "x", "changes": [{"change": "change-demand", "per_mille_a_year": 4_000}]}]}, "/scenarios/0/changes/0/per_mille_a_year"),
        ({"scenarios": [{"name": "x"}, {"name": "x"}]}, "/scenarios"),
        ({"scenarios": [{"name": "x", "changes": [{"change": "close-homes", "which": {"homes": ["nowhere"]}}]}]}, "/scenarios/0/changes/0/which/homes"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_by_field_and_nothing_is_kept(county: Service, body: dict[str, Any], pointer: str) -> None:
    before = len(county.get("/studies?limit=100", Role.ADMIN).json()["items"])
    answer = county.post("/sufficiency/ahead", {"as_of": DAY, **body}, Role.COMMISSIONER)
    assert answer.status_code in (404, 422), answer.text
    assert any(one["pointer"].startswith(pointer) for one in answer.json()["errors"]), answer.text
    assert len(county.get("/studies?limit=100", Role.ADMIN).json()["items"]) == before


def test_social_workers_may_not_ask_and_auditors_ask_for_nothing_new(county: Service) -> None:
    assert county.get("/sufficiency/measures", Role.SOCIAL_WORKER).status_code == 403
    assert county.post("/sufficiency/ahead", {}, Role.AUDITOR).status_code == 403
