"""The pairings that may be proposed at all, and what an intake of children into a home adds to a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from matching.assess import Assessed, Assessor
from matching.facts.living import NO_CHILD, Indices
from matching.policy import Policy
from matching.pool import Pool
from matching.rules.model import Rule, Standing
from matching.rules.states import standings

ORDER_MOST = 1023
"""The largest number the order of a pairing can have."""


@dataclass(frozen=True)
class Candidates:
    """Pairings that no rule of a pairing keeps from being proposed, by child and then by home.

    Pairings of child row i stand at `starts[i]:starts[i + 1]`, in rising order of home. Rules of living together are
    not asked here: they depend on who else moves in (see Worth).
    """

    pool: Pool
    starts: NDArray[np.int64]
    homes: NDArray[np.int32]
    gravity: NDArray[np.int32]
    points: NDArray[np.int32]

    def of_child(self, child: int) -> NDArray[np.int32]:
        """The homes that may be proposed to one child."""
        return self.homes[self.starts[child] : self.starts[child + 1]]

    def find(self, children: Indices, homes: Indices) -> NDArray[np.int64]:
        """Where each pairing stands among the candidates; -1 where it is none."""
        width = max(len(self.pool.homes), 1)
        keys = children * width + homes
        if not len(self.homes):
            return np.full(keys.shape, -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self._keys(width), keys), len(self.homes) - 1)
        return np.where((self._keys(width)[at] == keys) & (children >= 0), at, -1)

    def _keys(self, width: int) -> NDArray[np.int64]:
        cached: NDArray[np.int64] | None = self.__dict__.get("_sorted_keys")
        if cached is None:
            rows = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int64), np.diff(self.starts))
            cached = rows * width + self.homes
            self.__dict__["_sorted_keys"] = cached
        return cached


def candidates_of(assessor: Assessor) -> Candidates:
    """Asks the rules of a pairing of every child with every home, some rows at a time, and keeps what may be proposed."""
    counts, homes, gravity, points = [np.zeros(0, np.int64)], [], [], []
    for rows in assessor.chunks():
        tally = assessor.beside(rows)[0].tally  # the whole of it: a small pool is a single chunk
        child, home = np.nonzero(tally.proposable)
        counts.append(np.bincount(child, minlength=tally.blocks.shape[0]))
        homes.append(home.astype(np.int32))
        gravity.append(tally.gravity[child, home])
        points.append(tally.points[child, home])
    return Candidates(
        pool=assessor.pool,
        starts=np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.int64),
        homes=np.concatenate([np.zeros(0, np.int32), *homes]),
        gravity=np.concatenate([np.zeros(0, np.int32), *gravity]),
        points=np.concatenate([np.zeros(0, np.int32), *points]),
    )


@dataclass(frozen=True)
class Gains:
    """What each of many intakes would add to a plan, whole numbers of shape (k,); `feasible` says which may be."""

    feasible: NDArray[np.bool_]
    placed: NDArray[np.int64]
    """Urgency weight of the children."""
    together: NDArray[np.int64]
    """Weight of sibling pairs who would live together."""
    gravity: NDArray[np.int64]
    points: NDArray[np.int64]
    waited: NDArray[np.int64]
    """Days the children have waited."""
    order: NDArray[np.int64]
    """A number from the references of child and home, 0 to ORDER_MOST for each child: settles what is otherwise even."""


class Worth:
    """Says whether children may move into a home together, and what that adds to a plan. The one predicate for both."""

    def __init__(self, assessor: Assessor, candidates: Candidates) -> None:
        pool, policy = assessor.pool, assessor.policy
        self.assessor, self.candidates, self.pool = assessor, candidates, pool
        self.urgency = np.array([policy.urgency.get(one.referral.kind, 1) for one in pool.seekers], dtype=np.int64)
        self.waited = np.array(
            [max(0, (pool.as_of - one.referral.opened.date()).days) for one in pool.seekers], dtype=np.int64
        )
        self.siblings_total = assessor.living.siblings_total
        self.homes = len(pool.homes)
        self.families = _families(pool)
        self.first_night = np.array([one.stay.first for one in pool.seekers], dtype=np.int64)
        self.last_morning = np.array([one.stay.end for one in pool.seekers], dtype=np.int64)
        self.spare = _spare(pool) if _beds_are_counted(assessor) else None
        self.living_grows = all(weight >= policy.check_gravity for weight in policy.gravity.values())
        self._child_order = np.array([_digest(one.child.external_ref) for one in pool.seekers], dtype=np.int64)
        self._home_order = np.array([_digest(home.external_ref) for home in pool.homes], dtype=np.int64)

    homes: int
    """How many homes there are."""
    families: NDArray[np.int64]
    """The sibling group of each waiting child, by number; a child without one has a number of its own."""
    first_night: NDArray[np.int64]
    """Of each child's stay, counted from the day of the pool."""
    last_morning: NDArray[np.int64]
    """Of each child's stay: the day on which it ends."""
    spare: NDArray[np.int16] | None
    """Beds that children who move in could have, (homes, nights): a quick bound, never a permission. None: any number."""
    takes: NDArray[np.int16] | None = None
    """How many of those beds each candidate pairing takes, at least one (candidates,). None: one each."""
    living_grows: bool
    """Whether what living together adds can never fall when one more family moves in."""

    @property
    def policy(self) -> Policy:
        """The policy by which points and weights are given."""
        return self.assessor.policy

    def gains(self, children: Indices, homes: Indices) -> Gains:
        """What intakes add: children (k, s) as rows of the pool, padded with NO_CHILD at the end; homes (k,)."""
        living = self.assessor.intakes_tally(children, homes)
        feasible = living.proposable
        totals = {name: np.zeros(len(homes), dtype=np.int64) for name in ("placed", "waited", "order")}
        gravity, points = living.gravity.astype(np.int64), living.points.astype(np.int64)
        for at in range(children.shape[1]):
            kid = children[:, at]
            there = kid != NO_CHILD
            found = self.candidates.find(kid, homes)
            feasible = feasible & (~there | (found >= 0))
            counted = there & (found >= 0)
            if len(self.candidates.homes):
                gravity += np.where(counted, self.candidates.gravity[found], 0)
                points += np.where(counted, self.candidates.points[found], 0)
            totals["placed"] += np.where(there, self.urgency[kid], 0)
            totals["waited"] += np.where(there, self.waited[kid], 0)
            totals["order"] += np.where(there, self.order(kid, homes), 0)
        together = self.assessor.living.together_weight(children, homes)
        return Gains(feasible=feasible, together=together, gravity=gravity, points=points, **totals)

    def blocking(self, child: int, home: int) -> tuple[str, ...]:
        """The ids of the rules that keep one child from one home, living alone there; none when none does."""
        pairings, rows = self.assessor.beside(slice(child, child + 1))
        pairing = _in_the_way(pairings, (len(pairings.tally.blocks), self.homes), (rows.start, home))
        return (*(rule.id for rule in pairing), *self.blocking_intake((child,), home))

    def blocking_intake(self, children: tuple[int, ...], home: int) -> tuple[str, ...]:
        """The ids of the rules of living together that keep children from moving into a home together."""
        assessed = self.assessor.intakes(np.array([children], dtype=np.int64), np.array([home], dtype=np.int64))
        return tuple(rule.id for rule in _in_the_way(assessed, (1,), (0,)))

    def order(self, children: Indices, homes: Indices) -> NDArray[np.int64]:
        """The settling number of pairings, from nothing but the two references: 0 to ORDER_MOST."""
        mixed = (self._child_order[children] * 2_654_435_761 + self._home_order[homes] * 40_503) & 0xFFFFFFFF
        return (mixed ^ (mixed >> 15)) * 2_246_822_519 % 4_294_967_291 & ORDER_MOST


def _in_the_way(assessed: Assessed, shape: tuple[int, ...], where: tuple[int, ...]) -> list[Rule]:
    """The rules that block at one place, for certain or for all that is known."""
    found = []
    for answer in assessed.answers:
        standing = np.broadcast_to(standings(answer.rule)[answer.states], shape)[where]
        if standing in (Standing.BLOCKED, Standing.CHECK_FIRST):
            found.append(answer.rule)
    return found


def _families(pool: Pool) -> NDArray[np.int64]:
    numbers: dict[object, int] = {}
    keys = [one.child.id if one.group is None else one.group.id for one in pool.seekers]
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _spare(pool: Pool) -> NDArray[np.int16]:
    """Beds free on each night, as if a bed held for a child were free on every night."""
    spare = pool.beds_free.copy()
    for held in pool.held:
        spare[held.home] += 1
    return spare


def _beds_are_counted(assessor: Assessor) -> bool:
    return any(rule.id == "limit.beds" for rule in assessor.living_rules)


def intake_arrays(intakes: Iterable[tuple[int, tuple[int, ...]]]) -> tuple[Indices, Indices]:
    """Intakes as (home column, child rows) turned into arrays: children (k, s) padded with NO_CHILD, homes (k,)."""
    given = list(intakes)
    width = max((len(children) for _, children in given), default=1)
    rows = np.full((len(given), width), NO_CHILD, dtype=np.int64)
    for at, (_, children) in enumerate(given):
        rows[at, : len(children)] = children
    return rows, np.array([home for home, _ in given], dtype=np.int64)


def _digest(reference: str) -> int:
    return crc32(reference.encode())
