"""What a plan comes to in the units people use, and what it proposes for each child."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.services.pools import ReadyPool
from matching.assess import Assessed, Assessor
from matching.candidates import intake_arrays
from matching.explanations import Finding, SignOffNeeded, findings_at, points_at, sign_offs_in
from matching.plan import Levels, Plan
from matching.rules.model import Standing
from matching.values import ChildId, HomeId, ReferralId


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """A plan in a line: what is asked of every plan, so that plans can be laid side by side."""

    children: int
    placed: int
    sibling_pairs: int
    """Pairs of brothers and sisters who wait and should live together."""
    sibling_pairs_together: int
    sign_offs: int
    checks: int
    """Facts somebody should check before deciding."""
    mean_miles: float | None
    """From the family home, straight line, over the children placed whose home is known; one decimal."""
    weekly_pence: int
    """Of the places whose price is known."""
    prices_missing: int
    points: int
    levels: Levels


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a plan proposes for one child, and what it takes."""

    referral: str
    child: str
    home: str
    kind: str
    sector: str
    with_children: tuple[str, ...]
    """Others who would move in together."""
    points: int
    tenths_of_a_mile: int | None
    """From the family home, straight line."""
    weekly_pence: int | None
    sign_offs: tuple[SignOffNeeded, ...]
    checks: tuple[str, ...]
    """What somebody should check before deciding, in words."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal with the ids behind its references."""

    referral: ReferralId
    child: ChildId
    home: HomeId
    proposal: Proposal


class Reckoner:
    """Adds plans up. Every rule is asked of every pairing once, whatever the number of plans."""

    def __init__(self, ready: ReadyPool) -> None:
        self.pool = ready.pool
        self.assessor: Assessor = ready.shortlister.assessor
        self._pairings: Assessed = self.assessor.beside(slice(0, len(self.pool.seekers)))[0]

    def proposals(self, plan: Plan) -> tuple[Proposed, ...]:
        """What the plan proposes, in the order of the children."""
        given = [
            (self.pool.home_index[intake.home], tuple(self.pool.seeker_index[child] for child in intake.children))
            for intake in plan.intakes
        ]
        living = self.assessor.intakes(*intake_arrays(given))
        found = [one for at, (home, rows) in enumerate(given) for one in self._intake(living, at, home, rows)]
        return tuple(sorted(found, key=lambda one: self.pool.seeker_index[one.child]))

    def totals(self, plan: Plan, proposals: tuple[Proposed, ...] | None = None) -> Totals:
        """What the plan comes to."""
        given = [one.proposal for one in (self.proposals(plan) if proposals is None else proposals)]
        miles = [one.tenths_of_a_mile for one in given if one.tenths_of_a_mile is not None]
        prices = [one.weekly_pence for one in given if one.weekly_pence is not None]
        pairs, together = self._siblings(plan)
        return Totals(
            children=len(self.pool.seekers),
            placed=len(given),
            sibling_pairs=pairs,
            sibling_pairs_together=together,
            sign_offs=sum(len(one.sign_offs) for one in given),
            checks=sum(len(one.checks) for one in given),
            mean_miles=round(sum(miles) / len(miles) / 10, 1) if miles else None,
            weekly_pence=sum(prices),
            prices_missing=len(given) - len(prices),
            points=plan.levels.points,
            levels=plan.levels,
        )

    def _intake(self, living: Assessed, at: int, home: int, rows: tuple[int, ...]) -> Iterator[Proposed]:
        """The proposals of one intake; what is said of all who would live together is said with the first child."""
        shared = tuple(findings_at(living, (at,), None, Standing.CHECK))
        shared_points = sum(line.points for line in points_at(living, (at,), None, self.assessor.policy))
        for position, row in enumerate(rows):
            own = tuple(findings_at(self._pairings, (row, home), self._reference(row), Standing.CHECK))
            first = position == 0
            findings = (*own, *shared) if first else own
            yield self._proposed(row, home, rows, findings, shared_points if first else 0)

    def _proposed(
        self, row: int, home: int, rows: tuple[int, ...], findings: tuple[Finding, ...], shared_points: int
    ) -> Proposed:
        seeker, there, journey = self.pool.seekers[row], self.pool.homes[home], self._pairings.facts.journey
        lines = points_at(self._pairings, (row, home), None, self.assessor.policy)
        proposal = Proposal(
            referral=seeker.referral.external_ref,
            child=seeker.child.external_ref,
            home=there.external_ref,
            kind=there.kind.value,
            sector=there.sector.value,
            with_children=tuple(self._reference(other) for other in rows if other != row),
            points=sum(line.points for line in lines) + shared_points,
            tenths_of_a_mile=journey.home_distance.at(row, home),
            weekly_pence=journey.cost.at(row, home),
            sign_offs=sign_offs_in(findings),
            checks=tuple(finding.reason for finding in findings if finding.sign_off is None or _is_check(finding)),
        )
        return Proposed(seeker.referral.id, seeker.child.id, there.id, proposal)

    def _reference(self, row: int) -> str:
        return self.pool.seekers[row].child.external_ref

    def _siblings(self, plan: Plan) -> tuple[int, int]:
        """Pairs of waiting siblings who should live together, and how many of them the plan joins."""
        lives, waiting = plan.home_of, self.pool.seeker_index
        groups = {seeker.group.id: seeker.group for seeker in self.pool.seekers if seeker.group is not None}
        weights = self.assessor.policy.sibling_pairs
        pairs = [
            pair
            for group in groups.values()
            for pair in group.every_pair()
            if weights.get(pair.assessed, 0) and pair.one in waiting and pair.other in waiting
        ]
        joined = [pair for pair in pairs if pair.one in lives and lives[pair.one] == lives.get(pair.other)]
        return len(pairs), len(joined)


def _is_check(finding: Finding) -> bool:
    return finding.standing == "check"
