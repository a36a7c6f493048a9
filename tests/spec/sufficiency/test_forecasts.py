"""Forecasts from a history alone."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from matching.errors import Invalid
from matching.histories import AuthorityHistory
from matching.sufficiency.forecast import Method, forecast
from matching.sufficiency.recency import memory_of_coming
from matching.sufficiency.stays import OPEN, Stays, from_rows
from tests.spec.sufficiency.invented_histories import a_child, a_history

FROM = date(2024, 9, 1)


def history() -> AuthorityHistory:
    """Forty children who came week by week; every other one moved to a children's home and left after a year."""
    children = []
    for number in range(40):
        came = date(2022, 5, 1) + timedelta(days=14 * number)
        moved, left = came + timedelta(days=120), came + timedelta(days=365)
        later = (("K2", moved, left),) if number % 2 else (("U6", moved, None),)
        children.append(a_child(number, date(2010, 3, 1), ("U6", came, moved), *later))
    return a_history(*children)


def test_a_forecast_begins_with_who_is_in_care() -> None:
    told = forecast(history(), FROM, 90, 200, 1)
    there = sum(child.episode_on(FROM) is not None for child in history().children)
    assert abs(told.mean[:, :, 0].sum() - there) < 1
    assert told.mean.shape == (4, 5, 90)
    assert told.kinds == ("fostering", "residential", "supported", "other")
    assert told.ages == ("under 1", "1 to 4", "5 to 9", "10 to 15", "16 to 17")


def test_bands_lie_around_the_middle_and_nobody_is_below_zero() -> None:
    told = forecast(history(), FROM, 180, 200, 1)
    assert (told.low <= told.middle).all()
    assert (told.middle <= told.high).all()
    assert (told.low >= 0).all()
    assert (told.high - told.low)[0, 3, -1] > (told.high - told.low)[0, 3, 5]


def test_what_happened_after_the_day_changes_nothing() -> None:
    known = history()
    cut = [
        a_child(
            number,
            child.born,
            *((e.placement, e.begins, e.ends if e.ends and e.ends < FROM else None) for e in child.episodes),
        )
        for number, child in enumerate(known.children)
    ]
    told, again = forecast(known, FROM, 60, 100, 1), forecast(a_history(*cut), FROM, 60, 100, 1)
    assert np.array_equal(told.mean, again.mean)


def test_kinds_and_ages_may_be_others() -> None:
    method = Method(kinds=("all",), kind_of=lambda episode: 0, age_edges=(0, 10, 16))
    told = forecast(history(), FROM, 30, 50, 1, method)
    assert told.mean.shape == (1, 3, 30)
    assert told.ages == ("0 to 9", "10 to 15", "16 to 17")


def test_too_short_a_history_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match=r"Only 30 days of history.*at least 180 days after 2022-04-01"):
        forecast(history(), date(2022, 5, 1), 30, 50, 1)


def test_rates_come_from_no_longer_ago_than_the_window() -> None:
    told = forecast(history(), FROM, 10, 50, 1, Method(window_days=400))
    assert (told.coming_days, told.leaving_days) == (400, 400)
    assert forecast(history(), date(2023, 1, 1), 10, 50, 1).coming_days <= 275


def test_the_past_counts_as_far_back_as_it_foretold_what_followed() -> None:
    """Forty a quarter for two years, then ten: only the last half year says how many come now. Steady: all of it."""
    first = 730_000

    def lives(days: list[int]) -> Stays:
        return from_rows([(at, first - 4_000, 0, 0, first + day, int(OPEN), -1, True) for at, day in enumerate(days)])

    steady = [day for day in range(1_460) if day % 2]
    fallen = [day for day in steady if day < 1_096 or day % 8 == 1]
    assert memory_of_coming(lives(steady), first, first + 1_460) == 1_461
    assert memory_of_coming(lives(fallen), first, first + 1_460) <= 365
