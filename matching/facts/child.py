"""Facts of each child who waits, and of what is asked for the child, in columns of shape (n, 1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from matching.answers import Fact, bits
from matching.codes import Health, PlaceKind, Setting, Sex
from matching.facts import asked
from matching.facts.columns import BitSets, Kind, Value, code, down, yes_no
from matching.facts.domains import domains_of, levels_down
from matching.needs import Domain
from matching.pool import Pool, Seeker
from matching.values import plus_days


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFacts:
    """Facts of each child. Yes is 1 and no is 0; a code is its position in its list; a set has a bit for each code."""

    domains: tuple[Domain, ...]
    age: Fact
    """Completed years on the first night."""
    sex: Fact
    """A set of one code; not known when the return says U."""
    first_night: Fact
    """Days from the day of the pool to the first night wanted; a search overdue begins tonight."""
    morning_after: Fact
    """Days from the day of the pool to the morning the stay ends, within the nights looked at."""
    nights: Fact
    """Nights wanted; not known for a stay without a planned end."""
    first_weekday: Fact
    """A set of one day, Monday first."""
    search: Fact
    length: Fact
    care: Fact
    """Types of care any one of which would do."""
    nights_a_month: Fact
    uasc: Fact
    newly_arrived: Fact
    """An unaccompanied child in the first week of care, sought for without notice."""
    parent_and_child: Fact
    homeless: Fact
    joint_housing_assessed: Fact
    readiness_assessed: Fact
    secure: Fact
    dol: Fact
    disabled: Fact
    smoke_sensitive: Fact
    allergy: Fact
    harm_to_animals: Fact
    may_live_with_pets: Fact
    access: Fact
    fostering: Fact
    """Suitability of fostering."""
    residential: Fact
    supported: Fact
    close_to_family: Fact
    in_school: Fact
    keep_school: Fact
    school_year: Fact
    staffing: Fact
    culture: Fact
    religion: Fact
    language: Fact
    skills: Fact
    """Skills asked for by name."""
    communication: Fact
    """Skills that the child's way of communicating calls for."""
    has_family_home: Fact
    has_school: Fact
    has_family_time: Fact
    has_zones: Fact
    """Whether there are places the child must keep away from."""
    profiled: Fact
    band: Fact
    levels: tuple[Fact, ...]
    """Level of need, by domain."""
    breakdowns: Fact
    stability_plan: Fact
    view: Fact

    def of_rows(self, rows: slice) -> ChildFacts:
        """The facts of some of the children."""
        columns = {name: getattr(self, name).of_rows(rows) for name in _ONE_COLUMN}
        return ChildFacts(domains=self.domains, levels=tuple(level.of_rows(rows) for level in self.levels), **columns)


_ONE_COLUMN = tuple(one.name for one in fields(ChildFacts) if one.name not in ("domains", "levels"))


def child_facts(pool: Pool) -> ChildFacts:
    """The facts of all the children of a pool. Make them once for a pool."""
    return _Columns(pool, pool.seekers).facts()


class _Columns:
    """The children while their columns are made."""

    def __init__(self, pool: Pool, seekers: tuple[Seeker, ...]) -> None:
        self._pool = pool
        self._seekers = seekers
        self._bits = BitSets()

    def _down(self, value: Callable[[Seeker], Value], kind: Kind = np.int8) -> Fact:
        return down((value(one) for one in self._seekers), kind)

    def facts(self) -> ChildFacts:
        """Every column, in the order of ChildFacts."""
        domains = domains_of(self._pool.records)
        profiles = [{} if one.profile is None else one.profile.levels for one in self._seekers]
        return ChildFacts(
            domains=domains,
            levels=levels_down(profiles, domains),
            **self._search(),
            **self._person(),
            **self._asked(),
            **self._around(),
        )

    def _search(self) -> dict[str, Fact]:
        as_of = self._pool.as_of
        first = [plus_days(as_of, one.stay.first) for one in self._seekers]
        return {
            "age": down((one.child.age_on(day) for one, day in zip(self._seekers, first, strict=True)), np.int8),
            "first_night": self._down(lambda one: one.stay.first, np.int16),
            "morning_after": self._down(lambda one: one.stay.end, np.int16),
            "nights": self._down(asked.nights, np.int16),
            "first_weekday": down((1 << day.weekday() for day in first), np.int8),
            "search": self._down(lambda one: code(one.referral.kind)),
            "length": self._down(lambda one: code(one.referral.length)),
            "care": self._down(asked.care, np.int16),
            "nights_a_month": self._down(lambda one: one.referral.nights_a_month),
            "newly_arrived": self._down(asked.newly_arrived),
        }

    def _person(self) -> dict[str, Fact]:
        return {
            "sex": self._down(lambda one: None if one.child.sex is Sex.UNKNOWN else bits((one.child.sex,))),
            "uasc": self._down(lambda one: int(one.child.uasc)),
            "dol": self._down(lambda one: code(one.child.deprivation_of_liberty)),
            "disabled": self._down(asked.disabled),
            "smoke_sensitive": self._down(lambda one: asked.condition(one, asked.SMOKE_SENSITIVE)),
            "allergy": self._down(lambda one: asked.condition(one, frozenset({Health.ALLERGY}))),
            "access": self._down(lambda one: self._bits(one.child.access)),
            "communication": self._down(asked.communication, np.int32),
            "profiled": self._down(lambda one: int(one.profile is not None)),
            "band": self._down(asked.band),
            "breakdowns": self._down(lambda one: one.breakdowns, np.int16),
        }

    def _asked(self) -> dict[str, Fact]:
        return {
            "parent_and_child": self._down(lambda one: int(one.asks.parent is not None)),
            "homeless": self._down(lambda one: int(one.asks.homeless)),
            "joint_housing_assessed": self._down(lambda one: yes_no(one.asks.joint_housing_assessed)),
            "readiness_assessed": self._down(lambda one: yes_no(one.asks.readiness_assessed)),
            "secure": self._down(lambda one: int(one.asks.secure)),
            "harm_to_animals": self._down(asked.harm_to_animals),
            "may_live_with_pets": self._down(lambda one: yes_no(one.asks.pets)),
            "fostering": self._down(lambda one: asked.suitability(one, Setting.FOSTERING)),
            "residential": self._down(lambda one: asked.suitability(one, Setting.RESIDENTIAL)),
            "supported": self._down(lambda one: asked.suitability(one, Setting.SUPPORTED)),
            "close_to_family": self._down(lambda one: yes_no(one.asks.close_to_family)),
            "in_school": self._down(lambda one: yes_no(one.asks.in_school)),
            "keep_school": self._down(lambda one: yes_no(one.asks.keep_school)),
            "school_year": self._down(lambda one: one.asks.school_year),
            "staffing": self._down(lambda one: code(one.asks.staffing)),
            "culture": self._down(lambda one: code(one.asks.culture)),
            "religion": self._down(lambda one: code(one.asks.religion)),
            "language": self._down(lambda one: code(one.asks.language)),
            "skills": self._down(lambda one: self._bits(one.asks.skills), np.int32),
            "stability_plan": self._down(asked.stability_plan),
            "view": self._down(lambda one: code(one.asks.view.asked)),
        }

    def _around(self) -> dict[str, Fact]:
        return {
            "has_family_home": self._down(lambda one: int(asked.place_of(one, PlaceKind.FAMILY_HOME) is not None)),
            "has_school": self._down(lambda one: int(asked.place_of(one, PlaceKind.SCHOOL) is not None)),
            "has_zones": self._down(lambda one: int(bool(one.asks.avoid))),
            "has_family_time": self._down(lambda one: int(bool(asked.visited_places(one)))),
        }
