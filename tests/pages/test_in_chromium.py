"""The pages in a real browser: by keyboard alone, without JavaScript, zoomed in, and kept for ever where they may be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages import states
from tests.pages.chromium import chromium_or_skip, troubles, visited_service, window


@pytest.fixture
def here(county: Service) -> Iterator[tuple[Service, str]]:
    chromium_or_skip()
    with visited_service(county) as address:
        yield county, address


def focused(page: Page) -> str:
    """The text or the name of what has the focus."""
    said: str = page.evaluate("() => { const e = document.activeElement; return e.innerText || e.name || e.tagName; }")
    return said.strip()


def tab_to(page: Page, text: str, most: int = 60) -> None:
    """Presses the tabulator until something with a text has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page).startswith(text):
            return
    raise AssertionError(f"{text!r} is not reached by {most} tabulators")


def test_everything_is_done_by_keyboard_alone(browser: Browser, here: tuple[Service, str]) -> None:
    service, address = here
    path = states.a_sign_off_of_the_team_manager(service)
    with window(browser, service, address, None, 1280) as context:
        page = context.new_page()
        page.goto(f"{address}{path}")
        page.keyboard.press("Tab")
        assert focused(page) == "Skip to main content"
        page.keyboard.press("Enter")
        tab_to(page, "person")
        for _ in range(4):  # to the first person who is team manager
            page.keyboard.press("ArrowDown")
        tab_to(page, "Sign in")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{path}")
        tab_to(page, "answer")
        page.keyboard.press("Space")
        tab_to(page, "Give this answer")
        page.keyboard.press("Enter")
        page.wait_for_url("**/sign-offs?said=agreed")
        assert page.get_by_role("alert").inner_text().startswith("Success")
    assert service.get(path).json()["state"] == "agreed"


def test_everything_works_without_javascript(browser: Browser, here: tuple[Service, str]) -> None:
    service, address = here
    path = states.a_sign_off_of_the_team_manager(service)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{path}")
    page.get_by_label("Team manager").check()
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("link", name="Decisions", exact=True).is_visible()
    page.get_by_role("button", name="Give this answer").click()
    assert page.title().startswith("Error: ")
    page.get_by_role("link", name="Say whether you agree").click()
    page.get_by_label("I refuse").check()
    page.get_by_label("Why?").fill("Not near enough")
    page.get_by_role("button", name="Give this answer").click()
    assert page.get_by_text("You refused the sign-off").is_visible()
    page.get_by_role("button", name="Sign out").click()
    assert page.get_by_role("heading", name="You are signed out").is_visible()
    page.go_back()
    assert page.get_by_text("You refused the sign-off").count() == 0, "what is left behind cannot be looked at"
    context.close()


def test_a_second_page_asks_for_no_asset_again(browser: Browser, here: tuple[Service, str]) -> None:
    service, address = here
    with window(browser, service, address, Role.PLACEMENTS, 1280) as context:
        page = context.new_page()
        complaints = troubles(page)
        page.goto(address)
        again: list[str] = []
        page.on("response", lambda one: again.append(one.url) if one.request.timing["connectEnd"] > 0 else None)
        page.get_by_role("link", name="Rule book", exact=True).click()
        page.wait_for_url("**/rules")
        assert [url for url in again if "/assets/" in url] == []
        assert complaints == []


def test_the_menu_of_a_telephone_opens_and_says_so(browser: Browser, here: tuple[Service, str]) -> None:
    service, address = here
    with window(browser, service, address, Role.PLACEMENTS, 320) as context:
        page = context.new_page()
        page.goto(address)
        menu = page.get_by_role("button", name="Menu")
        assert menu.get_attribute("aria-expanded") == "false"
        menu.click()
        assert menu.get_attribute("aria-expanded") == "true"
        assert page.get_by_role("link", name="Decisions", exact=True).is_visible()


def test_two_quick_clicks_send_a_form_once(browser: Browser, here: tuple[Service, str]) -> None:
    service, address = here
    path = states.a_sign_off_of_the_team_manager(service)
    with window(browser, service, address, Role.TEAM_MANAGER, 1280) as context:
        page = context.new_page()
        page.goto(f"{address}{path}")
        page.get_by_label("I agree").check()
        page.get_by_role("button", name="Give this answer").dblclick()
        page.wait_for_url("**/sign-offs?said=agreed")
    with service.store.reading(service.authority) as work:
        actions = [event.action for event in work.audit.events(limit=10_000)]
    assert actions.count("agree-sign-off") == 1
