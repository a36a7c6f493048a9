"""From a proposal to a placement in pages: the child's view, offers, holds, sign-offs, decision, moving in; and refusals."""

from __future__ import annotations

import re

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.browsing import Browser
from tests.pages.conftest import SignedIn
from tests.pages.searches import (
    ask,
    asked,
    decided,
    first_homes,
    form_for,
    long,
    record_views,
    search_like,
    searches,
    simple,
    whole_group,
)


def test_a_search_goes_all_the_way_to_a_child_who_has_moved_in(in_county: SignedIn) -> None:
    team, worker = in_county(Role.PLACEMENTS), in_county(Role.SOCIAL_WORKER)
    reference = search_like(team.service, whole_group)
    homes = first_homes(team.service, reference)
    record_views(worker, reference)
    page = ask(team, reference, homes)
    assert "The homes have been asked" in page.text
    assert page.text.count("Asked, not read yet") == 2
    page = team.send(action=form_for(page, "/say-willing", -1))
    assert "The home says yes. Its bed is held for 24 hours." in page.text
    assert "Bed held for" in page.text
    page = team.open(f"/referrals/{reference}/decide")
    page = team.open(f"/referrals/{reference}/decide?choose={page.forms[1].offered['choose'][0]}")
    assert "You decide this as Amina Yusuf" in page.text
    asked = {
        name: "The nearer home is for the younger ones"
        for name, _ in page.form(f"/referrals/{reference}/decide").fields
        if "-" in name and not name.startswith("first_night")
    }
    page = team.send(asked, action=f"/referrals/{reference}/decide")
    assert page.heading == "The decision"
    assert "staff-0101, placements team" in page.text
    assert page.text.count("Planned") >= 2


def test_asking_shows_what_the_home_will_see_and_nothing_that_names_the_child(in_county: SignedIn) -> None:
    team = in_county(Role.PLACEMENTS)
    reference = search_like(team.service, whole_group)
    page = team.open(f"/referrals/{reference}/offers/new?homes={first_homes(team.service, reference)[0]}")
    seen = page.html.split("What it will see")[1].split("By when are they to answer?")[0]
    assert "Child A: a " in seen
    assert "Levels of need" in seen
    assert not re.search(r"\bC0\d{5}\b", seen)


def test_asking_twice_by_a_double_click_asks_once(in_county: SignedIn) -> None:
    team = in_county(Role.PLACEMENTS)
    reference = search_like(team.service, long)
    home = first_homes(team.service, reference)[0]
    page = team.open(f"/referrals/{reference}/offers/new?homes={home}")
    fields: dict[str, list[str]] = {}
    for name, value in page.form(f"/referrals/{reference}/offers/new").fields:
        fields.setdefault(name, []).append(value)
    for _ in range(2):
        page = team.post(f"/referrals/{reference}/offers/new", fields)
        assert page.text.count("Asked, not read yet") == 1
    again = team.post(f"/referrals/{reference}/offers/new", {**fields, "once": ["another"]}, status=409)
    assert "This home is being asked about these children already" in again.text


def test_nothing_is_decided_without_the_child_s_view(in_county: SignedIn) -> None:
    team = in_county(Role.PLACEMENTS)
    reference = next(
        named
        for named, shortlist in searches(team.service)
        if shortlist.entries and len(shortlist.children) == 1 and _unsaid(team.service, named)
    )
    page = ask(team, reference, first_homes(team.service, reference, 1))
    team.send(action=form_for(page, "/say-willing"))
    page = team.open(f"/referrals/{reference}/decide")
    assert "is not recorded. Nothing can be decided until it is" in page.text
    page = team.open(f"/referrals/{reference}/decide?choose={page.forms[1].offered['choose'][0]}")
    assert "This cannot be decided yet" in page.text
    assert all(form.action != f"/referrals/{reference}/decide" for form in page.forms)


def _unsaid(service: Service, reference: str) -> bool:
    with service.store.reading(service.authority) as work:
        stored = work.referrals.by_reference(reference)
        assert stored is not None
        return any(ask.view.asked == "not-yet-asked" for ask in stored.value.asks)


def test_another_choice_than_the_first_asks_for_the_reason_before_and_not_after(in_county: SignedIn) -> None:
    team = in_county(Role.PLACEMENTS)
    reference = search_like(team.service, long)
    record_views(team, reference)
    second = first_homes(team.service, reference)[1]
    page = ask(team, reference, [second])
    team.send(action=form_for(page, "/say-willing"))
    page = team.open(f"/referrals/{reference}/decide?choose={second}")
    assert "Why this, and not what is ranked first?" in page.text
    if "cannot be decided yet" not in page.text:
        page = team.send(action=f"/referrals/{reference}/decide", status=422)
        assert "Give a reason that others can read later" in page.text
        assert page.title.startswith("Error: ")


def test_a_bed_that_another_referral_holds_is_told_with_its_time(in_county: SignedIn) -> None:
    team = in_county(Role.PLACEMENTS)
    taken = ""
    for reference, shortlist in searches(team.service):
        if len(shortlist.children) != 1 or not shortlist.entries:
            continue
        home = shortlist.entries[0].homes[0].home
        if home != taken and not taken:
            with team.service.store.reading(team.service.authority) as work:
                found = work.homes.find(home)
            assert found is not None
            if found.value.beds > 1:
                continue
            page = ask(team, reference, [home])
            team.send(action=form_for(page, "/say-willing"))
            taken = home
        elif taken:
            page = ask(team, reference, [taken])
            page = team.send(action=form_for(page, "/say-willing"), status=409)
            assert "held until 3 September 2026 at 10:00am by another referral" in page.text
            assert page.title.startswith("Error: ")
            return
    raise AssertionError("no two searches in the county would do")


def test_a_decline_needs_its_reason_and_is_told_when_the_home_is_asked_again(in_county: SignedIn) -> None:
    team = in_county(Role.PLACEMENTS)
    reference = search_like(team.service, long)
    home = first_homes(team.service, reference)[0]
    page = ask(team, reference, [home])
    page = team.send(action=form_for(page, "/decline"), status=422)
    assert "Say why the home declines" in page.text
    page = team.send({"declined_for": "risk"}, action=form_for(page, "/decline"))
    assert "Declined on 2 September 2026" in page.text
    page = team.open(f"/referrals/{reference}/offers/new?homes={home}")
    assert "Declined before. Risk: once" in page.text


def test_a_hold_says_what_is_wrong_with_its_time_and_keeps_what_was_typed(in_county: SignedIn) -> None:
    team = in_county(Role.PLACEMENTS)
    reference = search_like(team.service, long)
    page = ask(team, reference, first_homes(team.service, reference, 1))
    hold = form_for(page, "/holds")
    page = team.send({"until-day": "31", "until-month": "2", "until-year": "2026", "at": "25"}, action=hold, status=422)
    assert "This is no day of the calendar" in page.text
    assert "Give the time as hours and minutes" in page.text
    assert 'value="31"' in page.html
    page = team.send(
        {"until-day": "1", "until-month": "12", "until-year": "2026", "at": "16:00"}, action=hold, status=422
    )
    assert "A hold ends later than now, and within 14 days" in page.text
    page = team.send({"until-day": "3", "until-month": "9", "until-year": "2026", "at": "16:00"}, action=hold)
    assert "until 3 September 2026 at 4:00pm" in page.text
    page = team.send(action=form_for(page, "/release"))
    assert "The bed is free again." in page.text


def test_a_view_that_somebody_else_changed_meanwhile_is_shown_beside_what_was_typed(in_county: SignedIn) -> None:
    worker, other = in_county(Role.SOCIAL_WORKER), in_county(Role.PLACEMENTS)
    reference = search_like(worker.service, long)
    path = worker.open(f"/referrals/{reference}/view").address
    other.open(path)
    other.send({"asked": "asked", "said": "By the sea"})
    page = worker.send({"asked": "asked", "said": "With my cousin"}, status=412)
    assert "Somebody changed this while you had it open" in page.text
    assert "By the sea" in page.text
    assert "With my cousin" in page.text
    worker.send()
    assert "With my cousin" in worker.open(path).html


def test_a_view_is_not_recorded_as_asked_with_nothing_said(in_county: SignedIn) -> None:
    worker = in_county(Role.SOCIAL_WORKER)
    reference = search_like(worker.service, long)
    worker.open(f"/referrals/{reference}/view")
    page = worker.send({"asked": "asked", "said": "", "places_wanted": "", "people_wanted": ""}, status=422)
    assert "The child was asked, and nothing is recorded" in page.text


def test_a_recommendation_is_shown_to_whoever_decides(in_county: SignedIn) -> None:
    worker, manager = in_county(Role.SOCIAL_WORKER), in_county(Role.TEAM_MANAGER)
    reference = search_like(worker.service, whole_group)
    page = worker.open(f"/referrals/{reference}/recommend")
    page = worker.send(status=422)
    assert "Choose one of the ways" in page.text
    page = worker.send({"way": page.forms[1].offered["way"][0], "reason": "They stay together"})
    assert "Recommended by the social worker" in page.text
    assert "They stay together." in manager.open(f"/referrals/{reference}/offers").text


def test_a_session_that_has_ended_keeps_the_offer_that_was_being_made(in_county: SignedIn) -> None:
    team = in_county(Role.PLACEMENTS)
    reference = search_like(team.service, long)
    home = first_homes(team.service, reference)[0]
    team.open(f"/referrals/{reference}/offers/new?homes={home}")
    team.service.clock.move(days=2)
    page = team.send()
    assert page.heading == "Choose who you are"
    assert "kept" in page.address


def decide_form(browser: Browser, reference: str) -> dict[str, list[str]]:
    """The form that decides for the first willing home, filled in."""
    page = browser.open(f"/referrals/{reference}/decide")
    way = next(value for form in page.forms for value in form.offered.get("choose", ()))
    page = browser.open(f"/referrals/{reference}/decide?choose={way}")
    fields: dict[str, list[str]] = {}
    for name, value in page.form(f"/referrals/{reference}/decide").fields:
        asks = name in ("other-than-first-rank", "siblings-split", "connected-carer-passed-over")
        fields.setdefault(name, []).append("The child wants it" if asks else value)
    return fields


def test_a_decision_sent_twice_is_made_once_and_one_made_meanwhile_is_told(in_county: SignedIn) -> None:
    team, manager = in_county(Role.PLACEMENTS), in_county(Role.TEAM_MANAGER)
    reference = search_like(team.service, simple)
    asked(simple)(team.service)
    mine, theirs = decide_form(team, reference), decide_form(manager, reference)
    action = f"/referrals/{reference}/decide"
    for _ in range(2):
        page = team.post(action, mine)
        assert page.heading == "The decision"
        assert page.text.count("Decided by") == 1
    lost = manager.post(action, theirs, status=409)
    assert lost.heading == "This is not possible now"
    assert "This referral is matched" in lost.text
    assert manager.open(action).heading == "The decision", "the back button leads to what was decided"


def test_a_decision_is_taken_back_with_its_reason_and_the_search_goes_on(in_county: SignedIn) -> None:
    team = in_county(Role.PLACEMENTS)
    reference = search_like(team.service, simple)
    page = team.open(decided(simple)(team.service))
    page = team.send({"because": " "}, action=form_for(page, "/reverse"), status=422)
    assert "Say why the decision is taken back" in page.text
    page = team.send({"because": "The carer is ill"}, action=form_for(page, "/reverse"))
    assert "The decision was taken back. The search goes on." in page.text
    assert "The carer is ill." in team.open(f"/referrals/{reference}/decision").text


def test_a_stay_begins_and_ends_with_its_reason(in_county: SignedIn) -> None:
    team = in_county(Role.PLACEMENTS)
    page = team.open(decided(simple)(team.service))
    page = team.send({"on-day": "1", "on-month": "1", "on-year": "2030"}, action=form_for(page, "/start"), status=422)
    assert "That day is still to come" in page.text
    page = team.send({"on-day": "", "on-month": "", "on-year": ""}, action=form_for(page, "/start"))
    assert "The child has moved in." in page.text
    page = team.send(action=form_for(page, "/end"), status=422)
    assert "Say why the placement ended" in page.text
    page = team.send({"reason": "planned"}, action=form_for(page, "/end"))
    assert "The placement has ended." in page.text
    assert "as planned" in page.text
