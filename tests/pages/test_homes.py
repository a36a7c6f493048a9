"""Homes: found with filters that say what they hide, looked at night by night, confirmed and changed."""

from __future__ import annotations

import re

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.conftest import SignedIn


def test_every_home_is_found_and_filters_say_what_they_hide(in_county: SignedIn, county: Service) -> None:
    browser = in_county(Role.PLACEMENTS)
    number = len(county.office.pools.ready(county.authority, county.office.today()).pool.homes)
    assert f"Homes 1 to 50 of {number}." in browser.open("/homes").text
    page = browser.open("/homes?free=tonight&age=12&setting=fostering")
    assert "other homes are hidden by what you asked for" in page.text
    assert "free tonight" in page.text
    assert browser.open("/homes?find=no-such-home").text.count("No home is all that you asked for") == 1


def test_a_home_is_shown_night_by_night_with_who_lives_there(in_county: SignedIn, county: Service) -> None:
    reference, child = _lived_in(county)
    page = in_county(Role.PLACEMENTS).open(f"/homes/{reference}")
    assert "Beds free on each of the next 56 nights" in page.text
    assert "bed-nights are taken" in page.text
    assert child in page.text


def test_who_may_not_read_children_sees_ages_alone(in_county: SignedIn, county: Service) -> None:
    reference, child = _lived_in(county)
    page = in_county(Role.COMMISSIONER).open(f"/homes/{reference}")
    assert "A child" in page.text
    assert child not in page.text


def test_a_home_is_confirmed_in_two_clicks(in_county: SignedIn, county: Service) -> None:
    browser = in_county(Role.PLACEMENTS)
    reference = browser.open("/homes").links_to("/homes/")[0].rsplit("/", 1)[1]
    browser.open(f"/homes/{reference}")
    page = browser.send({}, action=f"/homes/{reference}/confirm")
    assert "confirmed as it stands, today" in page.text
    assert "Confirmed today" in page.text


def test_a_home_on_hold_says_why_and_keeps_what_was_typed(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    reference = browser.open("/homes").links_to("/homes/")[0].rsplit("/", 1)[1]
    browser.open(f"/homes/{reference}/availability")
    typed = {"state": "on-hold", "reason": "", "until-day": "31", "until-month": "2", "until-year": "2027"}
    page = browser.send(typed, status=422)
    assert "Say why the home is on hold" in page.text
    assert "This is no day of the calendar" in page.text
    assert ("until-day", "31") in page.form(f"/homes/{reference}/availability").fields
    page = browser.send({"reason": "illness", "until-day": "1", "until-month": "3"})
    assert "On hold, illness, until 1 March 2027" in page.text


def test_two_people_who_change_a_home_see_both_versions(in_county: SignedIn) -> None:
    browser, other = in_county(Role.PLACEMENTS), in_county(Role.COMMISSIONER)
    reference = browser.open("/homes").links_to("/homes/")[0].rsplit("/", 1)[1]
    browser.open(f"/homes/{reference}/availability")
    other.open(f"/homes/{reference}/availability")
    other.send({"state": "full"})
    page = browser.send({"state": "suspended"}, status=412)
    assert "Says it is full" in page.text
    assert "Suspended" in page.text
    assert "suspended" in dict(page.form(f"/homes/{reference}/availability").fields)["state"]
    assert "Suspended" in browser.send().text


def test_a_home_that_is_not_there_is_said(in_county: SignedIn) -> None:
    assert "H-NONE" not in in_county(Role.PLACEMENTS).open("/homes/H-NONE", status=404).title


def test_providers_lead_to_their_homes(in_county: SignedIn) -> None:
    browser = in_county(Role.COMMISSIONER)
    page = browser.open("/providers")
    assert "Free tonight" in page.text
    assert "hidden by what you asked for" in browser.open(page.links_to("/homes?find=")[0]).text


def test_an_authority_without_homes_is_told_what_to_do(as_role: SignedIn) -> None:
    assert "No home is on record yet" in as_role(Role.PLACEMENTS).open("/homes").text
    assert "No provider is on record yet" in as_role(Role.PLACEMENTS).open("/providers").text


def _lived_in(county: Service) -> tuple[str, str]:
    """A home and a child who lives there."""
    pool = county.office.pools.ready(county.authority, county.office.today()).pool
    return next(
        (home.external_ref, living[0].child.external_ref)
        for home, living in zip(pool.homes, pool.residents, strict=True)
        if living and home.authority == county.authority
    )


def test_a_page_behind_the_last_is_the_last(in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    last = browser.open("/homes?page=9999")
    assert re.search(r"Homes \d+ to (\d+) of \1\.", last.text)
    assert "Homes after these" not in last.text
    assert "Homes before these" in last.text
