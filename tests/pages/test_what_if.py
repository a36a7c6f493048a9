"""What if: scenarios chosen, tonight beside today, kept once, and read again."""

from __future__ import annotations

from uuid import UUID

import pytest

from app.services.scenarios.long_work import work_out
from db.repositories.studies import StudyStatus
from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.conftest import SignedIn

_TWENTY = "/what-if/tonight?ready=twenty-households"


def test_a_commissioner_finds_scenarios_with_where_their_figures_come_from(in_county: SignedIn) -> None:
    page = in_county(Role.COMMISSIONER).open("/what-if")
    assert "20 more fostering households, 12 of them for ages 10 to 15" in page.text
    assert "14.6 % of mainstream households leave a year" in page.text
    assert "Nothing has been kept yet" in page.text


def test_twenty_households_are_laid_beside_tonight_as_it_is(in_county: SignedIn, county: Service) -> None:
    page = in_county(Role.COMMISSIONER).open(f"{_TWENTY}&ready=uasc&together=yes")
    assert "All of them together" in page.text
    assert "Children without a home tonight" in page.text
    assert "Who gains and who loses" in page.text
    assert "Added by the scenario" in page.text
    assert county.get("/studies").json()["items"] == []


def test_a_comparison_is_kept_once_and_read_again_as_it_stood(in_county: SignedIn, county: Service) -> None:
    browser = in_county(Role.COMMISSIONER)
    fields: dict[str, list[str]] = {}
    for name, value in browser.open(_TWENTY).form("/what-if/tonight").fields:
        fields.setdefault(name, []).append(value)
    kept = browser.post("/what-if/tonight", fields)
    assert "The comparison is kept" in kept.text
    assert browser.post("/what-if/tonight", fields).address == kept.address
    assert len(county.get("/studies").json()["items"]) == 1
    csv = kept.links_to("/what-if/studies/")[0]
    assert csv.endswith(".csv")
    assert "scenario,children,placed" in browser.open(csv).html
    assert "Tonight, side by side" in browser.open("/what-if/studies").text


def test_none_chosen_and_one_that_is_not_there_are_said(in_county: SignedIn) -> None:
    browser = in_county(Role.COMMISSIONER)
    assert "No scenarios are chosen. Choose one to 4" in browser.open("/what-if/tonight", status=422).text
    page = browser.open("/what-if/tonight?ready=no-such-thing", status=422)
    assert "One of the scenarios cannot be run today" in page.text
    page = browser.open("/what-if/tonight?saved=not-an-id", status=422)
    assert "no longer there" in page.text


def test_whoever_may_only_read_is_not_offered_to_ask(in_county: SignedIn) -> None:
    browser = in_county(Role.AUDITOR)
    assert "Compare one to four" not in browser.open("/what-if").text
    browser.open(_TWENTY, status=403)


def test_an_authority_without_records_has_no_scenario_about_homes_to_close(as_role: SignedIn) -> None:
    page = as_role(Role.COMMISSIONER).open("/what-if")
    assert "Closing the children's home in which most children live" not in page.text
    assert "Nothing has been kept yet" in page.text


def test_the_years_ahead_are_told_with_bands_and_what_is_not_known(in_county: SignedIn, county: Service) -> None:
    browser = in_county(Role.COMMISSIONER)
    browser.open("/what-if/ahead")
    page = browser.send({"years": "1", "ready": ["twenty-households"], "cost": "45000000"})
    assert page.heading == "The next 1 year"
    assert "20 more fostering households" in page.text
    assert "Chance of unmet need" in page.text
    assert "at most £45,000,000" in page.text
    assert "What it does not know" in page.text
    assert "pm-fan__band" in page.html
    assert [one["kind"] for one in county.get("/studies").json()["items"]] == ["look-ahead"]


def test_years_that_cannot_be_looked_at_keep_what_was_typed(in_county: SignedIn) -> None:
    browser = in_county(Role.COMMISSIONER)
    browser.open("/what-if/ahead")
    page = browser.send({"years": "9", "cost": "many"}, status=422)
    assert "Choose one to five years" in page.text
    assert ("cost", "many") in page.form("/what-if/ahead").fields


def test_the_cheapest_homes_are_asked_of_a_worker_once_and_can_be_stopped(in_county: SignedIn, county: Service) -> None:
    browser = in_county(Role.COMMISSIONER)
    browser.open("/what-if/cheapest")
    assert "Give a whole number from 0 to 100" in browser.send({"placed": "101"}, status=422).text
    page = browser.send({"placed": "96"})
    assert "Look again" in page.text
    assert page.headers["refresh"] == "5"
    assert "Stopped" in browser.send({}, action=f"{page.address}/stop").text
    assert len(county.get("/studies").json()["items"]) == 1


def test_what_a_bed_is_worth_is_asked_of_a_worker(in_county: SignedIn) -> None:
    browser = in_county(Role.COMMISSIONER)
    browser.open("/what-if/bed-prices")
    assert "Give a whole number from 2" in browser.send({"days": "1"}, status=422).text
    assert "What one more home would be worth" in browser.send({"days": "2"}).text


def test_who_could_step_down_is_found_with_reasons(in_county: SignedIn) -> None:
    browser = in_county(Role.COMMISSIONER)
    browser.open("/what-if")
    page = browser.send({}, action="/what-if/step-down")
    assert page.heading == "Who could step down"
    assert "Outgrown" in page.text


@pytest.mark.parametrize(
    ("path", "typed", "heading"),
    [
        ("/what-if/cheapest", {"placed": "50"}, "Everything tried that nothing betters"),
        ("/what-if/bed-prices", {"days": "2"}, "The most useful first"),
    ],
)
def test_what_a_worker_answered_is_told_in_words(
    family: Service, as_role: SignedIn, path: str, typed: dict[str, str], heading: str
) -> None:
    browser = as_role(Role.COMMISSIONER)
    browser.open(path)
    asked = browser.send(typed)
    study = UUID(asked.address.rsplit("/", 1)[1])
    assert work_out(family.office, family.authority, study) is StudyStatus.FINISHED
    page = browser.open(asked.address)
    assert heading in [words for _, words in page.headings]
    assert "Answered" in page.text
    assert any(href.endswith(".csv") for _, href in page.links)
