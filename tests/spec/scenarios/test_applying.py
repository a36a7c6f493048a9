"""Changes applied to records: a copy comes out, whatever the order, and the baseline is never written to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.codes import AvailabilityState, HomeKind, Sector, Setting
from matching.errors import Invalid
from matching.pool import pool_of
from matching.record_documents import canonical_text, digest, to_json
from matching.scenarios import (
    AddChildren,
    AddHomes,
    Change,
    ChangeBeds,
    ChangeDemand,
    ChangePrices,
    CloseHomes,
    Scenario,
    StepDown,
    Which,
    apply,
    changed_pool,
)
from matching.scenarios.documents import change_of, changes_document, drawing_key
from matching.values import AgeRange, age_on
from tests.spec.building import A_HOME, HOME, Given, Other, days
from tests.spec.scenarios.drawn import ADDING, changing, small


def applied(seed: int, changes: tuple[Change, ...]) -> str | None:
    """The digest of what comes out; None when the changes contradict one another."""
    try:
        return digest(apply(small(seed), changes))
    except Invalid:
        return None


def test_a_scenario_without_changes_is_the_baseline_itself() -> None:
    pool = pool_of(small(1))
    assert changed_pool(pool, ()) is pool
    assert apply(pool.records, ()) is pool.records


@settings(max_examples=25)
@given(data=st.data(), seed=st.integers(1, 3))
def test_no_scenario_writes_to_the_baseline(data: st.DataObject, seed: int) -> None:
    records = small(seed)
    before = canonical_text(to_json(records))
    changes = tuple(data.draw(st.lists(changing(records), min_size=1, max_size=3)))
    applied(seed, changes)
    assert canonical_text(to_json(records)) == before


@settings(max_examples=25)
@given(data=st.data(), seed=st.integers(1, 3))
def test_changes_give_the_same_in_any_order(data: st.DataObject, seed: int) -> None:
    changes = tuple(data.draw(st.lists(changing(small(seed)), min_size=2, max_size=3)))
    assert applied(seed, changes) == applied(seed, changes[::-1])


@settings(max_examples=25)
@given(one=ADDING, other=ADDING)
def test_adding_one_thing_and_then_another_is_adding_both(one: Change, other: Change) -> None:
    both, after_another = apply(small(1), (one, other)), apply(apply(small(1), (one,)), (other,))
    if drawing_key(one) != drawing_key(other):
        assert digest(after_another) == digest(both)
    for records in (both, after_another):
        for found in (records.homes, records.children, records.referrals):
            assert len({thing.id for thing in found}) == len({thing.external_ref for thing in found}) == len(found)


@settings(max_examples=25)
@given(data=st.data())
def test_changes_are_written_down_and_read_again(data: st.DataObject) -> None:
    changes = tuple(data.draw(st.lists(changing(small(1)), max_size=4)))
    assert tuple(change_of(document) for document in changes_document(changes)) == changes


def test_the_first_homes_and_children_of_many_are_the_few() -> None:
    few, many = (
        {home.id for home in apply(small(1), (AddHomes(count=count, kind=HomeKind.FOSTERING_MAINSTREAM),)).homes}
        for count in (3, 8)
    )
    assert few < many
    children = [{child.id for child in apply(small(1), (AddChildren(count=n),)).children} for n in (4, 9)]
    assert children[0] < children[1]


def test_the_same_change_twice_adds_twice_as_many_and_none_twice() -> None:
    adding = AddHomes(count=3, kind=HomeKind.FOSTERING_MAINSTREAM)
    once, twice = apply(small(1), (adding,)), apply(small(1), (adding, adding))
    assert len({home.id for home in twice.homes}) == len(small(1).homes) + 6
    assert {home.id for home in once.homes} < {home.id for home in twice.homes}


def test_another_seed_draws_other_homes() -> None:
    adding = (AddHomes(count=3, kind=HomeKind.FOSTERING_MAINSTREAM),)
    assert digest(apply(small(1), adding, 1)) != digest(apply(small(1), adding, 2))


def test_a_new_home_is_what_was_said_and_stands_in_the_area() -> None:
    change = AddHomes(count=2, kind=HomeKind.FOSTERING_ENHANCED, ages=AgeRange(10, 15), beds=2, years=3)
    records = apply(small(1), (change,))
    new = [home for home in records.homes if home.external_ref.startswith("new/")]
    assert len(new) == 2, "homes of later years are not there tonight"
    for home in new:
        terms = home.approval_on(records.as_of)
        assert terms is not None
        assert (terms.ages, terms.number, home.beds) == (AgeRange(10, 15), 2, 2)
        assert home.place.authority == records.authority.code
        assert home.sector is Sector.IN_HOUSE


def test_a_home_from_a_later_day_is_on_hold_until_the_day_before() -> None:
    records = Given().records()
    change = AddHomes(count=1, kind=HomeKind.FOSTERING_MAINSTREAM, from_day=days(10))
    (new,) = apply(records, (change,)).homes[1:]
    assert new.availability.state is AvailabilityState.ON_HOLD
    assert new.availability.until == days(9)


def test_children_of_a_home_that_closes_look_for_another_brothers_and_sisters_together() -> None:
    residents = (Other(number=1), Other(number=2, age=14))
    records = Given(others=residents).records()
    pool = pool_of(apply(records, (CloseHomes(which=Which(homes=frozenset({HOME}))),)))
    assert {one.child.external_ref for one in pool.seekers} == {"C1", "C91", "C92"}
    assert pool.beds_taken[pool.home_index[HOME]].max() == 0
    assert pool.homes[0].availability.state is AvailabilityState.CLOSING


def test_a_home_that_closes_later_keeps_its_children_until_then() -> None:
    records = Given(others=(Other(),)).records()
    pool = pool_of(apply(records, (CloseHomes(which=Which(homes=frozenset({HOME})), on=days(20)),)))
    taken = pool.beds_taken[pool.home_index[HOME]]
    assert (taken[:20] == 1).all()
    assert taken[20:].max() == 0
    assert [one.starts for one in pool.seekers if one.child.external_ref == "C91"] == [days(20)]


def test_carers_who_retire_keep_the_children_they_have_and_take_nobody_new() -> None:
    records = Given(others=(Other(),)).records()
    pool = pool_of(apply(records, (CloseHomes(which=Which(homes=frozenset({HOME})), children_stay=True),)))
    assert pool.beds_taken[0].min() == 1
    assert len(pool.seekers) == 1
    assert pool.homes[0].availability.state is AvailabilityState.SUSPENDED


def test_fewer_homes_that_close_are_always_among_more() -> None:
    closed = []
    for count in (3, 7):
        records = apply(small(2), (CloseHomes(which=Which(count=count)),))
        closed.append({home.id for home in records.homes if home.availability.state is AvailabilityState.CLOSING})
    already = {h.id for h in small(2).homes if h.availability.state is AvailabilityState.CLOSING}
    assert closed[0] - already <= closed[1]
    assert len(closed[1] - already) >= 3


def test_one_bed_more_is_one_more_in_the_terms() -> None:
    records = apply(Given().records(), (ChangeBeds(which=Which(), by=1),))
    terms = records.homes[0].approval_on(records.as_of)
    assert terms is not None
    assert (records.homes[0].beds, terms.number, records.homes[0].bedrooms) == (4, 4, 5)
    fewer = apply(Given().records(), (ChangeBeds(which=Which(), to=0),))
    assert fewer.homes[0].beds == 0


def test_prices_rise_to_the_nearest_penny() -> None:
    records = apply(Given().records(), (ChangePrices(per_mille=33),))
    assert {row.weekly for row in records.homes[0].prices.base} == {826_40}


def test_growth_comes_to_the_nearest_child_and_a_decline_nests() -> None:
    waiting = len(pool_of(small(3)).seekers)
    grown = pool_of(apply(small(3), (ChangeDemand(per_mille_a_year=100, years=3),)))
    assert len(grown.seekers) == round(waiting * 1.1**3)
    fewer, fewest = (
        {one.child.id for one in pool_of(apply(small(3), (ChangeDemand(per_mille_a_year=-100, years=y),))).seekers}
        for y in (2, 6)
    )
    assert fewest < fewer


def test_more_children_are_of_the_kind_that_is_said() -> None:
    records = apply(small(1), (AddChildren(count=5, ages=AgeRange(16, 17), uasc=True, within_days=30),))
    new = [child for child in records.children if child.external_ref.startswith("new/")]
    assert len(new) == 5
    assert all(child.uasc and age_on(child.born, records.as_of) in (16, 17) for child in new)


def test_children_step_down_from_residential_care_the_least_need_first() -> None:
    home = replace(A_HOME, id=HOME, kind=HomeKind.CHILDRENS_HOME)
    records = Given(home={"kind": home.kind}, others=(Other(number=1), Other(number=2))).records()
    profiles = Given(others=(Other(number=1, levels={"behaviour": 3}), Other(number=2, levels={"behaviour": 1})))
    records = replace(records, profiles=profiles.records().profiles)
    pool = pool_of(apply(records, (StepDown(count=1),)))
    (added,) = (one for one in pool.seekers if one.child.external_ref != "C1")
    assert added.child.external_ref == "C92"
    assert added.asks.suitability[Setting.FOSTERING] == "preferred"
    assert added.lives_in is not None


def test_two_scenarios_are_put_together_in_either_order() -> None:
    one = Scenario(name="One", changes=(AddChildren(count=2),))
    other = Scenario(name="Other", changes=(AddHomes(count=2, kind=HomeKind.FOSTERING_MAINSTREAM),))
    together = [apply(small(1), both.changes) for both in (one.joined(other), other.joined(one))]
    assert digest(together[0]) == digest(together[1])


def test_what_cannot_be_is_refused_before_anything_is_drawn() -> None:
    with pytest.raises(Invalid):
        apply(small(1), (AddHomes(count=1, kind=HomeKind.FOSTERING_CONNECTED),))
