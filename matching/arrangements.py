"""Where the children of one referral could go: together in one home first, then every way of splitting them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Gains, Worth, intake_arrays
from matching.facts.living import NO_CHILD, Indices

MOST_FULLY_SPLIT = 5
"""Up to so many children every way of splitting them is tried; more are tried together, one apart, and in halves."""

Cost = tuple[int, int, int, int, int]
"""(unplaced, parted, gravity, points, order), compared in this order; fewer is better."""

Placing = tuple[int, tuple[int, ...]]
"""One home (a column of the pool) and the children (rows) who would move in."""


@dataclass(frozen=True, slots=True, order=True)
class Arrangement:
    """Homes for all, or some, of a referral's children, and what that costs."""

    cost: Cost
    placings: tuple[Placing, ...]


@dataclass(frozen=True, slots=True)
class _Option:
    """One home for one set of children, with its part of the cost."""

    cost: Cost
    home: int


def best_arrangements(
    worth: Worth,
    children: Sequence[int],
    most: int,
    joined: Mapping[int, tuple[int, ...]] | None = None,
    homes: NDArray[np.int64] | None = None,
) -> tuple[Arrangement, ...]:
    """The best arrangements of a referral's children (rows of the pool), best first, at most `most` of them.

    `joined` names children already proposed to a home, who would live there too; `homes` limits the homes looked at.
    Ways that place everybody come before ways that leave somebody out; placing nobody is not listed.
    """
    options = {
        subset: _options(worth, subset, most, joined or {}, homes)
        for size in range(1, len(children) + 1)
        for subset in combinations(children, size)
        if _tried(size, len(children))
    }
    found: list[Arrangement] = []
    for blocks in _ways(tuple(children)):
        found.extend(_combined(worth, children, [(block, options.get(block, [])) for block in blocks], most))
    return tuple(sorted(found)[:most])


def _tried(size: int, of: int) -> bool:
    return of <= MOST_FULLY_SPLIT or size in (1, of - 1, of) or 2 * size in (of - 1, of, of + 1)


@cache
def _ways(children: tuple[int, ...]) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Every way of splitting children, or some of them, into sets."""
    if not children:
        return ((),)
    first, rest = children[0], children[1:]
    ways = list(_ways(rest))
    for size in range(len(rest) + 1):
        if not _tried(size + 1, len(children)):
            continue
        for mates in combinations(rest, size):
            others = tuple(child for child in rest if child not in mates)
            ways.extend(((first, *mates), *way) for way in _ways(others))
    return tuple(dict.fromkeys(ways))


def _options(
    worth: Worth,
    subset: tuple[int, ...],
    most: int,
    joined: Mapping[int, tuple[int, ...]],
    homes: NDArray[np.int64] | None,
) -> list[_Option]:
    """The best homes for a set of children living together, with those already proposed there."""
    common = worth.candidates.of_child(subset[0])
    for child in subset[1:]:
        common = np.intersect1d(common, worth.candidates.of_child(child), assume_unique=True)
    if homes is not None:
        common = np.intersect1d(common, homes, assume_unique=True)
    columns = common.astype(np.int64)
    if not len(columns):
        return []
    rows = np.tile(np.array(subset, dtype=np.int64), (len(columns), 1))
    gains = _gains_beside(worth, rows, columns, joined) if joined else worth.gains(rows, columns)
    together, gravity, points, order = gains.together, gains.gravity, gains.points, gains.order
    ranked = np.lexsort((columns, order, points, gravity, -together))
    chosen = ranked[gains.feasible[ranked]][: most + len(subset)]
    return [
        _Option((0, -int(together[at]), int(gravity[at]), int(points[at]), int(order[at])), int(columns[at]))
        for at in chosen
    ]


def _gains_beside(worth: Worth, rows: Indices, columns: Indices, joined: Mapping[int, tuple[int, ...]]) -> Gains:
    """What children add to each home beyond what those already proposed there do: asked of both only where there are any."""
    gains = worth.gains(rows, columns)
    others = {at: joined[home] for at, home in enumerate(columns.tolist()) if home in joined}
    if others:
        already, shared = intake_arrays(others.items())
        nobody = np.full((len(shared), rows.shape[1]), NO_CHILD, dtype=np.int64)
        both = np.block([[rows[shared], already], [already, nobody]])
        found = worth.gains(both, np.tile(columns[shared], 2))
        gains.feasible[shared] = found.feasible[: len(shared)]
        for name in ("together", "gravity", "points", "order"):
            with_them, before = np.split(getattr(found, name), 2)
            getattr(gains, name)[shared] = with_them - before
    return gains


def _combined(
    worth: Worth,
    children: Sequence[int],
    blocks: list[tuple[tuple[int, ...], list[_Option]]],
    most: int,
) -> Iterator[Arrangement]:
    """The best choices of one home for each set, no home twice, best first (k-best by lazily widening one choice)."""
    if not blocks or any(not options for _, options in blocks):
        return
    placed = {child for block, _ in blocks for child in block}
    left_out = int(sum(worth.urgency[child] for child in children if child not in placed))
    start = (0,) * len(blocks)
    heap: list[tuple[Cost, tuple[int, ...]]] = [(_cost(blocks, start, left_out), start)]
    seen, given = {start}, 0
    while heap and given < most:
        cost, choice = heappop(heap)
        homes = [options[at].home for (_, options), at in zip(blocks, choice, strict=True)]
        if len(set(homes)) == len(homes):
            given += 1
            placings = zip(homes, (block for block, _ in blocks), strict=True)
            yield Arrangement(cost, tuple(sorted(placings)))
        for block, at in enumerate(choice):
            following = (*choice[:block], at + 1, *choice[block + 1 :])
            if at + 1 < len(blocks[block][1]) and following not in seen:
                seen.add(following)
                heappush(heap, (_cost(blocks, following, left_out), following))


def _cost(blocks: list[tuple[tuple[int, ...], list[_Option]]], choice: tuple[int, ...], left_out: int) -> Cost:
    parts = [options[at].cost for (_, options), at in zip(blocks, choice, strict=True)]
    return (left_out, *(sum(part[level] for part in parts) for level in range(1, 5)))  # type: ignore[return-value]
