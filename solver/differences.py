"""What changes from one plan to another: who would live where instead, and what each level gains or loses."""

from __future__ import annotations

from dataclasses import dataclass

from matching.plan import Levels, Plan
from matching.values import ChildId, HomeId


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """A child whose home differs between two plans; None where a plan has no home for the child."""

    child: ChildId
    before: HomeId | None
    after: HomeId | None


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


def difference(before: Plan, after: Plan) -> Difference:
    """What changes from one plan to another of the same pool."""
    one, other = before.home_of, after.home_of
    moves = (Move(child, one.get(child), other.get(child)) for child in sorted({*one, *other}))
    return Difference(tuple(move for move in moves if move.before != move.after), after.levels - before.levels)
