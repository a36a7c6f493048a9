"""What people have fixed beforehand, as the intakes that are left and the children who must be placed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Worth
from matching.facts.living import NO_CHILD
from matching.plan import Wishes
from matching.values import ChildId, HomeId
from solver.interface import PinnedPairingBlocked, UnknownPairing
from solver.problem import Lean, Whole

ANYWHERE = -1


@dataclass(frozen=True, slots=True)
class Fixed:
    """Pins and forbids by position in the pool."""

    home_of: NDArray[np.int64]
    """(children,) the home each child is pinned to; ANYWHERE for the others."""
    forbidden: NDArray[np.int64]
    """Pairings as child * homes + home, rising."""
    homes: int

    @property
    def must(self) -> NDArray[np.bool_]:
        """Which children have to be placed."""
        found: NDArray[np.bool_] = self.home_of != ANYWHERE
        return found

    def without(self, pairings: Whole) -> Fixed:
        """The same with more pairings forbidden, as child * homes + home."""
        return Fixed(self.home_of, np.union1d(self.forbidden, pairings), self.homes)

    def within(self, other: Fixed) -> bool:
        """Whether all plans that keep these wishes keep some others too."""
        pinned = other.must
        return bool(
            (self.home_of[pinned] == other.home_of[pinned]).all() and np.isin(other.forbidden, self.forbidden).all()
        )

    @property
    def anything(self) -> bool:
        """Whether there is any wish at all."""
        return bool(self.must.any() or len(self.forbidden))

    def leaves(self, children: Lean, homes: Lean) -> NDArray[np.bool_]:
        """Which intakes could be in a plan that keeps every wish: nobody in it is pinned elsewhere, no pairing is forbidden."""
        there = children != NO_CHILD
        pinned = np.where(there, self.home_of[children], ANYWHERE)
        kept: NDArray[np.bool_] = ((pinned == ANYWHERE) | (pinned == homes[:, None])).all(axis=1)
        if len(self.forbidden):
            keys = np.where(there, children.astype(np.int64) * self.homes + homes[:, None], -1)
            at = np.minimum(np.searchsorted(self.forbidden, keys), len(self.forbidden) - 1)
            kept &= ~(self.forbidden[at] == keys).any(axis=1)
        return kept


def fixed_by(worth: Worth, wishes: Wishes | None) -> Fixed:
    """The wishes by position. Raises UnknownPairing for a child or home that is not in the pool."""
    wishes = wishes or Wishes()
    home_of = np.full(len(worth.urgency), ANYWHERE, dtype=np.int64)
    for child, home in sorted(wishes.pinned):
        kid, place = _position(worth, child, home)
        if home_of[kid] not in (ANYWHERE, place):
            raise PinnedPairingBlocked(child, home, ("pinned to two homes",))
        home_of[kid] = place
    clash = sorted(wishes.pinned & wishes.forbidden)
    if clash:
        raise PinnedPairingBlocked(*clash[0], ("pinned and forbidden",))
    pairs = (_position(worth, child, home) for child, home in wishes.forbidden)
    forbidden = np.array(sorted(kid * worth.homes + place for kid, place in pairs), dtype=np.int64)
    return Fixed(home_of, forbidden, worth.homes)


def _position(worth: Worth, child: ChildId, home: HomeId) -> tuple[int, int]:
    kid, place = worth.pool.seeker_index.get(child), worth.pool.home_index.get(home)
    if kid is None or place is None:
        raise UnknownPairing(child, home)
    return kid, place


def blocked(worth: Worth, fixed: Fixed) -> PinnedPairingBlocked:
    """Says which pin cannot be kept and why: a rule by its id, or what else was fixed."""
    pins = [(int(kid), int(fixed.home_of[kid])) for kid in np.flatnonzero(fixed.must)]
    for kid, home in pins:
        rules = worth.blocking(kid, home)
        if rules:
            return _error(worth, kid, home, rules)
    for kid, home in pins:
        beside = np.flatnonzero(fixed.home_of == home)
        if len(beside) > 1 and not worth.gains(beside[None, :], np.array([home])).feasible[0]:
            return _error(worth, kid, home, worth.blocking_intake(tuple(int(one) for one in beside), home))
    return _error(worth, *pins[0], ("what else is pinned or forbidden",))


def _error(worth: Worth, kid: int, home: int, why: tuple[str, ...]) -> PinnedPairingBlocked:
    return PinnedPairingBlocked(worth.pool.seekers[kid].child.id, worth.pool.homes[home].id, why)
