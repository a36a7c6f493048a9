"""What changes from one plan to another: who would live where instead, and what each level gains or loses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.candidates import Worth
from matching.plan import Levels, Plan
from matching.values import ChildId, HomeId


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """A child whose home differs between two plans; None where a plan has no home for the child."""

    child: ChildId
    before: HomeId | None
    after: HomeId | None
    gravity: int | None = None
    """How much more the sign-offs and checks of the child's own pairing weigh; None without a home in either plan."""
    points: int | None = None
    """How many points more the child's own pairing costs; None without a home in either plan."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a plan differs from another."""

    moves: tuple[Move, ...]
    """By child."""
    levels: Levels
    """The second less the first; above zero is worse."""

    @property
    def lose_a_home(self) -> tuple[ChildId, ...]:
        """The children who have a home in the first plan and none in the second."""
        return tuple(move.child for move in self.moves if move.after is None)

    @property
    def gain_a_home(self) -> tuple[ChildId, ...]:
        """The children who have a home in the second plan and none in the first."""
        return tuple(move.child for move in self.moves if move.before is None)


def difference(worth: Worth, before: Plan, after: Plan, later: Worth | None = None) -> Difference:
    """What changes from one plan to another; `later` is the second plan's pool, where that is another one."""
    one, other = before.home_of, after.home_of
    moves = (
        _move(worth, later or worth, child, one.get(child), other.get(child))
        for child in sorted({*one, *other})
        if one.get(child) != other.get(child)
    )
    return Difference(tuple(moves), after.levels - before.levels)


def moved(before: Plan, after: Plan) -> int:
    """How many children no longer live where the first plan has them."""
    now = after.home_of
    return sum(now.get(child) != home for child, home in before.home_of.items())


def _move(worth: Worth, later: Worth, child: ChildId, before: HomeId | None, after: HomeId | None) -> Move:
    if before is None or after is None:
        return Move(child, before, after)
    one, other = _charged(worth, child, before), _charged(later, child, after)
    return Move(child, before, after, other[0] - one[0], other[1] - one[1])


def _charged(worth: Worth, child: ChildId, home: HomeId) -> tuple[int, int]:
    """Gravity and points of one pairing, without those of living together."""
    pool, candidates = worth.pool, worth.candidates
    kid, place = pool.seeker_index[child], pool.home_index[home]
    at = int(candidates.find(np.array([kid], dtype=np.int64), np.array([place], dtype=np.int64))[0])
    return int(candidates.gravity[at]), int(candidates.points[at])
