"""Needs profiles: the framework an authority uses, what was found for a child and when, and what closes a gap.

In the style of Valuing Care, in words of our own. The framework is data: an authority may edit domains, descriptors,
weights and the skills that a level calls for; a new version never rewrites a profile made with an older one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from matching.codes import NeedsBand, Skill
from matching.errors import Faults
from matching.values import AuthorityId, ChildId, FrameworkId, ProfileId

HIGHEST_LEVEL = 4
LEVEL_NAMES = ("none", "universal", "additional", "high", "complex")


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """One area of a child's life: what each level looks like, how much it weighs, and what it asks of a home."""

    code: str
    name: str
    outcome: str
    """The outcome (of six) that the domain stands under."""
    descriptors: tuple[str, str, str, str, str]
    """What levels 0 to 4 look like, in one sentence each."""
    weight: int
    skills: Mapping[int, frozenset[Skill]] = field(default_factory=lambda: MappingProxyType({}))
    """Skills a home needs from that level upward."""
    support: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    """What would close a gap to that level, in words: what to arrange for the home."""
    tags: frozenset[str] = frozenset()
    """Flourish outcomes."""

    def skills_at(self, level: int) -> frozenset[Skill]:
        """Every skill called for at a level: those of that level and of all below it."""
        return frozenset().union(*(wanted for start, wanted in self.skills.items() if start <= level))


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A versioned set of domains, with the totals at which each band begins."""

    id: FrameworkId
    authority: AuthorityId | None
    """None for the default framework, which every authority may use."""
    code: str
    version: int
    name: str
    domains: tuple[Domain, ...]
    band_starts: Mapping[NeedsBand, int]
    """The least weighted total of each band; universal begins at 0."""

    def __post_init__(self) -> None:
        faults = Faults()
        codes = [domain.code for domain in self.domains]
        faults.unless(len(codes) > 0, "domains", "There is no domain", "Give at least one domain")
        faults.unless(len(set(codes)) == len(codes), "domains", "Two domains share a code", "Give each its own code")
        faults.unless(
            all(domain.weight >= 0 for domain in self.domains),
            "domains",
            "A weight is below zero",
            "Give whole weights of zero or more",
        )
        starts = [self.band_starts.get(band, -1) for band in NeedsBand]
        faults.unless(
            starts[0] == 0 and starts == sorted(set(starts)),
            "band_starts",
            "The bands do not rise from zero",
            "Give universal 0, then a higher total for each of additional, high and complex",
        )
        faults.raise_if_any()

    def index(self, code: str) -> int:
        """Where a domain stands in the framework's order; raises KeyError for a code it does not have."""
        for at, domain in enumerate(self.domains):
            if domain.code == code:
                return at
        raise KeyError(code)

    def total(self, levels: Mapping[str, int]) -> int:
        """The weighted sum of the levels; a domain that is not recorded adds nothing."""
        return sum(domain.weight * levels.get(domain.code, 0) for domain in self.domains)

    def band(self, levels: Mapping[str, int]) -> NeedsBand:
        """The highest band whose start the total reaches."""
        total = self.total(levels)
        return max(NeedsBand, key=lambda band: (self.band_starts[band] <= total, self.band_starts[band]))


@dataclass(frozen=True, slots=True)
class DomainFinding:
    """What was found in one domain: the level, and the words that belong beside it."""

    domain: str
    level: int
    strength: str = ""
    evidence: str = ""
    childs_words: str = ""

    def __post_init__(self) -> None:
        faults = Faults()
        faults.unless(
            0 <= self.level <= HIGHEST_LEVEL,
            "level",
            "A level is a whole number from 0 to 4",
            "Give 0 none, 1 universal, 2 additional, 3 high or 4 complex",
        )
        faults.raise_if_any()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsProfile:
    """One dated profile of a child. A child's newest profile is in force; the older ones are its history."""

    id: ProfileId
    child: ChildId
    external_ref: str
    framework: FrameworkId
    made_on: date
    author: str
    """A role or staff reference, never a name."""
    review_due: date
    findings: tuple[DomainFinding, ...]

    def __post_init__(self) -> None:
        faults = Faults()
        faults.unless(
            self.made_on <= self.review_due,
            "review_due",
            "The review is due before the profile was made",
            "Give a review date on or after the day the profile was made",
        )
        named = [finding.domain for finding in self.findings]
        faults.unless(
            len(set(named)) == len(named), "findings", "A domain is given twice", "Give each domain one level"
        )
        faults.raise_if_any()

    @property
    def levels(self) -> Mapping[str, int]:
        """Level by domain code, for the domains that were recorded."""
        return {finding.domain: finding.level for finding in self.findings}


@dataclass(frozen=True, slots=True)
class Gap:
    """A need above what a home can meet, and the support that would close it."""

    domain: str
    name: str
    needed: int
    met: int
    support: str
    skills_missing: frozenset[Skill]

    @property
    def levels(self) -> int:
        """How many levels are missing."""
        return self.needed - self.met


@dataclass(frozen=True, slots=True)
class Change:
    """How one domain moved between two profiles; negative when the need has fallen."""

    domain: str
    before: int | None
    after: int | None

    @property
    def levels(self) -> int | None:
        """Levels gained or lost; None when either profile did not record the domain."""
        return None if self.before is None or self.after is None else self.after - self.before


def changes(framework: Framework, before: NeedsProfile, after: NeedsProfile) -> tuple[Change, ...]:
    """What changed, domain by domain in the framework's order."""
    return tuple(
        Change(domain.code, before.levels.get(domain.code), after.levels.get(domain.code))
        for domain in framework.domains
    )


def steps_down(framework: Framework, before: NeedsProfile, after: NeedsProfile) -> bool:
    """Whether needs have fallen overall, a signal that a step down could be considered.

    Both profiles must record every domain they are compared on; a domain recorded only once is left out of both.
    """
    both = before.levels.keys() & after.levels.keys()
    earlier = framework.total({code: before.levels[code] for code in both})
    later = framework.total({code: after.levels[code] for code in both})
    return bool(both) and later < earlier


def gaps(
    framework: Framework, needed: Mapping[str, int], met: Mapping[str, int], held: frozenset[Skill]
) -> tuple[Gap, ...]:
    """Each domain in which the home's level is known and falls short, with the support that would close the gap."""
    found = []
    for domain in framework.domains:
        need, can = needed.get(domain.code), met.get(domain.code)
        if need is not None and can is not None and can < need:
            support = [text for level, text in sorted(domain.support.items()) if can < level <= need]
            missing = domain.skills_at(need) - held
            found.append(Gap(domain.code, domain.name, need, can, "; ".join(support), missing))
    return tuple(found)
