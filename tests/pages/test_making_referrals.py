"""A referral is made question by question: what is typed is kept, what is wrong is said, and it is recorded once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.browsing import Browser, Seen, reference_of
from tests.pages.conftest import SignedIn

Typed = Mapping[str, str | list[str]]
Fields = dict[str, str | list[str]]


def begun(browser: Browser) -> str:
    """A new referral, begun: the address of its draft."""
    browser.open("/referrals")
    return browser.send(action="/referrals/new").address.removesuffix("/children")


def with_child(browser: Browser, draft: str, number: str, born: str = "27 3 2016", initials: str = "") -> str:
    """The draft with a new child: the child's part of the address."""
    browser.open(f"{draft}/children")
    page = browser.send({"whom": "new"})
    here = page.address.removesuffix("/about")
    day, month, year = born.split()
    typed: Typed = {
        "number": number,
        "born-day": day,
        "born-month": month,
        "born-year": year,
        "sex": "F",
        "then": "next",
    }
    browser.send(typed)
    if initials:
        browser.send({"given-name": "Ann", "family-name": "Example", "initials": initials, "then": "list"})
    return here


def answer(browser: Browser, address: str, typed: Typed, status: int = 200) -> Seen:
    """One question, answered."""
    browser.open(address)
    return browser.send({"then": "next", **typed}, status=status)


def with_search(browser: Browser, draft: str, year: str = "2026") -> None:
    """The draft with all that must be said of the search."""
    answer(browser, f"{draft}/search/kind", {"kind": "planned"})
    answer(browser, f"{draft}/search/when", {"wanted-by-day": "20", "wanted-by-month": "9", "wanted-by-year": year})
    answer(browser, f"{draft}/search/length", {"length": "short-term"})


def recorded(browser: Browser, draft: str, status: int = 200) -> Seen:
    """What comes of recording the draft."""
    browser.open(f"{draft}/check")
    return browser.send(status=status)


def referrals(service: Service) -> list[dict[str, Any]]:
    """Every referral on record."""
    found: list[dict[str, Any]] = service.get("/referrals").json()["items"]
    return found


def test_a_referral_for_two_siblings_is_made_from_beginning_to_end(as_role: SignedIn) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    draft = begun(browser)
    one = with_child(browser, draft, "CH-1", "27 3 2016", "AB")
    with_child(browser, draft, "CH-2", "1 12 2020", "CD")
    with_search(browser, draft)
    answer(browser, f"{one}/health", {"health": ["respiratory", "glue-ear"], "health-recorded": "yes"})
    answer(
        browser,
        f"{one}/places",
        {
            "0-kind": "family-home",
            "0-postcode": "nr3 1ju",
            "0-frequency": "weekly",
            "1-kind": "school",
            "1-postcode": "NR5 8TA",
        },
    )
    answer(browser, f"{one}/homes", {"suitability-fostering": "preferred", "suitability-residential": "unsuitable"})
    answer(browser, f"{one}/risks", {"risks-self-harm": "low"})
    answer(browser, f"{one}/avoid", {"0-postcode": "NR1 3AB", "0-radius": "3219", "0-reason": "gang"})
    answer(browser, f"{one}/profile", day("made-on", "1 9 2026") | day("review-due", "1 3 2027") | {"author": "SW-1"})
    answer(browser, f"{one}/needs-1", {"health-level": "3", "health-strength": "Swims well"})
    answer(browser, f"{draft}/a-b/together", {"assessed": "together-required", "assessed-by": "SW-1"})
    page = recorded(browser, draft)
    assert page.heading.startswith("Referral R-")
    assert "The referral is recorded and the search is open." in page.text
    assert "AB, aged 10 and CD, aged 5" in page.text
    assert "They must live together" in page.text
    assert "Swims well" in page.text
    [stored] = referrals(browser.service)
    assert stored["state"] == "open"
    assert stored["asks"][0]["suitability"] == {"fostering": "preferred", "residential": "unsuitable"}
    assert stored["asks"][0]["avoid"] == [{"postcode": "NR1 3AB", "radius": 3219, "reason": "gang"}]
    child = browser.service.get(f"/children/{stored['asks'][0]['child']}").json()
    assert child["health"] == ["glue-ear", "respiratory"]
    assert [place["postcode"] for place in child["important_places"]] == ["NR3 1JU", "NR5 8TA"]
    assert browser.open(draft, status=404).heading == "There is no draft here any more"


def day(name: str, said: str) -> Fields:
    """A day as it is typed."""
    parts = zip(("day", "month", "year"), said.split(), strict=True)
    return {f"{name}-{part}": value for part, value in parts}


def test_what_was_typed_is_there_again_however_wrong_it_is(as_role: SignedIn) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    draft = begun(browser)
    browser.open(f"{draft}/children")
    browser.send({"whom": "new"})
    wrong: Typed = {"number": "CH-1", "born-day": "31", "born-month": "2", "born-year": "2016", "then": "next"}
    page = browser.send(wrong, status=422)
    assert page.title.startswith("Error: ")
    assert "This is no day of the calendar" in page.text
    assert "Select the child's sex" in page.text
    again = as_role(Role.SOCIAL_WORKER)
    listed = again.open("/referrals")
    resumed = again.open(listed.link("A new referral"))
    assert "To put right" in resumed.text
    page = again.open(f"{draft}/a/about")
    assert dict(page.form().fields)["born-day"] == "31"
    assert "This is no day of the calendar" in page.text
    page = again.send({"born-day": "28", "sex": "F", "then": "next"})
    assert page.heading == "What is the name of CH-1?"


def test_the_domain_refuses_what_it_would_refuse_from_the_api(as_role: SignedIn) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    draft = begun(browser)
    here = with_child(browser, draft, "CH-1")
    future = answer(browser, f"{here}/about", {"born-day": "3", "born-month": "9", "born-year": "2026"}, status=422)
    assert "The child would be born in the future. Give a day up to today" in future.text
    answer(browser, f"{here}/about", {"born-year": "2016"})
    place = answer(browser, f"{here}/places", {"0-kind": "school", "0-postcode": "nowhere"}, status=422)
    assert "This is not a postcode" in place.text
    assert 'href="#0-postcode"' in place.html
    unanswered = answer(browser, f"{here}/avoid", {"0-postcode": "NR1 3AB"}, status=422)
    assert "Select how far around it" in unanswered.text
    stranger = answer(browser, f"{here}/living-with", {"never-with": "CH-404"}, status=422)
    assert "There is no such child on record" in stranger.text
    time = answer(browser, f"{draft}/search/when", day("wanted-by", "20 9 2026") | {"wanted-time": "5pm"}, status=422)
    assert "for example 17:30" in time.text


def test_everything_that_is_missing_is_named_with_a_link_to_its_question(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    draft = begun(browser)
    with_child(browser, draft, "CH-1")
    page = recorded(browser, draft, status=422)
    for says, address in (
        ("Select the kind of search", "kind"),
        ("Enter the first night", "when"),
        ("Select how long", "length"),
    ):
        assert any(says in text and href.startswith(f"{draft}/search/{address}#") for text, href in page.links), says
    assert referrals(browser.service) == []


def test_a_referral_sent_twice_is_recorded_once(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    draft = begun(browser)
    with_child(browser, draft, "CH-1")
    with_search(browser, draft)
    form = browser.open(f"{draft}/check").form()
    fields = {name: [value] for name, value in form.fields}
    first = browser.post(form.action, fields)
    second = browser.post(form.action, fields)
    assert first.heading == second.heading
    assert first.heading.startswith("Referral R-")
    assert len(referrals(browser.service)) == 1
    later = browser.post(form.action, fields | {"once": ["another"]}, status=404)
    assert later.heading == "There is no draft here any more"


def test_a_button_pressed_twice_adds_one_child(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    draft = begun(browser)
    form = browser.open(f"{draft}/children").form()
    fields = {name: [value] for name, value in form.fields} | {"whom": ["new"]}
    assert browser.post(form.action, fields).address == browser.post(form.action, fields).address
    assert browser.open(draft).text.count("New\n") == 1


def test_a_child_who_is_on_record_brings_what_is_known(as_role: SignedIn, family: Service) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    draft = begun(browser)
    browser.open(f"{draft}/children")
    missing = browser.send({"whom": "known", "known-number": "CH-000"}, status=422)
    assert "No child on record has this number" in missing.text
    browser.send({"whom": "known", "known-number": "CH-10412"})
    page = browser.open(f"{draft}/a/places")
    assert "NR3 1JU" in page.html
    nobody = browser.open(f"{draft}/children")
    assert nobody.heading == "Who needs a home?"
    assert family.get("/children").json()["items"][0]["version"] == 1


def test_nobody_reads_the_draft_of_somebody_else(as_role: SignedIn) -> None:
    draft = begun(as_role(Role.SOCIAL_WORKER))
    page = as_role(Role.PLACEMENTS).open(draft, status=404)
    assert page.heading == "There is no draft here any more"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.TEAM_MANAGER])
def test_who_may_not_make_referrals_is_told_who_may(as_role: SignedIn, role: Role) -> None:
    browser = as_role(role)
    assert "Make a new referral" not in browser.open("/referrals").text
    page = browser.open("/drafts/00000000-0000-4000-8000-000000000000", status=403)
    assert "placements" in page.text


def test_a_draft_thrown_away_is_gone(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    draft = begun(browser)
    with_child(browser, draft, "CH-1")
    browser.open(f"{draft}/discard")
    assert "What you had typed was thrown away." in browser.send().text
    browser.open(draft, status=404)


def test_what_is_typed_leaves_audit_events_that_say_nothing_of_it(as_role: SignedIn) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    with_child(browser, begun(browser), "CH-77", initials="QX")
    with browser.service.store.reading(browser.service.authority) as work:
        events = [one for one in work.audit.events(limit=1000) if one.noun == "draft"]
    assert {one.action for one in events} == {"begin-draft", "save-draft"}
    assert all(one.actor.startswith("S") or one.actor for one in events)
    told = repr([(one.before, one.after) for one in events])
    assert "CH-77" not in told
    assert "QX" not in told
    assert "a/about" in told


def test_an_answer_typed_after_the_session_ended_is_not_lost(as_role: SignedIn) -> None:
    browser = as_role(Role.SOCIAL_WORKER)
    draft = begun(browser)
    here = with_child(browser, draft, "CH-1")
    browser.open(f"{here}/living-with")
    browser.service.clock.move(hours=2)
    asked = browser.send({"living-with": "solo", "then": "next"})
    assert "What you typed is kept" in asked.text
    browser.send({"person": f"{browser.service.authority}/{reference_of(Role.SOCIAL_WORKER)}"})
    browser.send(action="/kept-form/send")
    assert dict(browser.open(f"{here}/living-with").form().fields)["living-with"] == "solo"


def test_two_windows_that_answer_two_questions_both_keep_their_answers(as_role: SignedIn) -> None:
    one, other = as_role(Role.PLACEMENTS), as_role(Role.PLACEMENTS)
    draft = begun(one)
    with_child(one, draft, "CH-1")
    one.open(f"{draft}/search/kind")
    other.open(f"{draft}/search/length")
    one.send({"kind": "planned", "then": "next"})
    other.send({"length": "until-18", "then": "next"})
    checked = one.open(f"{draft}/check").text
    assert "Planned" in checked
    assert "Until 18" in checked


def test_the_back_button_leads_to_what_was_typed(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    draft = begun(browser)
    with_child(browser, draft, "CH-1")
    answer(browser, f"{draft}/search/kind", {"kind": "planned"})
    stale = browser.open(f"{draft}/search/kind").form()
    browser.open(f"{draft}/search/when")
    fields = {name: [value] for name, value in stale.fields} | {"kind": ["emergency"], "then": ["next"]}
    assert browser.post(stale.action, fields).heading == "When is a home wanted?"
    assert dict(browser.open(f"{draft}/search/kind").form().fields)["kind"] == "emergency"


def test_questions_are_asked_of_those_they_matter_to(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    draft = begun(browser)
    with_child(browser, draft, "CH-1", "27 3 2016", "AB")
    with_child(browser, draft, "CH-2", "27 3 2009", "CD")
    page = browser.open(draft)
    assert "Is CD ready for more independence?" in page.text
    assert "Is AB ready for more independence?" not in page.text
    assert "Should AB and CD live together?" in page.text
    browser.send(action=f"{draft}/children/b/remove")
    assert "CD" not in browser.open(draft).text


def test_a_question_that_is_not_asked_is_not_found(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    draft = begun(browser)
    with_child(browser, draft, "CH-1")
    assert browser.open(f"{draft}/z/about", status=404).heading == "Page not found"
    assert browser.open(f"{draft}/search/nothing", status=404).heading == "Page not found"


def test_what_nobody_said_of_health_is_not_taken_as_healthy(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    draft = begun(browser)
    with_child(browser, draft, "CH-1")
    with_search(browser, draft)
    recorded(browser, draft)
    [child] = browser.service.get("/children").json()["items"]
    assert child["health_recorded"] is False


def test_one_wrong_answer_is_told_of_at_its_own_question_alone(as_role: SignedIn) -> None:
    browser = as_role(Role.PLACEMENTS)
    draft = begun(browser)
    here = with_child(browser, draft, "CH-1", initials="AB")
    with_child(browser, draft, "CH-2", initials="CD")
    with_search(browser, draft)
    answer(browser, f"{here}/places", {"0-kind": "school", "0-postcode": "nowhere"}, status=422)
    answer(browser, f"{here}/profile", {"author": "SW-1"} | day("made-on", "1 9 2026") | day("review-due", "1 3 2027"))
    assert browser.open(draft).text.count("To put right") == 1
    page = recorded(browser, draft, status=422)
    assert sum(href.startswith(f"{draft}/") and "#" in href for _, href in page.links) == 1
