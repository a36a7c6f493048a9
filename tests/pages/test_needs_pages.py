"""A child's needs are shown as they changed, and a new profile shows what it changes before it is recorded."""

from __future__ import annotations

import pytest

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.conftest import SignedIn
from tests.pages.test_making_referrals import Fields, answer, day

MADE: Fields = {**day("made-on", "2 9 2026"), **day("review-due", "2 3 2027"), "author": "SW-204"}


def test_needs_are_shown_with_what_changed(in_county: SignedIn) -> None:
    browser = in_county(Role.SOCIAL_WORKER)
    href = next(href for _, href in browser.open("/referrals").links if href.startswith("/referrals/R-"))
    page = browser.open(href)
    needs = next(href for text, href in page.links if text.startswith("All needs profiles"))
    page = browser.open(needs)
    assert page.heading.startswith("Needs of ")
    assert "In force" in page.text
    assert "Make a new needs profile" in page.text
    assert any(href.startswith("/referrals/R-") for _, href in page.links)


def test_a_child_without_a_profile_says_so(as_role: SignedIn, family: Service) -> None:
    page = as_role(Role.SOCIAL_WORKER).open(f"/children/{family.id('CH-10413')}/needs")
    assert "No needs profile is on record" in page.text


def test_a_new_profile_shows_what_it_changes_and_is_recorded_once(as_role: SignedIn, family: Service) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    child = family.id("CH-10412")
    before = family.get(f"/children/{child}/needs-profiles").json()["items"][0]
    browser.open(f"/children/{child}/needs")
    draft = browser.send(action=f"/children/{child}/needs/new").address
    answer(browser, f"{draft}/a/profile", MADE)
    page = browser.open(f"{draft}/a/needs-1")
    assert "Last time: " in page.text
    new = 0 if before["levels"]["health"] else 4
    answer(browser, f"{draft}/a/needs-1", {"health-level": str(new), "health-words": "I can do it"})
    page = browser.open(f"{draft}/check")
    assert f"from {before['levels']['health']} to {new}" in page.text
    fields = {name: [value] for name, value in page.form().fields}
    first, again = browser.post(f"{draft}/check", fields), browser.post(f"{draft}/check", fields)
    assert "The needs profile is recorded." in first.text
    assert again.heading == first.heading
    items = family.get(f"/children/{child}/needs-profiles").json()["items"]
    assert len(items) == 2
    assert items[0]["levels"] == {"health": new}
    assert "I can do it" in browser.open(f"/children/{child}/needs").text


def test_a_profile_with_words_and_no_level_is_not_recorded(as_role: SignedIn, family: Service) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    child = family.id("CH-10413")
    browser.open(f"/children/{child}/needs")
    draft = browser.send(action=f"/children/{child}/needs/new").address
    page = answer(browser, f"{draft}/a/needs-1", {"health-strength": "Runs"}, status=422)
    assert "Select the level, or clear the words below it" in page.text
    late = answer(browser, f"{draft}/a/profile", MADE | day("review-due", "1 9 2026"), status=422)
    assert "The review is due before the profile was made" in late.text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.TEAM_MANAGER])
def test_who_reads_needs_and_makes_none_is_offered_none(as_role: SignedIn, family: Service, role: Role) -> None:
    page = as_role(role).open(f"/children/{family.id('CH-10412')}/needs")
    assert "Make a new needs profile" not in page.text
