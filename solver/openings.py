"""For children with nothing: the smallest set of lawful changes to one home that would place them, each planned anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.assess import Assessed, Assessor
from matching.candidates import Worth, candidates_of
from matching.homes import Home
from matching.openings import opened
from matching.pool import Seeker, pool_of
from matching.values import ChildId, HomeId
from solver.differences import Difference, difference
from solver.interface import PinnedPairingBlocked, Solved
from solver.made_plans import MadePlan, make_plan, proved

MOST_CHANGES = 2
MORE_ROOM = ("limit.beds", "approval.number", "purpose.number", "limit.usual-fostering")
"""What could make room beside those whom the plan has move in, where no rule keeps the children away by themselves."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Changes to one home, each of which something lawful brings about, and the plan there would then be."""

    children: tuple[ChildId, ...]
    home: HomeId
    rules: tuple[str, ...]
    """The ids of the rules that keep the children away today, or would next; what opens each is its remedy."""
    solved: Solved
    """The best plan, once the home is changed, with the children there."""
    changes: Difference
    """From the plan of today."""
    exact: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """A home with some changes, before it is known whether they suffice."""

    place: int
    home: Home
    rules: tuple[str, ...]


@dataclass(slots=True)
class _Against:
    """What stands against some children living in each home."""

    blocking: list[list[str]]
    """By home: the ids of the rules that block."""
    checking: NDArray[np.bool_]
    """By home: whether a fact must be checked first."""
    points: NDArray[np.int64]

    def add(self, assessed: Assessed, shape: tuple[int, ...]) -> None:
        """Counts the rules that block, over a shape of which the last is the homes."""
        for rule, blocked in assessed.blocked_by():
            for place in np.flatnonzero(np.broadcast_to(blocked, shape)):
                if rule.id not in self.blocking[place]:
                    self.blocking[place].append(rule.id)


def what_would_open(made: MadePlan, children: Iterable[ChildId], most: int = 5) -> tuple[Opening, ...]:
    """Up to `most` ways to place children, together, whom the plan leaves without a home: the fewest changes there are.

    A change counts only when the rules, asked again, allow the move, and the plan made anew places more than before.
    Homes are looked at in the order of their points. None for children whom the plan places. Raises KeyError for a
    child who does not wait.
    """
    some = tuple(children)
    if any(child in made.plan.home_of for child in some):
        return ()
    rows = tuple(made.worth.pool.seeker_index[child] for child in some)
    ways = [_Way(place, home, ()) for place, home in enumerate(made.worth.pool.homes)]
    against = _against(made.worth.assessor, rows)
    for _ in range(MOST_CHANGES):
        ways = [changed for way in _in_order(against, ways) for changed in _changed(made.worth, rows, against, way)]
        found = list(_verified(made, some, ways, most))
        if found:
            return tuple(found)
        against = _against(_assessor(made.worth, {way.place: way.home for way in ways}), rows)
    return ()


def _in_order(against: _Against, ways: list[_Way]) -> list[_Way]:
    return sorted(ways, key=lambda way: (int(against.points[way.place]), way.place, way.rules))


def _changed(worth: Worth, rows: tuple[int, ...], against: _Against, way: _Way) -> Iterator[_Way]:
    """A home with one change more: what opens the rule that stands against it, or makes room where none does."""
    rules = against.blocking[way.place]
    if against.checking[way.place] or len(rules) + len(way.rules) > MOST_CHANGES:
        return
    for rule in rules[:1] or MORE_ROOM:
        home = _opened(rule, way.home, [worth.pool.seekers[row] for row in rows])
        if home is not None and home != way.home:
            yield _Way(way.place, home, (*way.rules, rule))


def _opened(rule: str, home: Home, seekers: Iterable[Seeker]) -> Home | None:
    """The home once a rule keeps none of some children from it."""
    for seeker in seekers:
        changed = opened(rule, home, seeker)
        if changed is None:
            return None
        home = changed
    return home


def _against(assessor: Assessor, rows: tuple[int, ...]) -> _Against:
    """What the rules say of some children together in each home."""
    places = len(assessor.pool.homes)
    group = np.tile(np.array(rows, dtype=np.int64), (places, 1))
    together = assessor.intakes(group, np.arange(places, dtype=np.int64))
    found = _Against(
        [[] for _ in range(places)], together.tally.checks_first > 0, together.tally.points.astype(np.int64)
    )
    found.add(together, (places,))
    for row in rows:
        alone = assessor.pairings(slice(row, row + 1))
        found.add(alone, (1, places))
        found.checking |= alone.tally.checks_first[0] > 0
        found.points += alone.tally.points[0]
    return found


def _verified(made: MadePlan, children: tuple[ChildId, ...], ways: list[_Way], most: int) -> Iterator[Opening]:
    """Those of the ways that a plan made anew bears out."""
    for way in ways:
        if most <= 0:
            return
        assessor = _assessor(made.worth, {way.place: way.home})
        later = Worth(assessor, candidates_of(assessor))
        wishes = replace(made.wishes, pinned=made.wishes.pinned | {(child, way.home.id) for child in children})
        try:
            solved = make_plan(made.solver, later, wishes, made.settings).best
        except PinnedPairingBlocked:
            continue
        if solved.plan.levels.unplaced < made.plan.levels.unplaced:
            most -= 1
            changes = difference(made.worth, made.plan, solved.plan, later)
            yield Opening(children, way.home.id, way.rules, solved, changes, proved(made.best, solved))


def _assessor(worth: Worth, changed: dict[int, Home]) -> Assessor:
    """The rules, of the pool with some homes as they would be."""
    records = worth.pool.records
    by_id = {home.id: home for home in changed.values()}
    homes = tuple(by_id.get(home.id, home) for home in records.homes)
    return Assessor(pool_of(replace(records, homes=homes)), worth.policy)
