"""Findings in words: what each rule says of one pairing, what it would take, and how the points add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matching.assess import Assessed
from matching.policy import Measure, Policy
from matching.rules.model import Flag, Rule, SignOff, Standing
from matching.rules.states import branch_of, standing_of, standings


class Verdict(StrEnum):
    """What all findings together say of homes proposed for a referral, from best to worst."""

    FITS = "fits"
    FITS_WITH_SIGN_OFFS = "fits-with-sign-offs"
    TO_CHECK = "to-check"
    """Nothing is known to block it, but a fact is missing that could."""
    NEAR_MISS = "near-miss"
    """One rule blocks it, and something lawful would open it."""
    BLOCKED = "blocked"


STANDING_WORDS = MappingProxyType({standing: standing.name.lower().replace("_", "-") for standing in Standing})
"""How each standing is spelled where it is shown."""


@dataclass(frozen=True, slots=True)
class SignOffNeeded:
    """Who would have to agree to what, and by when."""

    rule: str
    role: str
    deadline: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer for one pairing, in words."""

    rule: str
    says: str
    standing: str
    reason: str
    child: str | None
    """Reference of the child it is about; None when it is about all who would live together."""
    sign_off: SignOffNeeded | None
    timer: str | None
    remedy: str | None
    """What would lawfully open it, when it blocks."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointsLine:
    """One line of the points: so many units of a measure at so many points each."""

    measure: str
    rule: str
    says: str
    """The amount in the units people use, for example '12.3 miles'."""
    units: int
    points_each: int
    points: int
    child: str | None


def findings_at(
    assessed: Assessed,
    where: tuple[int, ...],
    child: str | None,
    at_least: Standing = Standing.NOT_APPLICABLE,
    besides: frozenset[str] = frozenset(),
) -> Iterator[Finding]:
    """Each rule's finding for one pairing or intake, in the order of the rule book.

    `where` is the place of the pairing in the assessed shape; findings that stand better than `at_least` are left out,
    `besides` those of the rules named.
    """
    for answer in assessed.answers:
        state = _at(answer.states, where)
        standing = standing_of(answer.rule, state)
        if standing >= at_least or answer.rule.id in besides:
            yield _finding(assessed, answer.rule, state, where, child)


def findings_of(
    assessed: Assessed,
    places: Sequence[tuple[int, ...]],
    children: Sequence[str | None],
    at_least: Standing = Standing.NOT_APPLICABLE,
    besides: frozenset[str] = frozenset(),
) -> list[list[Finding]]:
    """As findings_at for each of many places, `children` naming whom each is about: all are looked up in one go."""
    if not places:
        return []
    states, stands = _looked_up(assessed, places)
    wanted = stands >= at_least
    wanted[[answer.rule.id in besides for answer in assessed.answers]] = True
    found: list[list[Finding]] = [[] for _ in places]
    for place, at in zip(*(axis.tolist() for axis in wanted.T.nonzero()), strict=True):
        rule, state = assessed.answers[at].rule, states.item(at, place)
        found[place].append(_finding(assessed, rule, state, places[place], children[place]))
    return found


def _looked_up(assessed: Assessed, places: Sequence[tuple[int, ...]]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The state of every rule at every place, and what it stands for: both of shape (rules, places)."""
    axes = np.array(places, dtype=np.intp).reshape(len(places), -1).T
    states = np.empty((len(assessed.answers), len(places)), dtype=np.uint8)
    for at, answer in enumerate(assessed.answers):
        column = answer.states
        # axes that a column lacks are the first ones; along one of length 1 every place has the same answer
        own = zip(axes[axes.shape[0] - column.ndim :], column.shape, strict=True)
        states[at] = column[tuple(axis if length > 1 else 0 for axis, length in own)]
    table = _stands(tuple(answer.rule for answer in assessed.answers))
    return states, table[np.arange(len(states))[:, None], states]


@cache
def _stands(rules: tuple[Rule, ...]) -> NDArray[np.uint8]:
    """The standing of each state of each rule, (rules, states), padded."""
    table = np.zeros((len(rules), max((len(standings(rule)) for rule in rules), default=0)), dtype=np.uint8)
    for at, rule in enumerate(rules):
        table[at, : len(standings(rule))] = standings(rule)
    return table


def _finding(assessed: Assessed, rule: Rule, state: int, where: tuple[int, ...], child: str | None) -> Finding:
    reason, said = rule.reason(assessed.facts, where), _said(rule, state)
    needed = None
    if said.sign_off is not None:
        needed = SignOffNeeded(rule.id, said.sign_off.role.value, said.sign_off.deadline.value, reason)
    return Finding(
        rule=rule.id,
        says=rule.says,
        standing=said.standing,
        reason=reason,
        child=child,
        sign_off=needed,
        timer=said.timer,
        remedy=said.remedy,
        sources=said.sources,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What every finding of one rule in one state says alike."""

    standing: str
    sign_off: SignOff | None
    timer: str | None
    remedy: str | None
    sources: tuple[str, ...]


@cache
def _said(rule: Rule, state: int) -> _Said:
    standing, branch = standing_of(rule, state), branch_of(state)
    consequence = None if branch is None else rule.otherwise[branch].consequence
    return _Said(
        standing=STANDING_WORDS[standing],
        sign_off=consequence if isinstance(consequence, SignOff) else None,
        timer=consequence.timer if isinstance(consequence, Flag) else None,
        remedy=rule.remedy if standing in (Standing.BLOCKED, Standing.CHECK_FIRST) else None,
        sources=_cited(rule),
    )


def _cited(rule: Rule) -> tuple[str, ...]:
    return tuple(source.text if source.checked else f"{source.text} (memory)" for source in rule.sources)


def points_at(assessed: Assessed, where: tuple[int, ...], child: str | None, policy: Policy) -> Iterator[PointsLine]:
    """The lines of the points for one pairing or intake, leaving out measures that cost nothing."""
    for rule, measure, column in assessed.charged:
        units = _at(column, where)
        if units and (each := policy.weight(measure)):
            yield PointsLine(measure.value, rule.id, amount(measure, units), units, each, units * each, child)


def amount(measure: Measure, units: int) -> str:
    """Units of a measure in the words people use."""
    return _AMOUNTS[measure](units)


def verdict_of(blocking: int, checks_first: int, sign_offs: int, *, openable: bool) -> Verdict:
    """What findings come to: `blocking` rules block, `openable` when the only one can lawfully be opened."""
    if blocking == 1 and openable and checks_first == 0:
        return Verdict.NEAR_MISS
    if blocking:
        return Verdict.BLOCKED
    if checks_first:
        return Verdict.TO_CHECK
    return Verdict.FITS_WITH_SIGN_OFFS if sign_offs else Verdict.FITS


def sign_offs_in(findings: Iterable[Finding]) -> tuple[SignOffNeeded, ...]:
    """The sign-offs that findings call for, each once."""
    wanted = STANDING_WORDS[Standing.SIGN_OFF]
    return tuple(dict.fromkeys(f.sign_off for f in findings if f.sign_off is not None and f.standing == wanted))


def _at(column: NDArray[np.generic], where: tuple[int, ...]) -> int:
    """One cell of a column that broadcasts to the shape of the pairings; axes it lacks are the first ones."""
    shape = column.shape
    if len(shape) == 2:  # by far the most are grids: no loop over two axes
        return int(column.item(where[-2] if shape[0] > 1 else 0, where[-1] if shape[1] > 1 else 0))
    return int(column.item(where[-1] if shape and shape[0] > 1 else 0))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _miles_from(what: str) -> Callable[[int], str]:
    return lambda tenths: f"{tenths / 10:.1f} miles from {what}, straight line"


def _just(words: str) -> Callable[[int], str]:
    return lambda _: words


_AMOUNTS: Mapping[Measure, Callable[[int], str]] = MappingProxyType(
    {
        Measure.HOME_DISTANCE: _miles_from("the family home"),
        Measure.SCHOOL_DISTANCE: _miles_from("school"),
        Measure.SIBLING_DISTANCE: _miles_from("brothers and sisters"),
        Measure.FAMILY_TIME_DISTANCE: lambda miles: (
            f"{miles} miles a month, each way, to family time and other places, straight line"
        ),
        Measure.COST: lambda tens: f"£{tens * 10:,} a week, to the £10 below",
        Measure.NEED_GAP: lambda levels: _count(levels, "level of need not met", "levels of need not met"),
        Measure.OUT_OF_AREA: _just("outside the authority's area"),
        Measure.SETTING_NOT_PREFERRED: _just("not the preferred kind of home"),
        Measure.OUTSIDE_PREFERRED_RANGE: _just("outside the range the carers prefer"),
        Measure.CULTURE: lambda wishes: _count(wishes, "wish of culture not matched", "wishes of culture not matched"),
        Measure.MIX: lambda years: _count(years, "year of age beyond the policy", "years of age beyond the policy"),
        Measure.PETS: _just("pets in the home"),
        Measure.NOT_CONNECTED: _just("not a connected carer, though one could be considered"),
    }
)
