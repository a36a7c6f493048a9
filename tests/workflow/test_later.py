"""What comes after a decision: taken back, moved on, agreed afterwards in an emergency; and what then runs out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.workflow.cast import Cast, Json, a_child, a_home, a_search


def decided(cast: Cast, home: str, search: str, child: str, **more: str) -> Json:
    """A search with a willing home and a view, decided."""
    offer = cast.does("placements", f"/referrals/{search}/offers", {"offers": [{"home": home}]}, 201)["items"][0]
    cast.does("placements", f"/offers/{offer['id']}/say-willing")
    cast.says(search, child, {"asked": "asked", "said": "Near nan"})
    choice = {
        "chosen": [{"child": child, "home": home}],
        "decided_by": "staff-1",
        "reasons": {"other-than-first-rank": "A cousin lives there"},
        **more,
    }
    return cast.does("team-manager", f"/referrals/{search}/decisions", choice, 201)


@pytest.fixture
def matched(sqlite_cast: Cast) -> tuple[Cast, Json, str, str]:
    """A child whose home is decided: the cast, the decision, the search and the child."""
    cast = sqlite_cast
    child = cast.recorded("children", a_child("C-1"))["id"]
    for ref in ("H-1", "H-2"):
        cast.recorded("homes", a_home(ref, registered_beds=1))
    search = cast.recorded("referrals", a_search("S-1", "C-1"))["id"]
    return cast, decided(cast, "H-1", search, child), search, child


def test_a_decision_taken_back_frees_the_bed_and_the_search_goes_on(matched: tuple[Cast, Json, str, str]) -> None:
    cast, decision, search, child = matched
    cast.does("team-manager", f"/decisions/{decision['id']}/reverse", {"because": ""}, 422)
    told = cast.does("team-manager", f"/decisions/{decision['id']}/reverse", {"because": "The carers fell ill"})
    assert (told["state"], told["possible"]) == ("reversed", [])
    assert cast.sees("placements", f"/referrals/{search}")["state"] == "searching"
    again = decided(cast, "H-1", search, child)
    assert again["id"] != decision["id"]
    kept = cast.sees("auditor", f"/decisions/{decision['id']}")
    assert kept["shown"]["chosen"][0]["home"] == "H-1", "what was shown is kept"


def test_a_cancelled_placement_takes_the_decision_back(matched: tuple[Cast, Json, str, str]) -> None:
    cast, decision, search, child = matched
    cast.does("social-worker", f"/placements/{decision['placements'][child]}/cancel")
    assert cast.sees("placements", f"/decisions/{decision['id']}")["state"] == "reversed"
    assert cast.sees("placements", f"/referrals/{search}")["state"] == "searching"


def test_a_child_moves_from_one_home_to_the_next_in_one_step(matched: tuple[Cast, Json, str, str]) -> None:
    cast, decision, _, child = matched
    first = decision["placements"][child]
    cast.does("social-worker", f"/placements/{first}/start")
    cast.does("social-worker", f"/placements/{first}/expected-end", {"planned_end": "2026-09-10"})
    following = cast.recorded("referrals", a_search("S-2", "C-1", wanted_by="2026-09-10"))["id"]
    second = decided(cast, "H-2", following, child)["placements"][child]
    cast.service.clock.move(days=8)
    cast.does("social-worker", f"/placements/{second}/start", {}, 422)
    moved = cast.does("social-worker", f"/placements/{first}/move", {"reason": "planned", "to": second})
    assert (moved["id"], moved["state"], moved["starts"]) == (second, "started", "2026-09-10")
    assert cast.sees("social-worker", f"/placements/{first}")["end_reason"] == "planned"


@pytest.mark.parametrize("state", ["withdrawn", "closed"])
def test_a_search_that_is_ended_over_the_api_asks_no_home_and_holds_no_bed(sqlite_cast: Cast, state: str) -> None:
    cast = sqlite_cast
    child = cast.recorded("children", a_child("C-1"))["id"]
    for ref in ("H-1", "H-2"):
        cast.recorded("homes", a_home(ref, registered_beds=1))
    search = cast.recorded("referrals", a_search("S-1", "C-1"))["id"]
    asked = {"offers": [{"home": "H-1"}, {"home": "H-2"}]}
    first, _ = cast.does("placements", f"/referrals/{search}/offers", asked, 201)["items"]
    cast.does("placements", f"/offers/{first['id']}/say-willing")
    until = {"until": (cast.service.clock() + timedelta(days=3)).isoformat()}
    cast.does("placements", f"/referrals/{search}/holds", {"home": "H-2", "child": child, **until}, 201)
    ended = cast.service.patch(f"/referrals/{search}", {"state": state}, version=2)
    assert ended.status_code == 200, ended.text
    assert {one["state"] for one in cast.sees("placements", "/offers")["items"]} == {"withdrawn"}
    assert cast.sees("placements", "/holds")["items"] == []


def test_an_emergency_outside_the_terms_starts_and_is_agreed_within_six_working_days(sqlite_cast: Cast) -> None:
    cast = sqlite_cast
    child = cast.recorded("children", a_child("C-1"))["id"]
    terms = [{"period": {"starts": "2024-05-01"}, "ages": {"youngest": 0, "oldest": 5}, "number": 3}]
    terms[0]["care_types"] = ["short-term", "emergency"]
    cast.recorded("homes", a_home("H-1", approvals=terms))
    search = cast.recorded("referrals", a_search("S-1", "C-1", kind="emergency"))["id"]
    stay = decided(cast, "H-1", search, child)["placements"][child]
    [owed] = [
        one
        for one in cast.sees("nominated-officer", "/sign-offs?state=requested")["items"]
        if one["rule"] == "approval.ages"
    ]
    assert owed["deadline"] == "within 6 working days of the start (emergency)"
    assert owed["due"] == "2026-09-10"
    for one in cast.sees("placements", "/sign-offs?state=requested")["items"]:
        if one["deadline"] != owed["deadline"]:
            cast.does(one["role"], f"/sign-offs/{one['id']}/agree", {"by": "staff-3"})
    assert cast.does("social-worker", f"/placements/{stay}/start")["state"] == "started"
    [timer] = [one for one in cast.sees("placements", "/timers")["items"] if one["kind"] == "emergency-outside-terms"]
    assert (timer["about"], timer["due"]) == (stay, "2026-09-10")
    cast.service.clock.move(days=9)
    later = cast.sees("placements", "/timers")["items"]
    assert [one["lateness"] for one in later if one["about"] == stay] == ["overdue"], "nothing had to run for it"
    cast.does("nominated-officer", f"/sign-offs/{owed['id']}/agree", {"by": "staff-3"})
    assert not [one for one in cast.sees("placements", "/timers")["items"] if one["about"] == stay]


def test_a_reviewed_placement_has_a_timer_for_the_next(matched: tuple[Cast, Json, str, str]) -> None:
    cast, decision, _, child = matched
    stay = decision["placements"][child]
    cast.does("social-worker", f"/placements/{stay}/start")
    cast.does("social-worker", f"/placements/{stay}/reviews", {"on": "2026-09-02"}, 201)
    timers = cast.sees("social-worker", "/timers")["items"]
    assert [one["due"] for one in timers if one["kind"] == "placement-review"] == ["2026-09-30"]


def test_a_refused_sign_off_keeps_the_decision_from_being_made(sqlite_cast: Cast) -> None:
    cast = sqlite_cast
    child = cast.recorded("children", a_child("C-1"))["id"]
    cast.recorded("homes", a_home("H-1", provider_concern=True))
    search = cast.recorded("referrals", a_search("S-1", "C-1"))["id"]
    offer = cast.does("placements", f"/referrals/{search}/offers", {"offers": [{"home": "H-1"}]}, 201)["items"][0]
    cast.does("provider", f"/offers/{offer['id']}/say-willing")
    cast.says(search, child, {"asked": "asked", "said": "Near nan"})
    chosen = [{"child": child, "home": "H-1"}]
    asked = cast.does("placements", f"/referrals/{search}/sign-offs", {"chosen": chosen}, 201)["items"]
    [concern] = [one for one in asked if one["rule"] == "quality.provider-concern"]
    cast.does("team-manager", f"/sign-offs/{concern['id']}/agree", {"by": "staff-3"}, 403)
    cast.does("nominated-officer", f"/sign-offs/{concern['id']}/refuse", {"by": "staff-3"}, 422)
    cast.does("nominated-officer", f"/sign-offs/{concern['id']}/refuse", {"by": "staff-3", "reason": "Not this year"})
    choice = {"chosen": chosen, "decided_by": "staff-1"}
    refused = cast.does("team-manager", f"/referrals/{search}/decisions", choice, 409)
    assert "quality.provider-concern (nominated-officer, refused)" in refused["detail"]


def test_what_changed_since_the_sign_offs_were_asked_for_is_found_when_they_are_asked_for_again(
    sqlite_cast: Cast,
) -> None:
    cast = sqlite_cast
    child = cast.recorded("children", a_child("C-1"))["id"]
    home = cast.recorded("homes", a_home("H-1"))["id"]
    search = cast.recorded("referrals", a_search("S-1", "C-1"))["id"]
    chosen = [{"child": child, "home": "H-1"}]
    before = cast.does("placements", f"/referrals/{search}/sign-offs", {"chosen": chosen}, 201)["items"]
    assert "quality.ofsted" not in {one["rule"] for one in before}
    cast.does("placements", f"/referrals/{search}/sign-offs", {"chosen": chosen}, 201)
    assert cast.service.patch(f"/homes/{home}", {"ofsted": "inadequate"}).status_code == 200
    after = cast.does("placements", f"/referrals/{search}/sign-offs", {"chosen": chosen}, 201)["items"]
    assert "quality.ofsted" in {one["rule"] for one in after}
