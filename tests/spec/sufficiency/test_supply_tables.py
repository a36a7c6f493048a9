"""Beds tonight, occupancy by week, the gap table, and needs against cost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from matching.assess import Assessor
from matching.codes import AvailabilityState, CareType, HomeKind
from matching.homes import Availability
from matching.pool import Pool, pool_of
from matching.records import Records
from matching.sufficiency.beds_tonight import beds_tonight
from matching.sufficiency.gaps import gap_table
from matching.sufficiency.kinds import CareKind, Supplier
from matching.sufficiency.needs_and_cost import Side, needs_and_cost
from matching.sufficiency.occupancy import occupancy
from matching.synthetic import SyntheticAuthority, records_of
from matching.values import Pence
from tests.spec.authority_counts import AS_OF, norfolk, north_east_lincolnshire


@pytest.fixture(scope="module")
def made() -> SyntheticAuthority:
    return norfolk(1).authority


@pytest.fixture(scope="module")
def records(made: SyntheticAuthority) -> Records:
    return records_of(made, AS_OF, datetime(2026, 9, 1, 9, tzinfo=UTC))


@pytest.fixture(scope="module")
def pool(records: Records) -> tuple[Pool, Assessor]:
    ready = pool_of(records)
    return ready, Assessor(ready)


# --- beds tonight -------------------------------------------------------------------------------------


def test_forty_ordinary_fostering_beds_can_be_offered_and_no_more(made: SyntheticAuthority) -> None:
    told = beds_tonight(made.homes, made.placements, made.holds, AS_OF)
    own = [row for row in told.ordinary if (row.kind, row.supplier) == (CareKind.FOSTERING, Supplier.OWN)]
    assert [row.ages for row in own] == ["under 1", "1 to 4", "5 to 9", "10 to 15", "16 to 17"]
    assert max(row.beds for row in own) <= 44
    assert told.not_to_be_asked["on-hold"] > 50


def test_an_authority_without_such_beds_has_zero_cover() -> None:
    borough = north_east_lincolnshire(1).authority
    told = beds_tonight(borough.homes, borough.placements, borough.holds, AS_OF)
    cover = {row.purpose: row.zero_cover for row in told.kept}
    assert cover[CareType.EMERGENCY]
    assert cover[CareType.PACE]
    assert cover[CareType.PARENT_AND_CHILD]
    assert cover[CareType.UASC_ARRIVAL]


def test_a_home_on_hold_offers_nothing_tonight(made: SyntheticAuthority) -> None:
    held = tuple(replace(h, availability=Availability(state=AvailabilityState.ON_HOLD)) for h in made.homes)
    told = beds_tonight(held, made.placements, made.holds, AS_OF)
    assert sum(row.beds for row in told.ordinary) == 0
    assert all(row.zero_cover for row in told.kept)


# --- occupancy ----------------------------------------------------------------------------------------


def test_every_bed_night_is_used_or_void(made: SyntheticAuthority) -> None:
    told = occupancy(made.homes, made.placements, AS_OF, 4)
    assert (told.first, told.last) == (date(2026, 8, 3), date(2026, 8, 30))
    assert told.first.weekday() == 0
    for home in told.homes:
        assert len(home.weeks) == 4
        for week in home.weeks:
            assert week.used + week.void - week.over == week.available
    assert len(told.homes) > 400


def test_the_weeks_of_a_kind_are_the_sum_of_its_homes(made: SyntheticAuthority) -> None:
    told = occupancy(made.homes, made.placements, AS_OF, 2)
    for kind, weeks in told.kinds:
        homes = [home for home in told.homes if home.kind is kind]
        assert [week.used for week in weeks] == [sum(home.weeks[at].used for home in homes) for at in (0, 1)]
        assert [week.void for week in weeks] == [sum(home.weeks[at].void for home in homes) for at in (0, 1)]


def test_a_full_home_is_used_every_night(made: SyntheticAuthority) -> None:
    names = {name: home for home, name in made.home_names.items()}
    told = {home.home: home for home in occupancy(made.homes, made.placements, AS_OF + timedelta(days=6), 1).homes}
    assert told[names["Heron House"]].kind is HomeKind.CHILDRENS_HOME_ASSESSMENT
    assert told[names["Heron House"]].beds == 4


# --- the gap table ------------------------------------------------------------------------------------


def test_the_gap_table_counts_everybody_and_every_group(pool: tuple[Pool, Assessor]) -> None:
    rows = {row.group: row for row in gap_table(*pool)}
    assert rows["everybody"].demand == len(pool[0].seekers) == 48
    ages = ("under-5", "5-9", "10-15", "16-17")
    assert sum(rows[group].demand for group in ages) == 48
    for row in rows.values():
        assert row.gap == row.demand - row.placeable >= row.without_any
        assert row.placeable <= row.matchable_beds
        assert bool(row.action) == bool(row.gap)


def test_children_whom_nothing_fits_are_the_gap(pool: tuple[Pool, Assessor]) -> None:
    """Three children of the made-up county are told to be very complex: no home on record fits."""
    rows = {row.group: row for row in gap_table(*pool)}
    assert rows["everybody"].without_any >= 2
    assert rows["complex"].gap >= 2
    assert "enhanced fostering" in rows["complex"].action


def test_no_home_takes_more_children_than_it_has_beds(pool: tuple[Pool, Assessor]) -> None:
    ready, assessor = pool
    none = gap_table(replace(ready, seekers=()), Assessor(replace(ready, seekers=())))
    assert {(row.demand, row.placeable, row.gap) for row in none} == {(0, 0, 0)}
    assert gap_table(ready, assessor)[0].placeable == 45


# --- needs against cost -------------------------------------------------------------------------------


def test_every_priced_child_has_a_place_on_the_map(records: Records) -> None:
    told = needs_and_cost(records)
    assert len(told.children) + told.without_profile + told.without_price == 1_036
    lines = {(line.kind, line.supplier): line for line in told.lines}
    bought = lines[CareKind.FOSTERING, Supplier.BOUGHT]
    assert 0 < bought.a_point < 2_000
    assert told.children == tuple(sorted(told.children, key=lambda one: (one.child, one.home)))


def test_a_price_far_above_what_such_needs_cost_is_named(records: Records) -> None:
    told = needs_and_cost(records)
    usual = next(one for one in told.children if one.kind is CareKind.RESIDENTIAL and one.outlier is None and one.usual)
    home = next(home for home in records.homes if home.external_ref == usual.home)
    dear = replace(
        home, prices=replace(home.prices, base=tuple(replace(row, weekly=Pence(2_000_000)) for row in home.prices.base))
    )
    homes = tuple(dear if one.id == home.id else one for one in records.homes)
    again = {one.child: one for one in needs_and_cost(replace(records, homes=homes)).children}
    assert again[usual.child].outlier is Side.DEARER
    assert Counter(one.outlier for one in told.children)[None] > 800


def test_a_child_without_a_price_on_record_is_counted_and_not_shown(records: Records) -> None:
    first = needs_and_cost(records).children[0]
    free = tuple(
        replace(h, prices=replace(h.prices, base=())) if h.external_ref == first.home else h for h in records.homes
    )
    told = needs_and_cost(replace(records, homes=free))
    assert told.without_price >= 1
    assert first.child not in {one.child for one in told.children}


def test_the_line_is_not_moved_by_the_outliers_it_is_to_find(records: Records) -> None:
    lines = {(line.kind, line.supplier): line for line in needs_and_cost(records).lines}
    line = lines[CareKind.RESIDENTIAL, Supplier.BOUGHT]
    far = [one for one in needs_and_cost(records).children if one.weekly > 900_000]
    assert far
    assert line.at_none + 60 * line.a_point < 500_000
    assert (
        np.median([one.weekly for one in needs_and_cost(records).children if one.kind is CareKind.RESIDENTIAL])
        < 500_000
    )
