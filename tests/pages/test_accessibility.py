"""Every page in every state listed, in a real browser at both widths: axe finds nothing, and nothing is complained of."""

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


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("visited", VISITED, ids=list(names()))
def test_a_page_is_accessible_and_quiet(
    browser: Browser, shown: tuple[Service, str], visited: Visited, width: int
) -> None:
    service, address = shown
    with window(browser, service, address, visited.role, width) as context:
        page = context.new_page()
        complaints = troubles(page)
        show(page, address, visited, service)
        assert violations(page) == []
        assert page.evaluate(_WIDER) <= 0, "the page is wider than the window"
        expected = [] if visited.status == 200 and not visited.press else complaints[:1]
        assert complaints == expected


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='x'><input></body></html>")
    found = " ".join(violations(page))
    for rule in ("html-has-lang", "image-alt", "label", "document-title"):
        assert rule in found
    page.close()
