"""Who would live together, worked out in columns, is what plain counting over people and nights finds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of, intake_arrays
from matching.codes import LivingWith, OtherChildrenSex, Sex, SiblingAssessed
from matching.facts.living import LivingFacts
from matching.people import Child
from matching.pool import NIGHTS_AHEAD, Pool, Resident, Seeker, pool_of
from matching.synthetic.pools import small_pool
from matching.values import ChildId


def group_of(pool: Pool, child: ChildId) -> str:
    """The reference of a child's sibling group, the last of several; a child without one is a group of their own."""
    return max((g.external_ref for g in pool.records.sibling_groups if child in g.members), default=f"alone {child}")


def assessed(pool: Pool, wanted: SiblingAssessed, one: ChildId, other: ChildId) -> bool:
    return any(
        pair.assessed is wanted and pair.children == {one, other}
        for group in pool.records.sibling_groups
        for pair in group.pairs
    )


class Counted:
    """One intake counted by hand: the children moving in, and who lives in the home at some time of their stays."""

    def __init__(self, pool: Pool, home: int, rows: Sequence[int]) -> None:
        self.pool, self.home = pool, home
        self.joining: list[Seeker] = [pool.seekers[row] for row in rows]
        first = min(one.stay.first for one in self.joining)
        end = max(one.stay.end for one in self.joining)
        self.nights = range(first, end)
        self.residents: list[Resident] = [
            one for one in pool.residents[home] if one.stay.first < end and one.stay.end > first
        ]
        self.everybody: list[Child] = [*(one.child for one in self.residents), *(one.child for one in self.joining)]

    def beds_short(self) -> int:
        """Most beds missing on a night on which somebody moving in stays."""
        ids = {one.child.id for one in self.joining}
        worst = []
        for night in range(NIGHTS_AHEAD):
            coming = sum(one.stay.first <= night < one.stay.end for one in self.joining)
            if not coming:
                continue
            living = sum(one.stay.first <= night < one.stay.end for one in self.pool.residents[self.home])
            held = sum(
                held.home == self.home and held.stay.first <= night < held.stay.end and held.child not in ids
                for held in self.pool.held
            )
            worst.append(coming + living + held - self.pool.homes[self.home].beds)
        return max(worst)

    def lives_here(self, child: ChildId, seeker: Seeker) -> bool:
        return child not in self.pool.seeker_index and any(
            one.child.id == child and one.stay.first < seeker.stay.end and one.stay.end > seeker.stay.first
            for one in self.pool.residents[self.home]
        )

    def pairs(self, wanted: SiblingAssessed) -> int:
        """Pairs assessed so who would live together; pairs with somebody living there count as well."""
        within = sum(
            assessed(self.pool, wanted, one.child.id, other.child.id) for one, other in combinations(self.joining, 2)
        )
        there = sum(
            assessed(self.pool, wanted, one.child.id, child.id) and self.lives_here(child.id, one)
            for one in self.joining
            for child in {resident.child.id: resident.child for resident in self.residents}.values()
        )
        return within + there

    def age_wishes_broken(self) -> int:
        broken = 0
        for one in self.joining:
            others = [child.born for child in self.everybody if child.id != one.child.id]
            wish = one.asks.living_with
            broken += wish is LivingWith.ONLY_OLDER and any(born >= one.child.born for born in others)
            broken += wish is LivingWith.ONLY_YOUNGER and any(born <= one.child.born for born in others)
        return broken

    def sex_wishes_broken(self) -> int:
        broken = 0
        for one in self.joining:
            moving_in = {mate.child.id for mate in self.joining}
            others = [
                child.sex
                for child in self.everybody
                if child.id != one.child.id
                and not (child.id in moving_in and group_of(self.pool, child.id) == group_of(self.pool, one.child.id))
            ]
            opposite = {Sex.MALE: Sex.FEMALE, Sex.FEMALE: Sex.MALE}.get(one.child.sex)
            wish = one.asks.other_children_sex
            if opposite is not None:
                broken += wish is OtherChildrenSex.SAME_ONLY and opposite in others
                broken += wish is OtherChildrenSex.OPPOSITE_ONLY and one.child.sex in others
        return broken

    def rooms_short(self) -> int | None:
        bedrooms = self.pool.homes[self.home].bedrooms
        age = self.pool.records.parameters["own_bedroom_age"]
        needing = sum(child.age_on(self.pool.as_of) >= age for child in self.everybody)
        return None if bedrooms is None else max(0, needing - bedrooms)


def columns(pool: Pool, intakes: list[tuple[int, tuple[int, ...]]]) -> LivingFacts:
    return Assessor(pool).living.intakes(*intake_arrays(intakes))


def chosen(pool: Pool) -> list[tuple[int, tuple[int, ...]]]:
    """Every child, and every two and three of the first children, in every home."""
    rows = range(len(pool.seekers))
    sets = [subset for size in (1, 2, 3) for subset in combinations(rows, size)]
    return [(home, subset) for home in range(len(pool.homes)) for subset in sets]


@pytest.mark.slow("it counts nights by hand")
@settings(max_examples=25)
@given(st.integers(0, 2_000))
def test_columns_of_intakes_are_what_counting_finds(seed: int) -> None:
    pool = pool_of(small_pool(seed))
    if not pool.seekers:
        return
    intakes = chosen(pool)
    facts = columns(pool, intakes)
    for at, (home, rows) in enumerate(intakes):
        counted = Counted(pool, home, rows)
        assert facts.joining.at(at) == len(rows)
        assert facts.residents.at(at) == len(counted.residents)
        assert facts.others.at(at) == len(counted.residents) + len(rows) - 1
        short = counted.beds_short()
        assert max(0, facts.beds_short.at(at) or 0) == max(0, short)
        assert facts.asks_solo.at(at) == any(one.asks.living_with is LivingWith.SOLO for one in counted.joining)
        assert facts.all_siblings.at(at) == (len({group_of(pool, child.id) for child in counted.everybody}) == 1)
        assert facts.apart_joined.at(at) == counted.pairs(SiblingAssessed.APART_REQUIRED)
        assert facts.age_wishes_broken.at(at) == counted.age_wishes_broken()
        if all(one.child.sex is not Sex.UNKNOWN for one in counted.joining):
            assert facts.sex_wishes_broken.at(at) == counted.sex_wishes_broken()
        assert facts.rooms_short.at(at) == counted.rooms_short()
        ages = [child.born for child in counted.everybody]
        assert facts.age_spread.at(at) == (max(ages) - min(ages)) // timedelta(days=365.25)


@settings(max_examples=20)
@given(st.integers(0, 2_000))
def test_a_child_alone_is_the_same_in_the_grid_and_as_an_intake(seed: int) -> None:
    pool = pool_of(small_pool(seed))
    living = Assessor(pool).living
    if not pool.seekers:
        return
    grid = living.grid(slice(0, len(pool.seekers)))
    intakes = [(home, (row,)) for row in range(len(pool.seekers)) for home in range(len(pool.homes))]
    alone = living.intakes(*intake_arrays(intakes))
    for name in LivingFacts.__annotations__:
        for at, (home, [row]) in enumerate(intakes):
            assert getattr(grid, name).at(row, home) == getattr(alone, name).at(at), name


@settings(max_examples=20)
@given(st.integers(0, 2_000))
def test_the_order_in_which_children_are_named_changes_nothing(seed: int) -> None:
    pool = pool_of(small_pool(seed))
    assessor = Assessor(pool)
    worth = Worth(assessor, candidates_of(assessor))
    intakes = [(home, rows) for home, rows in chosen(pool) if len(rows) > 1]
    if not intakes:
        return
    one = worth.gains(*intake_arrays(intakes))
    other = worth.gains(*intake_arrays([(home, rows[::-1]) for home, rows in intakes]))
    for name in type(one).__annotations__:
        assert (getattr(one, name) == getattr(other, name)).all(), name
