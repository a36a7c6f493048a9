"""What the prices in a certificate prove, worked out again from the rules alone: no solver, and nothing taken on trust.

With a price p ≤ 0 for each child and q ≤ 0 for each odd set T of siblings, no plan costs less than

    Σ p + Σ q·⌊|T| / 2⌋ + Σ over homes of min(0, least reduced cost of any intake the rules allow there),

where the reduced cost of an intake is what it adds, less the prices of its children and q·⌊|S ∩ T| / 2⌋ for each set: a
plan uses each child and each home at most once, and no plan keeps more than ⌊|T| / 2⌋ pairs of T. Whole numbers
throughout. What is new here, and not in the solver, is how the least is found: by listing every intake that could be it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Gains, Worth, intake_arrays
from matching.plan import Levels
from matching.pool import NIGHTS_AHEAD

MOST_LISTED = 3_000_000
"""Intakes listed for one level; beyond them homes are bounded more roughly, which is safe and proves less."""
_AT_ONCE = 100_000
_NAMES = tuple(level.name for level in fields(Levels))

Whole = NDArray[np.int64]
Set = tuple[int, ...]
"""Children as rows of the pool, rising."""


@dataclass(frozen=True, slots=True)
class ProvenLevel:
    """What the prices prove of one level: no plan that is as good at the levels before it comes to less by more than the gap."""

    level: str
    reached: int
    """What the plan comes to for the goal of this level: the levels before it, and it, by their weights."""
    bound: int
    """No plan comes to less for that goal."""

    @property
    def gap(self) -> int:
        """By how much a plan could at most be better, by what is proved here."""
        return self.reached - self.bound


def proven_levels(worth: Worth, levels: Levels, evidence: Mapping[str, Any]) -> tuple[ProvenLevel, ...]:
    """Works out what evidence proves of a plan that comes to some levels; nothing when there is no evidence.

    Raises KeyError, TypeError or ValueError for evidence that is not of this kind.
    """
    if not evidence.get("levels"):
        return ()
    scale = int(evidence["scale"])
    nobody = np.array([worth.urgency.sum(), worth.siblings_total, 0, 0, worth.waited.sum(), 0], dtype=np.int64)
    reached = np.array([getattr(levels, name) for name in _NAMES], dtype=np.int64) - nobody
    found = []
    for proof in evidence["levels"]:
        weights = np.array(proof["weights"], dtype=np.int64)
        bound = _Bound(worth, weights, scale, proof).least()
        found.append(ProvenLevel(_NAMES[int(proof["level"])], int(reached @ weights), -(-bound // scale)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A set of children whom the rules allow to move in together, and what its reduced cost could not be below."""

    home: int
    children: Set
    families: frozenset[int]
    last: int
    """Where its last family stands among the home's parts."""
    value: int


class _Bound:
    """The bound that one set of prices proves for one goal."""

    def __init__(self, worth: Worth, weights: Whole, scale: int, proof: Mapping[str, Any]) -> None:
        self._worth, self._weights, self._scale = worth, weights, scale
        self._prices = np.array(proof["children"], dtype=np.int64)
        self._cuts = [(frozenset(map(int, cut["members"])), int(cut["price"])) for cut in proof["cuts"]]
        if self._prices.shape != worth.urgency.shape or (self._prices > 0).any() or any(q > 0 for _, q in self._cuts):
            raise ValueError("the prices are not one for each child, none above zero")
        night = np.arange(NIGHTS_AHEAD)
        self._nights = (worth.first_night[:, None] <= night) & (night < worth.last_morning[:, None])
        self._parts = {home: sorted(parts, key=lambda part: part[1]) for home, parts in self._by_home().items()}
        self._below = {home: _still_below(parts) for home, parts in self._parts.items()}
        self._at_home = np.zeros(len(worth.pool.homes), dtype=np.int64)

    def least(self) -> int:
        """No plan costs less than this, in parts of a point.

        Lists what the rules allow family by family: what is not allowed is not allowed with one more family either.
        """
        beginning = [
            _Listed(home, part, frozenset({int(self._worth.families[part[0]])}), at, value)
            for home, parts in self._parts.items()
            for at, (part, value) in enumerate(parts)
        ]
        listed, sets = len(beginning), self._allowed(beginning)
        while sets and listed <= MOST_LISTED:
            more = [one for found in sets for one in self._with_one_more_family(found)]
            listed += len(more)
            sets = self._allowed(more)
        for left in sets:  # too many to list: everything below zero at the home together is safe
            rough = sum(min(0, value) for _, value in self._parts[left.home])
            self._at_home[left.home] = min(int(self._at_home[left.home]), rough)
        paid = int(self._prices.sum()) + sum(price * (len(members) // 2) for members, price in self._cuts)
        return paid + int(self._at_home.sum())

    def _with_one_more_family(self, found: _Listed) -> Iterator[_Listed]:
        """The set with each later family beside it, where that or a larger set could be the least of its home."""
        parts, below, limit = self._parts[found.home], self._below[found.home], int(self._at_home[found.home])
        for at in range(found.last + 1, len(parts)):
            part, value = parts[at]
            if found.value + min(0, value) + below[at] >= limit and found.value + value >= limit:
                return
            family, children = int(self._worth.families[part[0]]), (*found.children, *part)
            if family not in found.families and self._have_beds(children, found.home):
                yield _Listed(found.home, children, found.families | {family}, at, found.value + value)

    def _have_beds(self, children: Set, home: int) -> bool:
        """Whether the home could have a bed for each on every night; a quick look, for the rules decide."""
        spare = self._worth.spare
        return spare is None or bool((self._nights[list(children)].sum(axis=0) <= spare[home]).all())

    def _allowed(self, sets: list[_Listed]) -> list[_Listed]:
        """Those of the sets that the rules allow, by their true reduced cost; the least at each home is kept."""
        kept: list[_Listed] = []
        for first in range(0, len(sets), _AT_ONCE):
            some = sets[first : first + _AT_ONCE]
            rows, homes = intake_arrays((one.home, tuple(sorted(one.children))) for one in some)
            gains = self._worth.gains(rows, homes)
            cost = self._cost(gains) - np.array([self._paid(one.children) for one in some], dtype=np.int64)
            np.minimum.at(self._at_home, homes[gains.feasible], cost[gains.feasible])
            for at in np.flatnonzero(gains.feasible):
                true = int(cost[at]) if self._worth.living_grows else some[at].value
                kept.append(replace(some[at], value=max(some[at].value, true)))
        return kept

    def _by_home(self) -> dict[int, list[tuple[Set, int]]]:
        """By home, every set of children of one family who might move in, with the least its reduced cost could be."""
        here: dict[int, dict[int, list[int]]] = {}
        own: dict[tuple[int, int], int] = {}
        candidates = self._worth.candidates
        for child in range(len(self._prices)):
            rows = slice(candidates.starts[child], candidates.starts[child + 1])
            cost = candidates.gravity[rows] * self._weights[2] + candidates.points[rows] * self._weights[3]
            cost = (cost - self._worth.urgency[child] * self._weights[0]) * self._scale - self._prices[child]
            for home, value in zip(candidates.homes[rows].tolist(), cost.tolist(), strict=True):
                own[child, home] = value
                here.setdefault(home, {}).setdefault(int(self._worth.families[child]), []).append(child)
        every = [
            (home, part)
            for home, families in here.items()
            for members in families.values()
            for size in range(1, len(members) + 1)
            for part in combinations(members, size)
        ]
        found: dict[int, list[tuple[Set, int]]] = {}
        kept = self._worth.assessor.living.together_weight(*intake_arrays(every)) * self._weights[1] * self._scale
        for (home, part), worth in zip(every, kept.tolist(), strict=True):
            found.setdefault(home, []).append((part, sum(own[child, home] for child in part) - worth))
        return found

    def _cost(self, gains: Gains) -> Whole:
        columns = (-gains.placed, -gains.together, gains.gravity, gains.points, -gains.waited, gains.order)
        cost: Whole = sum(
            (column.astype(np.int64) * weight for column, weight in zip(columns, self._weights.tolist(), strict=True)),
            start=np.zeros(len(gains.placed), dtype=np.int64),
        )
        return cost * self._scale

    def _paid(self, children: Set) -> int:
        """What an intake pays: the prices of its children, and of the sets it keeps in twos."""
        paid = int(self._prices[list(children)].sum())
        return paid + sum(price * (len(members.intersection(children)) // 2) for members, price in self._cuts)


def _still_below(parts: list[tuple[Set, int]]) -> list[int]:
    """For each part, what all later ones that are below zero come to together."""
    values = [min(0, value) for _, value in parts]
    return [sum(values[at + 1 :]) for at in range(len(values))]
