"""Snapshots: on sampled nights of sampled futures the children who wait are really matched, by the rules and the solver.

A snapshot is the pool of today with as many free beds of each kind, own and bought, as that night of that future has, and as
many children waiting: searches drawn from those on record, with their brothers and sisters, needs, families and schools.
So distance, siblings, terms and homes already lived in count, which counting beds alone cannot see. The day's own rules
hold: a snapshot is asked as if it were today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

import numpy as np

from matching.codes import AvailabilityState
from matching.homes import Home
from matching.placements import Placement, PlacementState
from matching.pool import Pool, pool_of
from matching.records import Records
from matching.scenarios import AddHomes, Change, apply
from matching.scenarios.children import InventedFamilies
from matching.sufficiency.beds_tonight import matchable_free, purposes_of
from matching.sufficiency.futures import Future
from matching.sufficiency.kinds import WITH_BEDS, CareKind, Supplier, kind_of_home, supplier_of
from matching.sufficiency.nights import Progress, nobody_asks
from matching.sufficiency.outlooks import Band, band
from matching.values import HomeId

Place = tuple[CareKind, Supplier]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What matching everybody who waits in one snapshot came to."""

    waiting: int
    placed: int
    pairs: int
    """Pairs of brothers and sisters who wait and should live together."""
    together: int
    tenths: int
    """Tenths of a mile from the family home, of those placed for whom it is known."""
    distances: int
    weekly: int
    """Pence a week, of those placed whose price is known."""
    priced: int


Match = Callable[[Pool], Matched]
"""Plans a pool by the rules and a solver; given by who has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedInYear:
    """A year's snapshots together."""

    year: int
    snapshots: int
    waiting: Band
    placed_per_cent: Band
    together_per_cent: Band | None
    """Of pairs of brothers and sisters who should live together; null when no such pair waited."""
    miles: Band | None
    weekly: Band | None
    """Mean pence a week of those placed."""
    unplaced: Band
    """Children whom no plan could place: rules, distance, siblings and beds together."""
    unplaced_by_count: Band
    """Children who wait beyond the free beds of all kinds: what counting alone would say of the same nights."""


@dataclass(frozen=True, slots=True)
class _Seen:
    year: int
    matched: Matched
    by_count: int


def matched_ahead(
    future: Future,
    records: Records,
    match: Match,
    changes: Sequence[Change] = (),
    samples: int = 4,
    progress: Progress = nobody_asks,
) -> tuple[MatchedInYear, ...]:
    """Matches the middle night of every quarter in so many replicates. The same arguments give the same answer.

    `changes` are those of the future's scenario: new homes among them are drawn in the likeness of those on record.
    """
    nights = list(range(45, future.nights.ahead.days, 91))
    replicates = _replicates(future, samples)
    seen = []
    for at, day in enumerate(nights):
        there = _with_new_homes(records, changes, future, day)
        for number, replicate in enumerate(replicates):
            pool, by_count = snapshot(there, records, future, replicate, day)
            seen.append(_Seen(day // 365 + 1, match(pool), by_count))
            progress(at * len(replicates) + number + 1, len(nights) * len(replicates))
    return tuple(_in_year(year, seen) for year in sorted({one.year for one in seen}))


def _replicates(future: Future, samples: int) -> list[int]:
    """So many replicates, evenly over all of them: the same under every scenario."""
    of = future.nights.ahead.replicates
    return [int((at + 0.5) * of / samples) for at in range(min(samples, of))]


def snapshot(there: Records, records: Records, future: Future, replicate: int, day: int) -> tuple[Pool, int]:
    """The pool of one night of one future, and how many wait beyond all free beds. `there` has the scenario's homes."""
    lot = f"{future.nights.ahead.seed}/{replicate}/{day}"
    wanted = {place: _free(future, place, replicate, day) for place in _places()}
    waiting = _waiting(records, future, replicate, day)
    bare = replace(there, referrals=(), holds=())
    families = InventedFamilies(records, future.nights.ahead.seed)
    asked = families.more(bare, f"night-{replicate}-{day}", waiting) if waiting else bare
    return pool_of(_with_free_beds(asked, wanted, lot)), max(0, waiting - sum(wanted.values()))


def _places() -> list[Place]:
    return [(kind, supplier) for kind in WITH_BEDS for supplier in Supplier]


def _free(future: Future, place: Place, replicate: int, day: int) -> int:
    """Beds of a kind and supplier that nobody lives in on a night of a future."""
    kind, supplier = place
    lived = future.lived[kind]
    beds = future.beds.own[kind] if supplier is Supplier.OWN else future.beds.bought[kind]
    used = lived.own if supplier is Supplier.OWN else lived.bought
    return int(beds[min(replicate, beds.shape[0] - 1), day]) - int(used[replicate, day])


def _waiting(records: Records, future: Future, replicate: int, day: int) -> int:
    """As many as wait today, grown with demand, more or fewer by chance, and those for whom no bed was counted."""
    today = sum(len(one.children) for one in records.referrals if one.state.is_waiting)
    factor = float(future.situation.demand.factor(np.array([day], np.float32))[0])
    chance = np.random.Generator(np.random.PCG64([future.nights.ahead.seed, replicate, day]))
    unmet = sum(int(future.lived[kind].unmet[replicate, day]) for kind in WITH_BEDS)
    return int(chance.poisson(today * factor)) + unmet


def _with_free_beds(records: Records, wanted: dict[Place, int], lot: str) -> Records:
    """The records with so many free beds of each kind and supplier: homes closed to newcomers, or beds lived in freed."""
    free: dict[Place, list[tuple[Home, int]]] = defaultdict(list)
    for home, beds in matchable_free(records.homes, records.placements, records.as_of):
        kind = kind_of_home(home.kind)
        if kind in WITH_BEDS and not purposes_of(home):
            free[kind, supplier_of(home.sector)].append((home, beds))
    shut: set[HomeId] = set()
    left: set[Placement] = set()
    for place, target in wanted.items():
        rows = [(home, beds) for home, beds in free[place] if beds > 0]
        spare = sum(beds for _, beds in rows) - target
        if spare > 0:
            shut |= _shut(rows, spare, lot)
        elif spare < 0:
            left |= _left(records, {home.id for home, _ in free[place]}, -spare, lot)
    homes = tuple(_closed(home) if home.id in shut else home for home in records.homes)
    return replace(records, homes=homes, placements=tuple(one for one in records.placements if one not in left))


def _shut(rows: Sequence[tuple[Home, int]], spare: int, lot: str) -> set[HomeId]:
    """Homes with about so many free beds between them, by lot; never more beds than are spare, and fewer among more."""
    found: set[HomeId] = set()
    for home, beds in sorted(rows, key=lambda row: _drawn(lot, row[0].id)):
        if beds <= spare:
            found.add(home.id)
            spare -= beds
    return found


def _left(records: Records, homes: set[HomeId], count: int, lot: str) -> set[Placement]:
    """So many placements, by lot, whose beds are free in the snapshot."""
    lived = [one for one in records.placements if one.home in homes and one.state is PlacementState.STARTED]
    return set(sorted(lived, key=lambda one: _drawn(lot, one.id))[:count])


def _drawn(lot: str, about: UUID) -> bytes:
    """A lot of its own for everything, so that what a scenario adds does not change what else is drawn."""
    return sha256(f"{lot}/{about}".encode()).digest()


def _closed(home: Home) -> Home:
    return replace(home, availability=replace(home.availability, state=AvailabilityState.FULL))


def _with_new_homes(records: Records, changes: Sequence[Change], future: Future, day: int) -> Records:
    """The records with the homes that a scenario has opened by a night, as if they had opened today."""
    opened: list[Change] = []
    for change in changes:
        if isinstance(change, AddHomes) and kind_of_home(change.kind) is not None:
            first = 0 if change.from_day is None else max(0, (change.from_day - future.situation.first).days)
            years = min(change.years, (day - first) // 365 + 1)
            if day >= first:
                opened.append(replace(change, count=change.count * years, years=1, from_day=None, confirmed=True))
    return apply(records, opened, future.nights.ahead.seed) if opened else records


def _in_year(year: int, seen: Sequence[_Seen]) -> MatchedInYear:
    these = [one for one in seen if one.year == year]
    matched = [one.matched for one in these]
    return MatchedInYear(
        year=year,
        snapshots=len(these),
        waiting=band(np.array([one.waiting for one in matched])),
        placed_per_cent=band(np.array([100 * one.placed / one.waiting if one.waiting else 100.0 for one in matched])),
        together_per_cent=_ratio([(100 * one.together, one.pairs) for one in matched]),
        miles=_ratio([(one.tenths, 10 * one.distances) for one in matched]),
        weekly=_ratio([(one.weekly, one.priced) for one in matched]),
        unplaced=band(np.array([one.waiting - one.placed for one in matched])),
        unplaced_by_count=band(np.array([one.by_count for one in these])),
    )


def _ratio(pairs: Iterator[tuple[int, int]] | Sequence[tuple[int, int]]) -> Band | None:
    found = [count / of for count, of in pairs if of]
    return band(np.array(found)) if found else None
