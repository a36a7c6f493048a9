"""How care histories become stays, and stays become evidence."""

from __future__ import annotations

from datetime import date

import numpy as np

from matching.sufficiency.evidence import evidence
from matching.sufficiency.forecast import broad_kind
from matching.sufficiency.grid import EIGHTEEN, Grid
from matching.sufficiency.stays import OPEN, stays_of
from tests.spec.sufficiency.invented_histories import a_child, a_history

GRID = Grid(("fostering", "residential", "supported", "other"))
BORN = date(2012, 1, 1)


def test_episodes_of_one_kind_that_follow_on_are_one_stay() -> None:
    child = a_child(
        1,
        BORN,
        ("U6", date(2022, 5, 1), date(2022, 8, 1)),
        ("U4", date(2022, 8, 1), date(2023, 1, 1)),
        ("K2", date(2023, 1, 1), date(2023, 6, 1)),
    )
    stays = stays_of(a_history(child), 4, broad_kind)
    assert stays.kind.tolist() == [0, 1]
    assert [date.fromordinal(day) for day in stays.begins] == [date(2022, 5, 1), date(2023, 1, 1)]
    assert stays.then.tolist() == [1, 4]
    assert stays.came.tolist() == [True, False]


def test_who_comes_back_after_a_gap_left_care_and_came_again() -> None:
    child = a_child(1, BORN, ("U6", date(2022, 5, 1), date(2022, 8, 1)), ("U6", date(2022, 9, 1), None))
    stays = stays_of(a_history(child), 4, broad_kind)
    assert stays.then.tolist() == [4, -1]
    assert stays.came.tolist() == [True, True]
    assert stays.ends.tolist()[1] == OPEN


def test_short_breaks_and_stays_without_a_night_are_not_counted() -> None:
    breaks = a_child(1, BORN, ("U6", date(2022, 5, 1), None), legal="V4")
    nightless = a_child(2, BORN, ("K2", date(2022, 5, 1), date(2022, 5, 1)))
    assert stays_of(a_history(breaks, nightless), 4, broad_kind).child.size == 0


def test_what_came_later_is_not_known_on_the_day() -> None:
    child = a_child(1, BORN, ("U6", date(2022, 5, 1), date(2023, 5, 1)), ("K2", date(2023, 5, 1), date(2023, 7, 1)))
    stays = stays_of(a_history(child), 4, broad_kind)
    known = stays.as_known_on(date(2023, 5, 1).toordinal(), 4)
    assert known.kind.tolist() == [0]
    assert (known.ends.tolist(), known.then.tolist()) == ([OPEN], [-1])
    assert stays.as_known_on(date(2023, 5, 2).toordinal(), 4).then.tolist() == [1, -1]


def test_nights_and_endings_fall_into_the_cell_of_age_and_stay() -> None:
    """Tenth birthday on 1 January 2022 (day for day 3,652.5 days after birth); lived 28 nights before and after it."""
    child = a_child(1, date(2012, 1, 1), ("K2", date(2021, 12, 4), date(2022, 3, 1)), ("U6", date(2022, 3, 1), None))
    stays = stays_of(a_history(child), 4, broad_kind)
    first, until = date(2021, 12, 4).toordinal(), date(2022, 3, 11).toordinal()
    seen = evidence(GRID, stays.as_known_on(until, 4), first, until)
    assert seen.nights.sum() == 97
    assert seen.nights[0].sum() == 10
    assert seen.nights[1, 2].sum() == 27.5  # nine years old until half past a day
    assert seen.nights[1, 3].sum() == 59.5
    assert np.argwhere(seen.ended).tolist() == [[1, 3, 1]]  # within the second band of stay: 87 days
    assert np.argwhere(seen.onward).tolist() == [[1, 3, 0]]
    assert np.argwhere(seen.came).tolist() == [[1, 2]]


def test_leaving_at_eighteen_is_age_and_not_a_rate() -> None:
    born = date(2004, 6, 1)
    child = a_child(1, born, ("K3", date(2021, 6, 1), date(2022, 6, 1)))
    stays = stays_of(a_history(child), 4, broad_kind)
    until = date(2022, 7, 1).toordinal()
    seen = evidence(GRID, stays, until - 365, until)
    assert seen.ended.sum() == 0
    assert abs((child.episodes[0].ends or born).toordinal() - born.toordinal() - EIGHTEEN) <= 1


def test_only_what_happened_within_the_days_counts() -> None:
    child = a_child(1, BORN, ("U6", date(2020, 1, 1), date(2022, 8, 1)))
    stays = stays_of(a_history(child), 4, broad_kind)
    first, until = date(2022, 1, 1).toordinal(), date(2022, 7, 1).toordinal()
    seen = evidence(GRID, stays.as_known_on(until, 4), first, until)
    assert (seen.nights.sum(), seen.ended.sum(), seen.came.sum()) == (181, 0, 0)
    assert seen.nights[0, :, -1].sum() == 181  # two years and more into the stay
