"""No bed is promised twice: one stay a bed a night, given by storage and guaranteed by the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from db.beds import Stay, packed_into
from db.errors import BedsPromised, BedsTaken, BedTaken, HoldGone, NotFound
from db.session import Store
from db.tables.placements import bed_bookings
from matching.codes import EffectiveBedsReason, EndReason
from matching.homes import EffectiveBeds
from matching.placements import PlacementState
from matching.values import AuthorityId, HomeId
from tests.db.conftest import Scene
from tests.db.examples import NOW, TODAY, a_child, a_hold, a_placement, act


def days(n: int) -> date:
    return TODAY + timedelta(days=n)


def beds_taken(store: Store) -> dict[UUID, int]:
    with store.reading() as work:
        return {row.id: row.bed_no for row in work.connection.execute(select(bed_bookings))}


def test_a_placement_takes_a_bed_and_the_next_is_told_what_stands_in_the_way(store: Store, scene: Scene) -> None:
    first = a_placement(scene.child, scene.home)
    with store.writing(scene.authority.id) as work:
        work.placements.add(first, act())
        with pytest.raises(BedTaken) as refused:
            work.placements.add(a_placement(scene.other_child, scene.home, starts=TODAY), act())
    assert [stay.stay for stay in refused.value.in_the_way] == [first.id]
    assert "until further notice" in str(refused.value)


def test_a_hold_says_until_when_it_is_held(store: Store, scene: Scene) -> None:
    with store.writing(scene.authority.id) as work:
        work.holds.add(a_hold(scene.referral, scene.home), act())
        with pytest.raises(BedTaken, match="held until 2026-11-23 16:00 UTC by another search"):
            work.holds.add(a_hold(scene.other_referral, scene.home), act())


def test_a_hold_runs_out_by_itself(store: Store, scene: Scene) -> None:
    hold = a_hold(scene.referral, scene.home)
    later = hold.held_until + timedelta(seconds=1)
    with store.writing(scene.authority.id) as work:
        work.holds.add(hold, act())
    with store.writing(scene.authority.id) as work:
        assert work.holds.current(later) == ()
        work.placements.add(a_placement(scene.other_child, scene.home, starts=TODAY), act(at=later))
        with pytest.raises(HoldGone):
            work.holds.release(hold.id, act(at=later))


def test_a_held_bed_becomes_a_placement_in_one_unit_of_work(store: Store, scene: Scene) -> None:
    hold = a_hold(scene.referral, scene.home)
    placement = a_placement(scene.child, scene.home, state=PlacementState.PLANNED, starts=TODAY)
    with store.writing(scene.authority.id) as work:
        work.holds.add(hold, act())
        assert [item.value for item in work.holds.current(NOW, home=scene.home.id)] == [hold]
    with store.writing(scene.authority.id) as work:
        work.holds.release(hold.id, act())
        work.placements.add(placement, act())
        with pytest.raises(HoldGone):
            work.holds.release(hold.id, act())
    assert beds_taken(store) == {placement.id: 1}


def test_one_child_leaves_in_the_morning_and_another_comes_that_night(store: Store, scene: Scene) -> None:
    leaving = a_placement(scene.child, scene.home, planned_end=days(10))
    coming = a_placement(scene.other_child, scene.home, state=PlacementState.PLANNED, starts=days(10))
    with store.writing(scene.authority.id) as work:
        work.placements.add(leaving, act())
        with pytest.raises(BedTaken):
            work.placements.add(replace(coming, starts=days(9)), act())
        work.placements.add(coming, act())
        with pytest.raises(BedTaken):
            work.placements.replace(replace(leaving, planned_end=days(11)), act())


@pytest.mark.parametrize("state", [PlacementState.ENDED, PlacementState.CANCELLED])
def test_a_bed_is_free_when_a_placement_ends_or_is_cancelled(store: Store, scene: Scene, state: PlacementState) -> None:
    placement = a_placement(scene.child, scene.home)
    ended = {"ended": TODAY, "end_reason": EndReason.PLANNED} if state is PlacementState.ENDED else {}
    over = replace(placement, state=state, **ended)  # type: ignore[arg-type]
    with store.writing(scene.authority.id) as work:
        work.placements.add(placement, act())
        work.placements.replace(over, act())
        work.placements.add(a_placement(scene.other_child, scene.home, starts=TODAY), act())


def test_stays_change_beds_when_every_night_has_one_free_but_no_one_bed_has_every_night(
    store: Store, scene: Scene
) -> None:
    home = replace(scene.home, registered_beds=2)
    child = a_child(scene.authority)
    # given one after the other: bed 1 until day 5, bed 2 from day 3 to 8, bed 1 from day 5 to 10
    stays = [(0, 5), (3, 8), (8, 12), (5, 10)]
    with store.writing(scene.authority.id) as work:
        work.children.add(child, act())
        work.homes.replace(home, act())
        for start, end in stays:
            work.placements.add(
                a_placement(child, home, state=PlacementState.PLANNED, starts=days(start), planned_end=days(end)), act()
            )
        # nights 0-3 and 10 on have a bed free, so has every night but 3-10
        with pytest.raises(BedTaken):
            work.placements.add(a_placement(child, home, state=PlacementState.PLANNED, starts=days(2)), act())
        work.placements.add(a_placement(child, home, state=PlacementState.PLANNED, starts=days(10)), act())
    assert len(beds_taken(store)) == 5


def test_beds_cannot_be_lowered_below_what_is_promised(store: Store, scene: Scene) -> None:
    home = replace(scene.home, registered_beds=3)
    fewer = EffectiveBeds(1, EffectiveBedsReason.GROUP_DYNAMIC, days(90))
    one, two = a_placement(scene.child, home), a_placement(scene.other_child, home, planned_end=days(3))
    after = days(4)
    with store.writing(scene.authority.id) as work:
        work.homes.replace(home, act())
        for placement in (one, two):
            work.placements.add(placement, act())
        with pytest.raises(BedsPromised) as refused:
            work.homes.replace(replace(home, effective=fewer), act())
        assert {stay.stay for stay in refused.value.in_the_way} == {one.id, two.id}
        later = datetime(after.year, after.month, after.day, tzinfo=UTC)
        with pytest.raises(BedsPromised):
            work.homes.replace(replace(home, effective=fewer), act(at=later))
        gone = replace(two, state=PlacementState.ENDED, ended=after, end_reason=EndReason.PLANNED)
        work.placements.replace(gone, act(at=later))
        assert work.homes.replace(replace(home, effective=fewer), act(at=later)).value.beds == 1


def test_lowering_beds_moves_stays_into_those_that_are_left(store: Store, scene: Scene) -> None:
    home = replace(scene.home, registered_beds=2)
    first = a_placement(scene.child, home, planned_end=days(3))
    second = a_placement(scene.other_child, home, planned_end=days(9))
    with store.writing(scene.authority.id) as work:
        work.homes.replace(home, act())
        for placement in (first, second):
            work.placements.add(placement, act())
        ended = replace(first, state=PlacementState.ENDED, ended=TODAY)
        work.placements.replace(ended, act())
        work.homes.replace(replace(home, registered_beds=1), act())
    assert beds_taken(store) == {second.id: 1}


def test_a_home_that_cannot_be_seen_takes_nobody(store: Store, scene: Scene) -> None:
    unseen = replace(scene.home, id=HomeId(uuid4()))
    with store.writing(scene.authority.id) as work, pytest.raises(NotFound):
        work.placements.add(a_placement(scene.child, unseen), act())


def test_loading_more_children_than_beds_names_each_placement_that_found_none(store: Store, scene: Scene) -> None:
    fits, does_not = (
        a_placement(scene.child, scene.home, external_ref="L1"),
        a_placement(scene.other_child, scene.home, external_ref="L2"),
    )
    past = a_placement(
        scene.other_child, scene.home, external_ref="L0", state=PlacementState.ENDED, ended=days(-3), starts=days(-99)
    )
    with pytest.raises(BedsTaken) as refused:
        load(store, scene, [past, fits, does_not])
    assert set(refused.value.refused) == {"L2"}
    load(store, scene, [past, fits])
    assert beds_taken(store) == {fits.id: 1}


def load(store: Store, scene: Scene, placements: list[object]) -> None:
    with store.writing(scene.authority.id) as work:
        work.placements.upsert_many(placements, act())  # type: ignore[arg-type]


@pytest.mark.parametrize("bed", [1, 2])
def test_the_database_itself_refuses_a_second_stay_and_a_bed_that_is_not_there(
    store: Store, scene: Scene, bed: int
) -> None:
    first, second = a_placement(scene.child, scene.home), a_hold(scene.other_referral, scene.home)
    with store.writing(scene.authority.id) as work:
        work.placements.add(first, act())
        other = replace(second, home=scene.home.id, first_night=days(-900), last_morning=days(-890))
        work.holds.add(replace(other, held_until=NOW - timedelta(days=1)), act())
    row = {
        "id": uuid4(),
        "authority_id": scene.authority.id,
        "home_id": scene.home.id,
        "bed_no": bed,
        "first_night": TODAY,
        "hold_id": second.id,
    }
    with pytest.raises(BedTaken), store.writing(scene.authority.id) as work:
        work.connection.execute(insert(bed_bookings).values(row))


def test_the_database_itself_refuses_fewer_beds_than_are_booked(store: Store, scene: Scene) -> None:
    with store.writing(scene.authority.id) as work:
        work.placements.add(a_placement(scene.child, scene.home), act())
    with pytest.raises(BedsPromised), store.writing(scene.authority.id) as work:
        work.connection.execute(
            text(
                "UPDATE homes SET effective_beds = 0, effective_reason = 'staffing', effective_review_on = '2027-01-01'"
            )
        )


NIGHTS = st.tuples(st.integers(0, 20), st.none() | st.integers(1, 10))


@given(st.integers(1, 4), st.lists(NIGHTS, max_size=9))
def test_stays_fit_exactly_when_no_night_has_more_of_them_than_beds(
    beds: int, nights: list[tuple[int, int | None]]
) -> None:
    stays = [
        Stay(
            id=UUID(int=n + 1),
            authority=AuthorityId(UUID(int=0)),
            home=UUID(int=0),
            first_night=days(start),
            last_morning=None if length is None else days(start + length),
        )
        for n, (start, length) in enumerate(nights)
    ]
    busiest = max(
        (
            sum(s.first_night <= days(n) and (s.last_morning is None or days(n) < s.last_morning) for s in stays)
            for n in range(31)
        ),
        default=0,
    )
    packed = packed_into(beds, stays)
    assert (packed is not None) == (busiest <= beds)
    for one in packed or ():
        assert 1 <= one.bed <= beds
        assert not any(one.overlaps(other) and one.bed == other.bed for other in packed or () if other.id != one.id)


def test_a_child_who_should_have_left_keeps_the_bed_until_somebody_says_so(store: Store, scene: Scene) -> None:
    staying = a_placement(scene.child, scene.home, planned_end=days(10))
    after = act(at=NOW + timedelta(days=12))
    hold = a_hold(scene.other_referral, scene.home, first_night=days(12), held_until=after.at + timedelta(hours=5))
    with store.writing(scene.authority.id) as work:
        work.placements.add(staying, act())
    with store.writing(scene.authority.id) as work, pytest.raises(BedTaken, match="until further notice"):
        work.holds.add(hold, after)
    with store.writing(scene.authority.id) as work:
        gone = replace(staying, state=PlacementState.ENDED, ended=days(12), end_reason=EndReason.PLANNED)
        work.placements.replace(gone, after)
        work.holds.add(hold, after)


def test_a_bed_promised_from_the_planned_morning_stays_promised_though_the_first_child_is_still_there(
    store: Store, scene: Scene
) -> None:
    staying = a_placement(scene.child, scene.home, planned_end=days(10))
    coming = a_placement(scene.other_child, scene.home, state=PlacementState.PLANNED, starts=days(10))
    third = a_child(scene.authority)
    after = act(at=NOW + timedelta(days=12))
    with store.writing(scene.authority.id) as work:
        work.children.add(third, act())
        work.placements.add(staying, act())
        work.placements.add(coming, act())
    with store.writing(scene.authority.id) as work:
        with pytest.raises(BedTaken) as refused:
            work.placements.add(a_placement(third, scene.home, starts=days(12)), after)
        work.placements.replace(replace(coming, state=PlacementState.STARTED, starts=days(10)), after)
    assert {stay.stay for stay in refused.value.in_the_way} == {staying.id, coming.id}
    assert set(beds_taken(store)) == {staying.id, coming.id}


def test_a_placement_recorded_after_its_planned_end_has_a_bed_until_further_notice(store: Store, scene: Scene) -> None:
    staying = a_placement(scene.child, scene.home, starts=days(-30), planned_end=days(-5))
    with store.writing(scene.authority.id) as work:
        work.placements.add(staying, act())
        with pytest.raises(BedTaken, match="until further notice"):
            work.placements.add(a_placement(scene.other_child, scene.home, starts=TODAY), act())
