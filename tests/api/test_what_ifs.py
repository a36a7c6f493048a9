"""What a plan did not do, over HTTP: other plans, what a choice costs the rest, what would open a home, and pins."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from app.api import examples
from matching.workflow.roles import Role
from tests.api.service import Service

HOME = examples.HOMES[0]
DAY = "2026-09-02"


def add_home(service: Service, ref: str, postcode: str) -> None:
    """One more home like that of the examples, somewhere else."""
    service.recorded[ref] = service.post("/homes", {**HOME, "external_ref": ref, "postcode": postcode}).json()


@pytest.fixture
def near(family: Service) -> Service:
    """The family with one home that they could go to, and no other."""
    for ref in ("FH-0291", "FH-0305"):
        family.patch(f"/homes/{family.id(ref)}", {"availability": {"state": "suspended"}})
    add_home(family, "FH-1", "NR5 8TA")
    return family


@pytest.fixture
def choice(near: Service) -> Service:
    """The family with two homes to choose from, the nearer of which the plan takes."""
    add_home(near, "FH-2", "PE30 1EJ")
    return near


def run(service: Service, **more: Any) -> Any:
    answer = service.post("/match-runs", {"as_of": DAY, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def homes(made: Any) -> set[str]:
    return {proposal["home"] for proposal in made["proposals"]}


def test_other_plans_move_children_and_cost_more(choice: Service) -> None:
    made = run(choice)
    answer = choice.get(f"/match-runs/{made['id']}/alternatives?most=2&differing=2", Role.COMMISSIONER)
    assert answer.status_code == 200, answer.text
    first, *_ = answer.json()["alternatives"]
    assert first["exact"] is True
    assert {(move["before"], move["after"]) for move in first["changes"]["moves"]} == {("FH-1", "FH-2")}
    assert first["changes"]["levels"]["points"] == sum(move["points"] for move in first["changes"]["moves"]) > 0
    assert first["changes"]["lose_a_home"] == []


def test_other_plans_for_a_child_give_her_another_home(choice: Service) -> None:
    made, child = run(choice), choice.id("CH-10412")
    told = choice.get(f"/match-runs/{made['id']}/alternatives?child={child}").json()["alternatives"]
    after = [[move["after"] for move in one["changes"]["moves"] if move["child_id"] == str(child)] for one in told]
    assert after == [["FH-2"], [None]]
    assert choice.get(f"/match-runs/{made['id']}/alternatives?child={uuid4()}").status_code == 404
    assert choice.get(f"/match-runs/{uuid4()}/alternatives").status_code == 404


def test_other_plans_keep_what_was_pinned_when_the_run_was_made(choice: Service) -> None:
    pins = [{"child": str(choice.id(child)), "home": str(choice.id("FH-2"))} for child in ("CH-10412", "CH-10413")]
    made = run(choice, pinned=pins)
    assert choice.get(f"/match-runs/{made['id']}/alternatives").json()["alternatives"] == []


def test_a_run_whose_rules_have_changed_has_no_other_plans(choice: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    made, other = (
        run(choice),
        run(choice, forbidden=[{"child": str(choice.id("CH-10412")), "home": str(choice.id("FH-1"))}]),
    )
    assert homes(made) != homes(other)
    monkeypatch.setattr("app.services.what_ifs.make_plan", lambda *_: SimpleNamespace(plan=None))
    answer = choice.get(f"/match-runs/{made['id']}/alternatives")
    assert answer.status_code == 409
    assert "Make a new run" in answer.json()["detail"]


def test_a_choice_is_told_with_what_it_costs_the_rest(choice: Service) -> None:
    referral = choice.id("RF-5520")
    there = choice.get(f"/referrals/{referral}/homes/{choice.id('FH-2')}/price?as_of={DAY}")
    assert there.status_code == 200, there.text
    price = there.json()
    assert price["home"] == "FH-2"
    assert price["children"] == ["CH-10412", "CH-10413"]
    assert price["changes"]["levels"]["points"] > 0
    assert price["others"] == price["blocked_by"] == []
    assert price["exact"] is True
    again = choice.get(f"/referrals/{referral}/homes/{choice.id('FH-2')}/price?as_of={DAY}")
    assert again.json() == price
    own = choice.get(f"/referrals/{referral}/homes/{choice.id('FH-1')}/price?as_of={DAY}").json()
    assert own["changes"]["moves"] == []


def test_a_choice_that_a_rule_forbids_names_the_rule(choice: Service) -> None:
    choice.patch(f"/homes/{choice.id('FH-2')}", {"availability": {"state": "on-hold", "reason": "illness"}})
    price = choice.get(f"/referrals/{choice.id('RF-5520')}/homes/{choice.id('FH-2')}/price").json()
    assert price["changes"] is None
    assert [rule["rule"] for rule in price["blocked_by"]] == ["availability.matchable"]
    assert price["blocked_by"][0]["remedy"]


def test_children_with_nothing_are_told_what_would_open_a_home(near: Service) -> None:
    opens = f"/referrals/{near.id('RF-5520')}/opens"
    assert near.get(opens).json() == {"waiting": [], "openings": []}
    near.patch(f"/homes/{near.id('FH-1')}", {"availability": {"state": "on-hold", "reason": "illness"}})
    told = near.get(opens).json()
    assert told["waiting"] == ["CH-10412", "CH-10413"]
    (opening,) = told["openings"]
    assert opening["home"] == "FH-1"
    assert [rule["rule"] for rule in opening["rules"]] == ["availability.matchable"]
    assert opening["changes"]["gain_a_home"] == ["CH-10412", "CH-10413"]
    assert opening["changes"]["levels"]["unplaced"] < 0


def test_what_is_asked_of_nobody_and_nowhere_is_not_found(near: Service) -> None:
    referral = near.id("RF-5520")
    assert near.get(f"/referrals/{referral}/homes/{uuid4()}/price").status_code == 404
    assert near.get(f"/referrals/{uuid4()}/homes/{near.id('FH-1')}/price").status_code == 404
    assert near.get(f"/referrals/{uuid4()}/opens").status_code == 404


def test_reading_what_a_plan_did_not_do_leaves_an_audit_event(near: Service) -> None:
    made = run(near)
    near.get(f"/match-runs/{made['id']}/alternatives")
    near.get(f"/referrals/{near.id('RF-5520')}/opens")
    near.get(f"/referrals/{near.id('RF-5520')}/homes/{near.id('FH-1')}/price")
    with near.store.reading(near.authority) as work:
        actions = [event.action for event in work.audit.events()][-3:]
    assert actions == ["read-alternatives", "read-openings", "read-price-to-the-rest"]


def test_a_plan_keeps_what_is_pinned_and_forbidden_and_says_so(choice: Service) -> None:
    pin = {"child": str(choice.id("CH-10412")), "home": str(choice.id("FH-2"))}
    pinned = run(choice, pinned=[pin])
    assert homes(pinned) == {"FH-2"}
    assert pinned["pinned"] == [pin]
    forbidden = run(choice, forbidden=[{**pin, "home": str(choice.id("FH-1"))}])
    assert homes(forbidden) == {"FH-2"}
    assert run(choice)["pinned"] == []


def test_a_pin_that_a_rule_forbids_or_that_names_a_stranger_is_refused_and_nothing_is_stored(choice: Service) -> None:
    choice.patch(f"/homes/{choice.id('FH-2')}", {"availability": {"state": "on-hold", "reason": "illness"}})
    pin = {"child": str(choice.id("CH-10412")), "home": str(choice.id("FH-2"))}
    refused = choice.post("/match-runs", {"as_of": DAY, "pinned": [pin]})
    assert refused.status_code == 409
    assert "availability.matchable" in refused.json()["detail"]
    assert choice.post("/match-runs", {"as_of": DAY, "forbidden": [{**pin, "home": str(uuid4())}]}).status_code == 422
    assert choice.get("/match-runs").json()["items"] == []
