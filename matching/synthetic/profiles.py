"""Needs profiles of invented children: one about every half year, up to three, drawn around how complex they are."""

from __future__ import annotations

from datetime import date, timedelta

from matching.needs import DomainFinding, Framework, NeedsProfile
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftChild
from matching.synthetic.identifiers import Identifiers

_HALF_YEAR = 182
_SPREAD = 0.7
_LEANING = {
    "risk-to-others": -0.55,
    "risk-to-self": -0.4,
    "risk-from-others": -0.25,
    "health": -0.35,
    "disability-and-self-care": -0.5,
    "identity-and-culture": -0.35,
    "emotional-wellbeing": 0.3,
    "relationships-and-attachment": 0.25,
    "education-and-learning": 0.1,
}
"""How far each domain leans from a child's overall complexity: risk is rarer than distress. Our own guess."""
_STRENGTHS = (
    "Laughs easily and likes to make others laugh.",
    "Keeps going when something is hard.",
    "Kind to younger children.",
    "Good with animals.",
    "Plays football every week.",
    "Draws for hours.",
    "Says what is wrong when asked quietly.",
    "Remembers everybody's birthday.",
)
_EVIDENCE = (
    "Seen at home and at school in the past month.",
    "Carer's diary, and the school's report.",
    "Talked over with the child and the carer together.",
    "Health assessment this year.",
)
_WORDS = (
    "I want to stay near my friends.",
    "I like it when people tell me before things change.",
    "I want to see my brother more.",
    "I sleep better with the door open.",
    "School is fine, the bus is not.",
    "I would like a dog.",
)


class Profiles:
    """Draws the profiles of one child after another."""

    def __init__(self, ids: Identifiers, framework: Framework, as_of: date, chance: Chance) -> None:
        self._ids, self._framework, self._as_of, self._chance = ids, framework, as_of, chance

    def of(self, draft: DraftChild) -> tuple[NeedsProfile, ...]:
        """The child's profiles, oldest first: none for who came days ago, else one to three as time in care allows."""
        days = (self._as_of - draft.since).days if draft.since else 0
        if draft.since is not None and days < 25:
            return ()
        made = max(draft.born, self._as_of - timedelta(days=self._chance.whole(2, 185 if days > 200 else 20)))
        known = (made - max(draft.since, draft.born)).days if draft.since else 0
        count = 1 + min(2, max(0, known // _HALF_YEAR))
        trend = self._chance.normal(-0.08, 0.22)
        findings = self._findings(draft, draft.severity - trend * (count - 1))
        profiles = []
        for number in range(count):
            day = made - timedelta(days=(count - 1 - number) * _HALF_YEAR)
            if number:
                findings = tuple(self._later(finding, trend) for finding in findings)
            profiles.append(self._profile(draft, number, day, findings))
        return tuple(profiles)

    def _profile(self, draft: DraftChild, number: int, day: date, findings: tuple[DomainFinding, ...]) -> NeedsProfile:
        return NeedsProfile(
            id=self._ids.profile(draft.number, number),
            child=self._ids.child(draft.number),
            external_ref=f"N{draft.number + 1:06d}-{number + 1}",
            framework=self._framework.id,
            made_on=day,
            author=f"SW-{draft.number % 97 + 1:03d}",
            review_due=day + timedelta(days=_HALF_YEAR + 1),
            findings=findings,
        )

    def _findings(self, draft: DraftChild, severity: float) -> tuple[DomainFinding, ...]:
        found = []
        for domain in self._framework.domains:
            leaning = _LEANING.get(domain.code, 0.0)
            if domain.code == "disability-and-self-care" and draft.disabled:
                leaning = 1.2
            if domain.code == "identity-and-culture" and draft.uasc:
                leaning = 0.6
            level = min(4, max(0, round(self._chance.normal(severity + leaning, _SPREAD))))
            if draft.age < 5 and domain.code.startswith("risk-to"):
                level = min(level, 1)
            found.append(self._finding(domain.code, level, draft))
        return tuple(found)

    def _finding(self, code: str, level: int, draft: DraftChild) -> DomainFinding:
        return DomainFinding(
            domain=code,
            level=level,
            strength=self._chance.one(_STRENGTHS) if level <= 1 and self._chance.yes(0.3) else "",
            evidence=self._chance.one(_EVIDENCE) if level >= 2 else "",
            childs_words=self._chance.one(_WORDS) if draft.age >= 6 and self._chance.yes(0.08) else "",
        )

    def _later(self, finding: DomainFinding, trend: float) -> DomainFinding:
        """Half a year on: most domains stand where they stood, some have moved with the trend."""
        if not self._chance.yes(0.3 + abs(trend)):
            return finding
        step = -1 if self._chance.yes(0.5 - trend) else 1
        level = min(4, max(0, finding.level + step))
        return DomainFinding(finding.domain, level, finding.strength, finding.evidence, finding.childs_words)
