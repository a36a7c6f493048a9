"""The shortlist and the reasons over HTTP: ranked, explained, quick to ask again, and never out of date."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.api import examples
from db.acts import Act
from matching.placements import Hold
from matching.values import HoldId, HomeId, ReferralId
from tests.api.service import NOW, Service
from tests.api.test_reading import statements

HOME, REFERRAL = examples.HOMES[0], examples.REFERRALS[0]


def shortlist(service: Service, query: str = "") -> Any:
    """The shortlist of the example."""
    answer = service.get(f"/referrals/{service.id('RF-5520')}/shortlist{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_shortlist_ranks_homes_with_reasons_that_add_up(family: Service) -> None:
    made = shortlist(family)
    assert made["referral"] == "RF-5520"
    assert made["children"] == ["CH-10412", "CH-10413"]
    (entry,) = made["entries"]
    (home,) = entry["homes"]
    assert home["home"] == "FH-0305"  # one of the children has to leave the other home
    assert home["children"] == ["CH-10412", "CH-10413"]
    assert home["fits"]
    assert entry["points"] == sum(line["points"] for line in home["points"])
    assert entry["parted"] == []


def test_an_empty_shortlist_is_an_answer_that_says_why(family: Service) -> None:
    family.patch(f"/homes/{family.id('FH-0305')}", {"availability": {"state": "on-hold", "reason": "illness"}})
    made = shortlist(family)
    assert made["entries"] == []
    assert "Nothing fits" in made["summary"]
    assert {blocked["rule"] for blocked in made["blocked"]} >= {"availability.matchable", "availability.another-home"}


def test_a_shortlist_is_never_out_of_date(family: Service) -> None:
    first = shortlist(family)
    assert shortlist(family) == first
    family.post("/homes", {**HOME, "external_ref": "FH-2", "postcode": "NR5 8TA"})
    assert [entry["homes"][0]["home"] for entry in shortlist(family)["entries"]] == ["FH-2", "FH-0305"]
    far = family.get("/homes?external_ref=FH-2").json()["items"][0]
    family.patch(f"/homes/{far['id']}", {"availability": {"state": "full"}})
    assert [entry["homes"][0]["home"] for entry in shortlist(family)["entries"]] == ["FH-0305"]


def test_a_bed_held_for_others_comes_back_when_the_hold_runs_out(family: Service) -> None:
    child = family.post("/children", {**examples.CHILDREN[0], "external_ref": "CH-9"}).json()["id"]
    alone = {"external_ref": "RF-9", "kind": "planned", "wanted_by": "2026-10-01", "length": "short-term"}
    other = family.post("/referrals", {**alone, "asks": [{"child": "CH-9"}]}).json()["id"]
    with family.store.writing(family.authority) as work:
        hold = Hold(
            id=HoldId(uuid4()),
            authority=family.authority,
            home=HomeId(family.id("FH-0305")),
            referral=ReferralId(_uuid(other)),
            child=_uuid(child),
            first_night=NOW.date() + timedelta(days=29),
            last_morning=None,
            held_until=NOW + timedelta(hours=4),
        )
        work.holds.add(hold, Act(actor="tests", role="admin", action="hold-bed", at=NOW))
    assert shortlist(family)["entries"] == []
    family.clock.move(hours=5)
    assert len(shortlist(family)["entries"]) == 1


def _uuid(text: str) -> Any:
    from uuid import UUID  # noqa: PLC0415

    return UUID(text)


def test_why_and_why_not_is_answered_for_any_home(family: Service) -> None:
    baby_home = {
        **HOME,
        "external_ref": "FH-3",
        "approvals": [{**HOME["approvals"][0], "ages": {"youngest": 0, "oldest": 7}}],
    }
    home = family.post("/homes", baby_home).json()["id"]
    answer = family.get(f"/referrals/{family.id('RF-5520')}/homes/{home}")
    assert answer.status_code == 200, answer.text
    why = answer.json()
    ages = [finding for finding in why["findings"] if finding["rule"] == "approval.ages"]
    assert {finding["child"]: finding["standing"] for finding in ages}["CH-10413"] in {"blocked", "sign-off"}
    assert any("approved for 0-7" in finding["reason"] for finding in ages)
    assert all(finding["sources"] for finding in why["findings"])


def test_a_gap_in_what_a_home_can_meet_comes_with_the_support_that_would_close_it(sqlite_family: Service) -> None:
    home = sqlite_family.post("/homes", {**HOME, "external_ref": "FH-4", "meets": {"health": 1}}).json()["id"]
    why = sqlite_family.get(f"/referrals/{sqlite_family.id('RF-5520')}/homes/{home}").json()
    (gap,) = why["gaps"]
    assert (gap["child"], gap["domain"], gap["needed"], gap["met"]) == ("CH-10412", "health", 2, 1)
    assert gap["support"]


def test_a_referral_that_no_longer_waits_has_no_shortlist(family: Service) -> None:
    where = f"/referrals/{family.id('RF-5520')}"
    family.patch(where, {"state": "withdrawn"})
    answer = family.get(f"{where}/shortlist")
    assert answer.status_code == 409
    assert "withdrawn" in answer.json()["detail"]
    assert family.get(f"{where}/homes/{family.id('FH-0291')}").status_code == 409


def test_what_is_not_there_has_no_shortlist(sqlite_family: Service) -> None:
    nothing = uuid4()
    assert sqlite_family.get(f"/referrals/{nothing}/shortlist").status_code == 404
    assert sqlite_family.get(f"/referrals/{sqlite_family.id('RF-5520')}/homes/{nothing}").status_code == 404


def test_a_preset_ranks_by_its_own_weights(sqlite_family: Service) -> None:
    points = {
        shortlist(sqlite_family, f"?policy={preset}")["entries"][0]["points"]
        for preset in ("child-first", "cost-aware")
    }
    assert len(points) == 2
    assert sqlite_family.get(f"/referrals/{sqlite_family.id('RF-5520')}/shortlist?policy=best").status_code == 422


@pytest.mark.parametrize("warm", [False, True])
def test_the_number_of_statements_does_not_grow_with_the_homes(family: Service, warm: bool) -> None:
    counted: list[int] = []
    for homes in (1, 1, 12):
        for number in range(homes):
            family.post("/homes", {**HOME, "external_ref": f"FH-{len(counted)}-{number}"})
        if warm:
            shortlist(family)
        with statements(family) as sent:
            shortlist(family)
        counted.append(len([one for one in sent if not one.startswith(("PRAGMA", "BEGIN"))]))
    from_nothing, after_one, after_many = counted
    assert after_one == after_many
    assert from_nothing <= (8 if warm else 45)


@pytest.mark.parametrize(("day", "waiting"), [("2021-09-04", 1), ("2031-09-01", 2)])
def test_a_day_years_away_is_answered_too(sqlite_family: Service, day: str, waiting: int) -> None:
    """On the earlier day one of the children was not born: nobody looked for a home for that child."""
    child = {"born": "2022-03-09", "in_care_since": None}
    assert sqlite_family.patch(f"/children/{sqlite_family.id('CH-10412')}", child).status_code == 200
    assert sqlite_family.get(f"/referrals/{sqlite_family.id('RF-5520')}/shortlist?as_of={day}").status_code == 200
    run = sqlite_family.post("/match-runs", {"as_of": day})
    assert run.status_code == 201, run.text
    assert run.json()["totals"]["children"] == waiting


@pytest.mark.parametrize("day", ["1900-01-01", "2149-12-31"])
def test_a_day_of_which_nothing_is_known_is_refused(sqlite_family: Service, day: str) -> None:
    for answer in (
        sqlite_family.get(f"/referrals/{sqlite_family.id('RF-5520')}/shortlist?as_of={day}"),
        sqlite_family.post("/match-runs", {"as_of": day}),
    ):
        assert answer.status_code == 422
        assert [at["pointer"] for at in answer.json()["errors"]] == ["/as_of"]
        assert "five years" in answer.json()["errors"][0]["detail"]
