"""A shortlist: homes ranked for one referral, with reasons; what nearly fits; and why nothing does. No solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.arrangements import Arrangement, Placing, best_arrangements
from matching.assess import Assessed, Assessor, Tally
from matching.candidates import Candidates, Worth, candidates_of, intake_arrays
from matching.explanations import Finding, Verdict, findings_of, points_at, sign_offs_in, verdict_of
from matching.rules.model import Rule, Standing
from matching.rules.words import Where
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
        rows = self.rows(referral)
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
        return _Referred(self, self.rows(referral)).why(home)

    def rows(self, referral: ReferralId) -> slice:
        """Where a referral's children stand among those who wait. Raises NotWaiting."""
        rows = [at for at, seeker in enumerate(self.pool.seekers) if seeker.referral.id == referral]
        if not rows:
            raise NotWaiting("No child of this referral waits for a home on this day.")
        return slice(rows[0], rows[-1] + 1)


class _Referred:
    """One referral while its shortlist is made: its children, and every rule asked of them with every home."""

    def __init__(self, base: Shortlister, rows: slice) -> None:
        self.assessor, self.pool = base.assessor, base.pool
        self.children = tuple(range(rows.start, rows.stop))
        self.seekers = self.pool.seekers[rows]
        self.references = tuple(one.child.external_ref for one in self.seekers)
        self.pairings, self.rows = self.assessor.beside(rows)
        self.first = rows.start - self.rows.start
        self.together = _together(self.assessor, rows)

    # --- ranked ways

    def entries(self, arrangements: Sequence[Arrangement]) -> tuple[Entry, ...]:
        """The ranked ways in words; every home of every way is assessed in one go."""
        placings = list(dict.fromkeys(placing for one in arrangements for placing in one.placings))
        option = dict(zip(placings, self._options(placings, *self._living(placings)), strict=True))
        return tuple(
            self._entry(rank, tuple(option[placing] for placing in one.placings))
            for rank, one in enumerate(arrangements, start=1)
        )

    def _living(self, placings: Sequence[Placing]) -> tuple[Assessed, list[Where]]:
        """The rules of living together asked of some placings, and where each of them stands."""
        if len(self.children) == 1:  # the same child in each: asked already
            return self.together.assessed, [self.together.place(home) for home, _ in placings]
        return self.assessor.intakes(*intake_arrays(placings)), [(at,) for at in range(len(placings))]

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

    def _options(self, placings: Sequence[Placing], living: Assessed, at: Sequence[Where]) -> list[HomeOption]:
        """Each home for some of the children, who are the intakes at those places of `living`."""
        shared = findings_of(living, at, [None] * len(at), Standing.SCORED, _FIT)
        pairs = [(child, home) for home, children in placings for child in children]
        where = [(child - self.first, home) for child, home in pairs]
        whom = [self.pool.seekers[child].child.external_ref for child, _ in pairs]
        own = dict(zip(pairs, findings_of(self.pairings, where, whom, Standing.SCORED, _FIT), strict=True))
        return [
            self._option(placing, living, place, findings, own)
            for placing, place, findings in zip(placings, at, shared, strict=True)
        ]

    def _option(
        self,
        placing: Placing,
        living: Assessed,
        at: Where,
        shared: Sequence[Finding],
        own: Mapping[tuple[int, int], Sequence[Finding]],
    ) -> HomeOption:
        home, children = placing
        findings, points = list(shared), list(points_at(living, at, None, self.assessor.policy))
        for child in children:
            where, reference = (child - self.first, home), self.pool.seekers[child].child.external_ref
            findings.extend(own[child, home])
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
        every = self._all_findings(best.tolist(), Standing.SCORED)
        return tuple(self._near_miss(home, verdict, found) for home, found in zip(best.tolist(), every, strict=True))

    def blocked_counts(self) -> tuple[BlockedCount, ...]:
        """For each rule that blocks any home: how many it blocks, and how many it alone blocks; most first."""
        blocking, _, _ = self._tallies
        counts = [
            BlockedCount(rule.id, rule.says, int(blocked.sum()), int((blocked & (blocking == 1)).sum()))
            for rule, blocked in self._blocked_by
            if blocked.any()
        ]
        return tuple(sorted(counts, key=lambda count: (-count.alone, -count.homes, count.rule)))

    def why(self, home: int) -> WhyThisHome:
        blocking, checking, openable = self._tallies
        (option,) = self._options([(home, self.children)], self.together.assessed, [self.together.place(home)])
        findings = tuple(self._all_findings([home])[0])
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

    def _all_findings(self, homes: Sequence[int], at_least: Standing = Standing.NOT_APPLICABLE) -> list[list[Finding]]:
        """The findings for all the children together in each of some homes."""
        found: list[list[Finding]] = [[] for _ in homes]
        for at, reference in enumerate(self.references, self.rows.start):
            of_child = findings_of(self.pairings, [(at, home) for home in homes], [reference] * len(homes), at_least)
            for here, more in zip(found, of_child, strict=True):
                here.extend(more)
        places = [self.together.place(home) for home in homes]
        shared = findings_of(self.together.assessed, places, [None] * len(homes), at_least)
        return [here + more for here, more in zip(found, shared, strict=True)]

    def _near_miss(self, home: int, verdict: Verdict, findings: Sequence[Finding]) -> NearMiss:
        there = self.pool.homes[home]
        return NearMiss(there.external_ref, there.kind.value, there.sector.value, verdict, lacks_in(findings))

    @cached_property
    def _blocked_by(self) -> tuple[tuple[Rule, NDArray[np.bool_]], ...]:
        """Each rule that can block with the homes it blocks for any of the children."""
        found = [*self.pairings.blocked_by(self.rows), *self.together.blocked_by()]
        homes = (len(self.pool.homes),)
        return tuple((rule, np.broadcast_to(np.atleast_2d(blocked).any(axis=0), homes)) for rule, blocked in found)

    @cached_property
    def _tallies(self) -> tuple[NDArray[np.int16], NDArray[np.bool_], NDArray[np.bool_]]:
        """By home: how many rules block, whether facts must be checked first, whether all that block can be opened."""
        homes = len(self.pool.homes)
        blocking, openable = np.zeros(homes, dtype=np.int16), np.ones(homes, dtype=bool)
        for rule, blocked in self._blocked_by:
            blocking += blocked
            if rule.remedy is None:
                openable &= ~blocked
        pairings = self.pairings.tally.checks_first[self.rows].any(axis=0)
        return blocking, (self.together.tally.checks_first > 0) | pairings, openable

    def _points(self) -> NDArray[np.int64]:
        points: NDArray[np.int64] = self.pairings.tally.points[self.rows].sum(axis=0) + self.together.tally.points
        return points


@dataclass(frozen=True, slots=True)
class _Together:
    """The rules of living together asked of all a referral's children with every home."""

    assessed: Assessed
    row: int | None
    """Where a single child stands in a grid of children and homes; None for a list with one intake for each home."""

    def place(self, home: int) -> Where:
        """Where one home stands."""
        return (home,) if self.row is None else (self.row, home)

    @property
    def tally(self) -> Tally:
        """What the answers come to, by home."""
        return self.assessed.tally if self.row is None else self.assessed.tally.at(self.row)

    def blocked_by(self) -> Iterator[tuple[Rule, NDArray[np.bool_]]]:
        """Each rule that can block with the homes it blocks."""
        return self.assessed.blocked_by(None if self.row is None else slice(self.row, self.row + 1))


def _together(assessor: Assessor, rows: slice) -> _Together:
    if rows.stop - rows.start == 1:
        alone, at = assessor.each_alone(rows)
        return _Together(alone, at.start)
    homes = np.arange(len(assessor.pool.homes), dtype=np.int64)
    group = np.tile(np.arange(rows.start, rows.stop, dtype=np.int64), (len(homes), 1))
    return _Together(assessor.intakes(group, homes), None)
