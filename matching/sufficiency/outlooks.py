"""Outlooks: what futures come to in tables: bands, chances of unmet need, expected cost, chances that targets are met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matching.errors import Faults
from matching.sufficiency.costs import CostCell, Payee
from matching.sufficiency.futures import Future, years_of
from matching.sufficiency.kinds import KINDS, WITH_BEDS, CareKind, Supplier
from matching.sufficiency.supply import UNKNOWN_AREA, round_half_up
from matching.values import Pence

_EVERY = 3
"""Areas are told for every third of the marked days: once a quarter."""
Column = NDArray[np.int32] | NDArray[np.int64] | NDArray[np.int16] | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """Of all replicates: the 5th, 50th and 95th per cent, and the mean."""

    low: float
    middle: float
    high: float
    mean: float


@dataclass(frozen=True, slots=True)
class KindOnDay:
    """One kind of care on one night."""

    day: date
    kind: CareKind
    children: Band
    own: Band | None
    """In the authority's own beds; null for kinds that nobody has to find beds for."""
    bought: Band | None
    unmet: Band | None
    """Without a bed of the kind that anybody is known to have."""
    chance_of_unmet: float | None
    """The share of replicates in which at least one child is without."""


@dataclass(frozen=True, slots=True)
class AreaOnDay:
    """One kind of care on one night, for children from one area beside the beds that stand there."""

    day: date
    kind: CareKind
    area: str
    children: Band
    beds: float
    """Mean beds in the area, own and bought."""
    short: Band
    """Children from the area beyond the beds in it: they would have to live elsewhere."""
    chance_short: float


@dataclass(frozen=True, slots=True)
class UnmetInYear:
    """Bed-nights without a bed in a year."""

    year: int
    """Counted from 1."""
    kind: CareKind
    nights: Band
    chance: float
    """Of at least one such night."""


@dataclass(frozen=True, slots=True)
class CostPart:
    """Expected cost of one kind at one payee in one year: the smallest part; every total is a sum of these."""

    year: int
    kind: CareKind
    payee: Payee
    weekly: Pence
    nights: float
    """Expected nights paid for."""
    pence: Pence


@dataclass(frozen=True, slots=True)
class CostOfYear:
    """A year's cost: the expected sum of its parts, and how far it may vary. Bands do not add up; expectations do."""

    year: int
    begins: date
    ends: date
    """Exclusive."""
    expected: Pence
    low: Pence
    middle: Pence
    high: Pence


class Aim(StrEnum):
    """What a target is about."""

    COST = "cost"
    """Pence in a year."""
    UNMET_NIGHTS = "unmet-nights"
    """Bed-nights without a bed in a year, of one kind or of all."""
    CHILDREN = "children"
    """Children on the last night of a year, of one kind or of all."""
    OWN_SHARE = "own-share"
    """Thousandths of the nights of a kind that are spent in the authority's own beds in a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be reached: at most, or at least, so much in a year."""

    aim: Aim
    year: int = 1
    """Counted from 1."""
    kind: CareKind | None = None
    at_most: int | None = None
    at_least: int | None = None

    def __post_init__(self) -> None:
        faults = Faults()
        one = (self.at_most is None) != (self.at_least is None)
        faults.unless(one, "at_most", "A target is at most or at least so much", "Give either at_most or at_least")
        faults.unless(1 <= self.year <= 5, "year", "This year is not looked at", "Give a year from 1 to 5")
        beds = self.kind is None or self.kind in WITH_BEDS or self.aim is Aim.CHILDREN
        words = ", ".join(kind.value for kind in WITH_BEDS)
        faults.unless(beds, "kind", "Nobody has to find beds of this kind", f"Give one of {words}")
        given = self.aim is not Aim.OWN_SHARE or self.kind is not None
        faults.unless(given, "kind", "An own share is of one kind", f"Give one of {words}")
        faults.raise_if_any()


@dataclass(frozen=True, slots=True)
class TargetTold:
    """A target, and the share of replicates that reach it; null when its year lies beyond the days looked at."""

    target: Target
    chance: float | None
    value: Band | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be expected."""

    first: date
    days: int
    replicates: int
    seed: int
    coming_days: int
    """Days of history that say how many come."""
    leaving_days: int
    days_told: tuple[KindOnDay, ...]
    areas: tuple[AreaOnDay, ...]
    unmet: tuple[UnmetInYear, ...]
    costs: tuple[CostPart, ...]
    years: tuple[CostOfYear, ...]
    expected_cost: Pence
    """The sum of the years, which is the sum of the parts."""
    targets: tuple[TargetTold, ...]
    notes: tuple[str, ...]
    """What the records or the scenario hold that could not be told ahead."""


def band(values: Column) -> Band:
    """The band of one number in each replicate."""
    low, middle, high = np.percentile(values, (5, 50, 95))
    return Band(float(low), float(middle), float(high), float(np.mean(values)))


def outlook_of(future: Future, targets: Sequence[Target] = ()) -> Outlook:
    """The tables of a future. Deterministic."""
    ahead, situation = future.nights.ahead, future.situation
    parts, years = _parts(future.costs), tuple(_years(future))
    return Outlook(
        first=ahead.first,
        days=ahead.days,
        replicates=ahead.replicates,
        seed=ahead.seed,
        coming_days=situation.estimates.coming_days,
        leaving_days=situation.estimates.leaving_days,
        days_told=tuple(_days(future)),
        areas=tuple(_areas(future)),
        unmet=tuple(_unmet(future)),
        costs=parts,
        years=years,
        expected_cost=Pence(sum(year.expected for year in years)),
        targets=tuple(_target(future, target) for target in targets),
        notes=situation.notes,
    )


def _days(future: Future) -> Iterator[KindOnDay]:
    for mark in future.nights.ahead.marked:
        day = future.nights.ahead.first + timedelta(days=mark)
        for kind in KINDS:
            children = band(future.stock(kind)[:, mark])
            if kind not in future.lived:
                yield KindOnDay(day, kind, children, None, None, None, None)
                continue
            here = future.lived[kind]
            unmet = here.unmet[:, mark]
            own, bought = band(here.own[:, mark]), band(here.bought[:, mark])
            yield KindOnDay(day, kind, children, own, bought, band(unmet), float((unmet > 0).mean()))


def _areas(future: Future) -> Iterator[AreaOnDay]:
    """Own households stand where they stand today: as many more or fewer of them in every area."""
    ahead = future.nights.ahead
    for at, mark in enumerate(ahead.marked):
        if at % _EVERY:
            continue
        day = ahead.first + timedelta(days=mark)
        for kind in WITH_BEDS:
            grown = _growth(future, kind, mark)
            for place, area in enumerate(future.situation.areas):
                if area == UNKNOWN_AREA:
                    continue  # who comes from nowhere on record is short of no area's beds
                children = future.nights.by_area[:, KINDS.index(kind), place, at].astype(np.int32)
                beds = _beds_in(future, kind, area, mark) * grown
                short = np.maximum(0, children - np.floor(beds))
                yield AreaOnDay(
                    day, kind, area, band(children), float(np.mean(beds)), band(short), float((short > 0).mean())
                )


def _growth(future: Future, kind: CareKind, mark: int) -> NDArray[np.float64]:
    """How many own beds there are beside those that the record has there on the day, by replicate."""
    rows = [row for row in future.situation.beds if row.kind is kind and row.supplier is Supplier.OWN]
    there = sum(row.usable for row in rows if row.first_day <= mark < row.last_day)
    own = future.beds.own[kind][:, mark]
    return np.asarray(own / there) if there else np.ones(own.size)


def _beds_in(future: Future, kind: CareKind, area: str, mark: int) -> float:
    rows = [row for row in future.situation.beds if row.kind is kind and row.area == area]
    return float(sum(row.usable for row in rows if row.first_day <= mark < row.last_day))


def _unmet(future: Future) -> Iterator[UnmetInYear]:
    for year, days in years_of(future.nights.ahead.days):
        for kind, here in future.lived.items():
            nights = here.unmet[:, days].sum(axis=1, dtype=np.int64)
            yield UnmetInYear(year + 1, kind, band(nights), float((nights > 0).mean()))


def _parts(cells: Sequence[CostCell]) -> tuple[CostPart, ...]:
    return tuple(
        CostPart(
            year=cell.year + 1,
            kind=cell.kind,
            payee=cell.payee,
            weekly=cell.weekly,
            nights=float(cell.nights.mean()),
            pence=expected(cell),
        )
        for cell in cells
    )


def expected(cell: CostCell) -> Pence:
    """The mean over the replicates, to the nearest penny: the smallest part, from which every total is added up."""
    return Pence(round_half_up(int(cell.pence.sum()), cell.pence.size))


def _years(future: Future) -> Iterator[CostOfYear]:
    first = future.nights.ahead.first
    for year, days in years_of(future.nights.ahead.days):
        cells = [cell for cell in future.costs if cell.year == year]
        total = cost_of_year(future, year)
        low, middle, high = (Pence(round(float(value))) for value in np.percentile(total, (5, 50, 95)))
        begins, ends = first + timedelta(days=days.start), first + timedelta(days=days.stop)
        yield CostOfYear(year + 1, begins, ends, Pence(sum(expected(c) for c in cells)), low, middle, high)


def cost_of_year(future: Future, year: int) -> NDArray[np.int64]:
    """Pence in a year counted from 0, by replicate."""
    none = np.zeros(future.nights.ahead.replicates, np.int64)
    return np.asarray(sum((cell.pence for cell in future.costs if cell.year == year), none))


def _target(future: Future, target: Target) -> TargetTold:
    days = dict(years_of(future.nights.ahead.days)).get(target.year - 1)
    if days is None:
        return TargetTold(target, None, None)
    values = _values(future, target, days)
    reached = values <= target.at_most if target.at_most is not None else values >= (target.at_least or 0)
    return TargetTold(target, float(np.mean(reached)), band(values))


def _values(future: Future, target: Target, days: slice) -> NDArray[np.float64]:
    if target.aim is Aim.COST:
        return cost_of_year(future, target.year - 1).astype(float)
    if target.aim is Aim.CHILDREN:
        return future.stock(target.kind)[:, days.stop - 1].astype(float)
    kinds = [target.kind] if target.kind else list(future.lived)
    if target.aim is Aim.UNMET_NIGHTS:
        every = [future.lived[kind].unmet[:, days].sum(axis=1, dtype=np.int64) for kind in kinds]
        return np.asarray(sum(every), np.float64)
    own = future.lived[kinds[0]].own[:, days].sum(axis=1, dtype=np.int64)
    nights = future.stock(kinds[0])[:, days].sum(axis=1, dtype=np.int64)
    return np.asarray(1000 * own / np.maximum(nights, 1))
