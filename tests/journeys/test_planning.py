"""In a real browser: a plan changed before it is kept, and a commissioner's question answered tonight and ahead."""

from __future__ import annotations

from playwright.sync_api import Browser

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.journeys.driving import somebody


def test_the_plan_is_run_pinned_and_made_again_before_it_is_kept(browser: Browser, county: tuple[Service, str]) -> None:
    service, address = county
    with somebody(browser, service, address, Role.PLACEMENTS) as team:
        team.follows("Plan")
        assert team.heading == "The plan for everyone who waits"
        team.page.get_by_role("link", name="Not this home").first.click()
        assert "What your changes do" in team.text
        assert "does not go to" in team.text
        assert "Who would live elsewhere" in team.text
        team.page.get_by_role("link", name="Keep", exact=False).first.click()
        assert "Kept by you" in team.text
        assert "goes to" in team.text
        assert service.get("/match-runs").json()["items"] == []
        team.page.go_back()
        assert "Kept by you" not in team.text
        team.page.go_forward()
        team.presses("Keep this plan")
        assert "The plan is kept as it stands" in team.text
        assert "People had fixed 1 and ruled out 1 pairings" in team.text
    runs = service.get("/match-runs").json()["items"]
    assert [run["proof"] for run in runs] == ["proved-optimal"]


def test_a_commissioner_asks_about_twenty_households_tonight_and_ahead(
    browser: Browser, county: tuple[Service, str]
) -> None:
    service, address = county
    with somebody(browser, service, address, Role.COMMISSIONER) as commissioner:
        commissioner.follows("Sufficiency")
        commissioner.chooses("20 more fostering households, 12 of them for ages 10 to 15")
        commissioner.presses("Compare one to four of them with tonight")
        assert "Who gains and who loses" in commissioner.text
        commissioner.presses("Keep this comparison")
        assert "The comparison is kept" in commissioner.text
        commissioner.opens("/what-if/ahead")
        commissioner.chooses("2")
        commissioner.chooses("20 more fostering households, 12 of them for ages 10 to 15")
        commissioner.presses("Look ahead")
        assert commissioner.heading == "The next 2 years"
        assert "Chance of unmet need" in commissioner.text
        assert "Beside today's course" in commissioner.text
    kinds = {one["kind"] for one in service.get("/studies").json()["items"]}
    assert kinds == {"compare-scenarios", "look-ahead"}
