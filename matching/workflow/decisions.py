"""Decisions: a named person chooses, having seen the ranks and the findings, with the child's view on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from matching.codes import ViewAsked
from matching.errors import DomainError, Fault, Faults
from matching.explanations import Finding, Verdict
from matching.referrals import ChildView
from matching.values import (
    AuthorityId,
    ChildId,
    DecisionId,
    HomeId,
    MatchRunId,
    PlacementId,
    RecommendationId,
    ReferralId,
)
from matching.workflow.roles import Role
from matching.workflow.states import DecisionState

CONNECTED_FIRST = "hierarchy.connected-first"
"""The rule whose finding says that a connected carer could be considered and this home is none."""


class ReasonNeeded(StrEnum):
    """What a decision must give a reason for."""

    OTHER_THAN_FIRST = "other-than-first-rank"
    SIBLINGS_SPLIT = "siblings-split"
    CONNECTED_PASSED_OVER = "connected-carer-passed-over"


@dataclass(frozen=True, slots=True)
class ShownPlacing:
    """One home of a way, and the children who would live there, by their references."""

    home: str
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownWay:
    """One ranked way as it was shown."""

    rank: int
    placings: tuple[ShownPlacing, ...]
    points: int
    sign_offs: int
    weekly_pence: int | None


@dataclass(frozen=True, slots=True)
class ShownHome:
    """One home of the choice as it was shown, with every finding."""

    home: str
    children: tuple[str, ...]
    verdict: Verdict
    findings: tuple[Finding, ...]
    points: int
    weekly_pence: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stood before the person at the moment of deciding, kept for good."""

    as_of: date
    run: MatchRunId | None
    """The match run that proposed it, when the choice came from a plan."""
    summary: str
    ways: tuple[ShownWay, ...]
    chosen: tuple[ShownHome, ...]

    @property
    def rank(self) -> int | None:
        """The rank of what was chosen; None when it was not among the ways shown."""
        mine = frozenset((home.home, frozenset(home.children)) for home in self.chosen)
        for way in self.ways:
            if frozenset((one.home, frozenset(one.children)) for one in way.placings) == mine:
                return way.rank
        return None


def reasons_needed(shown: Shown) -> frozenset[ReasonNeeded]:
    """What this choice needs a reason for."""
    found = set()
    if shown.rank != 1:
        found.add(ReasonNeeded.OTHER_THAN_FIRST)
    if len(shown.chosen) > 1:
        found.add(ReasonNeeded.SIBLINGS_SPLIT)
    if any(_passes_over(home.findings) for home in shown.chosen):
        found.add(ReasonNeeded.CONNECTED_PASSED_OVER)
    return frozenset(found)


def _passes_over(findings: Iterable[Finding]) -> bool:
    return any(one.rule == CONNECTED_FIRST and one.standing in ("scored", "flagged", "sign-off") for one in findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What the social worker would choose, and why. The newest is in force."""

    id: RecommendationId
    authority: AuthorityId
    referral: ReferralId
    chosen: Mapping[ChildId, HomeId]
    reason: str
    by: str
    """The staff reference of the person."""
    at: datetime

    def __post_init__(self) -> None:
        faults = Faults()
        faults.unless(self.chosen, "chosen", "Nothing is recommended", "Name a home for each child")
        faults.unless(self.by.strip(), "by", "Nobody is named", "Give the reference of the person who recommends")
        faults.unless(self.reason.strip(), "reason", "There is no reason", "Say why this is recommended")
        faults.raise_if_any()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Where the children of a referral will live, who decided it, why, and what that person saw."""

    id: DecisionId
    authority: AuthorityId
    referral: ReferralId
    chosen: Mapping[ChildId, HomeId]
    decided_by: str
    """The staff reference of the person; never a machine's."""
    role: Role
    at: datetime
    reasons: Mapping[ReasonNeeded, str]
    views: Mapping[ChildId, ViewAsked]
    """How each child's view stood: asked, or why it could not be had."""
    recommendation: RecommendationId | None
    shown: Shown
    """Empty in lists."""
    placements: Mapping[ChildId, PlacementId] = field(default_factory=lambda: MappingProxyType({}))
    """The placement that was planned for each child."""
    state: DecisionState = DecisionState.MADE
    reversed_because: str = ""


class CannotDecide(DomainError):
    """The decision cannot be made yet; every fault is named at once, with what would be right."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "This cannot be decided yet. " + " ".join(f"{one.wrong}. {one.remedy}." for one in self.faults)
        )


def refuse_unless_decidable(
    decision: Decision, children: Iterable[ChildId], willing: Mapping[ChildId, frozenset[HomeId]]
) -> None:
    """Raises CannotDecide unless every child has a view on record, a home that is willing and may be proposed, and
    every reason that the choice needs is given.

    `children` are all those of the referral; `willing` the homes that said yes, by child.
    """
    faults: list[Fault] = []
    if not decision.decided_by.strip():
        faults.append(Fault("decided_by", "Nobody is named", "Give the reference of the person who decides"))
    for child in children:
        faults += _faults_of(decision, child, willing.get(child, frozenset()))
    for home in decision.shown.chosen:
        if home.verdict not in (Verdict.FITS, Verdict.FITS_WITH_SIGN_OFFS):
            faults.append(Fault("chosen", f"{home.home} may not be proposed ({home.verdict})", "Choose another home"))
    for needed in sorted(reasons_needed(decision.shown)):
        if not decision.reasons.get(needed, "").strip():
            remedy = "Give a reason that others can read later"
            faults.append(Fault(f"reasons/{needed}", f"This choice needs a reason ({needed})", remedy))
    if faults:
        raise CannotDecide(faults)


def _faults_of(decision: Decision, child: ChildId, willing: frozenset[HomeId]) -> list[Fault]:
    faults = []
    if decision.views.get(child, ViewAsked.NOT_YET) is ViewAsked.NOT_YET:
        wrong, remedy = "A child's view is not recorded", "Record it, or the reason it could not be had"
        faults.append(Fault("child_view", wrong, remedy))
    home = decision.chosen.get(child)
    if home is None:
        faults.append(Fault("chosen", "A child of the referral has no home", "Choose a home for every child"))
    elif home not in willing:
        faults.append(
            Fault("chosen", "A home chosen has not said that it is willing", "Offer first, and wait for a yes")
        )
    return faults


def checked_view(view: ChildView) -> ChildView:
    """A child's view that may be recorded. Raises Invalid when the child was asked and nothing was said, or was not yet."""
    faults = Faults()
    faults.unless(
        view.asked is not ViewAsked.NOT_YET,
        "asked",
        "Whether the child was asked is not said",
        "Say that the child was asked, or why that could not be",
    )
    faults.unless(
        view.asked is not ViewAsked.ASKED
        or view.said.strip()
        or view.places_wanted.strip()
        or view.people_wanted.strip(),
        "said",
        "The child was asked, and nothing is recorded",
        "Record what the child said, or the places or people the child wants",
    )
    faults.raise_if_any()
    return view
