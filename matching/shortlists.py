"""A shortlist: homes ranked for one referral, with reasons; what nearly fits; and why nothing does. No solver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.arrangements import Arrangement, Placing, best_arrangements
from matching.assess import Assessed, Assessor
from matching.candidates import Candidates, Worth, candidates_of, intake_arrays
from matching.explanations import Finding, Verdict, findings_at, points_at, sign_offs_in, verdict_of
from matching.rules.model import Rule, Standing
from matching.shortlist_answers import (
    FIT_REASONS,
    BlockedCount,
    Entry,
    HomeOption,
    NearMiss,
    Shortlist,
    WhyThisHome,
    fits_in,
    lacks_in,
    summary_of,
    verdict_in_words,
)
from matching.values import ReferralId

_FIT = frozenset(FIT_REASONS)


class NotWaiting(LookupError):
    """The referral has no child waiting in this pool."""


class Shortlister:
    """Makes shortlists for the referrals of one pool."""

    def __init__(self, assessor: Assessor, candidates: Candidates | None = None) -> None:
        self.assessor, self.pool = assessor, assessor.pool
        self.worth = Worth(assessor, candidates or candidates_of(assessor))

    def shortlist(self, referral: ReferralId, most: int = 20, near: int = 10) -> Shortlist:
        """The best `most` ways to place a referral's children, and up to `near` near misses. Raises NotWaiting."""
        rows = self._rows(referral)
        one = _Referred(self, rows)
        best = best_arrangements(self.worth, one.children, most)
        entries = one.entries(best)
        near_misses, to_check = one.near(near)
        blocked = one.blocked_counts()
        return Shortlist(
            referral=self.pool.seekers[rows.start].referral.external_ref,
            as_of=self.pool.as_of.isoformat(),
            children=one.references,
            homes_considered=len(self.pool.homes),
            summary=summary_of(entries, near_misses, to_check, blocked, len(self.pool.homes)),
            entries=entries,
            near_misses=near_misses,
            to_check=to_check,
            blocked=blocked,
        )

    def why(self, referral: ReferralId, home: int) -> WhyThisHome:
        """Every finding for a referral's children together in one home (a column of the pool). Raises NotWaiting."""
        return _Referred(self, self._rows(referral)).why(home)

    def _rows(self, referral: ReferralId) -> slice:
        rows = [at for at, seeker in enumerate(self.pool.seekers) if seeker.referral.id == referral]
        if not rows:
            raise NotWaiting("No child of this referral waits for a home on this day.")
        return slice(rows[0], rows[-1] + 1)


class _Referred:
    """One referral while its shortlist is made: its children, and every rule asked of them with every home."""

    def __init__(self, base: Shortlister, rows: slice) -> None:
        self.assessor, self.pool = base.assessor, base.pool
        self.first, self.children = rows.start, tuple(range(rows.start, rows.stop))
        self.seekers = self.pool.seekers[rows]
        self.references = tuple(one.child.external_ref for one in self.seekers)
        self.pairings = self.assessor.pairings(rows)
        homes = np.arange(len(self.pool.homes), dtype=np.int64)
        group = np.tile(np.array(self.children, dtype=np.int64), (len(homes), 1))
        self.together = self.assessor.intakes(group, homes)

    # --- ranked ways

    def entries(self, arrangements: Sequence[Arrangement]) -> tuple[Entry, ...]:
        """The ranked ways in words; every home of every way is assessed in one go."""
        placings = list(dict.fromkeys(placing for one in arrangements for placing in one.placings))
        living = self.assessor.intakes(*intake_arrays(placings)) if placings else self.together
        option = {placing: self._option(placing, living, at, Standing.SCORED) for at, placing in enumerate(placings)}
        return tuple(
            self._entry(rank, tuple(option[placing] for placing in one.placings))
            for rank, one in enumerate(arrangements, start=1)
        )

    def _entry(self, rank: int, options: tuple[HomeOption, ...]) -> Entry:
        placed = {child for option in options for child in option.children}
        sign_offs = sum(len(option.sign_offs) for option in options)
        prices = [option.weekly_pence for option in options]
        return Entry(
            rank=rank,
            verdict=Verdict.FITS_WITH_SIGN_OFFS if sign_offs else Verdict.FITS,
            homes=options,
            parted=self._parted(options),
            left_out=tuple(child for child in self.references if child not in placed),
            points=sum(line.points for option in options for line in option.points),
            sign_offs=sign_offs,
            weekly_pence=None if None in prices else sum(price or 0 for price in prices),
        )

    def _option(self, placing: Placing, living: Assessed, at: int, at_least: Standing) -> HomeOption:
        """One home for some of the children, who are the intake at that place of `living`."""
        home, children = placing
        findings = list(findings_at(living, (at,), None, at_least, _FIT))
        points = list(points_at(living, (at,), None, self.assessor.policy))
        for child in children:
            where, reference = (child - self.first, home), self.pool.seekers[child].child.external_ref
            findings.extend(findings_at(self.pairings, where, reference, at_least, _FIT))
            points.extend(points_at(self.pairings, where, reference, self.assessor.policy))
        there = self.pool.homes[home]
        prices = [self.pairings.facts.journey.cost.at(child - self.first, home) for child in children]
        return HomeOption(
            home=there.external_ref,
            kind=there.kind.value,
            sector=there.sector.value,
            children=tuple(self.pool.seekers[child].child.external_ref for child in children),
            fits=fits_in(findings),
            lacks=lacks_in(findings),
            sign_offs=sign_offs_in(findings),
            points=tuple(points),
            weekly_pence=None if None in prices else sum(price or 0 for price in prices),
        )

    def _parted(self, options: Iterable[HomeOption]) -> tuple[tuple[str, str], ...]:
        at = {child: option.home for option in options for child in option.children}
        return tuple(
            (one, other)
            for place, one in enumerate(self.references)
            for other in self.references[place + 1 :]
            if at.get(one) is None or at.get(one) != at.get(other)
        )

    # --- what nearly fits, and why the rest does not

    def near(self, most: int) -> tuple[tuple[NearMiss, ...], tuple[NearMiss, ...]]:
        """Homes that one lawful change opens for all the children together, and homes where a fact is missing."""
        blocking, checking, openable = self._tallies
        near = np.flatnonzero((blocking == 1) & ~checking & openable)
        check = np.flatnonzero((blocking == 0) & checking)
        return self._nearest(near, Verdict.NEAR_MISS, most), self._nearest(check, Verdict.TO_CHECK, most)

    def _nearest(self, homes: NDArray[np.intp], verdict: Verdict, most: int) -> tuple[NearMiss, ...]:
        best = homes[np.argsort(self._points()[homes], kind="stable")][:most]
        return tuple(self._near_miss(int(home), verdict) for home in best)

    def blocked_counts(self) -> tuple[BlockedCount, ...]:
        """For each rule that blocks any home: how many it blocks, and how many it alone blocks; most first."""
        blocking, _, _ = self._tallies
        counts = [
            BlockedCount(rule.id, rule.says, int(blocked.sum()), int((blocked & (blocking == 1)).sum()))
            for rule, blocked in self._blocked_by()
            if blocked.any()
        ]
        return tuple(sorted(counts, key=lambda count: (-count.alone, -count.homes, count.rule)))

    def why(self, home: int) -> WhyThisHome:
        blocking, checking, openable = self._tallies
        option = self._option((home, self.children), self.together, home, Standing.SCORED)
        findings = self._all_findings(home)
        verdict = verdict_of(
            int(blocking[home]), int(checking[home]), len(option.sign_offs), openable=bool(openable[home])
        )
        return WhyThisHome(
            referral=self.seekers[0].referral.external_ref,
            home=option.home,
            verdict=verdict,
            summary=verdict_in_words(verdict, findings),
            findings=findings,
            points=option.points,
            sign_offs=option.sign_offs,
        )

    def _all_findings(self, home: int, at_least: Standing = Standing.NOT_APPLICABLE) -> tuple[Finding, ...]:
        found: list[Finding] = []
        for at, reference in enumerate(self.references):
            found.extend(findings_at(self.pairings, (at, home), reference, at_least))
        found.extend(findings_at(self.together, (home,), None, at_least))
        return tuple(found)

    def _near_miss(self, home: int, verdict: Verdict) -> NearMiss:
        there = self.pool.homes[home]
        findings = lacks_in(self._all_findings(home, Standing.SCORED))
        return NearMiss(there.external_ref, there.kind.value, there.sector.value, verdict, findings)

    def _blocked_by(self) -> Iterable[tuple[Rule, NDArray[np.bool_]]]:
        shape = (len(self.children), len(self.pool.homes))
        for rule, blocked in self.pairings.blocked_by():
            yield rule, np.logical_or.reduce(np.broadcast_to(blocked, shape), axis=0)
        for rule, blocked in self.together.blocked_by():
            yield rule, np.broadcast_to(blocked, shape[1:])

    @cached_property
    def _tallies(self) -> tuple[NDArray[np.int16], NDArray[np.bool_], NDArray[np.bool_]]:
        """By home: how many rules block, whether facts must be checked first, whether all that block can be opened."""
        homes = len(self.pool.homes)
        blocking, openable = np.zeros(homes, dtype=np.int16), np.ones(homes, dtype=bool)
        for rule, blocked in self._blocked_by():
            blocking += blocked
            if rule.remedy is None:
                openable &= ~blocked
        checking = (self.together.tally.checks_first > 0) | (self.pairings.tally.checks_first > 0).any(axis=0)
        return blocking, checking, openable

    def _points(self) -> NDArray[np.int64]:
        points: NDArray[np.int64] = self.pairings.tally.points.sum(axis=0) + self.together.tally.points
        return points
