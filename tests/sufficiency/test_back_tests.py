"""Held-out years: the error is stated, and is smaller than that of saying nothing changes when something does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matching.errors import Invalid
from matching.histories import AuthorityHistory
from matching.sufficiency.back_tests import BackTest, back_test
from tests.spec.sufficiency.invented_histories import a_child, a_history

YEARS = (2019, 2020, 2021, 2022, 2023)


def falling() -> AuthorityHistory:
    """Every week a child comes to foster care for about two years; from the third year on only every third week."""
    children = []
    for week in range(260):
        came = date(2019, 4, 2) + timedelta(days=7 * week)
        if week > 104 and week % 3:
            continue
        left = came + timedelta(days=500 + 37 * (week % 11))
        children.append(a_child(week, date(2010, 1, 1) + timedelta(days=13 * week), ("U6", came, left)))
    return a_history(*children, years=YEARS)


@pytest.fixture(scope="module")
def told() -> BackTest:
    return back_test(falling(), replicates=100)


def test_every_half_year_with_a_known_year_before_and_after_is_held_out(told: BackTest) -> None:
    firsts = [year.first for year in told.years]
    assert firsts[0] == date(2020, 4, 1)
    assert firsts[-1] == date(2023, 4, 1)
    assert len(firsts) == 7


def test_the_error_is_less_than_that_of_no_change(told: BackTest) -> None:
    assert told.mean_absolute_error < told.if_nothing_changed
    assert 0.5 <= told.covered <= 1
    after = next(year for year in told.years if year.first == date(2022, 4, 1))
    assert abs(after.foretold - after.came) <= 12


def test_each_cell_says_what_was_foretold_and_what_came(told: BackTest) -> None:
    for year in told.years:
        assert len(year.cells) == 4 * 5
        assert sum(cell.came for cell in year.cells) == year.came
        assert abs(sum(cell.foretold for cell in year.cells) - year.foretold) < 0.2


def test_a_history_of_one_year_holds_none_out() -> None:
    with pytest.raises(Invalid, match="no year can be held out"):
        back_test(replace(falling(), years=falling().years[:1]))
