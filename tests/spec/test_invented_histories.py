"""Invented histories: nobody real, the same for the same seed, steady, and told as a return would tell them."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise

from matching.codes.ssda903 import PLACEMENTS, CollectionYear, PlacementCategory, ReasonNewEpisode
from matching.histories import AuthorityHistory
from matching.synthetic.care_histories import NOBODY, KnownRates, invented_history

FIRST = CollectionYear(2018)


@cache
def five_years(seed: int = 1) -> AuthorityHistory:
    return invented_history(NOBODY, FIRST, 5, seed)


def in_care(history: AuthorityHistory, day: date) -> int:
    return sum(child.episode_on(day) is not None for child in history.children)


def test_the_same_seed_gives_the_same_and_another_gives_others() -> None:
    assert five_years() == invented_history(NOBODY, FIRST, 5, 1)
    assert five_years() != five_years(2)


def test_as_many_are_in_care_at_the_end_as_at_the_beginning() -> None:
    for seed in (1, 2):
        counts = [in_care(five_years(seed), date(year, 4, 1)) for year in range(2018, 2024)]
        assert all(420 < count < 620 for count in counts), counts
        assert max(counts) - min(counts) < 90


def test_as_many_come_in_a_year_as_the_rates_say() -> None:
    came = [
        child.episodes[0].begins
        for child in five_years().children
        if child.episodes[0].reason_new is ReasonNewEpisode.STARTED and child.episodes[0].begins >= FIRST.first_day
    ]
    expected = sum(KnownRates().arrivals.values())
    assert abs(len(came) / 5 - expected) < 4 * (expected / 5) ** 0.5


def test_episodes_meet_and_nobody_is_looked_after_at_eighteen() -> None:
    for child in five_years().children:
        for one, after in pairwise(child.episodes):
            assert one.ends == after.begins
            assert one.reason_ceased == "X1"
        assert all(child.age_on(one.begins) < 18 for one in child.episodes)
        assert child.episodes[-1].ends is not None or child.age_on(date(2023, 3, 31)) < 18


def test_what_happens_after_the_last_year_is_not_told() -> None:
    last = five_years().known_until
    assert last == date(2023, 3, 31)
    ends = [one.ends for child in five_years().children for one in child.episodes]
    assert all(end is None or end <= last for end in ends)
    assert None in ends


def test_every_kind_is_there_under_a_code_of_its_year() -> None:
    kinds = {one.category for child in five_years().children for one in child.episodes}
    assert kinds == set(PlacementCategory)
    later = invented_history(NOBODY, CollectionYear(2024), 2, 1)
    codes = {one.placement for child in later.children for one in child.episodes if one.begins >= date(2024, 4, 1)}
    assert codes <= set(PLACEMENTS.in_year(CollectionYear(2024)))
    assert "K3" in codes
