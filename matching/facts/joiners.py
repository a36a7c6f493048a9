"""What living together depends on, for each waiting child and each home, in columns prepared once for a pool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.answers import Fact, position, positions
from matching.codes import RISKS_TO_OTHERS, HomeKind, Risk, RiskLevel, Setting, SiblingAssessed
from matching.facts.columns import codes_across, column, settings_of
from matching.facts.residents import HIGH_LEVEL
from matching.pool import Pool, Seeker, Window
from matching.rules.parameters import Parameters
from matching.sparse import SparsePairs
from matching.values import ChildId, plus_days

SHARED_ACCOMMODATION = frozenset({HomeKind.SUPPORTED_SHARED_RINGFENCED, HomeKind.SUPPORTED_SHARED_NON_RINGFENCED})
PURPOSED = frozenset({Setting.RESIDENTIAL, Setting.SUPPORTED, Setting.SECURE})
"""Settings that go by a statement of purpose."""
T = TypeVar("T", bound=np.generic)

IMPACT_LASTS_DAYS = 28
"""How long an impact assessment of those living in a home stands for one more. Our own convention."""


@dataclass(frozen=True, slots=True)
class Joiners:
    """Columns over the waiting children, shape (n,)."""

    born: NDArray[np.int32]
    needs_room: NDArray[np.int16]
    male: NDArray[np.bool_]
    female: NDArray[np.bool_]
    group: NDArray[np.int32]
    """Sibling group by number; a child without one has a number of its own."""
    stay: NDArray[np.int64]
    """Which of the distinct stays."""
    stays: tuple[Window, ...]
    living_with: NDArray[np.int8]
    other_sex: NDArray[np.int8]
    risky: Fact
    vulnerable: Fact
    planned: NDArray[np.bool_]
    """Whether the search is planned: no emergency powers can be used."""
    required: NDArray[np.int16]
    """Brothers and sisters the child must live with who wait too or live in one of the homes."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """Columns over the homes, shape (m,)."""

    beds: NDArray[np.int16]
    bedrooms: Fact
    may_share: NDArray[np.int8]
    solo_only: NDArray[np.int8]
    fostering: NDArray[np.int8]
    residential: NDArray[np.int8]
    shared: NDArray[np.int8]
    impact_assessed: NDArray[np.int8]
    purposed: NDArray[np.int8]
    """Homes that go by a statement of purpose."""
    number: Fact
    """Most children by the terms of approval or the statement of purpose in force on the day of the pool."""
    approved_in_full: NDArray[np.int8]
    """Fostering households approved in full, not temporarily."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """What is known of few pairs only: of two waiting children, or of a waiting child and a home."""

    required: SparsePairs
    apart: SparsePairs
    never: SparsePairs
    required_resident: SparsePairs
    """Required brothers and sisters who live in the home."""
    apart_resident: SparsePairs
    never_resident: SparsePairs
    exempt: SparsePairs
    held: SparsePairs
    """Beds of the home that are held for the child."""


def numbered_groups(pool: Pool) -> dict[ChildId, int]:
    """A number for each sibling group, by child; groups in the order of their references."""
    groups = sorted(pool.records.sibling_groups, key=lambda group: group.external_ref)
    return {member: at for at, group in enumerate(groups) for member in group.members}


def joiners_of(pool: Pool, groups: Mapping[ChildId, int], parameters: Parameters) -> Joiners:
    """The columns of the pool's waiting children."""
    seekers = pool.seekers
    stays = tuple(dict.fromkeys(seeker.stay for seeker in seekers))
    number = {stay: at for at, stay in enumerate(stays)}
    alone = len(groups)
    return Joiners(
        born=_column(seekers, lambda one: one.child.born.toordinal(), np.int32),
        needs_room=_column(
            seekers, lambda one: one.child.age_on(pool.as_of) >= parameters["own_bedroom_age"], np.int16
        ),
        male=np.array([one.child.sex == "M" for one in seekers], dtype=bool),
        female=np.array([one.child.sex == "F" for one in seekers], dtype=bool),
        group=np.array([groups.get(one.child.id, alone + at) for at, one in enumerate(seekers)], dtype=np.int32),
        stay=_column(seekers, lambda one: number[one.stay], np.int64),
        stays=stays,
        living_with=_column(seekers, lambda one: position(one.asks.living_with), np.int8),
        other_sex=_column(seekers, lambda one: position(one.asks.other_children_sex), np.int8),
        risky=_fact(_risky(one) for one in seekers),
        vulnerable=_fact(_vulnerable(one) for one in seekers),
        planned=np.array([not one.referral.kind.is_emergency for one in seekers], dtype=bool),
        required=_required_counts(pool),
    )


def rooms_of(pool: Pool) -> Rooms:
    """The columns of the pool's homes."""
    homes = pool.homes
    kinds = codes_across(home.kind for home in homes)
    settings, recent = settings_of(kinds)[0], plus_days(pool.as_of, -IMPACT_LASTS_DAYS)
    fostering = settings == position(Setting.FOSTERING)
    terms = [home.approval_on(pool.as_of) if home.approvals else None for home in homes]
    stated = [
        approved if fosters else home.purpose_on(pool.as_of)
        for home, approved, fosters in zip(homes, terms, fostering.tolist(), strict=True)
    ]
    return Rooms(
        beds=np.array([home.beds for home in homes], dtype=np.int16),
        bedrooms=_fact(home.bedrooms for home in homes),
        may_share=_flags(home.bedrooms_may_share for home in homes),
        solo_only=_flags(home.solo_only for home in homes),
        fostering=fostering.astype(np.int8),
        residential=(settings == position(Setting.RESIDENTIAL)).astype(np.int8),
        shared=np.isin(kinds.values[0], positions(SHARED_ACCOMMODATION)).astype(np.int8),
        impact_assessed=_flags(
            home.impact_assessed_on is not None and home.impact_assessed_on >= recent for home in homes
        ),
        purposed=np.isin(settings, positions(PURPOSED)).astype(np.int8),
        number=_fact(None if one is None else one.number for one in stated),
        approved_in_full=_flags(one is not None and one.temporary_until is None for one in terms),
    )


def pairs_of(pool: Pool) -> Pairs:
    """What is known of few pairs only."""
    lives = pool.lives_at
    return Pairs(
        required=_between_seekers(pool, SiblingAssessed.TOGETHER_REQUIRED),
        apart=_between_seekers(pool, SiblingAssessed.APART_REQUIRED),
        never=_never_between(pool),
        required_resident=_with_residents(pool, lives, _partners(pool, SiblingAssessed.TOGETHER_REQUIRED)),
        apart_resident=_with_residents(pool, lives, _partners(pool, SiblingAssessed.APART_REQUIRED)),
        never_resident=_with_residents(pool, lives, {one.child.id: one.asks.never_with for one in pool.seekers}),
        exempt=_exempt(pool),
        held=_held(pool),
    )


def sibling_weights(pool: Pool, weights: Mapping[SiblingAssessed, int]) -> tuple[SparsePairs, SparsePairs, int]:
    """What it weighs that siblings live together: by two waiting children, by child and home, and the sum of all.

    Both orders of two children are given, so looking up one order counts a pair once.
    """
    between: dict[tuple[int, int], int] = {}
    at_home: dict[tuple[int, int], int] = {}
    lives = pool.lives_at
    for group in pool.records.sibling_groups:
        for pair in group.every_pair():
            weight = weights.get(pair.assessed, 0)
            one, other = pool.seeker_index.get(pair.one), pool.seeker_index.get(pair.other)
            if one is not None and other is not None:
                between[one, other] = between[other, one] = weight
            elif one is not None:
                _add_at_homes(at_home, one, lives.get(pair.other, ()), weight, pool)
            elif other is not None:
                _add_at_homes(at_home, other, lives.get(pair.one, ()), weight, pool)
    total = sum(between.values()) // 2 + sum(at_home.values())
    return SparsePairs(between, len(pool.seekers)), SparsePairs(at_home, len(pool.homes)), total


def _add_at_homes(
    at_home: dict[tuple[int, int], int], child: int, homes: Iterable[tuple[int, Window]], weight: int, pool: Pool
) -> None:
    for home, stay in homes:
        if _overlap(stay, pool.seekers[child].stay):
            at_home[child, home] = at_home.get((child, home), 0) + weight


def _overlap(one: Window, other: Window) -> bool:
    return one.first < other.end and other.first < one.end


def _partners(pool: Pool, assessed: SiblingAssessed) -> dict[ChildId, frozenset[ChildId]]:
    found: dict[ChildId, set[ChildId]] = {}
    for group in pool.records.sibling_groups:
        for pair in group.pairs:
            if pair.assessed is assessed:
                found.setdefault(pair.one, set()).add(pair.other)
                found.setdefault(pair.other, set()).add(pair.one)
    return {child: frozenset(partners) for child, partners in found.items()}


def _required_counts(pool: Pool) -> NDArray[np.int16]:
    lives = pool.lives_at
    partners = _partners(pool, SiblingAssessed.TOGETHER_REQUIRED)
    counts = [
        sum(other in pool.seeker_index or other in lives for other in partners.get(one.child.id, ()))
        for one in pool.seekers
    ]
    return np.array(counts, dtype=np.int16)


def _between_seekers(pool: Pool, assessed: SiblingAssessed) -> SparsePairs:
    numbers = {
        (pool.seeker_index[child], pool.seeker_index[other]): 1
        for child, others in _partners(pool, assessed).items()
        for other in others
        if child in pool.seeker_index and other in pool.seeker_index
    }
    return SparsePairs(numbers, len(pool.seekers))


def _never_between(pool: Pool) -> SparsePairs:
    numbers: dict[tuple[int, int], int] = {}
    for at, one in enumerate(pool.seekers):
        for other in one.asks.never_with:
            if other in pool.seeker_index:
                numbers[at, pool.seeker_index[other]] = numbers[pool.seeker_index[other], at] = 1
    return SparsePairs(numbers, len(pool.seekers))


def _with_residents(
    pool: Pool,
    lives: Mapping[ChildId, tuple[tuple[int, Window], ...]],
    partners: Mapping[ChildId, frozenset[ChildId]],
) -> SparsePairs:
    """How many of a waiting child's partners live in each home; one who waits as well is counted as waiting."""
    numbers: dict[tuple[int, int], int] = {}
    for at, one in enumerate(pool.seekers):
        for other in partners.get(one.child.id, ()):
            if other not in pool.seeker_index:
                _add_at_homes(numbers, at, lives.get(other, ()), 1, pool)
    return SparsePairs(numbers, len(pool.homes))


def _exempt(pool: Pool) -> SparsePairs:
    numbers: dict[tuple[int, int], int] = {}
    for at, home in enumerate(pool.homes):
        for child in {child for terms in home.approvals for child in terms.exempt_children}:
            row = pool.seeker_index.get(child)
            if row is None:
                continue
            terms = home.approval_on(plus_days(pool.as_of, pool.seekers[row].stay.first))
            if terms is not None and child in terms.exempt_children:
                numbers[row, at] = 1
    return SparsePairs(numbers, len(pool.homes))


def _held(pool: Pool) -> SparsePairs:
    numbers: dict[tuple[int, int], int] = {}
    for held in pool.held:
        if held.child in pool.seeker_index:
            at = pool.seeker_index[held.child]
            numbers[at, held.home] = numbers.get((at, held.home), 0) + 1
    return SparsePairs(numbers, len(pool.homes))


def _risky(seeker: Seeker) -> int | None:
    """Whether the child is a high risk to others; None when nobody has said and nothing shows it."""
    asked = [seeker.asks.risks.get(risk, RiskLevel.UNKNOWN) for risk in RISKS_TO_OTHERS]
    level = None if seeker.profile is None else seeker.profile.levels.get("risk-to-others")
    if RiskLevel.HIGH in asked or (level is not None and level >= HIGH_LEVEL):
        return 1
    return None if RiskLevel.UNKNOWN in asked and level is None else 0


def _vulnerable(seeker: Seeker) -> int | None:
    """Whether the child is at high risk from others; None when nobody has said and nothing shows it."""
    exploited = (Risk.SEXUAL_EXPLOITATION, Risk.CRIMINAL_EXPLOITATION)
    asked = [seeker.asks.risks.get(risk, RiskLevel.UNKNOWN) for risk in exploited]
    level = None if seeker.profile is None else seeker.profile.levels.get("risk-from-others")
    if RiskLevel.HIGH in asked or (level is not None and level >= HIGH_LEVEL):
        return 1
    return None if RiskLevel.UNKNOWN in asked and level is None else 0


def _column(seekers: Iterable[Seeker], value: Callable[[Seeker], int], dtype: type[T]) -> NDArray[T]:
    return np.array([value(seeker) for seeker in seekers], dtype=dtype)


def _flags(holds: Iterable[bool]) -> NDArray[np.int8]:
    return np.array(list(holds), dtype=np.int8)


def _fact(values: Iterable[int | None]) -> Fact:
    return Fact(*column(values))
