"""The cheapest new homes that reach a service level: multipliers say which could, re-solves say which do.

A pool holds every home that may be added. For multipliers λ ≥ 0, one for each target, the exact solver finds the plan that
is best by Σ λ·served - cost, which bounds the cost of reaching the targets from below; the homes it uses are tried.
What each combination of homes truly brings is always a plan made anew by the published levels (docs/what-if.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.candidates import Gains, Worth
from matching.facts.living import Indices
from matching.plan import Plan, Wishes
from matching.values import HomeId
from solver.exact import ExactSolver
from solver.interface import Proof, SolveSettings
from solver.multipliers import Ceiling, best_multipliers
from solver.problem import Whole
from solver.services import SERVICES, Served, Services, pairings_of

MOST_BOUNDS, MOST_TRIES = 24, 80
"""Plans made to bound the cost, and to try combinations of homes."""
MOST_BETWEEN = 100
"""Combinations between the bound and the best that are all tried, so that the best is known to be the cheapest."""
Counts = tuple[int, ...]
"""How many homes of each offer."""


class Stopped(Exception):
    """Whoever asked has asked to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomesOffered:
    """Homes, all alike, of which some may be added."""

    homes: tuple[HomeId, ...]
    """As many as may be added, in the pool already; the first are added first."""
    beds: int
    pounds: int
    """A week, for one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """Some homes, and what the best plan with them serves."""

    counts: Counts
    pounds: int
    served: Served
    plan: Plan
    proved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A service level, and the cheapest homes that were found to reach it."""

    targets: Served
    best: Tried
    bound: int
    """No combination that reaches it costs less, in pounds a week."""

    @property
    def exact(self) -> bool:
        """Whether nothing cheaper reaches it."""
        return self.bound >= self.best.pounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Cheapest:
    """What was found: the level that was wanted, or as much of it as the homes offered can reach, and levels below it."""

    targets: Served
    levels: tuple[Level, ...]
    """Rising; the last is what was wanted where that can be reached."""
    none: Tried
    most: Tried
    """With every home that is offered."""
    bound: int
    """No combination of these homes that reaches what was wanted costs less, in pounds a week."""
    curve: tuple[Tried, ...]
    """What no other that was tried betters in cost and in everything served, the cheapest first."""
    tried: int

    @property
    def reached(self) -> bool:
        """Whether what was wanted is reached."""
        return self.levels[-1].best.served.reaches(self.targets)

    @property
    def out_of_reach(self) -> bool:
        """Whether it is proved that no combination of these homes reaches it."""
        return self.bound > self.most.pounds


Progress = Callable[[int, int, str], None]
"""Told how much is done of how much, and what is being done; raises Stopped to stop."""


def cheapest_homes(
    worth: Worth,
    offers: Sequence[HomesOffered],
    targets: Served,
    settings: SolveSettings | None = None,
    progress: Progress = lambda *_: None,
) -> Cheapest:
    """The cheapest of the homes offered with which the best plan serves what is wanted, and what less would cost.

    `worth` is of a pool with every home that is offered; `targets` are whole numbers of children and pairs. Raises
    Stopped when `progress` does.
    """
    search = _Search(worth, offers, settings, progress)
    none = search.tried(tuple(0 for _ in offers))
    most = search.tried(tuple(len(offer.homes) for offer in offers))
    within_reach = Served(*(min(one, other) for one, other in zip(targets, most.served, strict=True)))
    steps = _steps(none.served, within_reach)
    levels = [search.level(wanted, at, len(steps)) for at, wanted in enumerate(steps)]
    last = levels[-1]
    bound = last.bound if last.best.served.reaches(targets) else search.bounded(targets)
    return Cheapest(
        targets=targets,
        levels=tuple(levels),
        none=none,
        most=most,
        bound=bound,
        curve=_curve(search.known.values()),
        tried=len(search.known),
    )


def _steps(none: Served, wanted: Served) -> list[Served]:
    """Levels from what is served today to what is wanted, in quarters; at least what is wanted."""
    found = [
        Served(*(low + max(0, high - low) * quarter // 4 for low, high in zip(none, wanted, strict=True)))
        for quarter in (1, 2, 3)
    ]
    lower = [one for one in found if not none.reaches(one) and not one.reaches(wanted)]
    return [*dict.fromkeys(lower), wanted]


class _Search:
    """One search, with what was tried so far."""

    def __init__(
        self,
        worth: Worth,
        offers: Sequence[HomesOffered],
        settings: SolveSettings | None,
        progress: Progress,
    ) -> None:
        self._worth, self._offers = worth, tuple(offers)
        self._at, self._of = 0, 1
        self._settings, self._progress = settings, progress
        self._services = Services(worth)
        self._solver = ExactSolver()
        self._pairs = pairings_of(worth, [home for offer in offers for home in offer.homes])
        self.known: dict[Counts, Tried] = {}

    def level(self, targets: Served, at: int, of: int) -> Level:
        """The cheapest that reaches some targets which all the homes together reach, with its bound."""
        self._at, self._of = at, of
        bound = 0 if self.tried(self._none()).served.reaches(targets) else self.bounded(targets)
        best = self._bettered(targets)
        return self._closed(Level(targets=targets, best=best, bound=min(bound, best.pounds)))

    def _say(self, what: str) -> None:
        self._progress(self._at, self._of, what)

    def tried(self, counts: Counts) -> Tried:
        """What the best plan by the published levels serves with some of the homes."""
        if counts not in self.known:
            self._say(f"Trying combinations of homes: {len(self.known):,} so far")
            left = [home for offer, n in zip(self._offers, counts, strict=True) for home in offer.homes[n:]]
            forbidden = frozenset(pair for home in left for pair in self._pairs[home])
            solved = self._solver.solve(self._worth, Wishes(forbidden=forbidden), self._settings)
            self.known[counts] = Tried(
                counts=counts,
                pounds=self._cost(counts),
                served=self._services.of_plan(solved.plan),
                plan=solved.plan,
                proved=solved.certificate.proof is Proof.OPTIMAL,
            )
        return self.known[counts]

    def _cost(self, counts: Counts) -> int:
        return sum(offer.pounds * n for offer, n in zip(self._offers, counts, strict=False))

    # --- the bound, and combinations that could do

    def bounded(self, targets: Served) -> int:
        """The best lower bound on the cost of reaching every target that some multipliers give."""
        wanted = [at for at, target in enumerate(targets) if target > self.known[self._none()].served[at]]
        highest = max(1, 4 * sum(offer.pounds for offer in self._offers))
        ceilings: list[Ceiling] = []
        best = 0
        for _ in range(MOST_BOUNDS):
            multipliers = best_multipliers(ceilings, len(wanted), highest)
            every = [0] * SERVICES
            for at, multiplier in zip(wanted, multipliers, strict=True):
                every[at] = multiplier
            ceiling, plan = self._ceiling(every, wanted, targets)
            best = max(best, ceiling.at(multipliers))
            self.tried(self._used(plan))
            if ceiling in ceilings or best > self._cost(self._every()):  # no more is known, or it is out of reach
                break
            ceilings.append(ceiling)
        return best

    def _every(self) -> Counts:
        return tuple(len(offer.homes) for offer in self._offers)

    def _none(self) -> Counts:
        return tuple(0 for _ in self._offers)

    def _ceiling(self, every: Sequence[int], wanted: Sequence[int], targets: Served) -> tuple[Ceiling, Plan]:
        """The bound by some multipliers, as a plane over all multipliers, and the plan that gives it."""
        self._say("Bounding what it must cost")
        valued = _Valued(self._worth, self._services, every, self._pounds_by_home())
        solved = ExactSolver().solve(valued, settings=self._settings)
        value = valued.most - solved.certificate.bound.unplaced
        served = self._services.of_plan(solved.plan)
        gained = sum(multiplier * n for multiplier, n in zip(every, served, strict=True))
        cost = gained - value
        return Ceiling(cost, tuple(targets[at] - served[at] for at in wanted)), solved.plan

    def _pounds_by_home(self) -> Whole:
        """What a child in each home that may be added costs at least: its share when every bed is filled, (homes,)."""
        pounds = np.zeros(self._worth.homes, dtype=np.int64)
        for offer in self._offers:
            for home in offer.homes:
                pounds[self._worth.pool.home_index[home]] = offer.pounds // offer.beds
        return pounds

    def _used(self, plan: Plan) -> Counts:
        used = {intake.home for intake in plan.intakes}
        return tuple(sum(home in used for home in offer.homes) for offer in self._offers)

    # --- better combinations beside those

    def _bettered(self, targets: Served) -> Tried:
        """Reaches every target by adding what serves most for its cost, then leaves out and swaps what it can."""
        best, better, most = self._reached(self._nearest(targets), targets), True, len(self.known) + MOST_TRIES
        used = self.tried(self._used(best.plan))  # what the plan has no use for goes first
        best = used if used.served.reaches(targets) else best
        while better and len(self.known) < most:
            better = False
            for counts in self._beside(best.counts):
                if self._cost(counts) < best.pounds and self.tried(counts).served.reaches(targets):
                    best, better = self.known[counts], True
                    break
                if len(self.known) >= most:
                    break
        return best

    def _nearest(self, targets: Served) -> Tried:
        """Of those tried the cheapest that reaches every target, else the one that lacks least."""
        return min(self.known.values(), key=lambda one: (one.served.lacks(targets), one.pounds, one.counts))

    def _reached(self, start: Tried, targets: Served) -> Tried:
        """From one that does not reach every target to one that does, home by home."""
        now = start
        while not now.served.reaches(targets):
            more = [self.tried(counts) for counts in self._one_more(now.counts)]
            now = min(more, key=lambda one: (one.served.lacks(targets), one.pounds, one.counts))
        return now

    def _closed(self, level: Level) -> Level:
        """Where few combinations cost less than the best and no less than the bound, all of them are tried."""
        between = self._between(level.bound, level.best.pounds)
        if level.exact or between is None:
            return level
        reaching = (one for one in map(self.tried, between) if one.served.reaches(level.targets))
        best = min(reaching, key=lambda one: (one.pounds, one.counts), default=level.best)
        return Level(targets=level.targets, best=best, bound=best.pounds)

    def _between(self, least: int, below: int) -> list[Counts] | None:
        """Every combination that costs so much at least, and less than so much; None when they are too many."""
        found: list[Counts] = [()]
        for at, offer in enumerate(self._offers):
            dearest = sum(other.pounds * len(other.homes) for other in self._offers[at + 1 :])
            longer = ((*counts, n) for counts in found for n in range(len(offer.homes) + 1))
            found = [one for one in longer if self._cost(one) < below and self._cost(one) + dearest >= least]
            if len(found) > MOST_BETWEEN * 20:
                return None
        return found if len(found) <= MOST_BETWEEN else None

    def _one_more(self, counts: Counts) -> list[Counts]:
        return [_with(counts, at, 1) for at, offer in enumerate(self._offers) if counts[at] < len(offer.homes)]

    def _beside(self, counts: Counts) -> list[Counts]:
        """One home fewer, then one home in place of another, the greatest saving first."""
        fewer = [_with(counts, at, -1) for at, n in enumerate(counts) if n]
        swapped = [more for some in fewer for more in self._one_more(some) if more != counts]
        found = dict.fromkeys([*fewer, *swapped])
        return sorted(found, key=lambda one: (self._cost(one), one))


def _with(counts: Counts, at: int, more: int) -> Counts:
    return (*counts[:at], counts[at] + more, *counts[at + 1 :])


def _curve(tried: Iterable[Tried]) -> tuple[Tried, ...]:
    """Those that no other betters: none is as cheap and serves as much of everything, and more of something."""
    one_of_each: dict[tuple[int, ...], Tried] = {}
    for one in sorted(tried, key=lambda one: one.counts):
        one_of_each.setdefault((one.pounds, *(-n for n in one.served)), one)
    kept = [
        one
        for outcome, one in one_of_each.items()
        if not any(
            other != outcome and all(a <= b for a, b in zip(other, outcome, strict=True)) for other in one_of_each
        )
    ]
    return tuple(sorted(kept, key=lambda one: (one.pounds, one.counts)))


class _Valued(Worth):
    """The same pool to somebody who values what is served by multipliers, less what the homes added cost."""

    def __init__(self, worth: Worth, services: Services, multipliers: Sequence[int], pounds: Whole) -> None:
        super().__init__(worth.assessor, worth.candidates)
        self._services, self._pounds = services, pounds
        self._multipliers = np.array(multipliers, dtype=np.int64)
        each = int(self._multipliers @ services.of_all) // max(1, len(self.urgency)) + 1
        self.urgency = np.full(len(self.urgency), each, dtype=np.int64)
        self.siblings_total = 0

    @property
    def most(self) -> int:
        """More than any plan is worth."""
        return int(self.urgency.sum())

    def gains(self, children: Indices, homes: Indices) -> Gains:
        """As the pool has them, with what is served in the place of children placed."""
        found = super().gains(children, homes)
        value = self._services.of(children, homes) @ self._multipliers
        value = value - (children >= 0).sum(axis=1) * self._pounds[homes]
        return replace(found, placed=value, together=np.zeros_like(value))
