"""Facts of each home in columns of shape (1, m), and what is worked out once for a pool about its homes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.answers import Bools, Fact, bits
from matching.codes import AvailabilityState, CareType, HomeKind, Setting, Staffing
from matching.facts.columns import (
    LONG_AGO,
    LONG_HENCE,
    BitSets,
    Kind,
    Value,
    across,
    code,
    days_until,
    located,
    yes_no,
)
from matching.facts.domains import domains_of, levels_across
from matching.facts.likeness import Likeness
from matching.facts.price_table import PriceTable
from matching.facts.sibling_homes import sibling_homes
from matching.facts.skill_table import SkillTable
from matching.facts.terms import DatedPurposes, DatedTerms
from matching.geography import Points
from matching.homes import Home
from matching.needs import Domain
from matching.places import Place
from matching.pool import Pool
from matching.values import ChildId

HOUSEHOLDS = frozenset({HomeKind.SUPPORTED_LODGINGS, HomeKind.SUPPORTED_PRIVATE_RESIDENCE, HomeKind.STAYING_PUT})
"""Kinds outside fostering in which the child lives with a family."""

KEPT_FOR = {
    HomeKind.FOSTERING_PACE: CareType.PACE,
    HomeKind.FOSTERING_REMAND: CareType.REMAND,
    HomeKind.FOSTERING_PARENT_AND_CHILD: CareType.PARENT_AND_CHILD,
    HomeKind.RESIDENTIAL_PARENT_AND_CHILD: CareType.PARENT_AND_CHILD,
    HomeKind.FOSTERING_SHORT_BREAK: CareType.SHORT_BREAKS,
    HomeKind.CHILDRENS_HOME_SHORT_BREAK: CareType.SHORT_BREAKS,
    HomeKind.FOSTERING_EMERGENCY: CareType.EMERGENCY,
    HomeKind.CHILDRENS_HOME_EMERGENCY: CareType.EMERGENCY,
}
"""Kinds of home whose beds are kept for one purpose."""

IN_AREA, ADJOINING, BEYOND = 0, 1, 2
"""Where a home stands seen from the authority."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    """Facts of each home. Yes is 1 and no is 0; a code is its position in its list; a set has a bit for each code."""

    domains: tuple[Domain, ...]
    kind: Fact
    setting: Fact
    sector: Fact
    household: Fact
    """Whether a child lives there with a family."""
    registered: Fact
    ofsted: Fact
    concern: Fact
    """Whether a concern about the home or its provider is open."""
    area: Fact
    """0 inside the authority's area, 1 in an adjoining authority, 2 beyond."""
    preferred_youngest: Fact
    preferred_oldest: Fact
    preferred_sexes: Fact
    availability: Fact
    hold_reason: Fact
    away_from: Fact
    """Days from the day of the pool to the first day the home's state holds."""
    away_until: Fact
    """Days to the last day it holds, or to the day a closing home closes; 1,000,000 when that is not known."""
    confirmed: Fact
    """Days since somebody last confirmed what the home can offer."""
    annual_review: Fact
    """Days until the annual review is due; negative when it is overdue."""
    dbs: Fact
    smokers: Fact
    pets: Fact
    access: Fact
    skills: Fact
    staffing: Fact
    bed_types: Fact
    kept_for: Fact
    """The one purpose its beds are kept for, as a set."""
    nights_of_week: Fact
    nights_a_month: Fact
    """Nights offered in four weeks."""
    levels: tuple[Fact, ...]
    """The level of need the home can meet, by domain."""
    points: Points
    """Where each home is, shape (m,)."""
    located: Bools
    """Whether that is known, shape (m,)."""
    terms: DatedTerms
    purposes: DatedPurposes
    prices: PriceTable
    skill_table: SkillTable
    likeness: Likeness
    named: Mapping[ChildId, tuple[int, ...]]
    """Homes that are, or at some time were or will be, approved for a child by name."""
    siblings: Mapping[ChildId, tuple[Place | None, ...]]
    """Where brothers and sisters of each waiting child live, None where nobody knows."""


def home_facts(pool: Pool) -> HomeFacts:
    """The facts of all the homes of a pool. Make them once for a pool: every chunk of children shares them."""
    return _Columns(pool).facts()


class _Columns:
    """The homes while their columns are made."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._sets = BitSets()

    def _across(self, value: Callable[[Home], Value], kind: Kind = np.int8) -> Fact:
        return across((value(home) for home in self._pool.homes), kind)

    def _days(self, day: Callable[[Home], date | None], missing: Value = None) -> Fact:
        as_of = self._pool.as_of
        return self._across(lambda home: days_until(as_of, day(home), missing), np.int32)

    def facts(self) -> HomeFacts:
        """Every column, in the order of HomeFacts."""
        pool = self._pool
        domains = domains_of(pool.records)
        skills = SkillTable(pool.homes)
        points, known = located([home.place for home in pool.homes])
        return HomeFacts(
            domains=domains,
            levels=levels_across([home.meets for home in pool.homes], domains),
            points=points,
            located=known,
            terms=DatedTerms(pool),
            purposes=DatedPurposes(pool, domains),
            prices=PriceTable(pool.homes),
            skills=skills.held(),
            skill_table=skills,
            likeness=Likeness(pool.homes),
            named=_named(pool.homes),
            siblings=sibling_homes(pool),
            **self._what(),
            **self._when(),
            **self._within(),
        )

    def _what(self) -> dict[str, Fact]:
        concerned = {provider.id for provider in self._pool.records.providers if provider.open_concern}
        return {
            "kind": self._across(lambda home: code(home.kind)),
            "setting": self._across(lambda home: code(home.kind.setting)),
            "sector": self._across(lambda home: code(home.sector)),
            "household": self._across(
                lambda home: int(home.kind.setting is Setting.FOSTERING or home.kind in HOUSEHOLDS)
            ),
            "registered": self._across(lambda home: yes_no(home.registered)),
            "ofsted": self._across(lambda home: code(home.ofsted)),
            "concern": self._across(lambda home: int(home.provider_concern or home.provider in concerned)),
            "area": self._across(self._area),
        }

    def _area(self, home: Home) -> Value:
        ours = self._pool.records.authority
        if home.place.authority is None:
            return None
        if home.place.authority == ours.code:
            return IN_AREA
        return ADJOINING if home.place.authority in ours.adjoining else BEYOND

    def _when(self) -> dict[str, Fact]:
        as_of = self._pool.as_of
        return {
            "availability": self._across(lambda home: code(home.availability.state)),
            "hold_reason": self._across(lambda home: code(home.availability.reason)),
            "away_from": self._days(lambda home: home.availability.from_day, LONG_AGO),
            "away_until": self._days(lambda home: home.availability.until, LONG_HENCE),
            "confirmed": self._across(lambda home: _days_since(as_of, home.availability.last_confirmed), np.int32),
            "annual_review": self._days(lambda home: home.annual_review_due),
            "dbs": self._days(lambda home: home.dbs_due),
            "nights_a_month": self._across(lambda home: 4 * len(home.availability.nights_of_week)),
            "nights_of_week": self._across(
                lambda home: sum(1 << day for day in home.availability.nights_of_week), np.int16
            ),
        }

    def _within(self) -> dict[str, Fact]:
        return {
            "preferred_youngest": self._across(lambda home: 0 if (r := home.preferred.ages) is None else r.youngest),
            "preferred_oldest": self._across(lambda home: 99 if (r := home.preferred.ages) is None else r.oldest),
            "preferred_sexes": self._across(lambda home: self._sets(home.preferred.sexes)),
            "smokers": self._across(lambda home: yes_no(home.household.smokers)),
            "pets": self._across(lambda home: yes_no(home.household.pets)),
            "access": self._across(lambda home: self._sets(home.access)),
            "staffing": self._across(lambda home: _staffing(home.staffing)),
            "bed_types": self._across(lambda home: self._sets(home.bed_types) | _kept_for(home.kind), np.int16),
            "kept_for": self._across(lambda home: _kept_for(home.kind), np.int16),
        }


def _days_since(as_of: date, day: date | None) -> Value:
    return None if day is None else (as_of - day).days


def _staffing(ratio: Staffing) -> Value:
    return None if ratio is Staffing.NOT_SPECIFIED else code(ratio)


def _kept_for(kind: HomeKind) -> int:
    return bits((KEPT_FOR[kind],)) if kind in KEPT_FOR else 0


def _named(homes: Iterable[Home]) -> dict[ChildId, tuple[int, ...]]:
    found: dict[ChildId, tuple[int, ...]] = {}
    for at, home in enumerate(homes):
        for child in {child for terms in home.approvals for child in terms.named_children}:
            found[child] = (*found.get(child, ()), at)
    return found


def may_be_asked(home: Home) -> bool:
    """Whether the home's state is 'available'."""
    return home.availability.state is AvailabilityState.AVAILABLE
