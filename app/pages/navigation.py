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


MAIN = (
    Entry("Home", "/", "read_waiting"),
    Entry("Tonight", "/tonight", "read_shortlist"),
    Entry("Referrals", "/referrals", "list_referrals"),
    Entry("Plan", "/plan", "list_match_runs"),
    Entry("Homes", "/homes", "list_homes"),
    Entry("Providers", "/providers", "list_providers"),
    Entry("Sign-offs", "/sign-offs", "list_sign_offs"),
    Entry("Decisions", "/decisions", "list_decisions"),
    Entry("Audit", "/audit", "read_audit"),
    Entry("What if", "/what-if", "list_ready_scenarios"),
    Entry("Measures", "/measures", "read_measures"),
    Entry("Rules", "/rules", "list_rules"),
)
"""Across the top of every page."""

FOOT = (
    ("How the matching works", "/how-matching-works"),
    ("Accessibility", "/accessibility"),
    ("Privacy", "/privacy"),
)
"""At the foot of every page, for everybody, signed in or not."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the navigation; `current` when the page shown is below it."""

    text: str
    href: str
    current: bool = False


def main_links(role: Role, path: str, there: Container[str]) -> tuple[Link, ...]:
    """What somebody in a role may go to. `there` holds the addresses of the pages that exist."""
    may = [entry for entry in MAIN if entry.href in there and role in MAY[entry.use_case]]
    return tuple(Link(entry.text, entry.href, _is_below(path, entry.href)) for entry in may)


def foot_links(there: Container[str]) -> tuple[Link, ...]:
    """What is at the foot."""
    return tuple(Link(text, href) for text, href in FOOT if href in there)


def _is_below(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))
