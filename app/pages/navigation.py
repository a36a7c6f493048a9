"""The one list of where people go: an entry is shown to those who may, once its page is there."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from app.auth.access import MAY
from matching.workflow.roles import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that the navigation leads to, and the use case that somebody must be allowed to see it."""

    text: str
    href: str
    use_case: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together: one entry across the top, and a row of their own on each of them."""

    text: str
    entries: tuple[Entry, ...]


MAIN: tuple[Entry | Group, ...] = (
    Entry("Home", "/", "read_waiting"),
    Entry("Tonight", "/tonight", "read_shortlist"),
    Entry("Referrals", "/referrals", "list_referrals"),
    Entry("Plan", "/plan", "list_match_runs"),
    Group("Homes", (Entry("All homes", "/homes", "list_homes"), Entry("Providers", "/providers", "list_providers"))),
    Group(
        "Decisions",
        (
            Entry("Sign-offs", "/sign-offs", "list_sign_offs"),
            Entry("Decisions made", "/decisions", "list_decisions"),
            Entry("Audit", "/audit", "read_audit"),
        ),
    ),
    Group(
        "Sufficiency",
        (Entry("What if", "/what-if", "list_ready_scenarios"), Entry("Measures", "/measures", "read_measures")),
    ),
)
"""Across the top of every page."""

FOOT = (
    ("How the matching works", "/how-matching-works"),
    ("Accessibility", "/accessibility"),
    ("Privacy", "/privacy"),
)
"""At the foot of every page, for everybody, signed in or not."""

RULES = Entry("Rule book", "/rules", "list_rules")
"""At the foot as well, for those who may read it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the navigation; `current` when the page shown is below it."""

    text: str
    href: str
    current: bool = False


def main_links(role: Role, path: str, there: Container[str]) -> tuple[Link, ...]:
    """What somebody in a role may go to. `there` holds the addresses of the pages that exist.

    A group leads to its first page; where somebody may see one of its pages only, it is that page.
    """
    found = []
    for one in MAIN:
        links = _links(one, role, path, there)
        if len(links) == 1:
            found.append(links[0])
        elif links and isinstance(one, Group):
            found.append(Link(one.text, links[0].href, any(link.current for link in links)))
    return tuple(found)


def beside_links(role: Role, path: str, there: Container[str]) -> tuple[Link, ...]:
    """The pages of the group that the page shown belongs to; none where it stands alone."""
    for one in MAIN:
        links = _links(one, role, path, there)
        if len(links) > 1 and any(link.current for link in links):
            return links
    return ()


def foot_links(role: Role | None, there: Container[str]) -> tuple[Link, ...]:
    """What is at the foot; `role` is None for whoever is not signed in."""
    rules = [Link(RULES.text, RULES.href)] if role in MAY[RULES.use_case] and RULES.href in there else []
    return (*rules, *(Link(text, href) for text, href in FOOT if href in there))


def _links(one: Entry | Group, role: Role, path: str, there: Container[str]) -> tuple[Link, ...]:
    entries = one.entries if isinstance(one, Group) else (one,)
    may = [entry for entry in entries if entry.href in there and role in MAY[entry.use_case]]
    return tuple(Link(entry.text, entry.href, _is_below(path, entry.href)) for entry in may)


def _is_below(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))
