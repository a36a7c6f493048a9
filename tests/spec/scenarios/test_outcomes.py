"""What a plan comes to: money adds up to the penny any way it is split, and gains and losses are told by reference."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assess import Assessor
from matching.baselines import first_come_first_served
from matching.candidates import Worth, candidates_of
from matching.codes import HomeKind, NeedsBand
from matching.plan import plan_of
from matching.pool import pool_of
from matching.records import Records
from matching.scenarios import AddHomes, CloseHomes, Which, apply
from matching.scenarios.library import library
from matching.scenarios.outcomes import (
    WEEKS_IN_A_YEAR,
    Outcome,
    Split,
    Sums,
    against,
    age_band,
    breakdown,
    outcome_of,
    sums_of,
)
from tests.spec.building import HOME, Given, Other
from tests.spec.scenarios.drawn import changing, small

COUNTED = [name for name in Sums.__annotations__ if name != "mean_miles"]
EVERY_SPLIT = [by for size in range(4) for by in combinations(Split, size)]


def outcome(records: Records) -> Outcome:
    """What first come, first served would give."""
    assessor = Assessor(pool_of(records))
    return outcome_of(assessor, first_come_first_served(Worth(assessor, candidates_of(assessor))))


@settings(max_examples=15)
@given(data=st.data(), seed=st.integers(1, 4))
def test_everything_adds_up_to_the_penny_across_any_breakdown(data: st.DataObject, seed: int) -> None:
    found = outcome(apply(small(seed), (data.draw(changing(small(seed))),)))
    for by in EVERY_SPLIT:
        cells = breakdown(found.children, by)
        for name in COUNTED:
            assert sum(getattr(cell.sums, name) for cell in cells) == getattr(found.sums, name), (by, name)


def test_a_year_is_fifty_two_weeks_so_that_years_add_up_too() -> None:
    found = outcome(small(1))
    assert found.sums.placed > 0
    assert found.sums.yearly_pence == found.sums.weekly_pence * WEEKS_IN_A_YEAR


def test_sums_of_nobody_are_nothing() -> None:
    nobody = sums_of(())
    assert (nobody.children, nobody.weekly_pence, nobody.mean_miles) == (0, 0, None)


def test_the_statutory_bands_begin_where_they_begin() -> None:
    assert [age_band(age) for age in (0, 1, 4, 5, 9, 10, 15, 16, 17)] == [
        "under-1",
        *("1-4", "1-4", "5-9", "5-9", "10-15", "10-15", "16-17", "16-17"),
    ]


def test_an_outcome_tells_of_the_home_the_distance_and_the_price() -> None:
    records = Given().records()
    (child,) = outcome(records).children
    assert (child.home, child.weekly, child.tenths, child.out_of_area) == ("H1", 800_00, 20, False)
    assert (child.age, child.need, child.area) == ("5-9", NeedsBand.UNIVERSAL.value, "NR")


def test_a_child_who_loses_the_only_home_is_named() -> None:
    records = Given(others=(Other(),)).records()
    before = outcome(records)
    after = outcome(apply(records, (CloseHomes(which=Which(homes=frozenset({HOME}))),)))
    told = against(before, after)
    assert told.lose_a_home == ("C1",)
    assert told.added_unplaced == ("C91",)
    assert against(after, before).gain_a_home == ("C1",)
    assert against(after, before).no_longer_wait == ("C91",)


def test_a_home_that_was_added_and_is_used_is_named() -> None:
    records = Given(home={"registered_beds": 1}, others=(Other(),)).records()
    after = outcome(apply(records, (AddHomes(count=1, kind=HomeKind.FOSTERING_MAINSTREAM),)))
    told = against(outcome(records), after)
    assert told.gain_a_home == ("C1",)
    assert len(told.homes_used) == 1


def test_brothers_and_sisters_brought_together_are_named() -> None:
    records = Given(others=(Other(waits=True, assessed=None),)).records()
    assessor = Assessor(pool_of(records))
    worth = Worth(assessor, candidates_of(assessor))
    apart, together = (outcome_of(assessor, plan_of(worth, given)) for given in ([(0, (0,))], [(0, (0, 1))]))
    assert against(apart, together).brought_together == (("C1", "C91"),)
    assert against(together, apart).parted == (("C1", "C91"),)
    assert against(apart, together).gain_a_home == ("C91",)


def test_every_scenario_that_is_ready_can_be_run_and_says_where_its_figures_come_from() -> None:
    records = small(1)
    ready = library(records)
    assert len(ready) >= 8
    assert len({one.id for one in ready}) == len(ready)
    for one in ready:
        assert one.source
        assert apply(records, one.scenario.changes) is not records
