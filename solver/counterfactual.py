"""What a choice that the plan did not make would cost the others: the same plan with one pairing pinned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from matching.candidates import Worth
from matching.values import ChildId, HomeId
from solver.differences import Difference, Move, difference
from solver.interface import PinnedPairingBlocked, UnknownPairing
from solver.made_plans import MadePlan, proved


@dataclass(frozen=True, slots=True)
class Price:
    """What placing children in a home costs the plan: the rules that forbid it, or what would change."""

    children: tuple[ChildId, ...]
    home: HomeId
    blocked_by: tuple[str, ...] = ()
    """The ids of the rules that stand against it, or what else was fixed; none when it may be."""
    changes: Difference | None = None
    """From the plan to the best plan with these children there; None when it may not be."""
    exact: bool = True
    """Whether both plans are proved best; otherwise a limit came first."""

    @property
    def others(self) -> tuple[Move, ...]:
        """The other children who would live elsewhere, or nowhere."""
        return (
            () if self.changes is None else tuple(one for one in self.changes.moves if one.child not in self.children)
        )


def price_to_the_rest(made: MadePlan, children: Iterable[ChildId], homes: Iterable[HomeId]) -> Iterator[Price]:
    """What the plan would come to with children, of one referral as a rule, together in each of the homes.

    Every figure is a plan made anew, but where none is needed: a rule of the pairing stands against it whoever else
    moves in, or the plan has it so already. Raises UnknownPairing for a child or home that is not in the pool.
    """
    some = tuple(children)
    for home in homes:
        blocked = why_never(made.worth, some, home)
        yield Price(some, home, blocked) if blocked else _solved_anew(made, some, home)


def why_not(made: MadePlan, child: ChildId, home: HomeId) -> Price:
    """Why a child is not proposed a home: the rules against it, or who would lose what. Raises UnknownPairing."""
    return next(price_to_the_rest(made, (child,), (home,)))


def why_never(worth: Worth, children: tuple[ChildId, ...], home: HomeId) -> tuple[str, ...]:
    """The ids of rules that keep any of some children from a home whoever else moves in. Raises UnknownPairing."""
    place = worth.pool.home_index.get(home)
    found: list[str] = []
    for child in children:
        kid = worth.pool.seeker_index.get(child)
        if kid is None or place is None:
            raise UnknownPairing(child, home)
        if worth.candidates.find(np.array([kid], dtype=np.int64), np.array([place], dtype=np.int64))[0] < 0:
            together = worth.blocking_intake((kid,), place)
            found.extend(rule for rule in worth.blocking(kid, place) if rule not in together)
    return tuple(dict.fromkeys(found))


def _solved_anew(made: MadePlan, children: tuple[ChildId, ...], home: HomeId) -> Price:
    lives = made.plan.home_of
    if all(lives.get(child) == home for child in children):
        return Price(children, home, (), difference(made.worth, made.plan, made.plan), made.proved)
    try:
        forced = made.pinning((child, home) for child in children)
    except PinnedPairingBlocked as refused:
        return Price(children, home, _why_not_together(made.worth, children, home) or refused.why)
    return Price(children, home, (), difference(made.worth, made.plan, forced.plan), proved(made.best, forced))


def _why_not_together(worth: Worth, children: tuple[ChildId, ...], home: HomeId) -> tuple[str, ...]:
    """The ids of the rules that keep children from living in a home together."""
    rows = tuple(sorted(worth.pool.seeker_index[child] for child in children))
    return worth.blocking_intake(rows, worth.pool.home_index[home])
