"""Facts of each home in columns of shape (1, m), and what is worked out once for a pool about its homes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.answers import Bools, Fact, bits, position
from matching.codes import AvailabilityState, CareType, HomeKind, Setting, Staffing
from matching.facts.columns import (
    LONG_AGO,
    LONG_HENCE,
    UNSAID,
    BitSets,
    Kind,
    Value,
    code,
    fact_of,
    located,
    said,
    table_of,
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
    """The homes while their columns are made: every fact of one home after another, in one pass over the homes."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._sets = BitSets()
        self._concerned = {provider.id for provider in pool.records.providers if provider.open_concern}
        self._settings = {kind: kind.setting for kind in HomeKind}

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
            **self._columns(),
        )

    def _columns(self) -> dict[str, Fact]:
        rows = [(*self._what(home), *self._when(home), *self._within(home)) for home in self._pool.homes]
        table = table_of(rows, len(_COLUMNS))
        return {name: fact_of(values[None, :], kind) for (name, kind), values in zip(_COLUMNS, table, strict=True)}

    def _what(self, home: Home) -> tuple[int, ...]:
        setting = self._settings[home.kind]
        return (
            position(home.kind),
            position(setting),
            position(home.sector),
            int(setting is Setting.FOSTERING or home.kind in HOUSEHOLDS),
            said(yes_no(home.registered)),
            position(home.ofsted),
            int(home.provider_concern or home.provider in self._concerned),
            said(self._area(home)),
        )

    def _area(self, home: Home) -> Value:
        ours = self._pool.records.authority
        if home.place.authority is None:
            return None
        if home.place.authority == ours.code:
            return IN_AREA
        return ADJOINING if home.place.authority in ours.adjoining else BEYOND

    def _when(self, home: Home) -> tuple[int, ...]:
        as_of, there = self._pool.as_of, home.availability
        return (
            position(there.state),
            said(code(there.reason)),
            _days(as_of, there.from_day, LONG_AGO),
            _days(as_of, there.until, LONG_HENCE),
            UNSAID if there.last_confirmed is None else (as_of - there.last_confirmed).days,
            _days(as_of, home.annual_review_due, UNSAID),
            _days(as_of, home.dbs_due, UNSAID),
            sum(1 << day for day in there.nights_of_week),
            4 * len(there.nights_of_week),
        )

    def _within(self, home: Home) -> tuple[int, ...]:
        preferred, kept_for = home.preferred.ages, _kept_for(home.kind)
        return (
            0 if preferred is None else preferred.youngest,
            99 if preferred is None else preferred.oldest,
            self._sets(home.preferred.sexes),
            said(yes_no(home.household.smokers)),
            said(yes_no(home.household.pets)),
            self._sets(home.access),
            UNSAID if home.staffing is Staffing.NOT_SPECIFIED else position(home.staffing),
            self._sets(home.bed_types) | kept_for,
            kept_for,
        )


_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("kind", np.int8),
    ("setting", np.int8),
    ("sector", np.int8),
    ("household", np.int8),
    ("registered", np.int8),
    ("ofsted", np.int8),
    ("concern", np.int8),
    ("area", np.int8),
    ("availability", np.int8),
    ("hold_reason", np.int8),
    ("away_from", np.int32),
    ("away_until", np.int32),
    ("confirmed", np.int32),
    ("annual_review", np.int32),
    ("dbs", np.int32),
    ("nights_of_week", np.int16),
    ("nights_a_month", np.int8),
    ("preferred_youngest", np.int8),
    ("preferred_oldest", np.int8),
    ("preferred_sexes", np.int8),
    ("smokers", np.int8),
    ("pets", np.int8),
    ("access", np.int8),
    ("staffing", np.int8),
    ("bed_types", np.int16),
    ("kept_for", np.int16),
)
"""What `_what`, `_when` and `_within` give, in their order."""


def _days(as_of: date, day: date | None, missing: int) -> int:
    """Days from the day of the pool to another day, negative for the past; a stand-in when there is no day."""
    return missing if day is None else (day - as_of).days


def _kept_for(kind: HomeKind) -> int:
    return _KEPT_FOR.get(kind, 0)


_KEPT_FOR = {kind: bits((care,)) for kind, care in KEPT_FOR.items()}


def _named(homes: Iterable[Home]) -> dict[ChildId, tuple[int, ...]]:
    found: dict[ChildId, tuple[int, ...]] = {}
    for at, home in enumerate(homes):
        for child in {child for terms in home.approvals for child in terms.named_children}:
            found[child] = (*found.get(child, ()), at)
    return found


def may_be_asked(home: Home) -> bool:
    """Whether the home's state is 'available'."""
    return home.availability.state is AvailabilityState.AVAILABLE
