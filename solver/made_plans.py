"""A plan together with all that it was made from, so that it can be made again with something fixed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from matching.candidates import Worth
from matching.plan import Plan, Wishes
from matching.values import ChildId, HomeId
from solver.interface import Proof, Solved, Solver, SolveSettings
from solver.pins import check_pins

Pairing = tuple[ChildId, HomeId]
NOTHING_FIXED = Wishes()


@dataclass(frozen=True, slots=True)
class MadePlan:
    """The best plan of a pool, and how it was made."""

    solver: Solver
    worth: Worth
    best: Solved
    wishes: Wishes = NOTHING_FIXED
    settings: SolveSettings | None = None

    @property
    def plan(self) -> Plan:
        """What is proposed."""
        return self.best.plan

    @property
    def proved(self) -> bool:
        """Whether no plan is better."""
        return proved(self.best)

    def again(self, wishes: Wishes) -> Solved:
        """The best plan by other wishes. Raises PinnedPairingBlocked and UnknownPairing as solving does."""
        return self.solver.again(self.worth, wishes, self.settings)

    def pinning(self, pairings: Iterable[Pairing]) -> Solved:
        """The best plan with some pairings in it, beside what was fixed already."""
        return self.again(replace(self.wishes, pinned=self.wishes.pinned | frozenset(pairings)))

    def forbidding(self, pairings: Iterable[Pairing]) -> Solved:
        """The best plan without some pairings, beside what was fixed already."""
        return self.again(replace(self.wishes, forbidden=self.wishes.forbidden | frozenset(pairings)))


def make_plan(
    solver: Solver, worth: Worth, wishes: Wishes = NOTHING_FIXED, settings: SolveSettings | None = None
) -> MadePlan:
    """Makes the best plan of a pool. Raises PinnedPairingBlocked and UnknownPairing as solving does."""
    check_pins(worth, wishes)
    return MadePlan(solver, worth, solver.solve(worth, wishes, settings), wishes, settings)


def proved(*solved: Solved) -> bool:
    """Whether all of some plans are proved best."""
    return all(one.certificate.proof is Proof.OPTIMAL for one in solved)
