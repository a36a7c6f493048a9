"""Facts of each home in columns of shape (1, m), and what is worked out once for a pool about its homes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.answers import Bools, Fact, bits, position
from matching.codes import AvailabilityState, CareType, HomeKind, Setting, Staffing
from matching.facts.columns import (
    LONG_AGO,
    LONG_HENCE,
    BitSets,
    Value,
    across,
    code,
    codes_across,
    located,
    said_across,
    settings_of,
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
from matching.values import AuthorityCode, ChildId

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
    """The homes while their columns are made, one fact of all the homes after another."""

    def __init__(self, pool: Pool) -> None:
        self._pool, self._homes = pool, pool.homes
        self._sets = BitSets()

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
            **self._available(),
            **self._due(),
            **self._within(),
        )

    def _what(self) -> dict[str, Fact]:
        homes, kinds = self._homes, codes_across(home.kind for home in self._homes)
        kept_for = Fact(_KEPT_FOR[kinds.values])
        beds = across(map(self._sets, [home.bed_types for home in homes]), np.int16)
        return {
            "kind": kinds,
            "setting": Fact(settings_of(kinds)),
            "household": Fact(_HOUSEHOLDS[kinds.values]),
            "kept_for": kept_for,
            "bed_types": Fact(beds.values | kept_for.values),
            "sector": codes_across(home.sector for home in homes),
            "registered": said_across(home.registered for home in homes),
            "ofsted": codes_across(home.ofsted for home in homes),
            "concern": across(self._concerns()),
            "area": across(self._areas()),
        }

    def _concerns(self) -> Iterator[int]:
        concerned = {provider.id for provider in self._pool.records.providers if provider.open_concern}
        if concerned:
            return (int(home.provider_concern or home.provider in concerned) for home in self._homes)
        return (int(home.provider_concern) for home in self._homes)

    def _areas(self) -> Iterator[Value]:
        ours = self._pool.records.authority
        areas: dict[AuthorityCode | None, Value] = dict.fromkeys(ours.adjoining, ADJOINING)
        areas |= {ours.code: IN_AREA, None: None}
        return (areas.get(home.place.authority, BEYOND) for home in self._homes)

    def _available(self) -> dict[str, Fact]:
        there = [home.availability for home in self._homes]
        nights = {one.nights_of_week for one in there}
        of_week = {each: sum(1 << day for day in each) for each in nights}
        return {
            "availability": codes_across(one.state for one in there),
            "hold_reason": across(code(one.reason) for one in there),
            "away_from": self._days([one.from_day for one in there], LONG_AGO),
            "away_until": self._days([one.until for one in there], LONG_HENCE),
            "nights_of_week": across((of_week[one.nights_of_week] for one in there), np.int16),
            "nights_a_month": across(4 * len(one.nights_of_week) for one in there),
        }

    def _due(self) -> dict[str, Fact]:
        confirmed = self._days([home.availability.last_confirmed for home in self._homes])
        return {
            "confirmed": Fact(-confirmed.values, confirmed.known),
            "annual_review": self._days([home.annual_review_due for home in self._homes]),
            "dbs": self._days([home.dbs_due for home in self._homes]),
        }

    def _days(self, days: Iterable[date | None], missing: Value = None) -> Fact:
        """Days from the day of the pool to each day, negative for the past; a stand-in where there is no day."""
        today = self._pool.as_of.toordinal()
        return across((missing if day is None else day.toordinal() - today for day in days), np.int32)

    def _within(self) -> dict[str, Fact]:
        homes, preferred = self._homes, [home.preferred for home in self._homes]
        households = [home.household for home in homes]
        staffing = codes_across(home.staffing for home in homes)
        unsaid = staffing.values == position(Staffing.NOT_SPECIFIED)
        return {
            "preferred_youngest": across(0 if one.ages is None else one.ages.youngest for one in preferred),
            "preferred_oldest": across(99 if one.ages is None else one.ages.oldest for one in preferred),
            "preferred_sexes": across(map(self._sets, [one.sexes for one in preferred])),
            "smokers": said_across(one.smokers for one in households),
            "pets": said_across(one.pets for one in households),
            "access": across(map(self._sets, [home.access for home in homes])),
            "staffing": Fact(staffing.values * ~unsaid, ~unsaid) if unsaid.any() else staffing,
        }


_KEPT_FOR = np.array([bits((KEPT_FOR[kind],)) if kind in KEPT_FOR else 0 for kind in HomeKind], dtype=np.int16)
_HOUSEHOLDS = np.array([kind.setting is Setting.FOSTERING or kind in HOUSEHOLDS for kind in HomeKind], dtype=np.int8)
"""By the position of the kind of home."""


def _named(homes: Iterable[Home]) -> dict[ChildId, tuple[int, ...]]:
    found: dict[ChildId, tuple[int, ...]] = {}
    for at, home in enumerate(homes):
        for child in {child for terms in home.approvals for child in terms.named_children}:
            found[child] = (*found.get(child, ()), at)
    return found


def may_be_asked(home: Home) -> bool:
    """Whether the home's state is 'available'."""
    return home.availability.state is AvailabilityState.AVAILABLE
