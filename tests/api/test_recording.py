"""Recording twice does nothing twice, and nobody's change is lost."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace
from datetime import timedelta

from app.api import examples
from tests.api.service import NOW, Service

CHILD, PROVIDER = examples.CHILDREN[0], examples.PROVIDERS[0]


def test_a_new_record_says_where_it_is_and_which_version(service: Service) -> None:
    answer = service.post("/children", CHILD)
    assert answer.status_code == 201
    shown = answer.json()
    assert answer.headers["location"] == f"/api/v1/children/{shown['id']}"
    assert answer.headers["etag"] == '"1"'
    read = service.get(f"/children/{shown['id']}")
    assert read.json() == shown
    assert read.headers["etag"] == '"1"'
    assert shown["age"] == 5
    assert shown["important_places"][0]["postcode"] == "NR3 1JU"


def test_the_same_under_the_same_reference_is_the_same_record(service: Service) -> None:
    first = service.post("/children", CHILD)
    service.clock.move(hours=3)
    again = service.post("/children", CHILD)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert len(service.get("/children").json()["items"]) == 1


def test_something_else_under_the_same_reference_is_refused(service: Service) -> None:
    service.post("/children", CHILD)
    other = service.post("/children", {**CHILD, "sex": "M"})
    assert other.status_code == 409
    assert other.json()["errors"][0]["pointer"] == "/external_ref"
    assert CHILD["external_ref"] not in other.text
    assert service.get("/children").json()["items"][0]["sex"] == "F"


def test_a_request_with_an_idempotency_key_is_done_once_and_answered_alike(service: Service) -> None:
    headers = {"Idempotency-Key": "order-7"}
    first = service.post("/children", CHILD, headers=headers)
    service.patch(f"/children/{first.json()['id']}", {"sex": "M"})
    again = service.post("/children", CHILD, headers=headers)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotency-replayed"] == "true"
    other = service.post("/children", {**CHILD, "external_ref": "CH-2"}, headers=headers)
    assert other.status_code == 422
    assert "new key" in other.json()["detail"]
    assert len(service.get("/children").json()["items"]) == 1


def test_an_idempotency_key_is_forgotten_after_a_day(service: Service) -> None:
    headers = {"Idempotency-Key": "order-7"}
    service.post("/children", CHILD, headers=headers)
    service.clock.move(hours=25)
    assert service.post("/children", CHILD, headers=headers).status_code == 200


def test_a_plan_asked_for_twice_with_one_key_is_made_once(family: Service) -> None:
    headers = {"Idempotency-Key": "nightly"}
    first = family.post("/match-runs", {"as_of": "2026-09-02"}, headers=headers)
    again = family.post("/match-runs", {"as_of": "2026-09-02"}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert len(family.get("/match-runs").json()["items"]) == 1


def test_a_search_that_does_not_say_when_it_opened_opens_now_though_the_clock_runs_on(service: Service) -> None:
    ticks = itertools.count()
    service.office = replace(service.office, clock=lambda: NOW + timedelta(microseconds=next(ticks)))
    service.record_examples()
    search = examples.REFERRALS[0]
    assert "opened" not in search
    again = service.post("/referrals", search)
    assert (again.status_code, again.json()) == (200, service.recorded["RF-5520"])


def test_requests_at_once_with_one_reference_make_one_record(service: Service) -> None:
    statuses: list[int] = []

    def send() -> None:
        statuses.append(service.post("/children", CHILD).status_code)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 5 + [201]


def test_a_change_says_which_version_it_changes(service: Service) -> None:
    made = service.post("/providers", PROVIDER).json()
    where = f"/providers/{made['id']}"
    changed = {**PROVIDER, "open_concern": True}
    missing = service.put(where, changed, None)
    assert missing.status_code == 428
    assert "If-Match" in missing.json()["detail"]
    assert service.put(where, changed, 2).status_code == 412
    assert service.call("PUT", where, json=changed, headers={"If-Match": "W/nonsense"}).status_code == 412
    done = service.put(where, changed, 1)
    assert (done.status_code, done.headers["etag"]) == (200, '"2"')
    assert done.json()["open_concern"] is True
    stale = service.put(where, PROVIDER, 1)
    assert stale.status_code == 412
    assert service.get(where).json()["open_concern"] is True
    assert service.call("PUT", where, json=PROVIDER, headers={"If-Match": "*"}).status_code == 200


def test_of_two_who_change_at_once_one_is_told_to_read_again(service: Service) -> None:
    made = service.post("/providers", PROVIDER).json()
    statuses: list[int] = []

    def send(tier: int) -> None:
        statuses.append(service.patch(f"/providers/{made['id']}", {"framework_tier": tier}).status_code)

    threads = [threading.Thread(target=send, args=(tier,)) for tier in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 412, 412, 412, 412]


def test_a_patch_changes_what_it_names_and_null_takes_away(service: Service) -> None:
    made = service.post("/children", CHILD).json()
    where = f"/children/{made['id']}"
    done = service.patch(where, {"ethnicity": None, "send": "yes"})
    assert done.status_code == 200
    assert done.json()["ethnicity"] is None
    assert done.json()["send"] == "yes"
    assert done.json()["languages"] == ["en"]
    wrong = service.patch(where, {"sex": "girl", "important_places": [{"kind": "school"}]}, 2)
    assert wrong.status_code == 422
    pointers = {at["pointer"] for at in wrong.json()["errors"]}
    assert pointers == {"/sex", "/important_places/0/postcode"}
    assert service.patch(where, {"id": made["id"]}, 2).status_code == 422


def test_a_patch_that_changes_nothing_makes_no_new_version(service: Service) -> None:
    made = service.post("/children", CHILD).json()
    same = service.patch(f"/children/{made['id']}", {"sex": "F"})
    assert (same.status_code, same.headers["etag"]) == (200, '"1"')


def test_something_is_named_by_its_id_or_by_the_authoritys_reference(family: Service) -> None:
    by_id = {**examples.PLACEMENTS[0], "child": str(family.id("CH-10412")), "home": str(family.id("FH-0291"))}
    assert family.post("/placements", by_id).status_code == 200
    assert family.recorded["PL-88120"]["child"] == str(family.id("CH-10412"))


def test_states_move_only_as_the_tables_allow(family: Service) -> None:
    where = f"/referrals/{family.id('RF-5520')}"
    jump = family.patch(where, {"state": "placed"})
    assert jump.status_code == 409
    assert "withdraw" in jump.json()["detail"]
    assert family.patch(where, {"state": "withdrawn"}).status_code == 200
    assert family.patch(where, {"state": "open"}, 2).status_code == 409
    stay = f"/placements/{family.id('PL-88120')}"
    ended = {"state": "ended", "ended": "2026-09-01", "end_reason": "planned"}
    assert family.patch(stay, ended).status_code == 200
    assert family.patch(stay, {"state": "started", "ended": None, "end_reason": None}, 2).status_code == 409
    elsewhere = family.patch(stay, {"child": "CH-10413"}, 2)
    assert elsewhere.json()["errors"][0]["pointer"] == "/child"
