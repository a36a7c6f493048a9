"""The plan: looked at, changed without keeping anything, kept once."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.browsing import Seen
from tests.pages.conftest import SignedIn


def test_the_plan_stands_beside_what_is_done_today_and_says_how_sure_it_is(in_county: SignedIn) -> None:
    page = in_county(Role.PLACEMENTS).open("/plan")
    assert re.search(r"\d+ of \d+ children who wait have a home proposed", page.text)
    assert "It is proved that no other plan is better" in page.text
    assert "First come, first served" in page.text
    assert "In-house first" in page.text


def test_who_has_no_home_comes_first_and_what_asks_nothing_of_anybody_is_put_away(in_county: SignedIn) -> None:
    page = in_county(Role.PLACEMENTS).open("/plan")
    parts = [
        page.html.index(words)
        for words in ("for whom no home is proposed", "to agree or check first", "with nothing to")
    ]
    assert parts == sorted(parts)
    assert "No home" in page.html[parts[0] : parts[1]]
    assert "No home" not in page.html[parts[1] :]
    assert page.html.rindex("<details", 0, parts[2]) > page.html.rindex("</details>", 0, parts[2])
    assert "sign-off" not in page.html[parts[2] : page.html.index('id="contests"')]


def test_ruling_a_home_out_shows_what_changes_and_keeps_nothing(in_county: SignedIn, county: Service) -> None:
    browser = in_county(Role.PLACEMENTS)
    page = browser.open(_first_step(browser.open("/plan"), "forbid"))
    child, home = dict(parse_qsl(urlsplit(page.address).query))["forbid"].split("~")
    assert f"{child} does not go to {home}" in page.text
    assert "Who would live elsewhere" in page.text
    assert "Nothing is kept yet" in page.text
    assert county.get("/match-runs").json()["items"] == []


def test_a_pairing_that_is_kept_stays_and_can_be_let_go(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    page = browser.open(_first_step(browser.open("/plan"), "pin"))
    assert "Kept by you" in page.text
    assert "Nobody would live elsewhere" in page.text
    assert "What your changes do" not in browser.open(_step(page, "Let go")).text


def test_a_choice_that_cannot_be_is_said_and_the_plan_still_shown(in_county: SignedIn) -> None:
    page = in_county(Role.PLACEMENTS).open("/plan?pin=NOBODY~FH-0001&weight-cost=-3", status=422)
    assert "Child NOBODY does not wait for a home now" in page.text
    assert "give a whole number from 0 to 1,000" in page.text
    assert "What is proposed" in page.text


def test_other_weights_are_tried_without_touching_the_policy(in_county: SignedIn, county: Service) -> None:
    before = county.get("/policies/in-force").json()
    page = in_county(Role.COMMISSIONER).open("/plan?weight-cost=50")
    assert "What your changes do" in page.text
    assert "reweighed" in page.text
    assert county.get("/policies/in-force").json() == before


def test_each_sign_off_says_what_doing_without_it_would_mean(in_county: SignedIn) -> None:
    page = in_county(Role.PLACEMENTS).open("/plan?prices=yes")
    assert "Asking nobody would mean" in page.text


def test_a_plan_is_kept_once_however_often_it_is_sent(in_county: SignedIn, county: Service) -> None:
    browser = in_county(Role.PLACEMENTS)
    fields: dict[str, list[str]] = {}
    for name, value in browser.open("/plan").form("/plan").fields:
        fields.setdefault(name, []).append(value)
    first = browser.post("/plan", fields)
    assert "The plan is kept as it stands" in first.text
    assert first.heading.startswith("Plan M-")
    assert browser.post("/plan", fields).address == first.address
    runs = county.get("/match-runs").json()["items"]
    assert len(runs) == 1
    assert runs[0]["reference"] in browser.open("/plan/kept").text


def test_who_may_only_look_is_not_offered_to_keep(in_county: SignedIn) -> None:
    page = in_county(Role.SOCIAL_WORKER).open("/plan")
    assert "Keep this plan" not in page.text


def test_an_authority_where_nobody_waits_has_nothing_to_plan(as_role: SignedIn) -> None:
    page = as_role(Role.PLACEMENTS).open("/plan")
    assert "Nobody waits for a home today" in page.text


def _first_step(page: Seen, kind: str) -> str:
    return next(href for _, href in page.links if f"{kind}=" in href)


def _step(page: Seen, text: str) -> str:
    return next(href for said, href in page.links if said.startswith(text))
