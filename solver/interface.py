"""What a solver is asked and what it answers; the rest of the product knows no more of solving than this."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Protocol

from matching.candidates import Worth
from matching.errors import DomainError
from matching.plan import Levels, Plan, Wishes
from matching.values import ChildId, HomeId


class Proof(StrEnum):
    """Whether a plan is known to be best."""

    OPTIMAL = "proved-optimal"
    BOUNDED = "best-so-far"
    """A limit came first: the bound says how much better a plan could at most be."""


class PinnedPairingBlocked(DomainError):
    """A pairing that somebody pinned cannot be in any plan; names rules by id, or what else was fixed."""

    def __init__(self, child: ChildId, home: HomeId, why: tuple[str, ...]) -> None:
        self.child, self.home, self.why = child, home, why
        super().__init__(
            f"Child {child} is pinned to home {home}, which cannot be: {', '.join(why)}. "
            "Take the pin away, or change what stands against it."
        )


class UnknownPairing(DomainError):
    """A wish names a child who does not wait, or a home that is not in the pool."""

    def __init__(self, child: ChildId, home: HomeId) -> None:
        self.child, self.home = child, home
        super().__init__(
            f"Child {child} and home {home} are not both in the pool. "
            "Pin or forbid only children who wait and homes on record on that day."
        )


@dataclass(frozen=True, slots=True)
class SolveSettings:
    """Limits of one solve. Work is counted, not timed, so that the same input gives the same plan."""

    deterministic_limit: float = 120.0
    """Work units of the exact stages, about a second each on one ordinary core."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why the plan is believed: the bound, how it was got, and what is needed to check it without a solver."""

    proof: Proof
    bound: Levels
    """No plan comes to less than this, level by level in order."""
    method: str
    evidence: dict[str, object] = field(default_factory=dict)
    """Whole numbers that a checker with no solver can recompute the bound from."""


@dataclass(frozen=True, slots=True)
class OpenLevel:
    """The first level at which a plan could still be better, the levels before it being settled."""

    level: str
    reached: int
    bound: int
    """No plan that is as good at the levels before comes to less."""

    @property
    def share(self) -> float:
        """By how much of what it comes to the plan could at most be better there, 0 to 1."""
        return (self.reached - self.bound) / self.reached

    def __str__(self) -> str:
        return f"open at {self.level}: {self.reached:,} reached, {self.bound:,} at least ({self.share:.2%})"


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan with its certificate and what it took."""

    plan: Plan
    certificate: Certificate
    seconds: dict[str, float]
    """Wall seconds by stage, for people to read; never part of what is compared."""
    sizes: dict[str, int]
    """Columns looked at, kept and so on."""

    def open_level(self) -> OpenLevel | None:
        """What the bound leaves open, at the first level where it does; None for a plan that is proved best.

        Levels come before one another whatever their amounts, so a gap has a meaning at that one level only.
        """
        for level in fields(Levels):
            reached, bound = getattr(self.plan.levels, level.name), getattr(self.certificate.bound, level.name)
            if reached > bound:
                return OpenLevel(level.name, reached, bound)
        return None


class Solver(Protocol):
    """Makes the best plan for a pool. Placing nobody is always allowed, so there is always an answer."""

    def solve(self, worth: Worth, wishes: Wishes | None = None, settings: SolveSettings | None = None) -> Solved:
        """The best plan by the published levels. Raises PinnedPairingBlocked when a pin breaks a rule."""
        ...

    def again(self, worth: Worth, wishes: Wishes | None = None, settings: SolveSettings | None = None) -> Solved:
        """The same plan, sooner where the solver has just made another plan of the pool."""
        ...
