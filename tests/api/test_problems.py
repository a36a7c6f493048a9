"""Bad input and trouble: each has a plain answer that names the field and the remedy and repeats nothing it was sent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app import problem_details
from app.api import examples
from matching.errors import DomainError
from tests.api.service import CAMBRIDGESHIRE, Service, running

CHILD, HOME = examples.CHILDREN[0], examples.HOMES[0]
REFERRAL, GROUP = examples.REFERRALS[0], examples.SIBLING_GROUPS[0]


def kinds(of: type[DomainError] = DomainError) -> list[type[DomainError]]:
    """Every kind of error a person can put right."""
    return [of, *(kind for child in of.__subclasses__() for kind in kinds(child))]


def test_every_domain_error_has_a_status() -> None:
    assert len(kinds()) > 20
    for kind in kinds():
        assert problem_details.status_of(kind) in problem_details.TITLES


def refused(answer: Any, status: int, pointer: str, *words: str) -> None:
    """The answer is a problem at a place, in words that tell what to do."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["instance"] == answer.headers["x-request-id"]
    told = {at["pointer"]: at["detail"] for at in problem["errors"]}
    assert pointer in told, problem
    for word in words:
        assert word in told[pointer], told[pointer]


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"sex": "girl"}, "/sex", "'M', 'F'"),
        ({"legal_status": "C9"}, "/legal_status", "'C1'"),
        ({"born": "2026-09-03"}, "/born", "up to today"),
        ({"born": "1980-01-01"}, "/born", "over 25"),
        ({"born": "2021-02-30"}, "/born", "no such day"),
        ({"born": "01/02/2021"}, "/born", "2026-09-01"),
        ({"born": 1614556800}, "/born", "2026-09-01"),
        ({"in_care_since": "2020-01-01"}, "/in_care_since", "from the date of birth"),
        ({"uasc": 1}, "/uasc", "true or false"),
        ({"uasc": "no"}, "/uasc", "true or false"),
        ({"languages": ["english"]}, "/languages/0", "at most 3"),
        ({"languages": "en"}, "/languages", "list"),
        ({"nickname": "Sam"}, "/nickname", "no such field"),
        ({"external_ref": ""}, "/external_ref", "at least 1"),
        ({"external_ref": "x" * 101}, "/external_ref", "at most 100"),
        ({"external_ref": "a\x00b"}, "/external_ref", "NUL"),
        ({"external_ref": 7}, "/external_ref", "quotation marks"),
        ({"important_places": [{"kind": "school", "postcode": "NR1 9ZZ"}]}, "/important_places/0/postcode", "address"),
        ({"important_places": [{"kind": "school", "postcode": "nowhere"}]}, "/important_places/0/postcode", "NR1 3AB"),
        ({"important_places": [{"kind": "home", "postcode": "NR1 3QY"}]}, "/important_places/0/kind", "'family-home'"),
    ],
)
def test_a_child_that_cannot_be_so(sqlite_service: Service, change: dict[str, Any], pointer: str, words: str) -> None:
    answer = sqlite_service.post("/children", {**CHILD, **change})
    refused(answer, 422, pointer, words)
    sent = next(iter(change.values()))
    if isinstance(sent, str) and len(sent) > 3:
        assert sent not in answer.text
    assert sqlite_service.get("/children").json()["items"] == []


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"preferred": {"ages": {"youngest": 12, "oldest": 5}}}, "/preferred/ages", "younger age first"),
        (
            {"effective": {"beds": 3, "reason": "staffing", "review_on": "2026-12-01"}},
            "/effective/beds",
            "at most the registered",
        ),
        ({"registered_beds": 0}, "/registered_beds", "1 or more"),
        ({"registered_beds": True}, "/registered_beds", "whole number"),
        ({"registered_beds": 1.5}, "/registered_beds", "whole number"),
        ({"registered_beds": "2"}, "/registered_beds", "whole number"),
        ({"registered_beds": 10**30}, "/registered_beds", "60 or less"),
        ({"kind": "hotel"}, "/kind", "'fostering-mainstream'"),
        ({"meets": {"luck": 2}}, "/meets", "health"),
        ({"meets": {"health": 5}}, "/meets/health", "4 or less"),
        ({"sector": "private"}, "/sector", "provider"),
        ({"provider": "nobody"}, "/provider", "record it first"),
        (
            {"approvals": [{"period": {"starts": "2024-05-01", "ends": "2023-05-01"}}]},
            "/approvals/0/period",
            "on or after",
        ),
        ({"availability": {"last_confirmed": "2026-09-03"}}, "/availability/last_confirmed", "up to today"),
        ({"skills": [{"skill": "juggling", "level": "trained"}]}, "/skills/0/skill", "'epilepsy'"),
    ],
)
def test_a_home_that_cannot_be_so(sqlite_family: Service, change: dict[str, Any], pointer: str, words: str) -> None:
    refused(sqlite_family.post("/homes", {**HOME, "external_ref": "FH-1", **change}), 422, pointer, words)


def test_seventeen_point_nought_is_a_whole_number(sqlite_family: Service) -> None:
    answer = sqlite_family.post("/homes", {**HOME, "external_ref": "FH-1", "registered_beds": 2.0})
    assert answer.status_code == 201, answer.text
    assert answer.json()["registered_beds"] == 2


def test_everything_wrong_is_said_at_once(sqlite_family: Service) -> None:
    places = [{"kind": "school", "postcode": "NR1 9ZZ"}, {"kind": "school", "postcode": "nowhere"}]
    answer = sqlite_family.post("/children", {**CHILD, "external_ref": "CH-1", "important_places": places})
    told = [at["pointer"] for at in answer.json()["errors"]]
    assert told == ["/important_places/0/postcode", "/important_places/1/postcode"]


def test_a_name_that_was_invented_is_not_repeated(sqlite_service: Service) -> None:
    answer = sqlite_service.post("/children", {**CHILD, "Jane Doe, 4 Mill Lane": 1})
    assert answer.status_code == 422
    assert "Jane" not in answer.text


def test_an_ended_placement_has_not_ended_before_it_started(sqlite_family: Service) -> None:
    placement = {
        "external_ref": "PL-1",
        "child": "CH-10413",
        "home": "FH-0291",
        "state": "ended",
        "starts": "2026-08-20",
        "ended": "2026-08-01",
        "end_reason": "planned",
    }
    refused(sqlite_family.post("/placements", placement), 422, "/ended", "on or after the start")
    future = {**placement, "ended": "2026-12-01"}
    refused(sqlite_family.post("/placements", future), 422, "/ended", "up to today")
    before_birth = {**placement, "starts": "2010-01-01", "ended": "2026-08-21"}
    refused(sqlite_family.post("/placements", before_birth), 422, "/starts", "date of birth")
    silent = {**placement, "ended": "2026-08-21", "end_reason": None}
    refused(sqlite_family.post("/placements", silent), 422, "/end_reason", "why it ended")


def test_a_home_is_not_filled_over_its_beds(family: Service) -> None:
    for number, expected in enumerate((201, 409)):
        child = {**CHILD, "external_ref": f"CH-{number}"}
        family.post("/children", child)
        stay = {"external_ref": f"PL-{number}", "child": f"CH-{number}", "home": "FH-0291", "state": "planned"}
        answer = family.post("/placements", {**stay, "starts": "2026-09-10", "planned_end": "2026-09-20"})
        assert answer.status_code == expected, answer.text
    assert "Choose other nights or another home" in answer.json()["detail"]
    assert len(family.get("/placements").json()["items"]) == 2


def test_beds_are_not_lowered_below_what_is_promised(family: Service) -> None:
    child = {**CHILD, "external_ref": "CH-2"}
    family.post("/children", child)
    stay = {"external_ref": "PL-2", "child": "CH-2", "home": "FH-0291", "state": "planned", "starts": "2026-09-10"}
    assert family.post("/placements", stay).status_code == 201
    answer = family.patch(f"/homes/{family.id('FH-0291')}", {"registered_beds": 1})
    assert answer.status_code == 409, answer.text
    assert "what stands in the way" in answer.json()["detail"]


def test_a_child_lives_in_one_home_at_a_time(sqlite_family: Service) -> None:
    sqlite_family.post("/homes", {**HOME, "external_ref": "FH-2"})
    stay = {"external_ref": "PL-3", "child": "CH-10412", "home": "FH-2", "state": "planned", "starts": "2026-09-10"}
    refused(sqlite_family.post("/placements", stay), 422, "/starts", "another placement")


def test_a_referral_for_a_child_who_is_placed_is_told_what_to_do(family: Service) -> None:
    early = {**REFERRAL, "external_ref": "RF-1", "wanted_by": "2026-09-30"}
    answer = family.post("/referrals", early)
    refused(answer, 409, "/asks/0/child", "planned end on or before")
    ending = family.patch(f"/placements/{family.id('PL-88120')}", {"planned_end": "2026-09-30"})
    assert ending.status_code == 200, ending.text
    assert family.post("/referrals", early).status_code == 201


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"asks": []}, "/asks", "at least one child"),
        ({"sibling_group": None}, "/sibling_group", "Name the sibling group"),
        ({"asks": [{"child": "CH-10412"}, {"child": "CH-10412"}]}, "/asks", "once"),
        ({"asks": [{"child": "CH-999"}]}, "/asks/0/child", "record it first"),
        ({"state": "placed"}, "/state", "draft or open"),
        ({"wanted_by": "2140-01-01"}, "/wanted_by", "within five years"),
        ({"wanted_by": "1999-01-01"}, "/wanted_by", "on or after the date of birth"),
        ({"expected_nights": 0}, "/expected_nights", "1 or more"),
        ({"opened": "2026-09-03T10:00:00Z"}, "/opened", "Leave it out"),
        ({"opened": "2026-09-01T10:00:00"}, "/opened", "offset"),
        ({"wanted_time": "25:00"}, "/wanted_time", "pattern"),
        ({"asks": [{"child": "CH-10413", "risks": {"self-harm": "huge"}}]}, "/asks/0/risks/self-harm", "'high'"),
        ({"asks": [{"child": "CH-10413", "never_with": ["CH-10413"]}]}, "/asks/0/never_with", "other children"),
    ],
)
def test_a_referral_that_cannot_be_so(sqlite_family: Service, change: dict[str, Any], pointer: str, words: str) -> None:
    refused(sqlite_family.post("/referrals", {**REFERRAL, "external_ref": "RF-1", **change}), 422, pointer, words)


@pytest.mark.parametrize("ref", ["  ", " CH-3", "CH-3\t"])
def test_a_reference_is_no_blank_for_files_could_not_say_it(sqlite_service: Service, ref: str) -> None:
    refused(sqlite_service.post("/children", {**CHILD, "external_ref": ref}), 422, "/external_ref", "space")


def test_what_is_wrong_with_a_whole_body_points_at_the_whole_of_it(sqlite_family: Service) -> None:
    group = {"external_ref": "SG-9", "members": ["CH-10412"], "pairs": []}
    refused(sqlite_family.post("/sibling-groups", group), 422, "", "two or more")


def test_a_referred_child_belongs_to_the_sibling_group(sqlite_family: Service) -> None:
    sqlite_family.post("/children", {**CHILD, "external_ref": "CH-3"})
    asks = [{"child": "CH-10413"}, {"child": "CH-3"}]
    refused(
        sqlite_family.post("/referrals", {**REFERRAL, "external_ref": "RF-1", "asks": asks}),
        422,
        "/asks/1/child",
        "not in the sibling group",
    )


def test_a_sibling_group_does_not_cross_authorities(family: Service) -> None:
    with running(family.url, CAMBRIDGESHIRE) as next_door:
        next_door.post("/children", {**CHILD, "external_ref": "X-1"})
        theirs = next_door.get("/children").json()["items"][0]["id"]
    group = {**GROUP, "external_ref": "SG-1", "members": ["CH-10412", theirs], "pairs": []}
    refused(family.post("/sibling-groups", group), 422, "/members/1", "for this authority")


def test_json_that_cannot_be_read(sqlite_service: Service) -> None:
    headers = {"Content-Type": "application/json"}
    for text in ("{", '{"a": tru}', "\x00", "[" * 100_000, '{"a":' + "9" * 5_000 + "}"):
        answer = sqlite_service.call("POST", "/children", content=text, headers=headers)
        assert answer.status_code == 400, (text[:20], answer.text)
        assert "well-formed JSON" in answer.json()["detail"]


def test_a_body_that_is_no_object_or_of_another_kind(sqlite_service: Service) -> None:
    bodies: tuple[Any, ...] = ([], "text", 1, None)
    for body in bodies:
        assert sqlite_service.post("/children", body).status_code == 422
    plain = sqlite_service.call("POST", "/children", content="a=b", headers={"Content-Type": "text/plain"})
    assert plain.status_code == 415
    assert "application/json" in plain.json()["detail"]
    assert sqlite_service.call("POST", "/children").status_code == 422


def test_a_kind_of_problem_is_named_in_words(sqlite_service: Service) -> None:
    told = sqlite_service.call("POST", "/children", content=b"{}", headers={"Content-Type": "text/plain"})
    assert told.json()["type"] == "urn:placement-matching:not-a-media-type-here"


def test_ten_megabytes_of_json_are_refused_before_they_are_read(sqlite_service: Service) -> None:
    large = json.dumps({**CHILD, "ethnicity": "W" * 10_000_000})
    answer = sqlite_service.call("POST", "/children", content=large, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    in_parts = sqlite_service.call(
        "POST",
        "/children",
        content=iter([large[:9_000_000].encode(), large[9_000_000:].encode()]),
        headers={"Content-Type": "application/json"},
    )
    assert in_parts.status_code == 413


def test_addresses_and_methods_that_are_not_there(sqlite_service: Service) -> None:
    assert sqlite_service.get("/nothing").status_code == 404
    answer = sqlite_service.call("DELETE", "/children")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.headers["content-type"] == "application/problem+json"
    refused(sqlite_service.get("/children/not-an-id"), 422, "#id", "8-4-4-4-12")


def test_queries_that_are_not_there(sqlite_service: Service) -> None:
    refused(sqlite_service.get("/children?limit=0"), 422, "#limit", "1 or more")
    refused(sqlite_service.get("/children?colour=red"), 422, "#colour", "no such field")
    refused(sqlite_service.get("/children?sort=name"), 422, "#sort", "external_ref")
    assert sqlite_service.get("/children?after=nonsense").status_code == 422


def test_a_bug_is_told_without_its_details(sqlite_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("app.api.rules._told", broken)
    answer = sqlite_service.get("/rules")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"
