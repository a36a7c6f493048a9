"""A provider's key answers for its own homes and sees nothing else; a sign-off's role sees what waits for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workflow.cast import Cast, Json, a_child, a_home, a_search


@pytest.fixture
def asked(sqlite_cast: Cast) -> tuple[Cast, Json]:
    """Two homes of two providers, one of which is asked about a child."""
    cast = sqlite_cast
    cast.recorded("children", a_child("C-1"))
    cast.recorded("homes", a_home("H-1"))
    cast.recorded("homes", a_home("H-2", provider="PR-2"))
    search = cast.recorded("referrals", a_search("S-1", "C-1"))
    offers = cast.does("placements", f"/referrals/{search['id']}/offers", {"offers": [{"home": "H-1"}]}, 201)
    return cast, offers["items"][0]


@pytest.mark.parametrize(
    "path",
    [
        "/children",
        "/homes",
        "/referrals",
        "/placements",
        "/decisions",
        "/sign-offs",
        "/holds",
        "/events",
        "/webhooks",
        "/timers",
    ],
)
def test_a_providers_key_opens_nothing_but_its_own_offers_and_vacancies(asked: tuple[Cast, Json], path: str) -> None:
    cast, _ = asked
    cast.sees("provider", path, 403)


def test_another_providers_offer_is_not_there(asked: tuple[Cast, Json]) -> None:
    cast, offer = asked
    assert cast.sees("other-provider", "/offers")["items"] == []
    for move in ("view", "say-willing"):
        cast.does("other-provider", f"/offers/{offer['id']}/{move}", {}, 404)
    cast.does("other-provider", f"/offers/{offer['id']}/decline", {"reason": "age"}, 404)
    assert cast.sees("placements", f"/offers/{offer['id']}")["state"] == "made"


def test_what_waits_for_a_provider_is_what_its_own_homes_are_asked(asked: tuple[Cast, Json]) -> None:
    cast, offer = asked
    assert [one["about"] for one in cast.sees("provider", "/waiting")["items"]] == [offer["id"]]
    assert cast.sees("other-provider", "/waiting")["items"] == []


def test_a_provider_confirms_and_changes_its_own_vacancies_alone(asked: tuple[Cast, Json]) -> None:
    cast, _ = asked
    [mine] = cast.sees("provider", "/vacancies")["items"]
    assert (mine["external_ref"], mine["availability"]["last_confirmed"]) == ("H-1", "2026-09-01")
    confirmed = cast.does("provider", f"/vacancies/{mine['home']}/confirm")
    assert confirmed["availability"]["last_confirmed"] == "2026-09-02"
    cast.does("other-provider", f"/vacancies/{mine['home']}/confirm", {}, 404)
    change = {"availability": {"state": "on-hold", "reason": "illness", "until": "2026-09-20"}}
    stale = cast.call("provider", "PUT", f"/vacancies/{mine['home']}", change, If_Match='"1"')
    assert stale.status_code == 412
    changed = cast.call("provider", "PUT", f"/vacancies/{mine['home']}", change, If_Match=f'"{confirmed["version"]}"')
    assert changed.json()["availability"]["state"] == "on-hold"
    assert cast.call("provider", "PUT", f"/vacancies/{mine['home']}", change).status_code == 428


def test_an_illegal_move_is_a_409_that_says_what_is_possible_now(asked: tuple[Cast, Json]) -> None:
    cast, offer = asked
    cast.does("provider", f"/offers/{offer['id']}/say-willing")
    refused = cast.does("provider", f"/offers/{offer['id']}/view", {}, 409)
    assert refused["possible"] == ["decline", "choose", "withdraw"]
    assert "Possible now: decline, choose, withdraw" in refused["detail"]


def test_an_offer_expires_and_can_then_not_be_answered(asked: tuple[Cast, Json]) -> None:
    cast, offer = asked
    cast.service.clock.move(days=3)
    assert cast.sees("provider", f"/offers/{offer['id']}")["state"] == "expired"
    assert cast.does("provider", f"/offers/{offer['id']}/say-willing", {}, 409)["possible"] == []


def test_an_edit_that_somebody_else_overtook_is_refused(asked: tuple[Cast, Json]) -> None:
    cast, offer = asked
    cast.does("provider", f"/offers/{offer['id']}/view", If_Match='"1"')
    cast.does("placements", f"/offers/{offer['id']}/withdraw", {}, 412, If_Match='"1"')


def test_a_home_that_takes_its_yes_back_frees_the_bed(asked: tuple[Cast, Json]) -> None:
    cast, offer = asked
    cast.does("provider", f"/offers/{offer['id']}/say-willing")
    assert len(cast.sees("placements", "/holds")["items"]) == 1
    cast.does("provider", f"/offers/{offer['id']}/decline", {"reason": "carers-not-available"})
    assert cast.sees("placements", "/holds")["items"] == []


def test_a_referral_becomes_decided_by_a_decision_and_by_no_edit(asked: tuple[Cast, Json]) -> None:
    cast, offer = asked
    version = cast.sees("placements", f"/referrals/{offer['referral']}")["version"]
    edit: Any = {"state": "matched"}
    refused = cast.call("placements", "PATCH", f"/referrals/{offer['referral']}", edit, If_Match=f'"{version}"')
    assert refused.status_code == 409
    assert refused.json()["possible"] == ["search", "withdraw", "close"]
