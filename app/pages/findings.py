"""One rule's answer as it is shown: the sentence, how it stands, what follows, why, and where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.pages.words import plain, sentence
from matching.explanations import STANDING_WORDS, Finding
from matching.rules.model import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingShown:
    """One finding in words; `macros/findings.html` draws it, the same on every page."""

    rule: str
    says: str
    """The rule in one sentence."""
    standing: str
    """How it stands, in a word or two for a tag."""
    colour: str
    """The tag's colour; what it means also stands in the tag's words."""
    reason: str
    child: str
    """The reference of the child it is about; empty when it is about all."""
    asks: str
    """Who would have to agree and by when; empty when nobody."""
    remedy: str
    """What would lawfully open it; empty when nothing is closed."""
    timer: str
    sources: tuple[str, ...]


_TAGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        STANDING_WORDS[standing]: tag
        for standing, tag in {
            Standing.NOT_APPLICABLE: ("Does not apply", "grey"),
            Standing.MET: ("Met", "green"),
            Standing.SCORED: ("Counts in the points", "blue"),
            Standing.FLAGGED: ("Note", "light-blue"),
            Standing.CHECK: ("Check: not known", "yellow"),
            Standing.SIGN_OFF: ("Needs a sign-off", "purple"),
            Standing.CHECK_FIRST: ("Check first: not known", "orange"),
            Standing.BLOCKED: ("Not allowed", "red"),
        }.items()
    }
)


def shown(finding: Finding) -> FindingShown:
    """A finding in words."""
    standing, colour = _TAGS[finding.standing]
    asked = finding.sign_off
    return FindingShown(
        rule=finding.rule,
        says=sentence(finding.says),
        standing=standing,
        colour=colour,
        reason=sentence(finding.reason),
        child=finding.child or "",
        asks="" if asked is None else f"{sentence(plain(asked.role))[:-1]} must agree, {asked.deadline}",
        remedy=sentence(finding.remedy or ""),
        timer=sentence(finding.timer or ""),
        sources=finding.sources,
    )
