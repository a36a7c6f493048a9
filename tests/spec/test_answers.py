"""Answers are three-valued, and a column answers as each of its rows would alone."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from matching.answers import Answer, Fact, bits, position
from matching.codes import Health, Sex, Skill

YES, NO, UNKNOWN = True, False, None
KLEENE_AND = {
    (YES, YES): YES,
    (YES, NO): NO,
    (YES, UNKNOWN): UNKNOWN,
    (NO, YES): NO,
    (NO, NO): NO,
    (NO, UNKNOWN): NO,
    (UNKNOWN, YES): UNKNOWN,
    (UNKNOWN, NO): NO,
    (UNKNOWN, UNKNOWN): UNKNOWN,
}


def answer(said: bool | None) -> Answer:
    return Answer(np.array([bool(said)]), np.array([said is not None]))


@pytest.mark.parametrize(("one", "other"), list(KLEENE_AND))
def test_and_is_unknown_only_where_the_missing_fact_matters(one: bool | None, other: bool | None) -> None:
    assert (answer(one) & answer(other)).at(0) is KLEENE_AND[one, other]


@pytest.mark.parametrize(("one", "other"), list(KLEENE_AND))
def test_or_is_the_mirror_of_and(one: bool | None, other: bool | None) -> None:
    mirrored = ~(~answer(one) & ~answer(other))
    assert (answer(one) | answer(other)).at(0) is mirrored.at(0)


@pytest.mark.parametrize("said", [YES, NO, UNKNOWN])
def test_not_leaves_unknown_unknown(said: bool | None) -> None:
    assert (~answer(said)).at(0) is (None if said is None else not said)


def test_no_answer_is_both_yes_and_unknown() -> None:
    for one, other in product((YES, NO, UNKNOWN), repeat=2):
        for found in (answer(one) & answer(other), answer(one) | answer(other)):
            assert not (found.yes & found.unknown).any()
            assert (found.yes | found.no | found.unknown).all()


def test_a_comparison_with_a_missing_number_is_unknown() -> None:
    ages = Fact.of(4, None, 12)
    young = ages <= 10
    assert [young.at(row) for row in range(3)] == [True, None, False]


def test_columns_of_children_and_homes_broadcast_to_a_grid() -> None:
    ages = Fact(np.array([[4], [12]]))
    oldest = Fact(np.array([[10, 5, 17]]), np.array([[True, False, True]]))
    fits = ages <= oldest
    assert [[fits.at(row, column) for column in range(3)] for row in range(2)] == [
        [True, None, True],
        [False, None, True],
    ]


def test_a_column_of_one_row_stands_for_every_row() -> None:
    assert Fact(np.array([[7]])).at(3, 5) == 7


def test_sets_of_codes_are_compared_as_sets() -> None:
    held = Fact(np.array([bits([Skill.AUTISM, Skill.EPILEPSY])]))
    wanted = Fact(np.array([bits([Skill.EPILEPSY])]))
    more = Fact(np.array([bits([Skill.EPILEPSY, Skill.OXYGEN])]))
    assert held.covers(wanted).at(0) is True
    assert held.covers(more).at(0) is False
    assert held.overlaps(more).at(0) is True
    assert held.has(Skill.OXYGEN, Skill.AUTISM).at(0) is True
    assert held.has(Skill.OXYGEN).at(0) is False


def test_codes_are_compared_by_their_place_in_the_closed_list() -> None:
    sexes = Fact.of(Sex.FEMALE, Sex.UNKNOWN, None)
    assert [sexes.is_(Sex.FEMALE, Sex.MALE).at(row) for row in range(3)] == [True, False, None]
    assert position(Sex.FEMALE) == 1
    assert bits([Health.RESPIRATORY, Health.ALLERGY]) == 0b1001


def test_sums_and_differences_of_a_missing_number_are_missing() -> None:
    one, other = Fact.of(3, None), Fact.of(1, 1)
    assert [(one + other).at(row) for row in range(2)] == [4, None]
    assert [(one - 5).at_least(0).at(row) for row in range(2)] == [0, None]
    assert list((one + 1).or_else(99)) == [4, 99]


def test_counting_an_answer_gives_one_for_yes() -> None:
    counted = (Fact.of(1, 9, None) <= 5).count()
    assert [counted.at(row) for row in range(3)] == [1, 0, None]
    assert [(Fact.of(1, 9, None).equals(9)).at(row) for row in range(3)] == [False, True, None]
    assert [(Fact.of(1, 9, None) > 5).at(row) for row in range(3)] == [False, True, None]
    assert [(Fact.of(1, 9, None) >= 9).at(row) for row in range(3)] == [False, True, None]
    assert [(Fact.of(1, 9, None) < 9).at(row) for row in range(3)] == [True, False, None]
