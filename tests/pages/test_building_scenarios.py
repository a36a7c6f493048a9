"""A scenario built change by change: kept as it goes, refused in plain words, safe when two people change it."""

from __future__ import annotations

import pytest

from app.pages.what_if.change_fields import ASKED
from matching.workflow.roles import Role
from tests.pages.browsing import Browser
from tests.pages.conftest import SignedIn


@pytest.fixture
def begun(in_county: SignedIn) -> tuple[Browser, str]:
    """A commissioner's browser at a new scenario, and its address."""
    browser = in_county(Role.COMMISSIONER)
    browser.open("/what-if/scenarios/new")
    page = browser.send({"name": "Ten carers for teenagers", "says": "In the west."})
    return browser, page.address


def test_changes_are_added_one_at_a_time_and_laid_beside_tonight(begun: tuple[Browser, str]) -> None:
    browser, address = begun
    browser.open(f"{address}/add/add-homes")
    typed = {"count": "10", "kind": "fostering-mainstream", "ages-youngest": "10", "ages-oldest": "15", "weekly": "450"}
    page = browser.send(typed)
    assert "Add homes: count 10; kind fostering-mainstream; " in page.text
    assert "ages 10 to 15" in page.text
    assert "£450 a week" in page.text
    browser.open(f"{address}/add/change-prices")
    assert "+2.5 %" in browser.send({"per_mille": "2.5"}).text
    compared = browser.open(browser.open(address).link("Compare it with tonight"))
    assert "Ten carers for teenagers" in compared.text
    assert "Look at or change it" in browser.open("/what-if").text


@pytest.mark.parametrize("change", ASKED)
def test_every_kind_of_change_has_a_form_that_says_what_is_missing(begun: tuple[Browser, str], change: str) -> None:
    browser, address = begun
    page = browser.open(f"{address}/add/{change}")
    assert page.heading == ASKED[change][0]
    refused = browser.send({}, status=422)
    assert "There is a problem" in refused.text


def test_nonsense_is_refused_and_what_was_typed_stays(begun: tuple[Browser, str]) -> None:
    browser, address = begun
    browser.open(f"{address}/add/add-homes")
    page = browser.send({"count": "0", "kind": "fostering-mainstream", "place": "nowhere"}, status=422)
    assert ("place", "nowhere") in page.form(f"{address}/add/add-homes").fields
    browser.open(f"{address}/add/close-homes")
    page = browser.send({"which-homes": "H-NONE"}, status=422)
    assert "H-NONE" in page.html


def test_a_growth_of_four_hundred_per_cent_asks_whether_you_are_sure(begun: tuple[Browser, str]) -> None:
    browser, address = begun
    browser.open(f"{address}/add/change-demand")
    page = browser.send({"per_mille_a_year": "400"}, status=422)
    assert "Are you sure?" in page.text
    assert "+400 % a year" in browser.send({"confirmed": "yes"}).text


def test_two_people_who_change_a_scenario_lose_nothing(begun: tuple[Browser, str], in_county: SignedIn) -> None:
    browser, address = begun
    other = in_county(Role.PLACEMENTS)
    browser.open(f"{address}/add/add-children")
    other.open(f"{address}/add/add-children")
    assert "count 5" in other.send({"count": "5"}).text
    page = browser.send({"count": "7"}, status=412)
    assert "Somebody changed this scenario meanwhile" in page.text
    found = browser.send()
    assert "count 5" in found.text
    assert "count 7" in found.text


def test_a_change_is_taken_away_and_a_scenario_removed(begun: tuple[Browser, str]) -> None:
    browser, address = begun
    browser.open(f"{address}/add/step-down")
    browser.send({"count": "3"})
    assert "Nothing yet" in browser.send({}, action=f"{address}/take-away").text
    assert "The scenario is removed" in browser.send({}, action=f"{address}/remove").text
    browser.open(address, status=404)


def test_a_name_that_is_taken_is_said(begun: tuple[Browser, str]) -> None:
    browser, _ = begun
    browser.open("/what-if/scenarios/new")
    assert "of this name is there already" in browser.send({"name": "Ten carers for teenagers"}, status=422).text
