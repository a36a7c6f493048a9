"""What would open a home for children whom the plan leaves without one: lawful changes only, each borne out by a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.pages.matches.why import levels_in_words
from app.pages.naming import role
from app.pages.words import capital, sentence
from app.services.what_ifs import OpeningsTold, OpeningTold
from matching.rules.book import RULES
from matching.rules.model import SignOff


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One change that would have to be made first."""

    says: str
    opens: str
    agrees: str
    """Who could agree and by when, where the rule itself knows of a sign-off."""


@dataclass(frozen=True, slots=True)
class OpeningShown:
    """One home, and all that would have to change for it."""

    home: str
    children: str
    changes: tuple[ChangeShown, ...]
    then: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """The page."""

    template: ClassVar[str] = "matches/openings.html"

    reference: str
    waiting: tuple[str, ...]
    openings: tuple[OpeningShown, ...]
    title: str = "What would open a home"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


def openings_shown(told: OpeningsTold, reference: str) -> Openings:
    """The page, from what was worked out."""
    return Openings(reference=reference, waiting=told.waiting, openings=tuple(_opening(one) for one in told.openings))


def _opening(one: OpeningTold) -> OpeningShown:
    changes = tuple(
        ChangeShown(sentence(rule.says), sentence(rule.remedy or ""), _agrees(rule.rule)) for rule in one.rules
    )
    return OpeningShown(one.home, " and ".join(one.children), changes, levels_in_words(one.changes), one.exact)


def _agrees(rule: str) -> str:
    """The sign-off by which the rule may be met in another way, such as in an emergency."""
    if rule not in RULES:
        return ""
    for otherwise in RULES[rule].otherwise:
        if isinstance(otherwise.consequence, SignOff):
            asked = otherwise.consequence
            when = f", when {otherwise.says}" if otherwise.says else ""
            return f"{capital(role(asked.role.value))} can agree, {asked.deadline.value}{when}"
    return ""
