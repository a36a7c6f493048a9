"""Sign-offs: listed for the role they are asked of, with rule, source, facts and deadline; agreed or refused once."""

from __future__ import annotations

import pytest

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages import states
from tests.pages.browsing import Browser, reference_of
from tests.pages.conftest import SignedIn


@pytest.fixture
def asked(county: Service) -> str:
    """The address of a sign-off that waits for the team manager."""
    return states.a_sign_off_of_the_team_manager(county)


def test_a_sign_off_says_rule_source_facts_and_deadline(asked: str, in_county: SignedIn) -> None:
    browser = in_county(Role.TEAM_MANAGER)
    listed = browser.open("/sign-offs")
    assert listed.heading == "My sign-offs"
    assert asked in [href for _, href in listed.links]
    page = browser.open(asked)
    for said in ("level of need", "This rule is not met", "Where the rule is from", "By when", "Team manager"):
        assert said in page.text


def test_agreeing_names_who_agreed_and_when(asked: str, county: Service, in_county: SignedIn) -> None:
    browser = in_county(Role.TEAM_MANAGER)
    browser.open(asked)
    done = browser.send({"answer": "agree", "reason": "Support is arranged"}, action=asked)
    assert done.address == "/sign-offs?said=agreed"
    assert "You agreed" in done.text
    assert "Nothing waits for an answer." in done.text
    told = county.get(asked).json()
    assert (told["state"], told["answered_by"]) == ("agreed", reference_of(Role.TEAM_MANAGER))
    with county.store.reading(county.authority) as work:
        last = [one for one in work.audit.events(limit=10_000) if one.action == "agree-sign-off"][-1]
    assert last.actor == reference_of(Role.TEAM_MANAGER)


def test_refusing_needs_a_reason_and_keeps_what_was_typed(asked: str, in_county: SignedIn) -> None:
    browser = in_county(Role.TEAM_MANAGER)
    browser.open(asked)
    again = browser.send({"answer": "refuse"}, action=asked, status=422)
    assert ("Say why you refuse", "#reason") in again.links
    assert ("answer", "refuse") in again.form(asked).fields
    done = browser.send({"reason": "Too many needs"}, action=asked)
    assert "You refused" in done.text


def test_saying_nothing_is_told_at_the_answer(asked: str, in_county: SignedIn) -> None:
    browser = in_county(Role.TEAM_MANAGER)
    browser.open(asked)
    again = browser.send({"reason": "Hm"}, action=asked, status=422)
    assert ("Say whether you agree", "#answer") in again.links
    assert "answer" in again.ids
    assert again.title.startswith("Error: ")
    assert ("reason", "Hm") in again.form(asked).fields


def test_a_double_click_answers_once(asked: str, county: Service, in_county: SignedIn) -> None:
    browser = in_county(Role.TEAM_MANAGER)
    form = browser.open(asked).form(asked)
    fields = {**{name: [value] for name, value in form.fields}, "answer": ["agree"]}
    for _ in range(2):
        assert browser.post(asked, fields).address == "/sign-offs?said=agreed"
    with county.store.reading(county.authority) as work:
        actions = [one.action for one in work.audit.events(limit=10_000)]
    assert actions.count("agree-sign-off") == 1


def test_a_lost_race_shows_both_answers_and_loses_no_word(asked: str, county: Service, in_county: SignedIn) -> None:
    mine = in_county(Role.TEAM_MANAGER)
    mine.open(asked)
    other = in_county(Role.TEAM_MANAGER)
    other.open(asked)
    other.send({"answer": "refuse", "reason": "Theirs"}, action=asked)
    lost = mine.send({"answer": "agree", "reason": "Mine"}, action=asked, status=412)
    for said in ("Somebody changed this", "Theirs", "Mine", "Refused", "Agree"):
        assert said in lost.text


def test_what_is_typed_survives_the_end_of_the_session(asked: str, county: Service, in_county: SignedIn) -> None:
    browser = in_county(Role.TEAM_MANAGER)
    browser.open(asked)
    county.clock.move(hours=2)
    browser.send({"answer": "refuse", "reason": "A long reason"}, action=asked)
    browser.send({"person": f"{county.authority}/{reference_of(Role.TEAM_MANAGER)}"})
    assert browser.page.heading == "What you typed is still here"
    done = browser.send(action="/kept-form/send")
    assert done.address == "/sign-offs?said=refused"
    assert county.get(asked).json()["reason"] == "A long reason"


def test_nobody_answers_what_is_asked_of_another_role(asked: str, county: Service, in_county: SignedIn) -> None:
    director = in_county(Role.DIRECTOR)
    assert director.open(asked, status=403).heading == "This is not part of your role"
    token = dict(director.open("/").form("/sign-out").fields)["form_token"]
    director.post(asked, {"form_token": [token], "answer": ["agree"]}, status=403)
    assert county.get(asked).json()["state"] == "requested"


def test_placements_see_all_and_may_withdraw_but_not_answer(asked: str, in_county: SignedIn) -> None:
    browser = in_county(Role.PLACEMENTS)
    page = browser.open(asked)
    assert [form.action for form in page.forms] == ["/sign-out", f"{asked}/withdraw"]
    done = browser.send(action=f"{asked}/withdraw")
    assert "asked for no longer" in done.text
    assert Browser is type(browser)


def test_an_answer_to_what_is_answered_says_what_is_possible(asked: str, in_county: SignedIn) -> None:
    browser = in_county(Role.TEAM_MANAGER)
    form = browser.open(asked).form(asked)
    browser.send({"answer": "agree"}, action=asked)
    fields = {**{name: [value] for name, value in form.fields if name != "version"}, "answer": ["refuse"]}
    refused = browser.post(asked, {**fields, "reason": ["Now not"]}, status=409)
    assert refused.heading == "This is not possible now"


@pytest.mark.parametrize("wrong", ["not-an-id", "00000000-0000-4000-8000-000000000000"])
def test_a_sign_off_that_is_not_there_is_not_found(in_county: SignedIn, wrong: str) -> None:
    assert in_county(Role.DIRECTOR).open(f"/sign-offs/{wrong}", status=404).heading == "Page not found"
