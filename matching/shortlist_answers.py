"""What a shortlist says: ranked ways with reasons, near misses, what blocks the rest, and all of it in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matching.explanations import STANDING_WORDS, Finding, PointsLine, SignOffNeeded, Verdict

FIT_REASONS = (
    "approval.ages",
    "purpose.ages",
    "needs.met",
    "needs.skills",
    "needs.access",
    "place.area",
    "place.school",
    "hierarchy.connected-first",
    "siblings.together",
    "limit.beds",
    "availability.fresh",
)
"""Rules whose being met is worth saying first, in this order."""


@dataclass(frozen=True, slots=True)
class HomeOption:
    """One home of an arrangement: who would move in, why it fits, what it lacks, what it takes and what it costs."""

    home: str
    """Reference of the home."""
    kind: str
    sector: str
    children: tuple[str, ...]
    """References of the children who would live there together."""
    fits: tuple[str, ...]
    lacks: tuple[Finding, ...]
    """Every finding that is not met, worst first."""
    sign_offs: tuple[SignOffNeeded, ...]
    points: tuple[PointsLine, ...]
    weekly_pence: int | None
    """What it costs a week for these children with add-ons; None when a price is missing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One ranked way to place a referral's children."""

    rank: int
    verdict: Verdict
    homes: tuple[HomeOption, ...]
    parted: tuple[tuple[str, str], ...]
    """Pairs of siblings of the referral who would live apart."""
    left_out: tuple[str, ...]
    """Children this way has no home for."""
    points: int
    sign_offs: int
    weekly_pence: int | None


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A home that one thing keeps from being proposed."""

    home: str
    kind: str
    sector: str
    verdict: Verdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class BlockedCount:
    """How many homes a rule blocks for the whole referral, and how many it alone blocks."""

    rule: str
    says: str
    homes: int
    alone: int


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Everything to say of one referral as at a day."""

    referral: str
    as_of: str
    children: tuple[str, ...]
    homes_considered: int
    summary: str
    entries: tuple[Entry, ...]
    near_misses: tuple[NearMiss, ...]
    to_check: tuple[NearMiss, ...]
    blocked: tuple[BlockedCount, ...]


@dataclass(frozen=True, slots=True)
class WhyThisHome:
    """Every finding for one referral with one home, whatever they come to."""

    referral: str
    home: str
    verdict: Verdict
    summary: str
    findings: tuple[Finding, ...]
    points: tuple[PointsLine, ...]
    sign_offs: tuple[SignOffNeeded, ...]


def fits_in(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The reasons worth saying first, of the rules that are met."""
    met = {finding.rule: finding.reason for finding in reversed(findings) if finding.standing == "met"}
    return tuple(met[rule] for rule in FIT_REASONS if rule in met)


def lacks_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that are not met, worst first."""
    order = {words: -standing for standing, words in STANDING_WORDS.items()}
    short = [finding for finding in findings if finding.standing not in ("met", "not-applicable")]
    return tuple(sorted(short, key=lambda finding: order[finding.standing]))


def summary_of(
    entries: Sequence[Entry],
    near_misses: Sequence[NearMiss],
    to_check: Sequence[NearMiss],
    blocked: Sequence[BlockedCount],
    homes: int,
) -> str:
    """The shortlist in a sentence or three; an empty one says what is in the way and what would open something."""
    if entries and not entries[0].left_out:
        children = sum(len(option.children) for option in entries[0].homes)
        return ways_in_words(len(entries), children, len(entries[0].homes), homes)
    said = [f"Nothing fits: none of {homes:,} homes can be proposed for all the children."]
    if entries:
        said = [f"No way places all the children; the best leaves out {', '.join(entries[0].left_out)}."]
    if near_misses:
        said.append(f"{len(near_misses)} of the nearest homes are one lawful change away.")
    if to_check:
        said.append(f"{len(to_check)} could fit once a missing fact is checked.")
    if blocked:
        said.append(f"Most often in the way: {blocked[0].says[0].lower()}{blocked[0].says[1:]} ({blocked[0].rule}).")
    return " ".join(said)


def ways_in_words(ways: int, children: int, apart: int, homes: int) -> str:
    """What a shortlist comes to that places everybody; the best way needs `apart` homes, and `homes` were looked at."""
    found = "1 way" if ways == 1 else f"The best {ways} ways"
    whom = "the child" if children == 1 else f"the {children} children"
    parted = " No home can take all the children together." if apart > 1 else ""
    return f"{found} to place {whom}, of {homes:,} homes looked at.{parted}"


def verdict_in_words(verdict: Verdict, findings: Iterable[Finding]) -> str:
    """What all findings come to, in a sentence."""
    blocking = [finding for finding in findings if finding.standing == "blocked"]
    match verdict:
        case Verdict.FITS:
            return "This home can be proposed."
        case Verdict.FITS_WITH_SIGN_OFFS:
            return "This home can be proposed; the sign-offs listed must be given."
        case Verdict.TO_CHECK:
            return "This home cannot be proposed until the missing facts have been checked."
        case Verdict.NEAR_MISS:
            return f"One rule away: {blocking[0].reason}. {blocking[0].remedy}."
        case Verdict.BLOCKED:
            rules = ", ".join(dict.fromkeys(finding.rule for finding in blocking))
            return f"This home cannot be proposed: {rules}."
