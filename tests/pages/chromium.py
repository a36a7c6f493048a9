"""A real browser for tests of pages: the Chromium that is installed, driven from here, and a service that it visits."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from app.auth import sessions
from app.auth.doors import DevelopmentDoor, Person
from matching.workflow.roles import Role
from tests.api.service import Service
from tests.pages.browsing import reference_of

WIDTHS = {320: 800, 1280: 900}
"""Of windows in which pages are looked at, with their heights."""
_NAMES = ("chromium", "google-chrome", "chromium-browser")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)
_PATIENCE = 30.0


class NoChromium(Exception):
    """No Chromium is installed."""

    def __init__(self) -> None:
        super().__init__("No Chromium is installed. On Debian: apt-get install chromium fonts-liberation")


def installed() -> str:
    """Where Chromium is. Raises NoChromium."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise NoChromium
    return found


def chromium_or_skip() -> str:
    """Where Chromium is; skips the test where there is none, and fails it where there must be one."""
    try:
        return installed()
    except NoChromium as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@contextmanager
def started() -> Iterator[Browser]:
    """A browser without a window. Raises NoChromium."""
    path = installed()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


@contextmanager
def visited_service(service: Service) -> Iterator[str]:
    """The address at which a service of this process can be visited until the end."""
    service.app.state.office, service.app.state.keys = service.office, service.known
    service.app.state.door = DevelopmentDoor()
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        port = ours.getsockname()[1]
        # "none": the lifespan would close an office that other tests share
        server = uvicorn.Server(uvicorn.Config(service.app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [ours]})
        thread.start()
        until = time.monotonic() + _PATIENCE
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        assert server.started, "the server did not start"
        try:
            yield f"http://localhost:{port}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


def window(
    browser: Browser, service: Service, address: str, role: Role | None, width: int, *, scripts: bool = True
) -> BrowserContext:
    """A window of a width, in which the first invented person of a role is signed in; without JavaScript if so wanted."""
    size: ViewportSize = {"width": width, "height": WIDTHS[width]}
    context = browser.new_context(viewport=size, locale="en-GB", java_script_enabled=scripts)
    context.set_default_timeout(_PATIENCE * 1000)
    if role is not None:
        name = next(one.name for one in DevelopmentDoor().people(service.office) if one.role is role)
        person = Person(
            authority=service.authority,
            authority_name="",
            reference=reference_of(role),
            name=name,
            role=role,
        )
        secret = sessions.begin(service.office, person)
        context.add_cookies([{"name": "session", "value": secret, "url": address, "httpOnly": True, "sameSite": "Lax"}])
    return context


def troubles(page: Page) -> list[str]:
    """A list that fills with whatever the page complains of in its console."""
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found
