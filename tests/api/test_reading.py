"""Reading: lists in pages, least data, an audit event for every child's record read, and nothing else written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from app.api import examples
from db.audit import AuditEvent
from matching.workflow.roles import Role
from tests.api.service import Service

CHILD = examples.CHILDREN[0]


@contextmanager
def statements(service: Service) -> Iterator[list[str]]:
    """Every statement that the service sends to its database meanwhile."""
    sent: list[str] = []

    def note(*about: Any) -> None:
        sent.append(about[2])

    engine = service.store.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def written(sent: list[str]) -> list[str]:
    """The statements that change something beside the audit trail."""
    changing = [one for one in sent if one.lstrip().split()[0].upper() in {"INSERT", "UPDATE", "DELETE"}]
    return [one for one in changing if "audit_" not in one]


def last_events(service: Service, after: int) -> tuple[AuditEvent, ...]:
    """The audit events since one."""
    with service.store.reading(service.authority) as work:
        return work.audit.events(after=after)


def head(service: Service) -> int:
    """The number of the newest audit event."""
    with service.store.reading(service.authority) as work:
        return work.audit.head.sequence


def addresses(service: Service) -> list[str]:
    """Every address that can be read, with ids that are on record."""
    run = service.post("/match-runs", {"as_of": "2026-09-02"}).json()["id"]
    whatever = {"If-Match": "*"}
    service.call("PUT", f"/children/{service.id('CH-10412')}/identity", json=examples.IDENTITY, headers=whatever)
    framework = service.get("/frameworks").json()["items"][0]["id"]
    ids = {"children": "CH-10412", "sibling-groups": "SG-2207", "needs-profiles": "NP-10412-1", "providers": "PR-31"}
    ids |= {"homes": "FH-0291", "placements": "PL-88120", "referrals": "RF-5520"}
    referral = f"/referrals/{service.id('RF-5520')}"
    return [
        *(f"/{path}" for path in ids),
        *(f"/{path}/{service.id(ref)}" for path, ref in ids.items()),
        f"/children/{service.id('CH-10412')}/needs-profiles",
        f"{referral}/shortlist",
        f"{referral}/homes/{service.id('FH-0291')}",
        "/frameworks",
        f"/frameworks/{framework}",
        "/match-runs",
        f"/match-runs/{run}",
        f"/match-runs/{run}/comparison",
        f"/match-runs/{run}/export",
        "/rules",
        "/rules/approval.ages",
        "/policies",
        "/policies/in-force",
        "/parameters",
        "/imports",
    ]


def test_reading_writes_nothing_but_audit_events(family: Service) -> None:
    for address in addresses(family):
        with statements(family) as sent:
            answer = family.get(address)
        assert answer.status_code == 200, (address, answer.text)
        assert written(sent) == [], address


def test_every_reading_of_a_childs_record_leaves_an_audit_event(family: Service) -> None:
    of_children = ("/children", "/sibling-groups", "/needs-profiles", "/placements", "/referrals")
    for address in addresses(family):
        before = head(family)
        assert family.get(address).status_code == 200
        events = last_events(family, before)
        expected = 1 if address.startswith((*of_children, "/match-runs/")) else 0
        assert len(events) == expected, (address, events)
        for told in events:
            assert told.role == "admin"
            assert told.origin
            assert told.actor


def test_who_a_child_is_stands_in_one_place_and_reading_it_is_told(family: Service) -> None:
    child = family.id("CH-10412")
    assert family.get(f"/children/{child}/identity", Role.SOCIAL_WORKER).status_code == 404
    recorded = family.call("PUT", f"/children/{child}/identity", json=examples.IDENTITY)
    assert recorded.status_code == 200, recorded.text
    before = head(family)
    read = family.get(f"/children/{child}/identity", Role.SOCIAL_WORKER)
    assert read.json()["family_name"] == examples.IDENTITY["family_name"]
    (told,) = last_events(family, before)
    assert (told.action, told.noun_id, told.role) == ("read-identity", child, "social-worker")
    for address in addresses(family):
        answer = family.get(address)
        if not address.endswith("export"):
            assert examples.IDENTITY["family_name"] not in answer.text, address


def test_a_name_is_replaced_only_by_who_has_read_it(family: Service) -> None:
    where = f"/children/{family.id('CH-10412')}/identity"
    first = family.call("PUT", where, json=examples.IDENTITY)
    assert first.status_code == 200
    other = {**examples.IDENTITY, "given_name": "Another"}
    assert family.call("PUT", where, json=other).status_code == 428
    assert family.call("PUT", where, json=other, headers={"If-Match": '"7"'}).status_code == 412
    family.clock.move(seconds=1)
    assert family.call("PUT", where, json=other, headers={"If-Match": first.headers["etag"]}).status_code == 200
    assert family.call("PUT", where, json=other, headers={"If-Match": first.headers["etag"]}).status_code == 412
    assert family.get(where, Role.SOCIAL_WORKER).json()["given_name"] == "Another"


def test_lists_leave_out_peoples_own_words(sqlite_family: Service) -> None:
    referral = sqlite_family.get("/referrals").json()["items"][0]
    assert [ask["view"]["said"] for ask in referral["asks"]] == ["", ""]
    whole = sqlite_family.get(f"/referrals/{referral['id']}").json()
    assert whole["asks"][1]["view"]["said"] == "I want to stay with my sister."


def test_where_a_home_is_told_only_to_those_who_need_it(sqlite_family: Service) -> None:
    home = f"/homes/{sqlite_family.id('FH-0291')}"
    assert sqlite_family.get(home, Role.PLACEMENTS).json()["postcode"] == "NR4 7TJ"
    for role in (Role.SOCIAL_WORKER, Role.COMMISSIONER, Role.AUDITOR):
        assert sqlite_family.get(home, role).json()["postcode"] == "NR4 7"
        assert sqlite_family.get("/homes", role).json()["items"][0]["postcode"] == "NR4 7"
    assert sqlite_family.get(home).json()["area"] == "E10000020"


def test_a_list_is_read_page_by_page_without_losing_or_repeating_any(service: Service) -> None:
    for number in range(7):
        service.post("/providers", {"external_ref": f"P-{number}", "name": f"N{number % 3}", "sector": "private"})
    for sort in ("external_ref", "-name", "created_at"):
        seen: list[str] = []
        page = service.get("/providers", params={"limit": 2, "sort": sort})
        while True:
            seen += [item["external_ref"] for item in page.json()["items"]]
            if page.json()["next"] is None:
                assert "link" not in page.headers
                break
            assert 'rel="next"' in page.headers["link"]
            page = service.get("/providers", params={"limit": 2, "sort": sort, "after": page.json()["next"]})
        assert sorted(seen) == [f"P-{number}" for number in range(7)]
        if sort == "external_ref":
            assert seen == sorted(seen)


def test_a_page_does_not_go_on_in_another_order(service: Service) -> None:
    for number in range(3):
        service.post("/providers", {"external_ref": f"P-{number}", "name": "N", "sector": "private"})
    following = service.get("/providers?limit=1&sort=external_ref").json()["next"]
    answer = service.get("/providers", params={"limit": 1, "sort": "name", "after": following})
    assert answer.status_code == 422
    assert "Take `next` from the page before" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/children?sex=F", ["CH-10412"]),
        ("/children?born_from=2016-01-01&born_to=2017-01-01", ["CH-10413"]),
        ("/children?uasc=true", []),
        ("/children?external_ref=CH-10413", ["CH-10413"]),
        ("/children?sort=-born", ["CH-10412", "CH-10413"]),
        ("/homes?kind=fostering-mainstream&area=E10000020&external_ref=FH-0291", ["FH-0291"]),
        ("/homes?sector=private", []),
        ("/referrals?state=open&kind=planned&wanted_by_to=2026-12-31", ["RF-5520"]),
        ("/placements?state=started", ["PL-88120"]),
        ("/needs-profiles?review_due_to=2026-12-31", []),
        ("/providers?sector=in-house", ["PR-OWN"]),
    ],
)
def test_lists_are_filtered_and_sorted(sqlite_family: Service, address: str, found: list[str]) -> None:
    answer = sqlite_family.get(address)
    assert answer.status_code == 200, answer.text
    assert [item["external_ref"] for item in answer.json()["items"]] == found


def test_a_child_whose_needs_nobody_has_assessed_has_an_empty_history(family: Service) -> None:
    answer = family.get(f"/children/{family.id('CH-10413')}/needs-profiles")
    assert (answer.status_code, answer.json()) == (200, {"items": []})


def test_needs_are_read_with_what_changed_since(family: Service) -> None:
    later = {
        **examples.PROFILES[0],
        "external_ref": "NP-10412-2",
        "made_on": "2026-09-02",
        "findings": [{"domain": "health", "level": 1}, {"domain": "emotional-wellbeing", "level": 1}],
    }
    assert family.post("/needs-profiles", later).status_code == 201
    newest, first = family.get(f"/children/{family.id('CH-10412')}/needs-profiles").json()["items"]
    assert newest["steps_down"] is True
    assert {"domain": "health", "before": 2, "after": 1} in newest["changes"]
    assert newest["total"] < first["total"]
    assert first["band"] == "additional"


def test_a_profile_is_made_in_the_frameworks_own_domains(sqlite_family: Service) -> None:
    strange = {**examples.PROFILES[0], "external_ref": "NP-1", "findings": [{"domain": "luck", "level": 1}]}
    answer = sqlite_family.post("/needs-profiles", strange)
    assert answer.json()["errors"][0]["pointer"] == "/findings/0/domain"
    assert "emotional-wellbeing" in answer.json()["errors"][0]["detail"]
