"""Every intake of a pool at given prices: the bound that they prove, and the intakes that are cheap enough to matter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Worth
from matching.facts.living import NO_CHILD
from solver.combinations import EXHAUSTIVE, Effort, Search
from solver.lines import Floors
from solver.patterns import Parts, parts_of
from solver.payments import Payments
from solver.prices import SCALE, Prices
from solver.problem import LEVELS, Columns, Whole, grouped, joined
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
        columns = self.parts.columns
        self._own = _own(worth, self.parts)
        self._living = columns.levels - self._own if worth.living_grows else np.zeros_like(self._own)
        self._payments = Payments(columns)
        self._floors: dict[bytes, tuple[Whole, Whole]] = {}
        self._first_of_home = np.flatnonzero(np.diff(columns.homes, prepend=-1))
        at, kid = columns.members()
        order = np.argsort(kid, kind="stable")
        self._of_child = at[order]
        self._first_of_child = np.searchsorted(kid[order], np.arange(len(worth.urgency) + 1))
        self.remembered = Remembered(worth, self.parts)
        self._search = Search(self.parts, self.remembered)
        self.set(None)

    def set(self, fixed: Fixed | None) -> None:
        """Takes what people have fixed beforehand into account from here on."""
        homes = self.worth.homes
        self._fixed = fixed
        self.pinned_homes = np.zeros(homes, dtype=bool)
        self._alone: NDArray[np.bool_] | None = None
        self._kept = np.zeros(0, dtype=bool)
        self.pinned, self._pinned_complete = joined([]), True
        if fixed is None or not fixed.anything:
            self._fixed = None
            return
        self.pinned_homes[fixed.home_of[fixed.must]] = True
        self._alone = self._left_alone(fixed)
        if fixed.must.any():
            self.pinned, self._pinned_complete = self._with_the_pinned(fixed)

    def _left_alone(self, fixed: Fixed) -> NDArray[np.bool_]:
        """The parts that wishes leave, but those of pinned homes: only where a child somebody named could be is looked."""
        columns = self.parts.columns
        left: NDArray[np.bool_] = ~self.pinned_homes[columns.homes]
        for kid in np.flatnonzero(fixed.must).tolist():
            left[self._with_child(kid)] = False
        child, home = np.divmod(fixed.forbidden, self.worth.homes)
        for kid, which in grouped(child, home):
            rows = self._with_child(kid)
            left[rows[np.isin(columns.homes[rows], which)]] = False
        return left

    def _with_child(self, child: int) -> Whole:
        """The parts that a child is in."""
        return self._of_child[self._first_of_child[child] : self._first_of_child[child + 1]]

    def homes_of(self, child: int) -> Whole:
        """The homes that a child could be in, rising."""
        return np.unique(self.parts.columns.homes[self._with_child(child)])

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
        return self.parts.columns if self._alone is None else self.parts.columns.take(self._alone)

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
        paid = self._payments.paid(prices)
        reduced = self._payments.costs(weights) - paid
        if self._alone is not None:
            reduced[~self._alone] = FAR
        least = self._least_at_home(reduced)
        others, others_reduced = self._others(weights, prices, least)
        own, living = self._floors_of(weights)
        own = own - paid
        cut_short = np.zeros(0, dtype=np.int64)
        if effort is not None:
            floors = Floors(own, living, lambda columns: self._least(columns, weights, prices))
            limits = least + within if isinstance(within, int) else np.minimum(least, within)
            known = len(self.remembered.columns)
            cut_short = self._search.below(floors, limits, self._alone, effort).cut_short
            if len(self.remembered.columns) > known:
                others, others_reduced = self._others(weights, prices, least)
        pinned_reduced = self._with_pinned(least, weights, prices)
        at_home = least
        if isinstance(within, int):
            limits = least + within
        else:
            limits = within - WORTHWHILE
            at_home = np.where(self.pinned_homes, least, np.minimum(least, within))
        near = np.flatnonzero(reduced < limits[self.parts.columns.homes])
        close = np.flatnonzero(others_reduced < limits[self.remembered.columns.homes[others]])
        kept = np.flatnonzero(pinned_reduced < limits[self.pinned.homes])
        at_home = self._rough(at_home, cut_short, own)
        return Priced(
            bound=prices.of_all + int(at_home.sum()),
            columns=joined(
                [
                    self.parts.columns.take(near),
                    self.remembered.columns.take(others[close]),
                    self.pinned.take(kept),
                ]
            ),
            reduced=np.concatenate([reduced[near], others_reduced[close], pinned_reduced[kept]]),
            at_home=at_home,
            complete=effort is not None and not len(cut_short) and self._pinned_complete,
        )

    def _least_at_home(self, reduced: Whole) -> Whole:
        """The least reduced cost of any part of each home, or nothing if that is less, (homes,)."""
        least = np.zeros(self.worth.homes, dtype=np.int64)
        if len(reduced):
            here = self.parts.columns.homes[self._first_of_home]
            least[here] = np.minimum(np.minimum.reduceat(reduced, self._first_of_home), 0)
        return least

    def _floors_of(self, weights: Whole) -> tuple[Whole, Whole]:
        """What each part costs at least in any intake, before it pays: its own, and what it brings to living together."""
        name = weights.tobytes()
        if name not in self._floors:
            self._floors[name] = SCALE * (self._own @ weights), SCALE * (self._living @ weights)
        return self._floors[name]

    def _others(self, weights: Whole, prices: Prices, least: Whole) -> tuple[Whole, Whole]:
        """The intakes of several families known so far that wishes leave, with reduced costs; lowers `least` to them."""
        columns, payments = self.remembered.columns, self.remembered.payments
        reduced = payments.costs(weights) - payments.paid(prices)
        which = self._left()
        np.minimum.at(least, columns.homes[which], reduced[which])
        return which, reduced[which]

    def _left(self) -> Whole:
        """The intakes of several families known so far that the wishes leave, but those of pinned homes."""
        columns = self.remembered.columns
        if self._fixed is None:
            return np.arange(len(columns))
        fresh = columns.take(np.arange(len(self._kept), len(columns)))
        kept = self._fixed.leaves(fresh.children, fresh.homes) & ~self.pinned_homes[fresh.homes]
        self._kept = np.concatenate([self._kept, kept])
        return np.flatnonzero(self._kept)

    def _with_pinned(self, least: Whole, weights: Whole, prices: Prices) -> Whole:
        """The reduced costs of the intakes of pinned homes; makes `least` theirs there, for one of them must be."""
        columns = self.pinned
        reduced: Whole = SCALE * (columns.levels @ weights) - prices.paid(columns.children)
        least[self.pinned_homes] = FAR
        np.minimum.at(least, columns.homes, reduced)
        return reduced

    def _least(self, columns: Columns, weights: Whole, prices: Prices) -> Whole:
        """What intakes cost, which is no more than what they cost with further families if living together only adds."""
        if not self.worth.living_grows:
            return np.full(len(columns), -FAR, dtype=np.int64)
        cost: Whole = SCALE * (columns.levels @ weights) - prices.paid(columns.children)
        return cost

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
