"""A browser without JavaScript: opens pages, follows links, fills forms in and sends them as they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from fastapi.testclient import TestClient

from app.auth.doors import INVENTED, DevelopmentDoor
from matching.workflow.roles import Role
from tests.api.service import Service

ADDRESS = "http://localhost"
"""Where cookies need no TLS."""
_VOID = {"input", "meta", "link", "br", "hr", "img", "wbr"}


@dataclass
class Form:
    """One form of a page: where it goes, and what it would send if nobody touched it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    offered: dict[str, list[str]] = field(default_factory=dict)
    """Values of radios, checkboxes and selects."""


@dataclass
class Seen:
    """One page as it was answered."""

    status: int
    address: str
    html: str
    headers: Mapping[str, str]
    title: str = ""
    heading: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    """Text and address."""
    forms: list[Form] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def form(self, action: str = "") -> Form:
        """The form that goes to an address, or the only one besides signing out."""
        wanted = [one for one in self.forms if (one.action == action if action else one.action != "/sign-out")]
        assert len(wanted) == 1, f"{len(wanted)} forms of {[one.action for one in self.forms]} in {self.title!r}"
        return wanted[0]

    def link(self, text: str) -> str:
        """The address that the first link with a text leads to."""
        return next(href for said, href in self.links if said == text)

    def links_to(self, beginning: str) -> list[str]:
        """The addresses of links that begin so, in their order."""
        return [href for _, href in self.links if href.startswith(beginning)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.form: Form | None = None
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.headings: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.title = ""
        self.text: list[str] = []
        self._gathers: list[tuple[str, dict[str, str], list[str]]] = []
        self._select = ""
        self._option: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if "id" in has:
            self.ids.append(has["id"])
        if tag == "form":
            self.form = Form(has.get("action", "") if has.get("method") == "post" else f"GET {has.get('action', '')}")
            self.forms.append(self.form)
        if self.form is not None:
            self._field(tag, has, self.form)
        if tag in ("a", "title", "button", "textarea") or re.fullmatch("h[1-6]", tag):
            self._gathers.append((tag, has, []))
        if tag in ("p", "li", "td", "th", "div", "dd", "dt", "h1", "h2", "h3", "h4", "br", "tr", "legend", "label"):
            self.text.append("\n")

    def _field(self, tag: str, has: dict[str, str], form: Form) -> None:
        name = has.get("name", "")
        if tag == "input" and has.get("type") in ("radio", "checkbox"):
            form.offered.setdefault(name, []).append(has["value"])
            if "checked" in has:
                form.fields.append((name, has["value"]))
        elif tag == "input":
            form.fields.append((name, has.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option":
            form.offered.setdefault(self._select, []).append(has.get("value", ""))
            if "selected" in has:
                form.fields.append((self._select, has.get("value", "")))

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        for _, _, said in self._gathers:
            said.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if self._gathers and self._gathers[-1][0] == tag:
            _, has, said = self._gathers.pop()
            self._close(tag, has, "".join(said))

    def _close(self, tag: str, has: dict[str, str], said: str) -> None:
        words = " ".join(said.split())
        if tag == "a":
            self.links.append((words, has.get("href", "")))
        elif tag == "title":
            self.title = words
        elif tag == "textarea" and self.form is not None:
            self.form.fields.append((has.get("name", ""), said.removeprefix("\n")))
        elif tag == "button" and self.form is not None:
            self.form.buttons.append(words)
            if has.get("name") and has.get("type") != "button":
                self.form.offered.setdefault(has["name"], []).append(has.get("value", ""))
        elif tag.startswith("h"):
            self.headings.append((int(tag[1]), words))


def seen(answer: Any) -> Seen:
    """An answer, read."""
    reader = _Reader()
    reader.feed(answer.text)
    lines = (" ".join(line.split()) for line in "".join(reader.text).splitlines())
    return Seen(
        status=answer.status_code,
        address=str(answer.url.raw_path.decode()),
        html=answer.text,
        headers=answer.headers,
        title=reader.title,
        heading=next((words for level, words in reader.headings if level == 1), ""),
        headings=reader.headings,
        text="\n".join(line for line in lines if line),
        links=reader.links,
        forms=reader.forms,
        ids=reader.ids,
    )


class Browser:
    """Somebody's browser at one service."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.client = TestClient(service.app, base_url=ADDRESS, raise_server_exceptions=False)
        self.page: Seen

    def open(self, path: str, status: int = 200) -> Seen:
        """Opens a page, by way of wherever it sends the browser."""
        self._ready()
        return self._saw(self.client.get(path), status)

    def send(self, typed: Mapping[str, str | list[str]] | None = None, action: str = "", status: int = 200) -> Seen:
        """Sends the form of the page that is open, with what is typed in place of what stands in it."""
        form = self.page.form(action)
        fields: dict[str, list[str]] = {}
        for name, value in form.fields:
            fields.setdefault(name, []).append(value)
        for name, said in (typed or {}).items():
            fields[name] = [said] if isinstance(said, str) else list(said)
        return self.post(form.action or self.page.address, fields, status)

    def post(self, path: str, fields: Mapping[str, list[str]], status: int = 200) -> Seen:
        """Sends fields to an address."""
        self._ready()
        return self._saw(self.client.post(path, data=dict(fields)), status)

    def _ready(self) -> None:
        self.service.app.state.office = self.service.office  # the application is shared by all tests
        self.service.app.state.door = DevelopmentDoor()

    def _saw(self, answer: Any, status: int) -> Seen:
        self.page = seen(answer)
        assert self.page.status == status, (self.page.address, self.page.status, self.page.text)
        return self.page

    def sign_in(self, role: Role, back: str = "/") -> Seen:
        """Signs in as the first invented person of a role, through the page."""
        self.open(f"/sign-in?back={back}")
        person = f"{self.service.authority}/{reference_of(role)}"
        return self.send({"person": person})


def reference_of(role: Role) -> str:
    """The staff reference of the first invented person of a role."""
    return next(reference for reference, _, held in INVENTED if held is role)
