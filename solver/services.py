"""What plans are held to by a service level: children placed, brothers and sisters together near home, emergencies met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Worth, intake_arrays
from matching.facts.living import NO_CHILD, Indices
from matching.plan import Plan
from matching.values import ChildId, HomeId
from solver.problem import Whole


@dataclass(frozen=True, slots=True)
class Served:
    """Whole numbers of children and of pairs; more is better at each."""

    placed: int
    """Children who are proposed a home."""
    together: int
    """Pairs of brothers and sisters who should live together and would, within the distance of home for both."""
    emergencies: int
    """Children of urgent searches who are proposed a home."""

    def __iter__(self) -> Iterator[int]:
        return iter(astuple(self))

    def __getitem__(self, at: int) -> int:
        found: int = astuple(self)[at]
        return found

    def reaches(self, targets: Served) -> bool:
        """Whether nothing that is wanted is lacking."""
        return self.lacks(targets) == 0

    def lacks(self, targets: Served) -> int:
        """How many children and pairs are lacking, all together."""
        return sum(max(0, wanted - there) for wanted, there in zip(targets, self, strict=True))


SERVICES = len(fields(Served))


class Services:
    """Counts what intakes of one pool serve."""

    def __init__(self, worth: Worth) -> None:
        self._pool = worth.pool
        seekers = worth.pool.seekers
        self._urgent = np.array([one.referral.kind.is_emergency for one in seekers], dtype=np.int64)
        self._pairs = _pairs(worth)
        self._near = _near(worth)

    @property
    def of_all(self) -> Whole:
        """What serving everybody would be, (SERVICES,)."""
        children = len(self._pool.seekers)
        return np.array([children, int(np.triu(self._pairs).sum()), int(self._urgent.sum())], dtype=np.int64)

    def everybody(self) -> Served:
        """The same, by name."""
        placed, together, emergencies = (int(n) for n in self.of_all)
        return Served(placed=placed, together=together, emergencies=emergencies)

    def of(self, children: Indices, homes: Indices) -> Whole:
        """What each of many intakes serves: children (k, s) padded with NO_CHILD, homes (k,): shape (k, SERVICES)."""
        there = children != NO_CHILD
        found = np.zeros((len(homes), SERVICES), dtype=np.int64)
        found[:, 0] = there.sum(axis=1)
        found[:, 2] = np.where(there, self._urgent[children], 0).sum(axis=1)
        near = there & self._near[children, homes[:, None]]
        for at in range(children.shape[1]):
            for other in range(at + 1, children.shape[1]):
                both = near[:, at] & near[:, other]
                found[:, 1] += both & self._pairs[children[:, at], children[:, other]]
        return found

    def of_plan(self, plan: Plan) -> Served:
        """What a plan serves."""
        homes, kids = self._pool.home_index, self._pool.seeker_index
        given = [(homes[one.home], tuple(kids[child] for child in one.children)) for one in plan.intakes]
        placed, together, emergencies = (int(n) for n in self.of(*intake_arrays(given)).sum(axis=0))
        return Served(placed=placed, together=together, emergencies=emergencies)


def _pairs(worth: Worth) -> NDArray[np.bool_]:
    """Which two waiting children should live together, (n, n)."""
    pool, weights = worth.pool, worth.policy.sibling_pairs
    found = np.zeros((len(pool.seekers), len(pool.seekers)), dtype=bool)
    for group in {one.group.id: one.group for one in pool.seekers if one.group is not None}.values():
        for pair in group.every_pair():
            if weights.get(pair.assessed, 0) and pair.children <= pool.seeker_index.keys():
                one, other = pool.seeker_index[pair.one], pool.seeker_index[pair.other]
                found[one, other] = found[other, one] = True
    return found


def _near(worth: Worth) -> NDArray[np.bool_]:
    """Which home lies within what the authority calls distant of whose family home, (n, homes); False when unknown."""
    pool = worth.pool
    near = np.zeros((len(pool.seekers), len(pool.homes)), dtype=bool)
    limit = worth.assessor.parameters["distant_miles"]
    for rows in worth.assessor.chunks():
        fact = worth.assessor.pairings(rows).facts.journey.home_distance
        known = np.ones(1, dtype=bool) if fact.known is None else fact.known
        near[rows] = (fact.values <= limit) & known
    return near


def pairings_of(worth: Worth, homes: Sequence[HomeId]) -> dict[HomeId, frozenset[tuple[ChildId, HomeId]]]:
    """The pairings of some homes that may be proposed: forbidding them is as if the homes were not there."""
    found: dict[HomeId, set[tuple[ChildId, HomeId]]] = {home: set() for home in homes}
    for kid, seeker in enumerate(worth.pool.seekers):
        for place in worth.candidates.of_child(kid):
            home = worth.pool.homes[int(place)].id
            if home in found:
                found[home].add((seeker.child.id, home))
    return {home: frozenset(pairs) for home, pairs in found.items()}
