"""One line of what is on record: a name, and what is said of it; `macros/facts.html` shows a list of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """What it is, and what it is here."""

    name: str
    says: str
    href: str = ""
    """Where what is said leads; empty where it leads nowhere."""
