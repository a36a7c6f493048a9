"""Pools of numbers with no child behind them, for testing the solver by itself: a predicate drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from matching.candidates import ORDER_MOST, Candidates, Gains, Worth
from matching.facts.living import NO_CHILD, Indices
from matching.pool import NIGHTS_AHEAD


@dataclass(frozen=True)
class Shape:
    """What an invented pool is to be like."""

    children: int = 5
    homes: int = 6
    seed: int = 0
    family_sizes: tuple[int, ...] = (1, 1, 1, 2, 3)
    density: float = 0.5
    room: tuple[int, ...] = (0, 1, 1, 2, 3)
    points: int = 1_000
    gravity: int = 3
    conflicts: float = 0.1
    """Share of the pairs who must never live together."""
    required: float = 0.2
    """Share of the families who must stay together."""
    short: float = 0.1
    """Share of the children who do not stay to the last night."""
    shared_gravity: float = 0.3
    """Share of the homes in which more than one child joining weighs one more."""
    ties: bool = False


@dataclass
class InventedWorth:
    """Answers what the solver asks of matching.candidates.Worth, from numbers drawn at random."""

    shape: Shape
    allowed: NDArray[np.bool_]
    """(children, homes)"""
    gravity: NDArray[np.integer[Any]]
    points: NDArray[np.integer[Any]]
    urgency: NDArray[np.int64]
    waited: NDArray[np.int64]
    families: NDArray[np.int64]
    room: NDArray[np.int64]
    first_night: NDArray[np.int64]
    last_morning: NDArray[np.int64]
    never: NDArray[np.bool_]
    """(children, children)"""
    together: NDArray[np.integer[Any]]
    """(children, children), even, 0 on the diagonal"""
    required: NDArray[np.bool_]
    """(families,)"""
    extra: NDArray[np.int64]
    """(homes,) gravity when more than one child joins"""
    names: NDArray[np.int64]
    home_names: NDArray[np.int64]
    open_homes: NDArray[np.int64] | None = None
    """The homes that have a column in the tables of pairings, rising; all of them, if it is not said."""
    asked: int = field(default=0)
    takes: None = None

    @cached_property
    def columns(self) -> NDArray[np.int64]:
        """(homes,) where each home stands in the tables of pairings; the first for those that have no bed."""
        found = np.zeros(self.homes, dtype=np.int64)
        some = np.arange(self.homes) if self.open_homes is None else self.open_homes
        found[some] = np.arange(len(some))
        return found

    @property
    def homes(self) -> int:
        return len(self.room)

    @property
    def spare(self) -> NDArray[np.int16]:
        return np.repeat(self.room[:, None], NIGHTS_AHEAD, axis=1).astype(np.int16)

    @property
    def living_grows(self) -> bool:
        return True

    @property
    def siblings_total(self) -> int:
        return int(self.together.sum()) // 2

    @cached_property
    def pool(self) -> Any:
        seekers = tuple(SimpleNamespace(child=SimpleNamespace(id=f"child-{name:05d}")) for name in self.names)
        homes = tuple(SimpleNamespace(id=f"home-{name:05d}") for name in self.home_names)
        return SimpleNamespace(
            seekers=seekers,
            homes=homes,
            seeker_index={one.child.id: at for at, one in enumerate(seekers)},
            home_index={home.id: at for at, home in enumerate(homes)},
        )

    @cached_property
    def candidates(self) -> Candidates:
        column = np.nonzero(self.allowed)[1]
        home = column if self.open_homes is None else self.open_homes[column]
        return Candidates(
            pool=self.pool,
            starts=np.concatenate([[0], np.cumsum(self.allowed.sum(axis=1))]).astype(np.int64),
            homes=home.astype(np.int32),
            gravity=self.gravity[self.allowed].astype(np.int32),
            points=self.points[self.allowed].astype(np.int32),
        )

    def order(self, children: Indices, homes: Indices) -> NDArray[np.int64]:
        mixed = (self.names[children] * 2_654_435_761 + self.home_names[homes] * 40_503) & 0xFFFFFFFF
        found: NDArray[np.int64] = (mixed ^ (mixed >> 15)) * 2_246_822_519 % 4_294_967_291 & ORDER_MOST
        return found

    def gains(self, children: Indices, homes: Indices) -> Gains:
        self.asked += len(homes)
        there = children != NO_CHILD
        column = self.columns[homes][:, None]
        feasible = (~there | self.allowed[children, column]).all(axis=1)
        first, last = self.first_night[children], self.last_morning[children]
        for at in range(children.shape[1]):
            night = first[:, [at]]
            load = (there & (first <= night) & (night < last)).sum(axis=1)
            feasible &= ~there[:, at] | (load <= self.room[homes])
        together = np.zeros(len(homes), dtype=np.int64)
        for at in range(children.shape[1]):
            for other in range(at + 1, children.shape[1]):
                both = there[:, at] & there[:, other]
                one, two = children[:, at], children[:, other]
                feasible &= ~(both & self.never[one, two])
                together += np.where(both, self.together[one, two], 0)
        for at in range(children.shape[1]):
            family = self.families[children[:, at]]
            mine = (there & (self.families[children] == family[:, None])).sum(axis=1)
            whole = np.bincount(self.families)[family]
            feasible &= ~there[:, at] | ~self.required[family] | (mine == whole)

        def summed(values: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
            found: NDArray[np.int64] = np.where(there, values, 0).sum(axis=1, dtype=np.int64)
            return found

        return Gains(
            feasible=feasible,
            placed=summed(self.urgency[children]),
            together=together,
            gravity=summed(self.gravity[children, column]) + np.where(there.sum(axis=1) > 1, self.extra[homes], 0),
            points=summed(self.points[children, column]),
            waited=summed(self.waited[children]),
            order=summed(self.order(children, homes[:, None])),
        )

    def blocking(self, child: int, home: int) -> tuple[str, ...]:
        if not self.allowed[child, self.columns[home]]:
            return ("pairing",)
        return self.blocking_intake((child,), home)

    def blocking_intake(self, children: tuple[int, ...], home: int) -> tuple[str, ...]:
        feasible = self.gains(np.array([children]), np.array([home])).feasible[0]
        return () if feasible else ("living-together",)

    @property
    def worth(self) -> Worth:
        """This, as what the solver's types ask for."""
        return cast(Worth, self)

    def permuted(self, children: NDArray[np.int64], homes: NDArray[np.int64]) -> InventedWorth:
        """The same pool with rows and columns in another order."""
        families = self.families[children]
        return replace(
            self,
            allowed=self.allowed[np.ix_(children, homes)],
            gravity=self.gravity[np.ix_(children, homes)],
            points=self.points[np.ix_(children, homes)],
            urgency=self.urgency[children],
            waited=self.waited[children],
            families=families,
            room=self.room[homes],
            first_night=self.first_night[children],
            last_morning=self.last_morning[children],
            never=self.never[np.ix_(children, children)],
            together=self.together[np.ix_(children, children)],
            extra=self.extra[homes],
            names=self.names[children],
            home_names=self.home_names[homes],
        )


def invented(shape: Shape) -> InventedWorth:
    """The pool of a shape; the same shape gives the same pool."""
    chance = np.random.default_rng(shape.seed)
    families = families_drawn(shape, chance)
    n, m = shape.children, shape.homes
    same = (families[:, None] == families[None, :]) & ~np.eye(n, dtype=bool)
    never = np.triu(chance.random((n, n)) < shape.conflicts, 1) & ~same
    weights = np.triu(chance.choice([0, 2, 2, 4], size=(n, n)), 1) * np.triu(same, 1)
    first = chance.integers(0, 40, n)
    short = chance.random(n) < shape.short
    steps = 100 if shape.ties else 1
    return InventedWorth(
        shape=shape,
        allowed=chance.random((n, m)) < shape.density,
        gravity=chance.integers(0, shape.gravity + 1, (n, m)) * (chance.random((n, m)) < 0.4),
        points=chance.integers(0, shape.points + 1, (n, m)) // steps * steps,
        urgency=chance.choice([4, 4, 4, 5, 6], size=n).astype(np.int64),
        waited=chance.integers(0, 3 if shape.ties else 300, n),
        families=families,
        room=chance.choice(np.array(shape.room), size=m).astype(np.int64),
        first_night=first,
        last_morning=np.where(short, first + chance.integers(1, 120, n), NIGHTS_AHEAD),
        never=never | never.T,
        together=(weights + weights.T).astype(np.int64),
        required=chance.random(int(families.max(initial=-1)) + 1) < shape.required,
        extra=(chance.random(m) < shape.shared_gravity).astype(np.int64),
        names=chance.permutation(n * 3)[:n].astype(np.int64),
        home_names=chance.permutation(m * 3)[:m].astype(np.int64),
    )


def families_drawn(shape: Shape, chance: np.random.Generator) -> NDArray[np.int64]:
    """(children,) the family of each, by number."""
    found: list[int] = []
    number = 0
    while len(found) < shape.children:
        size = int(chance.choice(np.array(shape.family_sizes)))
        found += [number] * size
        number += 1
    return np.array(found[: shape.children], dtype=np.int64)
