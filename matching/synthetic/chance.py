"""Chance that repeats: named streams of draws, and identifiers that follow from what they identify."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID, uuid5
from zlib import crc32

import numpy as np

_NAMESPACE = UUID("0c0d8d57-7f59-5d0a-9b37-3a3f0d1c9a55")
_BLOCK = 4096

T = TypeVar("T")


def invented_id(*parts: str | int) -> UUID:
    """The same parts give the same identifier, in every process and on every machine."""
    return uuid5(_NAMESPACE, "/".join(str(part) for part in parts))


class Chance:
    """One stream of draws, fixed by a seed and the stream's name: drawing from one never disturbs another."""

    def __init__(self, seed: int, stream: str) -> None:
        self._generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, crc32(stream.encode())])))
        self._shares: list[float] = []
        self._normals: list[float] = []

    def share(self) -> float:
        """A number from 0 up to, never reaching, 1."""
        if not self._shares:
            self._shares = self._generator.random(_BLOCK).tolist()
        return self._shares.pop()

    def normal(self, mean: float = 0.0, spread: float = 1.0) -> float:
        """A number from the normal distribution."""
        if not self._normals:
            self._normals = self._generator.standard_normal(_BLOCK).tolist()
        return mean + spread * self._normals.pop()

    def yes(self, probability: float) -> bool:
        """True as often as the probability says."""
        return self.share() < probability

    def whole(self, least: int, most: int) -> int:
        """A whole number from least to most, both included."""
        return least + int(self.share() * (most - least + 1))

    def one(self, items: Sequence[T]) -> T:
        """One of the items, each as likely; raises IndexError when there is none."""
        return items[int(self.share() * len(items))]

    def weighted(self, items: Iterable[tuple[T, float]]) -> T:
        """One of the items, as likely as its weight over the sum of the weights."""
        *others, last = items
        left = self.share() * (sum(weight for _, weight in others) + last[1])
        for item, weight in others:
            left -= weight
            if left < 0:
                return item
        return last[0]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """So many different items in random order; all of them when there are fewer."""
        rest = list(items)
        taken = min(count, len(rest))
        for at in range(taken):
            other = self.whole(at, len(rest) - 1)
            rest[at], rest[other] = rest[other], rest[at]
        return rest[:taken]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All the items in random order."""
        return self.some(items, len(items))

    def each(self, items: Iterable[T], probability: float) -> frozenset[T]:
        """Each item with the same probability, whatever becomes of the others."""
        return frozenset([item for item in items if self.yes(probability)])
