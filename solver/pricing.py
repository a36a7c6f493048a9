"""Every intake of a pool at given prices: the bound that they prove, and the intakes that are cheap enough to matter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.candidates import Worth
from matching.facts.living import NO_CHILD
from solver.combinations import EXHAUSTIVE, GLANCE, Effort, Search
from solver.lines import Floors
from solver.patterns import Parts, parts_of
from solver.prices import SCALE, Prices
from solver.problem import LEVELS, Columns, Whole, joined
from solver.remembered import Remembered
from solver.wishes import Fixed

GRAVITY, POINTS = 2, 3
MOST_WITH_THE_PINNED = Effort(parts=1_000, sets=5_000)
FAR = 2**60
WORTHWHILE = SCALE // 64
"""By how much an intake has to better the price of its home to matter, in parts of a point."""


@dataclass(frozen=True, slots=True)
class Priced:
    """What some prices say."""

    bound: int
    """No plan costs less, in parts of a point."""
    columns: Columns
    """Intakes whose reduced cost is within the limit of the least at their home, or of nothing if that is less."""
    reduced: Whole
    """Their reduced costs."""
    at_home: Whole
    """(homes,) what each home adds to the bound."""
    complete: bool
    """Whether no home had more such intakes than could be looked at."""


class Pricing:
    """Prices the intakes of one pool, over and over. What was asked of the rules is remembered."""

    def __init__(self, worth: Worth) -> None:
        self.worth = worth
        self.parts = parts_of(worth)
        self._own = _own(worth, self.parts)
        self._living = self.parts.columns.levels - self._own if worth.living_grows else np.zeros_like(self._own)
        self.remembered = Remembered(worth, self.parts)
        self._search = Search(self.parts, self.remembered)
        self.set(None)

    def set(self, fixed: Fixed | None) -> None:
        """Takes what people have fixed beforehand into account from here on."""
        columns, homes = self.parts.columns, self.worth.homes
        self._fixed = fixed
        self.pinned_homes = np.zeros(homes, dtype=bool)
        self._alone = self._beside = np.ones(len(columns), dtype=bool)
        self.pinned, self._pinned_complete = joined([]), True
        if fixed is None:
            return
        self.pinned_homes[fixed.home_of[fixed.must]] = True
        self._alone = fixed.leaves(columns.children, columns.homes) & ~self.pinned_homes[columns.homes]
        self._beside = self._alone
        if fixed.must.any():
            self.pinned, self._pinned_complete = self._with_the_pinned(fixed)

    def _with_the_pinned(self, fixed: Fixed) -> tuple[Columns, bool]:
        """Every intake of the homes that somebody is pinned to."""
        here = self.pinned_homes[self.parts.columns.homes]
        nothing = np.zeros(len(self.parts), dtype=np.int64)
        found = self._search.below(
            Floors(nothing, nothing, lambda columns: np.zeros(len(columns), dtype=np.int64)),
            np.where(self.pinned_homes, 1, 0),
            here,
            MOST_WITH_THE_PINNED,
        )
        columns = joined([self.parts.columns.take(here), self.remembered.columns.take(found.columns)])
        return columns.take(fixed.leaves(columns.children, columns.homes)), not len(found.cut_short)

    def alone(self) -> Columns:
        """Every intake of one family that the wishes leave, but those of pinned homes."""
        return self.parts.columns.take(self._alone)

    def least_levels(self) -> Whole:
        """The least that any plan could add at each level, (LEVELS,): every child at the best of any of its intakes."""
        columns = self.parts.columns
        at, kid = columns.members()
        share = np.minimum(np.minimum(columns.levels, self._own) // columns.sizes()[:, None], 0)
        least = np.zeros((len(self.worth.urgency), LEVELS), dtype=np.int64)
        np.minimum.at(least, kid, share[at])
        found: Whole = least.sum(axis=0)
        return found

    def at(self, weights: Whole, prices: Prices, within: int | Whole, effort: Effort | None = EXHAUSTIVE) -> Priced:
        """What prices say of a plan that costs `weights` (LEVELS,) a unit of each level.

        Gives back the intakes whose reduced cost is less than `within` above the least of their home (a number), or
        clearly less than the price given for their home (homes,). Without an effort, no more intakes of several
        families are looked for: quick, and no bound.
        """
        columns = self.parts.columns
        paid = prices.paid(columns.children)
        reduced = SCALE * (columns.levels @ weights) - paid
        least = np.zeros(self.worth.homes, dtype=np.int64)
        np.minimum.at(least, columns.homes[self._alone], reduced[self._alone])
        among = np.zeros_like(self._beside) if effort is None else self._beside
        floors = Floors(
            own=SCALE * (self._own @ weights) - paid,
            living=SCALE * (self._living @ weights),
            of=lambda columns: self._least(columns, weights, prices),
        )
        self._lower(least, self._left(self.remembered.columns), weights, prices)
        limits = least + within if isinstance(within, int) else np.minimum(least, within)
        found = self._search.below(floors, limits, among, effort or GLANCE)
        others = joined([self._left(self.remembered.columns), self.pinned])
        others_reduced = self._lower(least, others, weights, prices)
        if self.pinned_homes.any():
            least[self.pinned_homes] = FAR
            self._lower(least, self.pinned, weights, prices)
        at_home = least
        if isinstance(within, int):
            limits = least + within
        else:
            limits = within - WORTHWHILE
            at_home = np.where(self.pinned_homes, least, np.minimum(least, within))
        near = np.flatnonzero(self._alone & (reduced < limits[columns.homes]))
        close = np.flatnonzero(others_reduced < limits[others.homes])
        at_home = self._rough(at_home, found.cut_short, floors.own)
        return Priced(
            bound=prices.of_all + int(at_home.sum()),
            columns=joined([columns.take(near), others.take(close)]),
            reduced=np.concatenate([reduced[near], others_reduced[close]]),
            at_home=at_home,
            complete=effort is not None and not len(found.cut_short) and self._pinned_complete,
        )

    @staticmethod
    def _lower(least: Whole, columns: Columns, weights: Whole, prices: Prices) -> Whole:
        """The reduced costs of intakes, taken into account in the least of each home."""
        reduced: Whole = SCALE * (columns.levels @ weights) - prices.paid(columns.children)
        np.minimum.at(least, columns.homes, reduced)
        return reduced

    def _least(self, columns: Columns, weights: Whole, prices: Prices) -> Whole:
        """What intakes cost, which is no more than what they cost with further families if living together only adds."""
        if not self.worth.living_grows:
            return np.full(len(columns), -FAR, dtype=np.int64)
        cost: Whole = SCALE * (columns.levels @ weights) - prices.paid(columns.children)
        return cost

    def _left(self, columns: Columns) -> Columns:
        if self._fixed is None:
            return columns
        kept = self._fixed.leaves(columns.children, columns.homes) & ~self.pinned_homes[columns.homes]
        return columns.take(kept)

    def _rough(self, least: Whole, homes: Whole, floors: Whole) -> Whole:
        """A lower bound where not everything was looked at: all that is below zero at the home together."""
        if not len(homes):
            return least
        below = np.zeros_like(least)
        np.add.at(below, self.parts.columns.homes, np.minimum(floors, 0))
        rough = least.copy()
        rough[homes] = np.minimum(least[homes], below[homes])
        return rough


def _own(worth: Worth, parts: Parts) -> Whole:
    """What each part adds to any intake without what living together adds, (k, LEVELS)."""
    columns = parts.columns
    own = columns.levels.copy()
    own[:, [GRAVITY, POINTS]] = 0
    for at in range(columns.children.shape[1]):
        kid = columns.children[:, at]
        there = np.flatnonzero(kid != NO_CHILD)
        found = worth.candidates.find(kid[there], columns.homes[there])
        own[there, GRAVITY] += worth.candidates.gravity[found]
        own[there, POINTS] += worth.candidates.points[found]
    return own
