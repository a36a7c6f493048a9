"""Care histories of an authority nobody lives in, whose rates are known: for forecasts to be held to.

Children come at a steady rate by age, live in one kind of placement after another, and leave; how soon depends on the
kind and on how long they have lived there. Nothing drifts from year to year, so that what a forecast should expect is
known but for chance. The rates are of the size of an English county's (domain figures in docs/ssda903.md), no one's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

import numpy as np

from matching.codes import LegalStatus, Sex
from matching.codes.ssda903 import CollectionYear, PlacementCategory, ReasonNewEpisode
from matching.histories import AuthorityHistory, CareHistory, Episode, pseudonym
from matching.values import AuthorityId

F, R, S, O = (  # noqa: E741 - the four kinds, as in the tables below
    PlacementCategory.FOSTERING,
    PlacementCategory.RESIDENTIAL,
    PlacementCategory.SUPPORTED,
    PlacementCategory.OTHER,
)
_CODES = {F: "U6", R: "K2", O: "P1"}
_SUPPORTED_SINCE = date(2024, 4, 1)
"""From when supported accommodation is registered and has its own code."""
_YEAR = 365.25
_WARM_UP = 19
"""Years before the first that is told of: everybody in care by then has come within them."""


@dataclass(frozen=True, slots=True)
class KnownRates:
    """What is true of the invented authority."""

    arrivals: Mapping[int, float] = field(
        default_factory=lambda: MappingProxyType({0: 30.0, 1: 30.0, 5: 30.0, 10: 70.0, 16: 40.0})
    )
    """Children who come in a year, by the first age of their band."""
    first_kind: Mapping[int, tuple[float, float, float, float]] = field(
        default_factory=lambda: MappingProxyType(
            {
                0: (0.85, 0.0, 0.0, 0.15),
                1: (0.85, 0.0, 0.0, 0.15),
                5: (0.83, 0.05, 0.0, 0.12),
                10: (0.66, 0.24, 0.0, 0.10),
                16: (0.30, 0.14, 0.50, 0.06),
            }
        )
    )
    """Where they live first: fostering, residential, supported, other."""
    leaving: Mapping[PlacementCategory, float] = field(
        default_factory=lambda: MappingProxyType({F: 0.22, R: 0.25, S: 0.45, O: 0.55})
    )
    """Leave care, of a hundred who live so for a year (as a rate)."""
    moving: Mapping[PlacementCategory, float] = field(
        default_factory=lambda: MappingProxyType({F: 0.30, R: 0.40, S: 0.35, O: 0.35})
    )
    """Move to another placement."""
    early: float = 2.5
    """How many times as often either happens in the first ninety-one days."""


_EARLY_DAYS = 91
_LAST_AGE = {0: 1, 1: 5, 5: 10, 10: 16, 16: 18}


def invented_history(
    authority: AuthorityId, first: CollectionYear, years: int, seed: int, rates: KnownRates | None = None
) -> AuthorityHistory:
    """Histories over so many collection years; the same seed gives the same. About 560 children in care at a time."""
    rates = rates or KnownRates()
    chance = np.random.default_rng(seed)
    until = CollectionYear(first.starts + years - 1).last_day
    children: list[CareHistory] = []
    for begin in range(first.starts - _WARM_UP, first.starts + years):
        for band, count in rates.arrivals.items():
            for _ in range(chance.poisson(count)):
                came = date(begin, 4, 1) + timedelta(days=int(chance.integers(365)))
                child = _child(authority, len(children), came, band, rates, chance)
                children.append(_known(child, until))
    told = tuple(one for one in children if one.episodes and _last_night(one) >= first.first_day)
    return AuthorityHistory(
        authority=authority,
        years=tuple(CollectionYear(first.starts + at) for at in range(years)),
        children=tuple(sorted(told, key=lambda one: one.child)),
    )


def _child(
    authority: AuthorityId, number: int, came: date, band: int, rates: KnownRates, chance: np.random.Generator
) -> CareHistory:
    age = chance.uniform(band, _LAST_AGE[band])
    born = came - timedelta(days=int(age * _YEAR))
    return CareHistory(
        child=pseudonym(authority, str(number)),
        sex=Sex.MALE if chance.random() < 0.56 else Sex.FEMALE,
        born=born,
        ethnicity="WBRI",
        episodes=tuple(_episodes(born, came, _drawn(rates.first_kind[band], chance), rates, chance)),
    )


def _episodes(
    born: date, came: date, kind: PlacementCategory, rates: KnownRates, chance: np.random.Generator
) -> list[Episode]:
    adult = born + timedelta(days=int(18 * _YEAR))
    found: list[Episode] = []
    day, new = came, ReasonNewEpisode.STARTED
    while True:
        ends = min(adult, day + timedelta(days=_stay(rates.leaving[kind] + rates.moving[kind], rates.early, chance)))
        leaves = ends == adult or chance.random() < rates.leaving[kind] / (rates.leaving[kind] + rates.moving[kind])
        found.append(_episode(day, ends, kind, new, "E4A" if leaves else "X1"))
        if leaves:
            return found
        kind = _next_kind((ends - born).days / _YEAR, kind, chance)
        day, new = ends, ReasonNewEpisode.PLACEMENT_AND_CARER


def _episode(begins: date, ends: date, kind: PlacementCategory, new: ReasonNewEpisode, ceased: str) -> Episode:
    supported = "K3" if begins >= _SUPPORTED_SINCE else "H5"
    return Episode(
        begins=begins,
        ends=ends,
        reason_new=new,
        legal_status=LegalStatus.C2_FULL_CARE_ORDER,
        need="N1",
        placement=_CODES.get(kind, supported),
        provider="PR0" if kind is O else "PR1",
        reason_ceased=ceased,
    )


def _stay(rate: float, early: float, chance: np.random.Generator) -> int:
    """Days of a stay, at least one: the rate is higher at first."""
    left = chance.exponential()
    soon = rate * early * _EARLY_DAYS / _YEAR
    days = left / (rate * early) * _YEAR if left < soon else _EARLY_DAYS + (left - soon) / rate * _YEAR
    return max(1, round(days))


def _next_kind(age: float, kind: PlacementCategory, chance: np.random.Generator) -> PlacementCategory:
    if age < 10:
        shares = (0.86, 0.03, 0.0, 0.11)
    elif age < 16:
        shares = (0.45, 0.47, 0.0, 0.08) if kind is R else (0.72, 0.20, 0.0, 0.08)
    else:
        shares = (0.30, 0.22, 0.42, 0.06)
    return _drawn(shares, chance)


def _drawn(shares: tuple[float, float, float, float], chance: np.random.Generator) -> PlacementCategory:
    return (F, R, S, O)[int(chance.choice(4, p=shares))]


def _known(child: CareHistory, until: date) -> CareHistory:
    """As the last return tells it: what begins after it is not told, and what ends after it goes on."""
    kept = [one for one in child.episodes if one.begins <= until]
    if kept and kept[-1].ends is not None and kept[-1].ends > until:
        last = kept[-1]
        kept[-1] = Episode(
            begins=last.begins,
            reason_new=last.reason_new,
            legal_status=last.legal_status,
            need=last.need,
            placement=last.placement,
            provider=last.provider,
        )
    return CareHistory(
        child=child.child, sex=child.sex, born=child.born, ethnicity=child.ethnicity, episodes=tuple(kept)
    )


def _last_night(child: CareHistory) -> date:
    last = child.episodes[-1].ends
    return date.max if last is None else last


NOBODY = AuthorityId(UUID(int=903))
"""An authority for invented histories."""
