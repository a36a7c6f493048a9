"""One table of moves for each noun: from which states, to which, and in which roles. Diagrams are drawn from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from matching.errors import DomainError
from matching.workflow.roles import Role

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """One move. Made in no role at all when time makes it."""

    name: str
    sources: frozenset[S]
    target: S
    by: frozenset[Role]
    says: str

    @property
    def by_time(self) -> bool:
        """Whether it happens by itself when a moment has passed."""
        return not self.by


class IllegalMove(DomainError):
    """The move is none from the state the thing is in; `possible` names those that are."""

    def __init__(self, noun: str, state: str, move: str, possible: Iterable[str]) -> None:
        self.noun, self.state, self.move, self.possible = noun, state, move, tuple(possible)
        now = f"Possible now: {', '.join(self.possible)}." if self.possible else "Nothing more can be done with it."
        super().__init__(f"This {noun} is {state}: it cannot {move.replace('-', ' ')}. {now}")


class NotInThisRole(DomainError):
    """The move is there, but others make it."""

    def __init__(self, noun: str, move: str, role: str, roles: Iterable[str]) -> None:
        self.noun, self.move, self.role, self.roles = noun, move, role, tuple(roles)
        who = ", ".join(self.roles) or "nobody: time alone does it"
        super().__init__(f"To {move.replace('-', ' ')} a {noun} is not for the role {role}. Who may: {who}.")


@dataclass(frozen=True, slots=True)
class Transitions(Generic[S]):
    """Every move of one noun, in the order they mostly happen. The first state listed is where each begins."""

    noun: str
    states: type[S]
    initial: S
    moves: tuple[Move[S], ...]

    @property
    def every_state(self) -> tuple[S, ...]:
        """The states, in the order they mostly come."""
        return tuple(self.states)

    def possible(self, state: S, role: Role | None = None) -> tuple[Move[S], ...]:
        """The moves that somebody can make from a state: anybody, or in one role. Time's own moves are not listed."""
        return tuple(
            move
            for move in self.moves
            if state in move.sources and not move.by_time and (role is None or role in move.by)
        )

    def names(self, state: S, role: Role | None = None) -> tuple[str, ...]:
        """The names of the possible moves, each once."""
        return tuple(dict.fromkeys(move.name for move in self.possible(state, role)))

    def move(self, name: str) -> Move[S]:
        """The move of a name; KeyError when there is none, which is a bug."""
        return {move.name: move for move in self.moves}[name]

    def after(self, state: S, name: str, role: Role) -> S:
        """The state that a move leads to. Raises IllegalMove from this state, NotInThisRole when others make it."""
        move = self.move(name)
        if state not in move.sources or move.by_time:
            raise IllegalMove(self.noun, state.value, name, self.names(state))
        if role not in move.by:
            raise NotInThisRole(self.noun, name, role.value, sorted(one.value for one in move.by))
        return move.target

    def is_final(self, state: S) -> bool:
        """Whether nothing follows."""
        return not any(state in move.sources for move in self.moves)
