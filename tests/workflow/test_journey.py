"""From a referral of two siblings to an ended placement, over HTTP, every actor with a key of their own."""

from __future__ import annotations

from typing import Any

from tests.workflow.cast import Cast, Json, a_child, a_home, a_search


def family(cast: Cast) -> tuple[Json, Json, Json]:
    """Two siblings who wait, and two homes of two providers."""
    for ref in ("C-1", "C-2"):
        cast.recorded("children", a_child(ref))
    cast.recorded("sibling-groups", {"external_ref": "G-1", "members": ["C-1", "C-2"]})
    far = {"postcode": "IP1 2BB", "provider": "PR-2"}  # in Suffolk: outside the area
    near, away = cast.recorded("homes", a_home("H-1")), cast.recorded("homes", a_home("H-2", **far))
    return cast.recorded("referrals", a_search("S-1", "C-1", "C-2", group="G-1")), near, away


def test_from_referral_to_ended_placement(cast: Cast) -> None:  # noqa: PLR0915 - one story, told in order
    referral, _, away = family(cast)
    search, children = referral["id"], [ask["child"] for ask in referral["asks"]]

    # the team sees a ranked list, and what waits: a search, and two views to record
    ways = cast.sees("placements", f"/referrals/{search}/shortlist")["entries"]
    assert [way["homes"][0]["home"] for way in ways][:2] == ["H-1", "H-2"]
    waiting = cast.sees("placements", "/waiting?everybodys=true")["items"]
    assert {(one["role"], one["noun"]) for one in waiting} == {
        ("placements", "referral"),
        ("social-worker", "referral"),
    }

    # two homes are asked at once; each sees its own offer only, without any identifier
    offers = cast.does("placements", f"/referrals/{search}/offers", {"offers": [{"home": "H-1"}, {"home": "H-2"}]}, 201)
    first, second = (one["id"] for one in offers["items"])
    mine = cast.sees("provider", "/offers")["items"]
    assert [one["id"] for one in mine] == [first]
    assert (mine[0]["referral"], mine[0]["children"]) == (None, [])
    assert [child["age"] for child in mine[0]["enquiry"]["children"]] == [10, 10]
    cast.sees("other-provider", f"/offers/{first}", 404)
    cast.does("provider", f"/offers/{first}/view")

    # one says no, and why; the other is willing, and its beds are held
    cast.does("other-provider", f"/offers/{second}/decline", {"reason": "school-or-distance"})
    willing = cast.does("provider", f"/offers/{first}/say-willing")
    assert (willing["state"], willing["possible"]) == ("willing", ["decline"])
    assert len(cast.sees("placements", f"/holds?referral={search}")["items"]) == 2
    assert cast.sees("placements", f"/homes/{away['id']}/declines")["items"][0]["reason"] == "school-or-distance"

    # no decision without the children's views; then the social worker records them and recommends
    choice: Any = {"chosen": [{"child": child, "home": "H-1"} for child in children], "decided_by": "staff-1"}
    refused = cast.does("team-manager", f"/referrals/{search}/decisions", choice, 409)
    assert {error["pointer"] for error in refused["errors"]} == {"/child_view"}
    cast.says(search, children[0], {"asked": "asked", "said": "Together, near nan", "pre_visit_wanted": "yes"})
    cast.says(search, children[1], {"asked": "not-asked-too-young"})
    said = {"chosen": choice["chosen"], "by": "staff-2", "reason": "They stay together and keep their school"}
    cast.does("social-worker", f"/referrals/{search}/recommendations", said, 201)

    # what the rules ask is asked of its role alone, and agreed
    asked = cast.does("placements", f"/referrals/{search}/sign-offs", {"chosen": choice["chosen"]}, 201)["items"]
    for one in asked:
        cast.does("auditor", f"/sign-offs/{one['id']}/agree", {"by": "staff-9"}, 403)
        assert one["id"] in {seen["id"] for seen in cast.sees(one["role"], "/sign-offs")["items"]}
        cast.does(one["role"], f"/sign-offs/{one['id']}/agree", {"by": "staff-3"})

    # a named person decides; what was shown is kept; the same request again is the same answer
    decided = cast.does("team-manager", f"/referrals/{search}/decisions", choice, 201, Idempotency_Key="d-1")
    again = cast.does("team-manager", f"/referrals/{search}/decisions", choice, 201, Idempotency_Key="d-1")
    assert again == decided
    assert decided["rank"] == 1
    assert decided["shown"]["chosen"][0]["findings"]
    assert cast.sees("placements", f"/holds?referral={search}")["items"] == []
    assert cast.sees("provider", f"/offers/{first}")["state"] == "chosen"

    # both children move in: the decision is carried out
    stays = list(decided["placements"].values())
    for stay in stays:
        assert cast.does("social-worker", f"/placements/{stay}/start", {"on": "2026-09-02"})["state"] == "started"
    assert cast.sees("team-manager", f"/decisions/{decided['id']}")["state"] == "carried-out"
    assert cast.sees("social-worker", f"/referrals/{search}")["state"] == "placed"

    # one leaves a month later; the bed is free again; and the feed has told of all of it, without a word about anybody
    cast.service.clock.move(days=30)
    ended = cast.does("social-worker", f"/placements/{stays[0]}/end", {"on": "2026-10-01", "reason": "planned"})
    assert (ended["state"], ended["possible"]) == ("ended", [])
    feed = cast.sees("placements", "/events?limit=1000")["items"]
    told = [event["action"] for event in feed]
    for action in ("make-offer", "say-willing-offer", "decide", "start-placement", "end-placement"):
        assert action in told
    assert [event["sequence"] for event in feed] == sorted(event["sequence"] for event in feed)
    assert "nan" not in str(feed)
    assert "staff" not in str(feed)
    with cast.service.store.reading(cast.service.authority) as work:
        assert work.audit.verify() == ()


def test_a_placement_cannot_start_while_a_sign_off_is_missing(cast: Cast) -> None:
    referral, _, _ = family(cast)
    search, children = referral["id"], [ask["child"] for ask in referral["asks"]]
    offer = cast.does("placements", f"/referrals/{search}/offers", {"offers": [{"home": "H-2"}]}, 201)["items"][0]
    cast.does("other-provider", f"/offers/{offer['id']}/say-willing")
    for child in children:
        cast.says(search, child, {"asked": "asked", "said": "Together"})
    choice = {
        "chosen": [{"child": child, "home": "H-2"} for child in children],
        "decided_by": "staff-1",
        "reasons": {"other-than-first-rank": "An aunt lives in the next street"},
    }
    decided = cast.does("placements", f"/referrals/{search}/decisions", choice, 201)
    stay = decided["placements"][children[0]]
    refused = cast.does("social-worker", f"/placements/{stay}/start", {}, 409)
    assert refused["type"].endswith("sign-off-missing")
    version = cast.sees("social-worker", f"/placements/{stay}")["version"]
    edited = cast.call("social-worker", "PATCH", f"/placements/{stay}", {"state": "started"}, If_Match=f'"{version}"')
    assert edited.status_code == 409, "an edit is held to the same"
    outstanding = cast.sees("placements", f"/sign-offs?referral={search}&state=requested")["items"]
    assert outstanding
    for one in outstanding:
        cast.does(one["role"], f"/sign-offs/{one['id']}/agree", {"by": "staff-3"})
    assert cast.does("social-worker", f"/placements/{stay}/start")["state"] == "started"
