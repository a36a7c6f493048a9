"""Every page that screenshots are taken of and that axe looks at: add a line for each page and each state of it."""

from __future__ import annotations

from dataclasses import dataclass

from matching.workflow.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """One page in one state, seen by somebody of a role, in the made-up county."""

    name: str
    """Of the picture's file."""
    path: str
    role: Role | None = Role.PLACEMENTS
    """None for whoever is not signed in."""


VISITED = (
    Visited(name="sign-in", path="/sign-in/choose", role=None),
    Visited(name="home-placements", path="/"),
    Visited(name="not-found", path="/no-such-page"),
)
