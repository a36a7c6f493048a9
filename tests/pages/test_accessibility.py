"""Every page in every state listed, in a real browser: at both widths axe finds nothing, by keyboard all is reached, without JavaScript all is there."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.api.service import Service, serving
from tests.pages.chromium import WIDTHS, chromium_or_skip, troubles, visited_service, window
from tests.pages.visited import VISITED, Visited, names, show

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_FOUND = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target.join(" ")).join(", ")}`);
}"""
_WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_DEAF = """() => {
  const said = e => `${e.tagName} ${e.name || e.innerText || e.href}`.slice(0, 80);
  const look = e => (s => [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor].join())(
    getComputedStyle(e));
  const near = e => [e, e.nextElementSibling, e.firstElementChild].filter(one => one);
  const looks = e => near(e).flatMap(one => [look(one), getComputedStyle(one, '::before').outlineWidth,
    getComputedStyle(one, '::before').boxShadow]).join();
  const wrong = [];
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (e.disabled || !e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})) continue;
    e.blur();
    const before = looks(e);
    e.focus();
    if (document.activeElement !== e || e.tabIndex !== 0) wrong.push(`not reached: ${said(e)}`);
    else if (looks(e) === before) wrong.push(`focus not seen: ${said(e)}`);
  }
  return wrong;
}"""
"""What the keyboard does not reach in the order of the page, or reaches without its being seen."""
_LOST = """() => [...document.querySelectorAll('main a[href], main button, main input:not([type=hidden]), main select, nav a')]
  .filter(e => !e.getClientRects().length && !e.closest('details:not([open])'))
  .map(e => `${e.tagName} ${e.name || e.innerText || e.href}`.slice(0, 80))"""
"""What can be used and is not shown."""


@pytest.fixture(scope="module")
def shown(county_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    chromium_or_skip()
    copy = tmp_path_factory.mktemp("shown") / "county.db"
    copy.write_bytes(county_file.read_bytes())
    with serving(f"sqlite:///{copy}") as service, visited_service(service) as address:
        yield service, address


def violations(page: Page) -> list[str]:
    """What axe finds wrong: WCAG 2.2 A and AA, and best practice."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(_FOUND)
    return found


def test_the_list_of_pages_names_each_state_once() -> None:
    assert len(VISITED) >= 4
    assert len(set(names())) == len(VISITED)


@pytest.mark.parametrize("visited", VISITED, ids=list(names()))
def test_a_page_is_accessible_and_quiet_at_both_widths_and_by_keyboard(
    browser: Browser, shown: tuple[Service, str], visited: Visited
) -> None:
    service, address = shown
    with window(browser, service, address, visited.role, max(WIDTHS)) as context:
        page = context.new_page()
        complaints = troubles(page)
        show(page, address, visited, service)
        for width, height in sorted(WIDTHS.items(), reverse=True):
            page.set_viewport_size({"width": width, "height": height})
            assert violations(page) == [], width
            assert page.evaluate(_WIDER) <= 0, f"the page is wider than a window of {width}"
        assert page.evaluate(_DEAF) == []
        expected = [] if visited.status == 200 and not visited.press else complaints[:1]
        assert complaints == expected


@pytest.mark.parametrize("visited", VISITED, ids=list(names()))
def test_a_page_zoomed_to_400_per_cent_shows_all_of_it_without_javascript(
    browser: Browser, shown: tuple[Service, str], visited: Visited
) -> None:
    service, address = shown
    with window(browser, service, address, visited.role, min(WIDTHS), scripts=False) as context:
        page = context.new_page()
        page.set_viewport_size({"width": 320, "height": 256})  # a window of 1280 by 1024, four times as large
        show(page, address, visited, service)
        assert page.evaluate(_WIDER) <= 0, "the page scrolls both ways"
        assert page.evaluate(_LOST) == []


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='x'><input></body></html>")
    found = " ".join(violations(page))
    for rule in ("html-has-lang", "image-alt", "label", "document-title"):
        assert rule in found
    page.close()


def test_what_the_keyboard_does_not_reach_or_show_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<main><a href='/' tabindex='2'>late</a><button style='outline: none'>unseen</button></main>")
    found = page.evaluate(_DEAF)
    assert found[0].startswith("not reached: A late")
    assert found[1:] == ["focus not seen: BUTTON unseen"]
    page.set_content("<main><button hidden>gone</button><details><a href='/'>folded</a></details></main>")
    assert page.evaluate(_LOST) == ["BUTTON gone"]
    page.close()
