"""Somebody at a real browser: what they type, choose and click is done as they would do it, and clicks are counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.chromium import troubles, window


@dataclass
class Somebody:
    """One person at work, signed in, at the first page."""

    page: Page
    address: str
    clicks: int = 0

    def opens(self, path: str) -> None:
        """Goes to an address, as by a bookmark or a link in a message."""
        self.page.goto(f"{self.address}{path}")

    def follows(self, text: str, *, exact: bool = True) -> None:
        """Clicks a link, also one that looks like a button."""
        self.clicks += 1
        link = self.page.get_by_role("link", name=text, exact=exact)
        link.or_(self.page.get_by_role("button", name=text, exact=exact)).first.click()

    def presses(self, text: str, *, exact: bool = True) -> None:
        """Clicks a button, and waits for the page that follows."""
        self.clicks += 1
        self.page.get_by_role("button", name=text, exact=exact).first.click()
        self.page.wait_for_load_state()

    def chooses(self, label: str, *, exact: bool = True) -> None:
        """Clicks a radio or a checkbox."""
        self.clicks += 1
        self.page.get_by_label(label, exact=exact).first.check()

    def types(self, label: str, words: str) -> None:
        """Types into a field by its label."""
        self.page.get_by_label(label, exact=True).first.fill(words)

    def types_day(self, legend: str, day: str) -> None:
        """Types a day into its three fields."""
        group = self.page.get_by_role("group", name=legend)
        for name, part in zip(("Day", "Month", "Year"), day.split(), strict=True):
            group.get_by_label(name, exact=True).fill(part)

    @property
    def heading(self) -> str:
        """The heading of the page."""
        return self.page.locator("h1").inner_text().strip()

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    @property
    def path(self) -> str:
        """Where the page is, without what is asked of it."""
        return self.page.url.removeprefix(self.address).split("?")[0].split("#")[0]


@contextmanager
def somebody(browser: Browser, service: Service, address: str, role: Role, width: int = 1280) -> Iterator[Somebody]:
    """A person of a role; their browser must not have complained when they are done."""
    with window(browser, service, address, role, width) as context:
        page = context.new_page()
        complaints = troubles(page)
        page.goto(f"{address}/")
        yield Somebody(page, address)
        assert complaints == []
