"""Beds are counted night by night from placements, holds and planned endings; no vacancy is typed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from matching.codes import ExpectedLength, HomeKind
from matching.placements import PlacementState
from matching.pool import NIGHTS_AHEAD, Pool, Window, pool_of, window
from matching.referrals import ReferralState
from matching.synthetic.pools import small_pool
from matching.values import ReferralId
from tests.spec.building import TODAY, Given, Other, days


def free(pool: Pool, *nights: int) -> list[int]:
    return [int(pool.beds_free[0, night]) for night in nights]


def test_an_empty_home_has_all_its_beds_every_night() -> None:
    assert free(Given().pool(), 0, 90, NIGHTS_AHEAD - 1) == [3, 3, 3]


def test_a_bed_comes_free_on_the_morning_a_placement_is_planned_to_end() -> None:
    pool = Given(others=(Other(until=days(7)),)).pool()
    assert free(pool, 0, 6, 7) == [2, 2, 3]


def test_a_placement_without_a_planned_end_takes_every_night() -> None:
    assert free(Given(others=(Other(),)).pool(), 0, NIGHTS_AHEAD - 1) == [2, 2]


def test_a_planned_placement_takes_its_nights_and_a_cancelled_or_ended_one_none() -> None:
    records = Given(others=(Other(),)).records()
    [stay] = records.placements
    planned = replace(stay, state=PlacementState.PLANNED, starts=days(3))
    cancelled = replace(stay, state=PlacementState.CANCELLED)
    ended = replace(stay, state=PlacementState.ENDED, ended=days(-1))
    assert free(pool_of(replace(records, placements=(planned,))), 0, 2, 3) == [3, 3, 2]
    assert free(pool_of(replace(records, placements=(cancelled,))), 0, 5) == [3, 3]
    assert free(pool_of(replace(records, placements=(ended,))), 0, 5) == [3, 3]


def test_a_child_who_should_have_left_and_has_not_keeps_the_bed() -> None:
    assert free(Given(others=(Other(until=days(-3)),)).pool(), 0, NIGHTS_AHEAD - 1) == [2, 2]
    assert free(Given(others=(Other(until=TODAY),)).pool(), 0) == [2]


def test_a_hold_takes_a_bed_until_it_expires_by_itself() -> None:
    records = Given(held=True).records()
    [hold] = records.holds
    assert free(pool_of(records), 0) == [2]
    assert free(pool_of(replace(records, now=hold.held_until)), 0) == [3]


def test_effective_beds_count_rather_than_registered_ones() -> None:
    pool = Given(home={"registered_beds": 1}).pool()
    assert free(pool, 0) == [1]


def test_a_young_person_staying_put_takes_a_bed_but_is_no_foster_child() -> None:
    pool = Given(others=(Other(age=18),)).pool()
    assert free(pool, 0) == [2]
    assert pool.foster_children[0, 0] == 0
    pool = Given(home={"kind": HomeKind.STAYING_PUT}, others=(Other(age=17),)).pool()
    assert pool.foster_children[0, 0] == 0


def test_a_search_that_is_overdue_starts_tonight_and_one_for_a_night_ends_tomorrow() -> None:
    [late] = Given(search={"wanted_by": days(-9)}).pool().seekers
    [night] = Given(search={"length": ExpectedLength.NIGHT}).pool().seekers
    assert late.stay == Window(0, NIGHTS_AHEAD)
    assert night.stay == Window(0, 1)


def test_a_stay_that_should_be_over_or_is_far_ahead_still_has_a_night() -> None:
    [over] = Given(search={"wanted_by": days(-9), "expected_nights": 3}).pool().seekers
    [far] = Given(search={"wanted_by": days(NIGHTS_AHEAD + 50)}).pool().seekers
    assert over.stay == Window(0, 1)
    assert far.stay == Window(NIGHTS_AHEAD - 1, NIGHTS_AHEAD)
    assert window(TODAY, days(-9), days(-1)) is None


def test_only_children_of_referrals_that_wait_are_sought() -> None:
    for state in ReferralState:
        assert bool(Given(search={"state": state}).pool().seekers) is state.is_waiting


def test_a_child_asked_for_twice_is_sought_once_by_the_search_that_opened_first() -> None:
    records = Given().records()
    [first] = records.referrals
    later = replace(first, id=ReferralId(UUID(int=77)), external_ref="R0", opened=datetime(2026, 6, 2, tzinfo=UTC))
    [seeker] = pool_of(replace(records, referrals=(later, first))).seekers
    assert seeker.referral.external_ref == "R1"


def test_rows_and_columns_stand_in_the_order_of_references_however_records_come() -> None:
    records = small_pool(3)
    turned = replace(
        records,
        homes=records.homes[::-1],
        referrals=records.referrals[::-1],
        children=records.children[::-1],
        placements=records.placements[::-1],
    )
    one, other = pool_of(records), pool_of(turned)
    assert one.homes == other.homes
    assert one.seekers == other.seekers
    assert one.residents == other.residents


@given(st.integers(0, 500))
def test_beds_taken_on_a_night_are_those_of_the_placements_and_holds_that_take_it(seed: int) -> None:
    records = small_pool(seed)
    pool = pool_of(records)
    for night in (0, 1, 30, NIGHTS_AHEAD - 1):
        day = records.as_of + timedelta(days=night)
        for at, home in enumerate(pool.homes):
            lived_in = sum(
                placement.home == home.id
                and placement.as_known_on(records.as_of).takes(day)
                and placement.state in (PlacementState.STARTED, PlacementState.PLANNED)
                for placement in records.placements
            )
            held = sum(
                hold.home == home.id
                and hold.held_until > records.now
                and hold.first_night <= day
                and (hold.last_morning is None or day < hold.last_morning)
                for hold in records.holds
            )
            assert pool.beds_taken[at, night] == lived_in + held
