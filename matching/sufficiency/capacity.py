"""Capacity by night: households that join and leave, homes that open and close, and whom the beds are enough for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from matching.sufficiency.kinds import WITH_BEDS, CareKind, Supplier
from matching.sufficiency.supply import Beds

Nights16 = NDArray[np.int16]
_FADING_DAYS = 365
"""Over how many days the children of homes that take nobody new leave them, evenly: our own assumption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carers:
    """How the authority's own fostering households come and go. Published for Norfolk (2016-17), ours to change."""

    leave_per_mille: int = 146
    """Of a thousand households, how many leave in a year."""
    join_per_mille: int = 139
    """How many are approved in a year for every thousand there are today: 41 of 294."""


USUAL_CARERS = Carers()


@dataclass(frozen=True, slots=True)
class Capacity:
    """Beds by night for each kind that somebody has to find beds for; bought beds are the same in every replicate."""

    own: dict[CareKind, Nights16]
    """Usable beds, shape (replicates, days), or (1, days) where they are the same in every replicate."""
    filled: dict[CareKind, float]
    """The share of own usable beds that is used today, the rest being free and not fitting."""
    bought: dict[CareKind, Nights16]
    """Shape (1, days)."""


def capacity(
    beds: Sequence[Beds], days: int, replicates: int, carers: Carers, seeds: np.random.SeedSequence
) -> Capacity:
    """Beds ahead. The luck of each household on record is its own, whatever else a scenario changes."""
    own = {kind: _steady(_rows(beds, kind, Supplier.OWN), days) for kind in WITH_BEDS}
    bought = {kind: _whole(_steady(_rows(beds, kind, Supplier.BOUGHT), days))[None] for kind in WITH_BEDS}
    households = [row for row in beds if row.household]
    joined = _whole(_households(households, days, replicates, carers, seeds) + own[CareKind.FOSTERING])
    whole = {kind: _whole(nights)[None] for kind, nights in own.items()}
    whole[CareKind.FOSTERING] = joined
    return Capacity(whole, {kind: _filled(beds, kind) for kind in WITH_BEDS}, bought)


def _rows(beds: Sequence[Beds], kind: CareKind, supplier: Supplier) -> list[Beds]:
    return [row for row in beds if row.kind is kind and row.supplier is supplier and not row.household]


def _filled(beds: Sequence[Beds], kind: CareKind) -> float:
    rows = [row for row in beds if row.kind is kind and row.supplier is Supplier.OWN and row.home is not None]
    usable = sum(row.usable for row in rows)
    return sum(row.used for row in rows) / usable if usable else 1.0


def _steady(rows: Sequence[Beds], days: int) -> NDArray[np.float64]:
    """Beds that are there from day to day, shape (days,)."""
    nights = np.zeros(days)
    for row in rows:
        nights[min(days, max(0, row.first_day)) : min(days, row.last_day)] += row.usable
        nights += _fading(row, days)
    return nights


def _fading(row: Beds, days: int) -> NDArray[np.float64]:
    """After a home that fades takes nobody new, its used beds go one by one."""
    if not row.fades or row.last_day >= days:
        return np.zeros(days)
    since = np.arange(days) - row.last_day
    return np.where(since < 0, 0.0, row.used * np.clip(1 - since / _FADING_DAYS, 0, 1))


def _households(
    rows: Sequence[Beds], days: int, replicates: int, carers: Carers, seeds: np.random.SeedSequence
) -> NDArray[np.float64]:
    """Usable beds in own fostering households by replicate and night."""
    on_record = [row for row in rows if row.home is not None]
    to_come = [row for row in rows if row.home is None]
    leaving, joining, coming = (np.random.Generator(np.random.PCG64(seed)) for seed in seeds.spawn(3))
    rate = -log(1 - min(999, carers.leave_per_mille) / 1000) / 365.25
    changes = np.zeros(replicates * (days + 1))
    _count(changes, days, on_record, leaving.standard_exponential((replicates, len(on_record))) / max(rate, 1e-12))
    expected = len(on_record) * carers.join_per_mille / 1000 / 365.25 * days
    if on_record and expected:
        _join(changes, days, on_record, joining.poisson(expected, replicates), rate, joining)
    _count(changes, days, to_come, coming.standard_exponential((replicates, len(to_come))) / max(rate, 1e-12))
    return np.cumsum(changes.reshape(replicates, days + 1)[:, :days], axis=1)


def _count(changes: NDArray[np.float64], days: int, rows: Sequence[Beds], lasts: NDArray[np.float64]) -> None:
    """Adds the beds of rows that last so many days each after their first, shape (replicates, rows)."""
    if not rows:
        return
    width = days + 1
    first = np.array([row.first_day for row in rows])
    closes = np.array([row.last_day for row in rows])
    usable = np.array([row.usable for row in rows])
    ends = np.minimum(np.minimum(first + np.floor(lasts), closes), days).astype(np.int64)
    begins = np.broadcast_to(np.minimum(first, days), ends.shape)
    line = np.arange(ends.shape[0])[:, None] * width
    for at, sign in ((begins, 1), (np.maximum(ends, begins), -1)):
        changes += np.bincount((line + at).ravel(), np.tile(sign * usable, ends.shape[0]), minlength=changes.size)
    if any(row.fades and row.last_day < days for row in rows):
        fading = sum((_fading(row, days) for row in rows), np.zeros(days))
        changes += np.tile(np.diff(np.concatenate([[0.0], fading, [0.0]])), ends.shape[0])


def _join(
    changes: NDArray[np.float64],
    days: int,
    like: Sequence[Beds],
    counts: NDArray[np.int64],
    rate: float,
    chance: np.random.Generator,
) -> None:
    """Adds households that are approved at any time, each with the beds of one on record."""
    width, total = days + 1, int(counts.sum())
    line = np.repeat(np.arange(counts.size), counts) * width
    begins = chance.random(total) * days
    lasts = chance.standard_exponential(total) / max(rate, 1e-12)
    usable = np.array([row.usable for row in like])[chance.integers(0, len(like), total)]
    ends = np.minimum(begins + lasts, days).astype(np.int64)
    changes += np.bincount(line + begins.astype(np.int64), usable, minlength=changes.size)
    changes -= np.bincount(line + ends, usable, minlength=changes.size)


def _whole(nights: NDArray[np.float64]) -> Nights16:
    """Whole beds: what is left of a bed is no bed."""
    return np.floor(np.maximum(nights, 0) + 1e-6).astype(np.int16)


@dataclass(frozen=True, slots=True)
class Housed:
    """Children of one kind by where they live on each night, shape (replicates, days)."""

    own: Nights16
    bought: Nights16
    unmet: Nights16
    """For whom there is no bed of the kind that anybody is known to have."""


def housed(stock: Nights16, kind: CareKind, beds: Capacity) -> Housed:
    """Own beds first as far as they usually fit, then bought ones, then the own beds that rarely fit."""
    own = beds.own[kind]
    fitting = np.rint(own * np.float32(beds.filled[kind])).astype(np.int16)
    at_own = np.minimum(stock, fitting)
    left = stock - at_own
    at_bought = np.minimum(left, beds.bought[kind])
    left -= at_bought
    squeezed = np.minimum(left, own - fitting)
    at_own += squeezed
    left -= squeezed
    return Housed(at_own, at_bought, left)
