"""A referral's file shows who, what is wanted, the history and what can be done; a name only on demand, and audited."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise

import pytest

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.browsing import Browser
from tests.pages.conftest import SignedIn


def file_of(service: Service, at: int = 0) -> str:
    """The address of a referral on record."""
    return f"/referrals/{service.get('/referrals').json()['items'][at]['reference']}"


def named(service: Service) -> str:
    """A child of the family with a name on record; gives back the child's id."""
    child = str(service.id("CH-10412"))
    body = {"given_name": "Rosalind", "family_name": "Example", "initials": "RE"}
    assert service.put(f"/children/{child}/identity", body, None).status_code == 200
    return child


def test_a_file_shows_who_what_is_wanted_and_what_waits(as_role: SignedIn, family: Service) -> None:
    page = as_role(Role.PLACEMENTS).open(file_of(family))
    assert page.heading.startswith("Referral R-")
    for words in (
        "What is wanted",
        "What waits",
        "Brothers and sisters",
        "They must live together",
        "CH-10412",
        "CH-10413",
    ):
        assert words in page.text, words
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(page.ids) == len(set(page.ids))


def test_every_drawing_has_a_title_a_description_and_a_table_of_the_same(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    references = [href for _, href in browser.open("/referrals").links if href.startswith("/referrals/R-")]
    drawn = 0
    for href in references[:12]:
        html = browser.open(href).html
        for title, says in re.findall(r'<svg[^>]* role="img" aria-labelledby="([\w-]+) ([\w-]+)"', html):
            assert f'<title id="{title}">' in html
            assert f'<desc id="{says}">' in html
            drawn += 1
        assert html.count('role="img"') <= html.count("<table")
    assert drawn > 20


def test_initials_are_shown_and_the_name_only_when_somebody_asks(as_role: SignedIn, family: Service) -> None:
    child = named(family)
    browser = as_role(Role.SOCIAL_WORKER)
    page = browser.open(file_of(family))
    assert "RE, aged 5" in page.text
    assert "Rosalind" not in page.html
    shown = browser.send(action=f"{file_of(family)}/children/{child}/name#child-1")
    assert "Full name: Rosalind Example" in shown.text
    assert "Rosalind" not in browser.open(file_of(family)).html
    with family.store.reading(family.authority) as work:
        events = [one for one in work.audit.events(limit=1000) if one.action == "read-identity"]
    assert [(str(one.noun_id), one.role) for one in events] == [(child, "social-worker")]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.TEAM_MANAGER])
def test_who_has_no_need_of_the_name_is_not_shown_it(as_role: SignedIn, family: Service, role: Role) -> None:
    child = named(family)
    browser = as_role(role)
    page = browser.open(file_of(family))
    assert "Show the full name" not in page.text
    token = dict(browser.open("/").forms[0].fields)["form_token"]
    refused = browser.post(f"{file_of(family)}/children/{child}/name", {"form_token": [token]}, status=403)
    assert "This is not part of your role" in refused.text


def test_reading_a_file_leaves_an_audit_event_and_changes_nothing(as_role: SignedIn, family: Service) -> None:
    as_role(Role.PLACEMENTS).open(file_of(family))
    with family.store.reading(family.authority) as work:
        last = [one for one in work.audit.events(limit=1000) if one.action == "read-referral"][-1]
    assert last.role == "placements"
    assert len(last.after["children"]) == 2
    assert family.get("/referrals").json()["items"][0]["version"] == 1


def test_a_referral_that_is_not_there_is_told_so(as_role: SignedIn) -> None:
    assert as_role(Role.PLACEMENTS).open("/referrals/R-00000", status=404).heading == "Page not found"


def test_what_can_be_done_depends_on_the_role(as_role: SignedIn, family: Service) -> None:
    assert "Change this referral" in as_role(Role.SOCIAL_WORKER).open(file_of(family)).text
    auditor = as_role(Role.AUDITOR).open(file_of(family)).text
    assert "Change this referral" not in auditor
    assert "End this search" not in auditor


def test_long_words_and_an_empty_record_break_nothing(as_role: SignedIn, pages: Service) -> None:
    long = "incomprehensibilities" * 20
    bare = {"external_ref": "C" * 100, "born": "2012-01-01", "sex": "U"}
    assert pages.post("/children", bare).status_code == 201
    ask = {"child": "C" * 100, "view": {"asked": "asked", "said": long}}
    body = {"external_ref": "R-1", "kind": "pace", "wanted_by": "2026-09-02", "length": "night", "asks": [ask]}
    assert pages.post("/referrals", body).status_code == 201
    page = as_role(Role.PLACEMENTS).open(file_of(pages))
    for words in ("No needs profile is on record", "No place is on record", "this would be the first", long, "today"):
        assert words in page.text, words


def test_a_file_is_small_enough_for_a_telephone(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    page = browser.open("/referrals")
    sizes = {"/referrals": packed(browser)}
    for _, href in [one for one in page.links if one[1].startswith("/referrals/R-")]:
        browser.open(href)
        sizes[href] = packed(browser)
    assert max(sizes.values()) < 50_000, max(sizes.items(), key=lambda one: one[1])


def packed(browser: Browser) -> int:
    """The bytes of the open page, as they are sent."""
    return len(gzip.compress(browser.page.html.encode(), 5))


def test_a_search_is_ended_with_a_reason_that_is_kept(as_role: SignedIn, family: Service) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    here = file_of(family)
    browser.open(f"{here}/end")
    assert "Select why the search ends" in browser.send(status=422).text
    page = browser.send({"reason": "withdraw/went-home"})
    assert "The search is withdrawn." in page.text
    assert family.get("/referrals").json()["items"][0]["state"] == "withdrawn"
    assert "Went home" in page.text
    assert "cannot be ended now" in browser.open(f"{here}/end").text


def test_a_search_ended_by_two_people_is_ended_once(as_role: SignedIn, family: Service) -> None:
    one, other = as_role(Role.PLACEMENTS), as_role(Role.PLACEMENTS)
    here = file_of(family)
    one.open(f"{here}/end")
    other.open(f"{here}/end")
    one.send({"reason": "close/no-home-found"})
    late = other.send({"reason": "withdraw/went-home"}, status=412)
    assert "Somebody changed this referral while you had it open" in late.text
    assert "cannot be ended now" in late.text
    assert family.get("/referrals").json()["items"][0]["state"] == "closed"


def test_a_draft_referral_is_opened(as_role: SignedIn, family: Service) -> None:
    body = family.get("/referrals").json()["items"][0]
    patch = family.post(
        "/referrals",
        {
            "external_ref": "R-DRAFT",
            "state": "draft",
            "kind": "planned",
            "wanted_by": "2026-10-02",
            "length": "short-term",
            "asks": [{"child": body["asks"][0]["child"]}],
        },
    )
    assert patch.status_code == 201, patch.text
    here = f"/referrals/{patch.json()['reference']}"
    browser = as_role(Role.SOCIAL_WORKER)
    browser.open(here)
    assert "The search is open." in browser.send(action=f"{here}/open").text
