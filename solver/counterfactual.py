"""What a choice that the plan did not make would cost the others: the same plan with one pairing pinned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from matching.candidates import Worth
from matching.plan import Wishes
from matching.values import ChildId, HomeId
from solver.differences import Difference, difference
from solver.interface import PinnedPairingBlocked, Proof, Solved, Solver, SolveSettings


@dataclass(frozen=True, slots=True)
class Price:
    """What placing a child in a home costs the plan: the rules that forbid it, or what would change."""

    child: ChildId
    home: HomeId
    blocked_by: tuple[str, ...] = ()
    """The ids of the rules that stand against it, or what else was fixed; none when it may be."""
    changes: Difference | None = None
    """From the plan to the best plan with this pairing; None when it may not be."""
    exact: bool = True
    """Whether both plans are proved best; otherwise a limit came first."""


def price_to_the_rest(
    solver: Solver,
    worth: Worth,
    best: Solved,
    child: ChildId,
    homes: Iterable[HomeId],
    wishes: Wishes | None = None,
    settings: SolveSettings | None = None,
) -> Iterator[Price]:
    """What the plan would come to with the child in each of the homes, each solved anew. Raises UnknownPairing."""
    wishes = wishes or Wishes()
    for home in homes:
        pinned = replace(wishes, pinned=wishes.pinned | {(child, home)})
        try:
            forced = best if best.plan.home_of.get(child) == home else solver.solve(worth, pinned, settings)
        except PinnedPairingBlocked as refused:
            yield Price(child, home, refused.why)
            continue
        both = (best.certificate.proof, forced.certificate.proof)
        yield Price(child, home, (), difference(best.plan, forced.plan), exact=set(both) == {Proof.OPTIMAL})
