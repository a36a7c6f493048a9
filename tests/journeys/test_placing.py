"""From a new referral for two siblings to both having moved in; from an empty list to a home; and a bed at two in the morning."""

from __future__ import annotations

from playwright.sync_api import Browser

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.journeys.driving import Somebody, somebody
from tests.workflow.cast import a_child, a_home

MOST_CLICKS = 4


def make_referral(who: Somebody) -> str:
    """Two siblings, question by question: the referral's address."""
    who.follows("Referrals")
    who.presses("Make a new referral")
    for number, born, initials in (("CH-70001", "27 3 2017", "AB"), ("CH-70002", "1 12 2021", "CD")):
        if "/children" not in who.path:
            who.follows("Add a brother or sister")
        who.chooses("A child who is new here")
        who.presses("Save and continue")
        who.types("Number in your case system", number)
        who.types_day("Date of birth", born)
        who.chooses("Female")
        who.presses("Save and continue")
        who.types("Given names", "Ann")
        who.types("Family name", "Example")
        who.types("Initials", initials)
        who.presses("Save and see all questions")
    draft = who.path
    who.opens(f"{draft}/search/kind")
    who.chooses("Planned")
    who.presses("Save and continue")
    who.types_day("First night", "14 9 2026")
    who.presses("Save and continue")
    who.chooses("Short term")
    who.presses("Save and see all questions")
    who.follows("Check your answers")
    who.presses("Record this referral")
    assert "The referral is recorded" in who.text
    return who.path


def test_two_siblings_from_a_new_referral_to_both_having_moved_in(
    browser: Browser, county: tuple[Service, str]
) -> None:
    service, address = county
    with somebody(browser, service, address, Role.SOCIAL_WORKER) as worker:
        referral = make_referral(worker)
        worker.follows("See proposed matches")
        assert "Why it fits" in worker.text
        assert "Both together" in worker.text
        boxes = worker.page.locator("input[name=homes]")
        boxes.nth(0).check()
        boxes.nth(1).check()
        worker.presses("Compare two to four")
        assert worker.heading.startswith("Compare 2 homes")
        for child in ("CH-70001", "CH-70002"):
            worker.opens(f"{referral}/children/{child}/view")
            worker.chooses("Asked")
            worker.types("What the child said", "I want to stay with my sister")
            worker.presses("Save")
            assert "What the child says is on record." in worker.text
    if ask_and_hold(browser, service, address, referral):
        sign_all_off(browser, service, address)
    with somebody(browser, service, address, Role.TEAM_MANAGER) as manager:
        manager.opens(f"{referral}/decide")
        manager.page.locator("input[name=choose]").first.check()
        manager.presses("Continue")
        for field in manager.page.locator("main textarea").all():
            field.fill("They stay together, and near school")
        manager.presses("Decide")
        assert manager.heading == "The decision"
    service.clock.move(days=12)
    with somebody(browser, service, address, Role.PLACEMENTS) as team:
        team.opens(f"{referral}/decision")
        team.presses("The child has moved in", exact=False)
        assert "The child has moved in." in team.text
        team.presses("The child has moved in", exact=False)
        assert "Carried out" in team.text
        team.opens(referral)
        assert "Placed" in team.page.locator("main").inner_text()


def ask_and_hold(browser: Browser, service: Service, address: str, referral: str) -> bool:
    """The placements team asks a home that takes both, and holds its beds; whether it needs anybody's agreement."""
    with somebody(browser, service, address, Role.PLACEMENTS) as team:
        team.opens(f"{referral}/matches")
        chosen = team.page.locator("article", has_text="Both together").first.locator("input[name=homes]")
        home = str(chosen.get_attribute("value"))
        chosen.check()
        team.presses("Ask these homes")
        assert "Each home sees what is below and nothing else" in team.text
        team.presses("Ask this home")
        team.presses("The home says yes", exact=False)
        team.page.get_by_text(f"Hold for longer at {home}").click()
        team.types_day("Until when?", "10 9 2026")
        team.types("Time, such as 16:00", "16:00")
        team.presses(f"Hold {home}")
        assert "until 10 September 2026 at 4:00pm" in team.text
        team.presses("Ask for its sign-offs", exact=False)
        return "Waits for an answer" in team.text


def sign_all_off(browser: Browser, service: Service, address: str) -> None:
    """Whoever is asked agrees, each in their own role."""
    with service.store.reading(service.authority) as work:
        roles = {stored.value.role.value for stored in work.sign_offs.requested()}
    for role in sorted(roles):
        with somebody(browser, service, address, Role(role)) as signer:
            signer.opens("/sign-offs")
            links = signer.page.locator("main a[href^='/sign-offs/']").all()
            for path in [str(link.get_attribute("href")) for link in links]:
                signer.opens(path)
                if signer.page.get_by_label("I agree", exact=True).count():
                    signer.chooses("I agree")
                    signer.types("Why?", "The support named is in place")
                    signer.presses("Give this answer")
                    assert "You agreed to the sign-off." in signer.text


def test_from_an_empty_list_to_a_sign_off_that_opens_a_home(browser: Browser, small: tuple[Service, str]) -> None:
    service, address = small
    service.post("/providers", {"external_ref": "PR-1", "name": "Invented", "sector": "independent-agency"})
    terms: dict[str, object] = {"period": {"starts": "2024-05-01"}, "ages": {"youngest": 0, "oldest": 8}, "number": 3}
    terms["care_types"] = ["short-term", "long-term", "bridging", "emergency"]
    service.post("/homes", a_home("FH-1", approvals=[terms]))
    service.post("/children", a_child("CH-1"))
    ask: dict[str, object] = {
        "child": "CH-1",
        "suitability": {"fostering": "preferred"},
        "pets": "yes",
        "keep_school": "no",
    }
    ask["view"] = {"asked": "asked", "said": "Somewhere with a garden"}
    search = {
        "external_ref": "R-1",
        "kind": "planned",
        "wanted_by": "2026-09-02",
        "length": "short-term",
        "asks": [ask],
    }
    made = service.post("/referrals", {**search, "expected_nights": 20}).json()
    referral = f"/referrals/{made['reference']}"
    with somebody(browser, service, address, Role.PLACEMENTS) as team:
        team.opens(f"{referral}/matches")
        assert team.heading == "No home can be proposed yet"
        assert "A change of approval, or an emergency sign-off, opens it." in team.text
        team.follows("Work out what would place them")
        assert "Nominated officer can agree, within 6 working days of the start (emergency)" in team.text
        change_to_emergency(team, referral)
        team.opens(f"{referral}/matches")
        assert "Needs 1 sign-off" in team.text
        assert "Must agree: Nominated officer" in team.text
        team.page.locator("input[name=homes]").first.check()
        team.presses("Ask these homes")
        team.presses("Ask this home")
        team.presses("The home says yes", exact=False)
        team.presses("Ask for its sign-offs", exact=False)
        assert "Waits for an answer" in team.text
    sign_all_off(browser, service, address)
    with somebody(browser, service, address, Role.PLACEMENTS) as team:
        team.opens(f"{referral}/offers")
        assert "Agreed" in team.text
        team.follows("Decide")
        team.page.locator("input[name=choose]").first.check()
        team.presses("Continue")
        team.presses("Decide")
        assert team.heading == "The decision"
        team.presses("The child has moved in", exact=False)
        assert "Carried out" in team.text


def change_to_emergency(team: Somebody, referral: str) -> None:
    """The search turns out to be an emergency, which the file says from then on."""
    team.opens(referral)
    team.presses("Change this referral")
    draft = team.path
    team.opens(f"{draft}/search/kind")
    team.chooses("Emergency")
    team.presses("Save and see all questions")
    team.follows("Check your answers")
    team.presses("Record these changes")


def test_a_duty_worker_finds_a_bed_tonight_in_under_five_clicks(browser: Browser, county: tuple[Service, str]) -> None:
    service, address = county
    with somebody(browser, service, address, Role.PLACEMENTS, 320) as duty:
        duty.page.get_by_role("button", name="Menu").click()
        duty.clicks += 1
        duty.follows("Tonight")
        duty.types("Age in years", "12")
        duty.chooses("Female")
        duty.presses("Find a bed")
        assert duty.clicks <= MOST_CLICKS
        assert "Beds free tonight" in duty.text
        assert "can take the child tonight" in duty.text
    with somebody(browser, service, address, Role.PLACEMENTS) as duty:
        duty.follows("Tonight")
        duty.types("Age in years", "12")
        duty.chooses("Female")
        duty.presses("Find a bed")
        duty.presses("Start an emergency referral with this")
        assert duty.clicks <= MOST_CLICKS
        assert "A referral is begun with what you said." in duty.text
