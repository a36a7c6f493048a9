"""Measures: every one with its definition, what cannot be told with its reason, beds, gaps, needs against cost."""

from __future__ import annotations

from matching.workflow.roles import Role
from tests.pages.conftest import SignedIn


def test_every_measure_has_its_meaning_and_what_cannot_be_told_says_why(in_county: SignedIn) -> None:
    browser = in_county(Role.COMMISSIONER)
    page = browser.open("/measures")
    assert "not told" in page.text
    assert "What the law means by it" in page.text
    csv = browser.open(page.links_to("/measures/by-month.csv")[0])
    assert "month,until,measure,name,number,unit" in csv.html


def test_measures_from_returns_that_nobody_has_read_in_are_refused_plainly(in_county: SignedIn) -> None:
    page = in_county(Role.COMMISSIONER).open("/measures?source=returns", status=409)
    assert "return" in page.text


def test_gaps_beds_and_their_use_stand_side_by_side(in_county: SignedIn) -> None:
    browser = in_county(Role.COMMISSIONER)
    page = browser.open("/measures/beds-and-gaps")
    assert "Everybody who waits" in page.text
    assert "Beds kept for a purpose" in page.text
    assert "Void nights" in page.text
    assert "group,name,demand" in browser.open("/measures/gaps.csv").html
    assert "week,home,kind" in browser.open("/measures/occupancy.csv").html


def test_needs_stand_against_cost_with_outliers_named(in_county: SignedIn) -> None:
    browser = in_county(Role.COMMISSIONER)
    page = browser.open("/measures/needs-and-cost")
    assert "Far from what is usual" in page.text
    assert "pm-dot--far" in page.html
    assert "child,home,kind" in browser.open("/measures/needs-and-cost.csv").html


def test_an_authority_without_records_is_told_so(as_role: SignedIn) -> None:
    browser = as_role(Role.COMMISSIONER)
    browser.open("/measures")
    assert "No child has both a needs profile and a price" in browser.open("/measures/needs-and-cost").text
    page = browser.open("/measures/beds-and-gaps")
    assert "no home of its own" in page.text
    assert "No cover" in page.text


def test_a_social_worker_is_not_shown_them(in_county: SignedIn) -> None:
    in_county(Role.SOCIAL_WORKER).open("/measures", status=403)
