"""Every intake of a pool at given prices: the bound that they prove, and the intakes that are cheap enough to matter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Worth
from matching.facts.living import NO_CHILD
from solver.combinations import EXHAUSTIVE, Effort, Search
from solver.crowded import MOST_PARTS, CrowdedHome
from solver.lines import Floors
from solver.patterns import Sets, parts_of
from solver.payments import Payments
from solver.prices import SCALE, Prices
from solver.problem import GRAVITY, LEVELS, POINTS, Columns, Reals, Whole, grouped, joined
from solver.remembered import NONE, Remembered
from solver.residual import Work
from solver.wishes import Fixed

FAR = 2**60
LIVED = (GRAVITY, POINTS)
"""The levels to which living together adds, as `Parts.living` has them."""
MOST_KEPT = 4_000_000
"""Costs of parts, over all goals, that are kept for the next time a goal is asked about."""
WORTHWHILE = SCALE // 64
"""By how much an intake has to better the price of its home to matter, in parts of a point."""
MOST_CROWDED = 8
"""Homes that are not looked through are looked into so many at a time, those first of which least is known."""
ALL_NEAR = 100
"""Intakes of such a home that are come upon where all within a point are wanted; within more there are too many."""


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
    """Whether the bound rests on no home that was not looked through; and, within a number, whether all such intakes are there."""


@dataclass(frozen=True, slots=True)
class _Goal:
    """What a goal makes the parts cost, in parts of a point, (k,)."""

    costs: Whole
    living: Whole
    """What of it comes from living together."""


class Pricing:
    """Prices the intakes of one pool, over and over. What was asked of the rules is remembered."""

    def __init__(self, worth: Worth) -> None:
        self.worth = worth
        self.parts = parts_of(worth)
        homes = self.parts.columns.homes
        self._first_of_home = np.flatnonzero(np.diff(homes, prepend=-1))
        self._sets = _payments_of(self.parts.sets)
        self._goals: dict[bytes, _Goal] = {}
        self.remembered = Remembered(worth, self.parts)
        self._search = Search(self.parts, self.remembered)
        self._crowded: dict[int, CrowdedHome] = {}
        self.work = Work(0.0)
        """What looking into crowded homes may take; a solve lends its own."""
        self._many = np.bincount(homes, minlength=worth.homes)
        self.set(None)

    def set(self, fixed: Fixed | None) -> None:
        """Takes what people have fixed beforehand into account from here on.

        Those who are pinned are in no home but that; that they must be placed is for prices to say.
        """
        self._fixed = fixed if fixed is not None and fixed.anything else None
        self._alone = None if self._fixed is None else self._left_alone(self._fixed)
        self._kept = np.zeros(0, dtype=bool)

    def _left_alone(self, fixed: Fixed) -> NDArray[np.bool_]:
        """The parts that wishes leave: only where a child somebody named could be is looked."""
        homes = self.parts.columns.homes
        left = np.ones(len(homes), dtype=bool)
        for kid in np.flatnonzero(fixed.must).tolist():
            rows = self._with_child(kid)
            left[rows[homes[rows] != fixed.home_of[kid]]] = False
        child, home = np.divmod(fixed.forbidden, self.worth.homes)
        for kid, which in grouped(child, home):
            rows = self._with_child(kid)
            left[rows[np.isin(homes[rows], which)]] = False
        return left

    def with_the_pinned(self) -> Columns:
        """For each home that somebody is pinned to, intakes with all who are, and with no other family.

        A plan can keep the pins only if there is one for each: nobody of a further family makes an intake allowed.
        """
        fixed = self._fixed
        if fixed is None or not fixed.must.any():
            return joined([])
        found = [self._parts_with(home, fixed) for home in np.unique(fixed.home_of[fixed.must]).tolist()]
        return joined(found)

    def _parts_with(self, home: int, fixed: Fixed) -> Columns:
        """The intakes of a home with all who are pinned there, of their families alone."""
        here = np.flatnonzero(fixed.home_of == home)
        columns, sets = self.parts.columns, np.zeros((1, 0), dtype=np.int64)
        for family in np.unique(self.worth.families[here]).tolist():
            mine = here[self.worth.families[here] == family]
            rows = self._with_child(int(mine[0]))
            rows = rows[(columns.homes[rows] == home) & fixed.leaves(columns.children[rows], columns.homes[rows])]
            rows = rows[np.isin(columns.children[rows], mine).sum(axis=1) == len(mine)]
            sets = np.concatenate([np.repeat(sets, len(rows), axis=0), np.tile(rows, len(sets))[:, None]], axis=1)
        if sets.shape[1] == 1:
            return columns.take(sets[:, 0])
        known = self.remembered.look(sets) if len(sets) else sets[:, 0]
        return self.remembered.columns.take(known[known != NONE])

    def _with_child(self, child: int) -> Whole:
        """The parts that a child is in, rising."""
        sets = np.flatnonzero((self.parts.sets.children == child).any(axis=1)).tolist()
        return np.sort(np.concatenate([self.parts.of_set(one) for one in sets])).astype(np.int64)

    def homes_of(self, child: int) -> Whole:
        """The homes that a child could be in, rising."""
        return np.unique(self.parts.columns.homes[self._with_child(child)])

    def only_homes(self) -> Whole:
        """(children,) the one home of each child who could be in no other; -1 for the rest."""
        parts, children = self.parts, self.parts.sets.children
        first, last = np.full(len(children), FAR), np.full(len(children), -1)
        np.minimum.at(first, parts.who, parts.columns.homes)
        np.maximum.at(last, parts.who, parts.columns.homes)
        least, most = np.full(len(self.worth.urgency) + 1, FAR), np.full(len(self.worth.urgency) + 1, -1)
        np.minimum.at(least, children, first[:, None])  # padding counts for nobody, who stands last
        np.maximum.at(most, children, last[:, None])
        found: Whole = np.where(least == most, most, -1)[:-1]
        return found

    def cheapest(self, weights: Whole, most: int) -> tuple[Columns, Reals]:
        """The few cheapest intakes of each set of brothers and sisters that wishes leave, and what they cost a child."""
        size = (self.parts.sets.children != NO_CHILD).sum(axis=1)
        share = self._goal_of(weights).costs / size[self.parts.who]
        if self._alone is not None:
            share[~self._alone] = np.inf
        some = self.parts.cheapest(share, most)
        some = some[np.isfinite(share[some])]
        return self.parts.columns.take(some), share[some]

    def least_levels(self) -> Whole:
        """The least that any plan could add at each level, (LEVELS,): every child at the best of any of its intakes."""
        parts, sets = self.parts, self.parts.sets
        size = (sets.children != NO_CHILD).sum(axis=1)
        found = np.zeros(LEVELS, dtype=np.int64)
        for level in range(LEVELS):
            least = np.zeros(len(sets), dtype=np.int64)
            np.minimum.at(least, parts.who, parts.columns.levels[:, level])
            if level in LIVED:
                own = parts.columns.levels[:, level] - parts.living[:, LIVED.index(level)]
                np.minimum.at(least, parts.who, own)
            of_child = np.zeros(len(self.worth.urgency) + 1, dtype=np.int64)
            np.minimum.at(of_child, sets.children, (least // size)[:, None])
            found[level] = of_child[:-1].sum()  # padding counts for nobody, who stands last
        return found

    def at(self, weights: Whole, prices: Prices, within: int | Whole, effort: Effort | None = EXHAUSTIVE) -> Priced:
        """What prices say of a plan that costs `weights` (LEVELS,) a unit of each level.

        Gives back the intakes whose reduced cost is less than `within` above the least of their home (a number), or
        clearly less than the price given for their home (homes,). Without an effort, no more intakes of several
        families are looked for: quick, and no bound.
        """
        reduced = self._goal_of(weights).costs - self._sets.paid(prices)[self.parts.who]
        floors = None if effort is None else self._floors(reduced, weights, prices)
        if self._alone is not None:
            reduced[~self._alone] = FAR
        least = self._least_at_home(reduced)
        others, others_reduced = self._others(weights, prices, least)
        complete = False
        unseen = np.zeros(0, dtype=np.int64)
        if floors is not None and effort is not None:
            limits = least + within if isinstance(within, int) else np.minimum(least, within)
            known = len(self.remembered.columns)
            unseen = self._search.below(floors, limits, self._alone, effort).unseen
            if effort is EXHAUSTIVE and not isinstance(within, int):
                self._look_into_crowded(floors, limits, unseen, 1)
            elif effort is EXHAUSTIVE and within <= SCALE:
                self._look_into_crowded(floors, limits, unseen, ALL_NEAR)
            if len(self.remembered.columns) > known:
                others, others_reduced = self._others(weights, prices, least)
        at_home = least
        if isinstance(within, int):
            limits = least + within
        else:
            limits = within - WORTHWHILE
            at_home = np.minimum(least, within)
        near = np.flatnonzero(reduced < limits.max(initial=-FAR))
        near = near[reduced[near] < limits[self.parts.columns.homes[near]]]
        close = np.flatnonzero(others_reduced < limits[self.remembered.columns.homes[others]])
        if floors is not None:
            complete = bool((unseen >= (limits if isinstance(within, int) else at_home)).all())
            at_home = np.minimum(at_home, unseen)
        return Priced(
            bound=prices.of_all + int(at_home.sum()),
            columns=joined(
                [
                    self.parts.columns.take(near),
                    self.remembered.columns.take(others[close]),
                ]
            ),
            reduced=np.concatenate([reduced[near], others_reduced[close]]),
            at_home=at_home,
            complete=complete,
        )

    def _look_into_crowded(self, floors: Floors, limits: Whole, unseen: Whole, most: int) -> None:
        """Comes upon up to so many of the cheapest intakes of homes that were not looked through; raises `unseen` (homes,)."""
        short = np.flatnonzero(unseen < limits)
        for home in short[np.argsort((unseen - limits)[short], kind="stable")][:MOST_CROWDED].tolist():
            if self._many[home] > MOST_PARTS or self.work.left <= 0:
                continue
            if home not in self._crowded:
                self._crowded[home] = CrowdedHome(self.parts, self.remembered, home)
            rows = self._crowded[home].rows
            left = np.ones(len(rows), dtype=bool) if self._alone is None else self._alone[rows]
            least = self._crowded[home].look(floors, left, int(limits[home]), most, self.work)
            unseen[home] = max(unseen[home], least)

    def _least_at_home(self, reduced: Whole) -> Whole:
        """The least reduced cost of any part of each home, or nothing if that is less, (homes,)."""
        least = np.zeros(self.worth.homes, dtype=np.int64)
        if len(reduced):
            here = self.parts.columns.homes[self._first_of_home]
            least[here] = np.minimum(np.minimum.reduceat(reduced, self._first_of_home), 0)
        return least

    def _goal_of(self, weights: Whole) -> _Goal:
        """What a goal makes the parts cost; of large pools only that of the goal asked about last is kept."""
        name = weights.tobytes()
        if name not in self._goals:
            living = np.zeros(len(self.parts), dtype=np.int64)
            for at, level in enumerate(LIVED):
                if weights[level]:
                    living += np.multiply(self.parts.living[:, at], SCALE * weights[level], dtype=np.int64)
            kept = self._goals if (len(self._goals) + 1) * len(self.parts) <= MOST_KEPT else {}
            self._goals = {**kept, name: _Goal(SCALE * self.parts.columns.costs(weights), living)}
        return self._goals[name]

    def _floors(self, reduced: Whole, weights: Whole, prices: Prices) -> Floors:
        """What each part costs at least in any intake: its own, and what it brings to living together."""
        living = self._goal_of(weights).living
        return Floors(
            reduced - living,
            living if self.worth.living_grows else np.zeros_like(living),
            lambda columns: self._least(columns, weights, prices),
        )

    def _others(self, weights: Whole, prices: Prices, least: Whole) -> tuple[Whole, Whole]:
        """The intakes of several families known so far that wishes leave, with reduced costs; lowers `least` to them."""
        columns, payments = self.remembered.columns, self.remembered.payments
        reduced = payments.costs(weights) - payments.paid(prices)
        which = self._left()
        np.minimum.at(least, columns.homes[which], reduced[which])
        return which, reduced[which]

    def _left(self) -> Whole:
        """The intakes of several families known so far that the wishes leave."""
        columns = self.remembered.columns
        if self._fixed is None:
            return np.arange(len(columns))
        fresh = columns.take(np.arange(len(self._kept), len(columns)))
        kept = self._fixed.leaves(fresh.children, fresh.homes)
        self._kept = np.concatenate([self._kept, kept])
        return np.flatnonzero(self._kept)

    def _least(self, columns: Columns, weights: Whole, prices: Prices) -> Whole:
        """What intakes cost, which is no more than what they cost with further families if living together only adds."""
        if not self.worth.living_grows:
            return np.full(len(columns), -FAR, dtype=np.int64)
        cost: Whole = SCALE * columns.costs(weights) - prices.paid(columns.children)
        return cost


def _payments_of(sets: Sets) -> Payments:
    """What each set of children pays, wherever they live."""
    nowhere, nothing = np.zeros(len(sets), dtype=np.int32), np.zeros((len(sets), LEVELS), dtype=np.int32)
    return Payments(Columns(sets.children, nowhere, nothing))
